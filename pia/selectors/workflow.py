"""Reads of the workflow: which moves are open to whom, what stands in the way, what was said on a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied

from pia import permissions
from pia.models import Assessment, Staleness
from pia.models.risk import COMMITTED, Measure
from pia.policies import NotNow, check_move, standing_advice, standing_decision
from pia.selectors import coverage
from pia.selectors.readiness import readiness
from pia.workflow import IN_FORCE, TRANSITIONS, Move, State, Who

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.models import Project, User
    from pia.models import Advice, Decision, Views


def gaps(assessment: Assessment) -> list[str]:
    """Every gap of the readiness check that blocks submission, in words."""
    return [str(gap.text) for gap in readiness(assessment).gaps if gap.blocking]


def unmet_gates(assessment: Assessment) -> list[str]:
    """Items of the lawfulness gate that are not met, as people cite them."""
    return gates_of(coverage.coverages(assessment))


def gates_of(found: Iterable[coverage.PackCoverage]) -> list[str]:
    """The same, of coverage that was worked out already."""
    return [f"{verdict.item.citation} {verdict.item.title}" for one in found for verdict in one.coverage.gate]


@dataclass(frozen=True, slots=True)
class OpenMove:
    """A move from where the assessment is: whether this person may make it, and what is missing."""

    move: Move
    who: Who
    permitted: bool
    missing: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        return self.permitted and not self.missing


def moves(user: User, assessment: Assessment) -> list[OpenMove]:
    """Every move a person can make from here, with what is missing; Candor's own are left out."""
    found = []
    for move, transition in TRANSITIONS[State(assessment.state)].items():
        if transition.who is Who.SYSTEM:
            continue
        permitted = permissions.can_move(user, assessment, transition.who)
        found.append(OpenMove(move, transition.who, permitted, _missing(user, assessment, move)))
    return found


def _missing(user: User, assessment: Assessment, move: Move) -> tuple[str, ...]:
    try:
        check_move(assessment, move, actor=user, text=None, gaps=gaps(assessment) if move is Move.SUBMIT else ())
    except NotNow as refused:
        return tuple(refused.missing)
    except PermissionDenied as refused:
        return (str(refused),)
    return ()


@dataclass(frozen=True, slots=True)
class Said:
    """What people said on the version as it is frozen now."""

    views: Views | None
    advice: Advice | None
    decision: Decision | None
    causes: list[Staleness]


def said(assessment: Assessment) -> Said:
    return Said(
        views=getattr(assessment, "views", None),
        advice=standing_advice(assessment) if assessment.version_sha256 else None,
        decision=standing_decision(assessment) if assessment.version_sha256 else None,
        causes=list(assessment.staleness.filter(answered_at=None)),
    )


#: States in which an assessment is still the one a project's page speaks of, newest version first.
LIVING: Final = tuple(state for state in State if state not in (State.SUPERSEDED, State.ARCHIVED))


def current(project: Project) -> Assessment | None:
    """The assessment a project's pages show: its newest version that is neither superseded nor archived."""
    found: Assessment | None = Assessment.objects.filter(project=project, state__in=LIVING).order_by("-number").first()
    return found


def in_force(project: Project) -> Assessment | None:
    """The version whose decision holds, if any: the newest that was decided and not replaced."""
    found: Assessment | None = (
        Assessment.objects.filter(project=project, state__in=IN_FORCE).order_by("-number").first()
    )
    return found


def open_causes(project: Project) -> list[Staleness]:
    """Why the approval in force is stale, as far as nobody has answered."""
    rows = Staleness.objects.filter(assessment__project=project, assessment__state=State.STALE, answered_at=None)
    return list(rows.select_related("assessment"))


def versions(project: Project) -> list[Assessment]:
    """Every version, newest first, with what was said on each."""
    rows = Assessment.objects.filter(project=project).order_by("-number")
    return list(rows.select_related("created_by", "submitted_by", "based_on").prefetch_related("decisions", "advices"))


def overdue_conditions(today: date) -> list[Measure]:
    """Commitments past their date on approved assessments."""
    rows = Measure.objects.filter(
        status__in=COMMITTED, due__lt=today, assessment__state__in=(State.DECIDED, State.ACTIVE)
    )
    return list(rows.select_related("assessment__project"))


def reviews_due(today: date) -> list[Assessment]:
    """Active assessments whose review date has passed."""
    return list(Assessment.objects.filter(state=State.ACTIVE, review_due_on__lt=today).select_related("project"))
