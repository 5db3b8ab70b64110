"""What the pages of review, decision and versions show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from core import permissions
from core.models import AuditEvent
from pia.differences import differences
from pia.models import Assessment, Views
from pia.selectors import workflow as selectors
from pia.selectors.coverage import coverages
from pia.selectors.risks import headline, listed
from pia.selectors.snapshot import assessment_data
from pia.workflow import Move, Outcome, State

if TYPE_CHECKING:
    from core.models import Project, User

#: The moves with buttons of their own beside the three big forms.
SIMPLE = (Move.RETURN, Move.ACTIVATE, Move.REAFFIRM, Move.SUPERSEDE, Move.ARCHIVE)


def decision_page(user: User, assessment: Assessment) -> dict[str, Any]:
    """The frozen version, what was said on it, and the moves from here."""
    rows, covered = listed(assessment), coverages(assessment)
    moves = {one.move: one for one in selectors.moves(user, assessment)}
    said = selectors.said(assessment)
    project = assessment.project
    open_for_views = assessment.state in (State.DRAFT, State.IN_REVIEW)
    consulting = said.decision is not None and said.decision.outcome == Outcome.CONSULT
    return {
        "assessment": assessment,
        "project": project,
        "said": said,
        "rows": rows,
        "headline": headline(rows),
        "target": headline(rows, "residual"),
        "high": [row for row in rows if row.current_band == "high"],
        "coverages": covered,
        "gates": selectors.gates_of(covered),
        "measures": [row for row in assessment.measures.select_related("owner") if row.status != "dropped"],
        "submit": moves.get(Move.SUBMIT),
        "advise": moves.get(Move.ADVISE),
        "decide": moves.get(Move.DECIDE),
        "simple_moves": [moves[move] for move in SIMPLE if move in moves and _worth_a_card(moves[move])],
        "can_write_views": open_for_views and permissions.can_review(user, project),
        "can_consult": consulting and permissions.can_review(user, project),
        "can_start_version": permissions.can_write(user, project) and assessment.state not in (State.DRAFT,),
        "history": history(assessment),
    }


def _worth_a_card(one: selectors.OpenMove) -> bool:
    """A move this person may make; one that is not open yet is named only where people wait for it."""
    return one.permitted and (not one.missing or one.move is Move.ACTIVATE)


def history(assessment: Assessment) -> list[AuditEvent]:
    """The moves of this version, from the audit trail, oldest first."""
    rows = AuditEvent.objects.filter(
        subject_type="pia.assessment", subject_id=str(assessment.pk), event__startswith="assessment."
    )
    return list(rows.order_by("at"))


def views_initial(assessment: Assessment) -> dict[str, Any]:
    views = Views.objects.filter(assessment=assessment).first()
    if views is None:
        return {}
    return {
        "sought": "yes" if views.sought else "no",
        "how": views.how,
        "summary": views.summary,
        "departure": views.departure,
        "not_sought_reason": views.not_sought_reason,
    }


def consultation_initial(assessment: Assessment) -> dict[str, Any]:
    decision = selectors.said(assessment).decision
    if decision is None:
        return {}
    return {name: getattr(decision, name) for name in ("consulted_on", "extended", "answered_on", "answer")}


def timeline(user: User, project: Project) -> dict[str, Any]:
    """Every version of a project, newest first, each with what to compare it to."""
    rows = selectors.versions(project)
    older = {row.number: row for row in rows}
    items = [
        {
            "version": row,
            "before": older.get(row.number - 1),
            "decision": next(iter(row.decisions.all()), None),
            "advice": next(iter(row.advices.all()), None),
        }
        for row in rows
    ]
    return {"project": project, "items": items, "can_write": permissions.can_write(user, project)}


def compared(assessment: Assessment, other_id: UUID) -> dict[str, Any]:
    """The differences from another version of the same project to this one."""
    rows = Assessment.objects.filter(project=assessment.project_id)
    other = get_object_or_404(rows, pk=other_id)
    return {
        "project": assessment.project,
        "assessment": assessment,
        "other": other,
        "differences": differences(assessment_data(other), assessment_data(assessment)),
    }
