"""The ground floor registers its own step, search and events."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from core import accounts, registry, tasks  # noqa: F401 - models can be read only now
        from core.events import Event
        from core.selectors.registered import LABELS, NAV, project_hits, register_state

        registry.register_events(Event, LABELS)
        registry.register_step(registry.Step(key="register", order=1, label=_("Register"), state=register_state))
        registry.register_search("projects", project_hits)
        for item in NAV:
            registry.register_nav(item)
