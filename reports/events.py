"""What the audit trail calls the things reports do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Event(StrEnum):
    REPORT_REQUESTED = "report.requested"
    REPORT_RENDERED = "report.rendered"
    REPORT_SEALED = "report.sealed"
    REPORT_DOWNLOADED = "report.downloaded"
    SEAL_KEY_MADE = "seal_key.made"


LABELS: Final[dict[str, StrOrPromise]] = {
    Event.REPORT_REQUESTED: _("Report requested"),
    Event.REPORT_RENDERED: _("Report drawn"),
    Event.REPORT_SEALED: _("Report sealed"),
    Event.REPORT_DOWNLOADED: _("Report downloaded"),
    Event.SEAL_KEY_MADE: _("Sealing key made"),
}
