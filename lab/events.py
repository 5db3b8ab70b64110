"""What the lab records in the audit trail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Event(StrEnum):
    MEASUREMENT_REQUESTED = "measurement.requested"
    MEASUREMENT_MADE = "measurement.made"
    MEASUREMENT_CITED = "measurement.cited"


LABELS: Final[dict[str, StrOrPromise]] = {
    Event.MEASUREMENT_REQUESTED: _("Measurement asked for"),
    Event.MEASUREMENT_MADE: _("Measurement made"),
    Event.MEASUREMENT_CITED: _("Measurement cited as evidence"),
}
