"""The portfolio: every project a person sees, in a fixed number of queries however many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from core.models import Project
from core.types import CRIMINAL, SPECIAL, Category
from datamap.models import CategoryChoice, Finding, SchemaField
from pia import matrix
from pia.models import Answer, AnswerStatus, Assessment, Measure, Risk, Staleness
from pia.risk import values as v
from pia.selectors import measures
from pia.selectors.workflow import LIVING
from pia.workflow import IN_FORCE, Outcome, State

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from core.models import User

#: Reviews that come round within this many days are named.
SOON: Final = timedelta(days=60)


@dataclass(slots=True)
class Coverage:
    """One framework's coverage in a frozen version, or how far a draft has been answered."""

    title: str
    percent: int
    gaps: int
    measured: bool  # coverage of a frozen version; else the share that is answered


@dataclass(slots=True)
class Line:
    """One project as the portfolio shows it."""

    project: Project
    assessment: Assessment | None = None  # the newest version
    in_force: Assessment | None = None  # the one whose decision holds
    headline: str = ""
    target: str = ""
    coverages: list[Coverage] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    causes: list[Staleness] = field(default_factory=list)
    overdue: int = 0
    consulting: bool = False

    @property
    def review_due(self) -> date | None:
        return self.in_force.review_due_on if self.in_force else None

    @property
    def review_soon(self) -> bool:
        due = self.review_due
        return due is not None and due <= timezone.localdate() + SOON


@dataclass(frozen=True, slots=True)
class Share:
    """How many projects hold one category of personal data."""

    category: str
    label: str
    count: int
    special: bool


def portfolio(user: User) -> dict[str, Any]:
    """Everything on the portfolio page."""
    projects = list(Project.objects.for_user(user).order_by("name"))
    lines = {project.pk: Line(project) for project in projects}
    _assessments(lines)
    risks = _risks(lines)
    _coverage(lines)
    _categories(lines)
    rows = sorted(lines.values(), key=_worst_first)
    cells = Counter(
        (risk.residual_severity, risk.residual_likelihood) for risk in risks if risk.residual_band != "closed"
    )
    overdue = _overdue(user, lines)
    return {
        "lines": rows,
        "cells": matrix.cells(dict(cells)),
        "risk_count": sum(cells.values()),
        "shares": _shares(rows),
        "overdue": overdue,
        "high": [line for line in rows if line.headline == v.Band.HIGH],
        "consulting": [line for line in rows if line.consulting],
        "stale": [line for line in rows if line.in_force and line.in_force.state == State.STALE],
        "due": sorted(
            (line for line in rows if line.review_soon), key=lambda line: line.review_due or timezone.localdate()
        ),
        "active": sum(1 for line in rows if line.in_force and line.in_force.state == State.ACTIVE),
        "under_way": sum(1 for line in rows if line.assessment and line.assessment.state in _UNDER_WAY),
        "not_begun": sum(1 for line in rows if line.assessment is None),
    }


_UNDER_WAY: Final = (State.DRAFT, State.IN_REVIEW, State.ADVISED)


def _worst_first(line: Line) -> tuple[int, str]:
    rank = v.Band(line.headline).rank if line.headline else -1
    return -rank, line.project.name.lower()


def _assessments(lines: dict[UUID, Line]) -> None:
    """The newest living assessment of each project, with its open causes and whether the authority is asked."""
    living = Assessment.objects.filter(project__in=lines, state__in=LIVING).defer("frozen").order_by("number")
    for assessment in living.prefetch_related("staleness", "decisions"):
        line = lines[assessment.project_id]
        line.assessment = assessment
        if assessment.state in IN_FORCE:
            line.in_force = assessment
            line.causes = [cause for cause in assessment.staleness.all() if cause.answered_at is None]
            sha256 = assessment.version_sha256
            standing = next((one for one in assessment.decisions.all() if one.version_sha256 == sha256), None)
            line.consulting = standing is not None and standing.outcome == Outcome.CONSULT


def _shown(lines: dict[UUID, Line]) -> dict[UUID, Line]:
    return {line.assessment.pk: line for line in lines.values() if line.assessment}


def _risks(lines: dict[UUID, Line]) -> list[Risk]:
    shown = _shown(lines)
    names = ("assessment_id", "current_band", "residual_band", "residual_severity", "residual_likelihood")
    risks = list(Risk.objects.filter(assessment__in=shown).listed().only(*names))
    current: dict[UUID, list[v.Band]] = {}
    target: dict[UUID, list[v.Band]] = {}
    for risk in risks:
        current.setdefault(risk.assessment_id, []).append(v.Band(risk.current_band))
        target.setdefault(risk.assessment_id, []).append(v.Band(risk.residual_band))
    for pk, bands in current.items():
        shown[pk].headline = v.worst(bands).value
        shown[pk].target = v.worst(target[pk]).value
    return risks


def _coverage(lines: dict[UUID, Line]) -> None:
    """A frozen version's coverage as it was hashed; of a draft, the share of questions that is answered."""
    shown = _shown(lines)
    frozen = Assessment.objects.filter(pk__in=shown, frozen__isnull=False).values_list("pk", "frozen__coverage")
    for pk, coverages in frozen:
        shown[pk].coverages = [
            Coverage(one["title"], round(100 * float(one["evidenced"])), len(one["gaps"]), measured=True)
            for one in coverages
        ]
    answered = Count("pk", filter=~Q(status=AnswerStatus.UNANSWERED))
    drafts = Answer.objects.filter(assessment__in=shown, assessment__frozen__isnull=True)
    counted = drafts.values("assessment_id", "pack__title").annotate(all=Count("pk"), answered=answered)
    for row in counted.order_by("pack__title"):
        percent = round(100 * row["answered"] / row["all"]) if row["all"] else 0
        one = Coverage(row["pack__title"], percent, row["all"] - row["answered"], measured=False)
        shown[row["assessment_id"]].coverages.append(one)


def _categories(lines: dict[UUID, Line]) -> None:
    """Kinds of personal data by project, from scans and current schemas."""
    found: dict[UUID, set[str]] = {}
    scanned = Finding.objects.filter(dataset__project__in=lines).values_list("dataset__project_id", "category")
    fields = SchemaField.objects.filter(version__schema__project__in=lines).current()
    for pk, category in [
        *scanned.distinct().order_by(),
        *fields.values_list("version__schema__project_id", "category").distinct().order_by(),
    ]:
        if category != Category.NONE:
            found.setdefault(pk, set()).add(category)
    for pk, categories in found.items():
        lines[pk].categories = sorted(categories)


def _shares(lines: list[Line]) -> list[Share]:
    counts = Counter(category for line in lines for category in line.categories)
    shares = [
        Share(category, str(CategoryChoice(category).label), count, is_special(category))
        for category, count in counts.items()
    ]
    return sorted(shares, key=lambda share: (share.special, -share.count, share.label))


def is_special(category: str) -> bool:
    """Art. 9 or 10."""
    return category in SPECIAL or category in CRIMINAL


def _overdue(user: User, lines: dict[UUID, Line]) -> list[Measure]:
    found = measures.overdue(user)
    for measure in found:
        lines[measure.assessment.project_id].overdue += 1
    return found
