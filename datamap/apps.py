"""The data map registers its steps, work, search and events with the ground floor."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatamapConfig(AppConfig):
    name = "datamap"
    verbose_name = _("Data map")

    def ready(self) -> None:
        from core import registry
        from datamap import registered, registered_map
        from datamap.events import LABELS, Event

        registry.register_events(Event, LABELS)
        registry.register_step(registry.Step(key="map", order=2, label=_("Map"), state=registered_map.map_state))
        registry.register_step(registry.Step(key="scan", order=3, label=_("Scan"), state=registered.scan_state))
        registry.register_work("datamap.findings", registered.scan_work)
        registry.register_search("datamap.samples", registered.sample_hits)
        registry.register_search("datamap.fields", registered_map.field_hits)
        registry.register_insert(
            registry.Insert(
                "team.actions", "datamap.recognisers", 1, "datamap/team_action.html", registered.team_action
            )
        )
        from datamap import checks, receivers, tasks  # noqa: F401 - they register themselves
