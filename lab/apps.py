"""The lab registers its step, its part of a sample's page and its events, and starts listening."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabConfig(AppConfig):
    name = "lab"
    verbose_name = _("Lab")

    def ready(self) -> None:
        from core import registry
        from lab import receivers, registered, tasks  # noqa: F401 - receivers and tasks register by being imported
        from lab.events import LABELS, Event

        registry.register_events(Event, LABELS)
        registry.register_step(
            registry.Step(key="measure", order=4, label=_("Measure"), state=registered.measure_state)
        )
        for place, template, context in (
            ("dataset", "lab/dataset_gauge.html", registered.dataset_gauge),
            ("dataset.actions", "lab/dataset_action.html", registered.dataset_action),
        ):
            registry.register_insert(
                registry.Insert(place=place, key="reidentification", order=10, template=template, context=context)
            )
