"""The top floor registers its step, navigation, work, search and events."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        from core import registry
        from reports import receivers, registered, tasks  # noqa: F401 - models can be read only now
        from reports.events import LABELS, Event

        registry.register_events(Event, LABELS)
        registry.register_step(registry.Step(key="report", order=7, label=_("Report"), state=registered.report_state))
        registry.register_nav(
            registry.NavItem(
                key="reports",
                order=60,
                label=_("Reports"),
                url_name="reports:library",
                icon="file-certificate",
                show=lambda user: bool(user.all_roles),
            )
        )
        registry.register_work("reports", registered.report_work)
        registry.register_search("reports", registered.report_hits)
