"""What people said on a version: views, advice, decision, and who did what when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pia.models import Assessment
from pia.selectors.workflow import said


def decision(assessment: Assessment) -> dict[str, Any] | None:
    """The decision on the version as it is frozen, or None while there is none."""
    found = said(assessment).decision
    if found is None:
        return None
    conditions = [line.strip(" -•\t") for line in found.conditions.splitlines() if line.strip(" -•\t")]
    return {
        "outcome": found.outcome,
        "approves": found.approves,
        "label": _outcome(found.outcome),
        "by": str(found.by or ""),
        "at": found.at.isoformat(),
        "summary": "; ".join(conditions) or found.reason,
        "reasons": found.reason,
        "departure": found.departure,
        "conditions": conditions,
        "review_on": assessment.review_due_on.isoformat() if assessment.review_due_on else "",
        "version_sha256": found.version_sha256,
    }


def _outcome(outcome: str) -> str:
    """The decision as a state; the move's own label is an imperative."""
    return {
        "approve": _("Approved"),
        "conditionally_approve": _("Conditionally approved"),
        "reject": _("Rejected"),
        "consult": _("Sent to the supervisory authority for consultation"),
    }[outcome]


def advice(assessment: Assessment, decided: dict[str, Any] | None) -> dict[str, Any] | None:
    found = said(assessment).advice
    if found is None:
        return None
    return {
        "text": found.text,
        "by": str(found.by or ""),
        "at": found.at.isoformat(),
        "label": str(found.get_opinion_display()),
        "departure": decided["departure"] if decided else "",
    }


def views(assessment: Assessment) -> dict[str, Any] | None:
    found = said(assessment).views
    if found is None or not found.complete:
        return None
    rows = (
        (_("Whom we asked, and how"), found.how),
        (_("What they said"), found.summary),
        (_("What departs from it, and why"), found.departure),
        (_("Why they were not asked"), "" if found.sought else found.not_sought_reason),
    )
    return {"rows": [{"label": label, "value": value} for label, value in rows if value]}


def people(assessment: Assessment) -> list[dict[str, str]]:
    """Every step that a person took, in order."""
    steps: list[tuple[str, Any, Any]] = [(_("Begun by"), assessment.created_by, assessment.created_at)]
    if assessment.submitted_at:
        steps.append((_("Submitted by"), assessment.submitted_by, assessment.submitted_at))
    found = said(assessment)
    if found.advice:
        steps.append((_("Advised by"), found.advice.by, found.advice.at))
    if found.decision:
        steps.append((_("Decided by"), found.decision.by, found.decision.at))
    return [{"what": what, "who": str(who or ""), "at": at.isoformat()} for what, who, at in steps]


def asked(assessment: Assessment) -> str:
    """What the reader of an undecided version is to decide."""
    return _("Whether “%(name)s” may go ahead as described here.") % {"name": assessment.project.name}
