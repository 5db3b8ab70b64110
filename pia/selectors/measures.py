"""Reads of measures: the board of one assessment, what is overdue for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pia.models import Measure, MeasureStatus
from pia.models.risk import COMMITTED

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from core.models import User
    from pia.models import Assessment


@dataclass(frozen=True, slots=True)
class Column:
    """One status on the board."""

    status: str
    label: StrOrPromise
    measures: tuple[Measure, ...]


def of_assessment(assessment: Assessment) -> QuerySet[Measure]:
    rows: QuerySet[Measure] = Measure.objects.filter(assessment=assessment)
    return rows.select_related("owner").prefetch_related("risks")


def board(assessment: Assessment) -> dict[str, Any]:
    """Every measure, as rows and as columns by status."""
    rows = list(of_assessment(assessment))
    columns = [
        Column(status.value, status.label, tuple(row for row in rows if row.status == status))
        for status in MeasureStatus
        if status is not MeasureStatus.DROPPED
    ]
    return {
        "measures": rows,
        "columns": columns,
        "overdue": [row for row in rows if row.is_overdue],
        "uncommitted": [
            row for row in rows if row.status in (MeasureStatus.PROPOSED, *COMMITTED) and not row.committed
        ],
    }


def due_for(user: User, until: date | None = None) -> list[Measure]:
    """Open commitments of a person, soonest first."""
    rows = (
        Measure.objects.for_user(user)
        .binding()
        .filter(owner=user, status__in=COMMITTED)
        .select_related("assessment__project")
    )
    found = rows.filter(due__lte=until) if until else rows
    return list(found.order_by("due"))


def overdue(user: User) -> list[Measure]:
    """Commitments past their date in every project the person sees."""
    rows = Measure.objects.for_user(user).binding().overdue(timezone.localdate())
    return list(rows.select_related("assessment__project", "owner").order_by("due"))
