"""Changes between two versions of a schema: added, removed, retyped, renamed (a guess); new personal data first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

#: How alike two names must be, of equal type in the same table, to be called a renaming.
ALIKE: Final = 0.6
#: Share of equal fields that makes a new table a renamed old one.
SAME_TABLE: Final = 0.7
_MAX_PAIRS: Final = 40_000  # of added x removed fields in one table; beyond it nothing is called renamed


@dataclass(frozen=True, slots=True)
class Column:
    """A field as the comparison sees it."""

    entity: str
    path: str
    type: str = ""
    category: str = "none"
    identifying: str = "none"

    @property
    def key(self) -> tuple[str, str]:
        return self.entity.lower(), self.path.lower()

    @property
    def is_personal(self) -> bool:
        """Something in it points at a person or tells about one."""
        return self.category != "none" or self.identifying != "none"


@dataclass(frozen=True, slots=True)
class Change:
    kind: str  # added, removed, retyped, renamed
    new: Column | None
    old: Column | None

    @property
    def column(self) -> Column:
        found = self.new or self.old
        if found is None:
            raise ValueError("a change without a column")
        return found

    @property
    def is_new_personal(self) -> bool:
        """Personal data that was not there before."""
        return self.new is not None and self.new.is_personal and self.kind == "added"


@dataclass(frozen=True, slots=True)
class Diff:
    """`changes` with new personal data first, then by table."""

    changes: tuple[Change, ...]

    @property
    def new_personal(self) -> tuple[Column, ...]:
        return tuple(change.column for change in self.changes if change.is_new_personal)

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def compare(old: Iterable[Column], new: Sequence[Column]) -> Diff:
    """Match by table and path, then guess renamings among what is left."""
    before = {column.key: column for column in old}
    after = {column.key: column for column in new}
    changes = [
        Change("retyped", after[key], before[key])
        for key in after.keys() & before.keys()
        if _plain(after[key].type) != _plain(before[key].type) and after[key].type and before[key].type
    ]
    added = [after[key] for key in after if key not in before]
    removed = [before[key] for key in before if key not in after]
    renamed = _renamed(added, removed, _renamed_tables(before, after))
    taken_new, taken_old = {new for new, _ in renamed}, {old for _, old in renamed}
    changes += [Change("renamed", one, other) for one, other in renamed]
    changes += [Change("added", column, None) for column in added if column not in taken_new]
    changes += [Change("removed", None, column) for column in removed if column not in taken_old]
    order = {"added": 0, "renamed": 1, "retyped": 2, "removed": 3}
    changes.sort(
        key=lambda change: (
            not change.is_new_personal,
            change.column.entity.lower(),
            order[change.kind],
            change.column.path.lower(),
        )
    )
    return Diff(tuple(changes))


def _plain(type_: str) -> str:
    return type_.lower().replace(" ", "")


def _by_table(columns: Iterable[Column]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        found[column.entity.lower()].append(column)
    return found


def _renamed_tables(before: dict[tuple[str, str], Column], after: dict[tuple[str, str], Column]) -> dict[str, str]:
    """New table -> the vanished table whose fields it mostly has."""
    old, new = _by_table(before.values()), _by_table(after.values())
    gone = {table: {column.path.lower() for column in columns} for table, columns in old.items() if table not in new}
    found: dict[str, str] = {}
    for table, columns in new.items():
        if table in old or not gone:
            continue
        paths = {column.path.lower() for column in columns}
        best = max(gone, key=lambda one: len(paths & gone[one]) / max(len(paths | gone[one]), 1))
        if len(paths & gone[best]) / max(len(paths | gone[best]), 1) >= SAME_TABLE:
            found[table] = best
            del gone[best]
    return found


def _renamed(added: list[Column], removed: list[Column], tables: dict[str, str]) -> list[tuple[Column, Column]]:
    left = _by_table(removed)
    pairs: list[tuple[Column, Column]] = []
    for table, columns in _by_table(added).items():
        candidates = left.get(tables.get(table, table), [])
        if len(columns) * len(candidates) > _MAX_PAIRS:
            continue
        scored = sorted(
            ((_likeness(one, other), one, other) for one in columns for other in candidates),
            key=lambda item: (-item[0], item[1].key, item[2].key),
        )
        used: set[Column] = set()
        for score, one, other in scored:
            if score >= ALIKE and one not in used and other not in used:
                used |= {one, other}
                pairs.append((one, other))
    return pairs


def _likeness(one: Column, other: Column) -> float:
    if one.path.lower() == other.path.lower():
        return 1.0
    if _plain(one.type) != _plain(other.type):
        return 0.0
    return SequenceMatcher(None, one.path.lower(), other.path.lower()).ratio()
