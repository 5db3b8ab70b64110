"""Deciding findings as the team decided such columns before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.audit import change
from core.permissions import check_can_write
from datamap.events import Event
from datamap.models import CategoryChoice, Decision, Finding, IdentifyingChoice
from datamap.services.findings import Verdict, hold, settle

if TYPE_CHECKING:
    from core.models import User
    from datamap.models import Dataset


def follow(*, actor: User, dataset: Dataset) -> int:
    """Decide every finding that waits as it is suggested, as one event. Returns how many. Raises PermissionDenied."""
    check_can_write(actor, dataset.project)
    with change(actor=actor, event=Event.FINDINGS_DECIDED, project=dataset.project) as log:
        hold(dataset)
        waiting = Finding.objects.filter(dataset=dataset, decision=Decision.OPEN, suggested__isnull=False)
        count = settle(actor, waiting, lambda row: verdict_of(row.suggested or {}))
        log.about(dataset, findings=count, decision="suggested")
    return count


def verdict_of(suggested: dict[str, Any]) -> Verdict:
    """The decision that a finding's `suggested` stands for."""
    return Verdict(
        Decision(suggested["decision"]),
        IdentifyingChoice(suggested["identifying"]),
        CategoryChoice(suggested["category"]),
        suggested["entity"],
    )
