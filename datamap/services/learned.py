"""What people decide about columns, learned as suggestions for the team's other samples. It never decides by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from core.audit import change
from core.rows import held
from core.types import Reason
from datamap.events import Event
from datamap.models import CategoryChoice, Decision, Finding, IdentifyingChoice, TeamColumn
from datamap.permissions import check_can_teach

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from core.models import User
    from datamap.models import Dataset

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN: Final = re.compile(r"[\W_]+")
#: What others should know of: an acceptance only says that the scan was right.
LEARNED: Final = frozenset({Decision.REJECTED, Decision.CHANGED})


def key_of(column: str) -> str:
    """A column's name however it is written: customerName, Customer_Name and CUSTOMER NAME are one."""
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", column)).strip().casefold()[:400]


def learn(rows: Sequence[Finding]) -> None:
    """Take decisions on findings of one sample into the team's list. Part of the verb that decides, and of its event.

    A rejection or change is kept, an acceptance removes what contradicts it, and so does a decision taken back.
    """
    if not rows or not rows[0].dataset.has_header:
        return
    dataset = rows[0].dataset
    keyed = {(key, row.found_entity): row for row in rows if (key := key_of(row.column))}
    # in one order, so that two people who decide the same columns never wait for each other in a circle
    lessons = [
        _lesson(dataset, key, keyed[key, entity]) for key, entity in sorted(keyed) if _teaches(keyed[key, entity])
    ]
    TeamColumn.objects.bulk_create(
        lessons, update_conflicts=True, unique_fields=["team", "key", "found_entity"], update_fields=_TAUGHT
    )
    known = TeamColumn.objects.filter(team_id=dataset.project.team_id, key__in={key for key, _entity in keyed})
    TeamColumn.objects.filter(
        pk__in=[one.pk for one in known if _is_withdrawn(one, keyed.get((one.key, one.found_entity)))]
    ).delete()


def _is_withdrawn(lesson: TeamColumn, row: Finding | None) -> bool:
    """By an acceptance anywhere in the team, or where the very decision that taught it was taken back."""
    if row is None or row.decision == Decision.ACCEPTED:
        return row is not None
    taught_here = (lesson.project_id, lesson.dataset) == (row.dataset.project_id, row.dataset.name)
    return row.decision == Decision.OPEN and taught_here


_TAUGHT: Final = (
    "project", "column", "dataset", "decision", "identifying", "category", "entity", "decided_by", "decided_at",
)  # fmt: skip


def _teaches(row: Finding) -> bool:
    """A rejection of what said nothing teaches nothing."""
    silent = row.found_identifying == IdentifyingChoice.NONE and row.found_category == CategoryChoice.NONE
    return row.decision in LEARNED and not (silent and row.decision == Decision.REJECTED)


def _lesson(dataset: Dataset, key: str, row: Finding) -> TeamColumn:
    return TeamColumn(
        team_id=dataset.project.team_id,
        key=key,
        found_entity=row.found_entity,
        project_id=dataset.project_id,
        column=row.column,
        dataset=dataset.name,
        decision=row.decision,
        identifying=row.identifying,
        category=row.category,
        entity=row.entity,
        decided_by_id=row.decided_by_id,
        decided_at=row.decided_at or timezone.now(),
    )


def suggest(team_id: uuid.UUID, rows: Sequence[Finding]) -> None:
    """Note on new findings what the team decided about such columns; they still wait for a decision. Saves nothing."""
    waiting = [row for row in rows if row.decision == Decision.OPEN]
    keys = {key_of(row.column) for row in waiting}
    known = {
        (lesson.key, lesson.found_entity): lesson
        for lesson in TeamColumn.objects.filter(team_id=team_id, key__in=keys).select_related("decided_by")
    }
    for row in waiting:
        lesson = known.get((key_of(row.column), row.found_entity))
        if lesson is not None:
            row.suggested = _suggestion(lesson)
            row.why = [*row.why, _reason(lesson)]


def _suggestion(lesson: TeamColumn) -> dict[str, Any]:
    return {
        "decision": lesson.decision,
        "identifying": lesson.identifying,
        "category": lesson.category,
        "entity": lesson.entity,
        "dataset": lesson.dataset,
    }


def _reason(lesson: TeamColumn) -> dict[str, Any]:
    params = {
        "entity": lesson.found_entity,
        "category": lesson.category,
        "dataset": lesson.dataset,
        "by": str(lesson.decided_by or ""),
        "at": lesson.decided_at.date().isoformat(),
    }
    reason = Reason(f"list.{lesson.decision}", params)
    return {"code": reason.code, "params": dict(reason.params)}


def forget_column(*, actor: User, column: TeamColumn) -> None:
    """Suggest it no more. The finding it came from keeps its decision. Raises PermissionDenied, Gone."""
    check_can_teach(actor, column.team)
    with change(actor=actor, event=Event.COLUMN_FORGOTTEN, team=column.team) as log:
        row: TeamColumn = held(TeamColumn.objects.all(), column.pk)
        log.about(row, entity=row.found_entity, decision=row.decision)
        TeamColumn.objects.filter(pk=row.pk).delete()
