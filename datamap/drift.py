"""Changes between two versions of a schema: added, removed, retyped, renamed (a guess), recognised.

Recognised is a field that stayed as it was and is taken for personal data only now: its description tells, or its
table. New personal data comes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from core.types import Reason

#: How alike two names must be, of equal type in the same table, to be called a renaming.
ALIKE: Final = 0.6
#: Share of equal fields that makes a new table a renamed old one, or a new object in it a renamed one.
SAME_TABLE: Final = 0.7
_MAX_PAIRS: Final = 40_000  # of added x removed fields in one table; beyond it nothing is called renamed
_MAX_ALL_PAIRS: Final = 400_000  # in all tables together
_MAX_TABLES: Final = 250_000  # of new x vanished tables; beyond it only those with exactly the same fields are matched
_KINDS: Final = ("added", "renamed", "retyped", "recognised", "removed")


@dataclass(frozen=True, slots=True)
class Column:
    """A field as the comparison sees it. `decided`: its category is a person's word, not a proposal."""

    entity: str
    path: str
    type: str = ""
    category: str = "none"
    identifying: str = "none"
    decided: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.entity.lower(), self.path.lower()

    @property
    def is_personal(self) -> bool:
        """Something in it points at a person or tells about one."""
        return self.category != "none" or self.identifying != "none"


@dataclass(frozen=True, slots=True)
class Change:
    """`because` is why a field is taken for a renamed one."""

    kind: str  # added, removed, retyped, renamed, recognised
    new: Column | None
    old: Column | None
    because: Reason | None = None

    @property
    def column(self) -> Column:
        found = self.new or self.old
        if found is None:
            raise ValueError("a change without a column")
        return found

    @property
    def is_new_personal(self) -> bool:
        """Personal data that was not there before: also where a guessed renaming would hide that."""
        if self.new is None or not self.new.is_personal:
            return False
        if self.old is None or not self.old.is_personal:
            return True
        return self.kind == "renamed" and self.old.category != self.new.category


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
    """Match by table and path, then by path without lists, then guess renamings among what is left."""
    before = {column.key: column for column in old}
    after = {column.key: column for column in new}
    changes = [
        Change(kind, after[key], before[key])
        for key in after.keys() & before.keys()
        if (kind := _kind(before[key], after[key]))
    ]
    added = sorted((after[key] for key in after if key not in before), key=lambda column: column.key)
    removed = sorted((before[key] for key in before if key not in after), key=lambda column: column.key)
    changes += _relisted(added, removed)
    changes += _renamed(_left(added, changes), _left(removed, changes), _renamed_tables(before, after))
    changes += [Change("added", column, None) for column in _left(added, changes)]
    changes += [Change("removed", None, column) for column in _left(removed, changes)]
    changes.sort(key=_order)
    return Diff(tuple(changes))


def _kind(old: Column, new: Column) -> str:
    """What became of a field that both versions have; nothing where a person, not the schema, says so."""
    if _plain(new.type) != _plain(old.type) and new.type and old.type:
        return "retyped"
    return "recognised" if new.is_personal and not old.is_personal and not new.decided else ""


def _order(change: Change) -> tuple[bool, str, int, str]:
    return (
        not change.is_new_personal,
        change.column.entity.lower(),
        _KINDS.index(change.kind),
        change.column.path.lower(),
    )


def _left(columns: list[Column], changes: Iterable[Change]) -> list[Column]:
    told = {column.key for change in changes for column in (change.new, change.old) if column is not None}
    return [column for column in columns if column.key not in told]


#: Two spellings of one type: a table may be read by the grammar in one version and by its words in the next.
_SPELLINGS: Final = (
    (re.compile(r"^(?:integer|int4|mediumint)\b"), "int"),
    (re.compile(r"^int8\b"), "bigint"),
    (re.compile(r"^int2\b"), "smallint"),
    (re.compile(r"^(?:national )?(?:character|char) varying\b"), "varchar"),
    (re.compile(r"^character\b"), "char"),
    (re.compile(r"^(timestamp|time)( ?\(\d+\))? with time zone\b"), r"\1tz\2"),
    (re.compile(r"^(timestamp|time)( ?\(\d+\))? without time zone\b"), r"\1\2"),
    (re.compile(r"^double precision\b|^float8\b"), "double"),
    (re.compile(r"^bool\b"), "boolean"),
    (re.compile(r"^(?:dec|decimal|numeric)\b"), "decimal"),
)


@lru_cache(maxsize=4096)
def _plain(type_: str) -> str:
    text = " ".join(type_.lower().split())
    for spelling, word in _SPELLINGS:
        text = spelling.sub(word, text)
    return text.replace(" ", "")


def _relisted(added: list[Column], removed: list[Column]) -> list[Change]:
    """`tags` that became `tags[]`, or the other way round: the same field of another type."""
    gone: dict[tuple[str, str], list[Column]] = defaultdict(list)
    for column in removed:
        gone[_unlisted(column)].append(column)
    return [
        Change("retyped", column, gone[_unlisted(column)].pop(0)) for column in added if gone.get(_unlisted(column))
    ]


def _unlisted(column: Column) -> tuple[str, str]:
    return column.entity.lower(), column.path.lower().replace("[]", "")


def _by_table(columns: Iterable[Column]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        found[column.entity.lower()].append(column)
    return found


def _renamed_tables(before: dict[tuple[str, str], Column], after: dict[tuple[str, str], Column]) -> dict[str, str]:
    """New table -> the vanished table whose fields it mostly has; each vanished table once, the likest pairs first."""
    old, new = _by_table(before.values()), _by_table(after.values())
    gone = {table: frozenset(column.path.lower() for column in old[table]) for table in old if table not in new}
    come = {table: frozenset(column.path.lower() for column in new[table]) for table in new if table not in old}
    return _matched(come, gone)


def _matched(come: Mapping[str, frozenset[str]], gone: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The likest pairs of two families of sets, each used once; only equal sets where there are too many to compare."""
    if len(come) * len(gone) > _MAX_TABLES:
        equal = {paths: name for name, paths in sorted(gone.items(), reverse=True)}
        pairs = [(1.0, name, equal[paths]) for name, paths in come.items() if paths in equal]
    else:
        pairs = [(_overlap(come[one], gone[other]), one, other) for one in come for other in gone]
    found: dict[str, str] = {}
    for share, one, other in sorted(pairs, key=lambda pair: (-pair[0], -_alike(pair[1], pair[2]), pair[1], pair[2])):
        if share >= SAME_TABLE and one not in found and other not in found.values():
            found[one] = other
    return found


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _renamed(added: list[Column], removed: list[Column], tables: Mapping[str, str]) -> list[Change]:
    """Tables first, then objects within a table, then single fields by their names."""
    left, budget = _by_table(removed), _MAX_ALL_PAIRS
    changes: list[Change] = []
    for table, columns in sorted(_by_table(added).items()):
        candidates = left.get(tables.get(table, table), [])
        objects = _objects(columns, candidates)
        changes += objects
        rest, others = _left(columns, objects), _left(candidates, objects)
        budget -= len(rest) * len(others)
        if others and len(rest) * len(others) <= _MAX_PAIRS and budget >= 0:
            changes += _by_name(rest, others)
    return changes


def _objects(added: list[Column], removed: list[Column]) -> list[Change]:
    """`customer.id`, `customer.mail` that became `client.id`, `client.mail`: the object has a new name."""
    come, gone = _by_object(added), _by_object(removed)
    pairs = _matched(
        {name: frozenset(inner) for name, inner in come.items() if name not in gone and len(inner) > 1},
        {name: frozenset(inner) for name, inner in gone.items() if name not in come and len(inner) > 1},
    )
    return [
        Change("renamed", come[one][inner], gone[other][inner], Reason("drift.object", {"old": other, "new": one}))
        for one, other in pairs.items()
        for inner in sorted(come[one].keys() & gone[other].keys())
    ]


def _by_object(columns: Iterable[Column]) -> dict[str, dict[str, Column]]:
    """Every object above a field -> the fields in it by their path below; the outermost that differs is enough."""
    found: dict[str, dict[str, Column]] = defaultdict(dict)
    for column in columns:
        outer, _, inner = column.path.lower().partition(".")
        if inner:
            found[outer][inner] = column
    return found


def _by_name(added: list[Column], removed: list[Column]) -> list[Change]:
    scored = sorted(
        ((_likeness(one, other), one, other) for one in added for other in removed),
        key=lambda item: (-item[0], item[1].key, item[2].key),
    )
    used: set[Column] = set()
    changes: list[Change] = []
    for score, one, other in scored:
        if score >= ALIKE and one not in used and other not in used:
            used |= {one, other}
            changes.append(Change("renamed", one, other, _because(one, other, score)))
    return changes


def _because(new: Column, old: Column, score: float) -> Reason:
    if new.path.lower() == old.path.lower():
        return Reason("drift.table", {"old": old.entity, "new": new.entity})
    return Reason("drift.alike", {"percent": round(score * 100), "type": new.type})


def _likeness(one: Column, other: Column) -> float:
    if one.path.lower() == other.path.lower():
        return 1.0
    if _plain(one.type) != _plain(other.type):
        return 0.0
    return _alike(one.path.lower(), other.path.lower())
