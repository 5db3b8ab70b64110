"""The assessment floor registers its steps, its work and its events."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PiaConfig(AppConfig):
    name = "pia"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from core import registry
        from pia import receivers, registered, risk_registered, screening_registered  # noqa: F401 - models can be read only now
        from pia.events import LABELS, Event

        registry.register_events(Event, LABELS)
        registered.register()
        risk_registered.register()
        screening_registered.register()
