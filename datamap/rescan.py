"""What a scan says otherwise than the scan before: by column, and which columns went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

#: A share or a confidence that differs by less is the same: another sample of the same data differs as much.
SHARE_MOVED: Final = 0.05
CONFIDENCE_MOVED: Final = 0.15


class Change(StrEnum):
    """Worst first: what to look at before the rest."""

    FOUND = "found"  # said nothing about people, now does
    NEW = "new"  # a column that was not there
    RECAST = "recast"  # another class, category or entity
    LOST = "lost"  # said something about people, no longer does
    MOVED = "moved"  # the same, in clearly more or fewer rows, or surer or less sure
    SAME = ""


#: Changes after which a decision carried over deserves a second look.
UNSETTLING: Final = frozenset({Change.FOUND, Change.RECAST})


@dataclass(frozen=True, slots=True)
class Seen:
    """What one scan said about one column, and what was decided on it: all that is kept of a scan before."""

    column: str
    identifying: str
    category: str
    entity: str
    confidence: float
    share: float
    low: float
    high: float
    decision: str = ""

    @property
    def tells(self) -> bool:
        """Something in it points at a person or tells about one."""
        return self.identifying != "none" or self.category != "none"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Seen:
        return cls(**data)


def change_of(before: Seen | None, now: Seen) -> Change:
    """How one column's finding differs from the one before."""
    if before is None:
        return Change.NEW
    if before.tells != now.tells:
        return Change.FOUND if now.tells else Change.LOST
    if not now.tells:
        return Change.SAME
    if (before.identifying, before.category, before.entity) != (now.identifying, now.category, now.entity):
        return Change.RECAST
    return Change.MOVED if _moved(before, now) else Change.SAME


def _moved(before: Seen, now: Seen) -> bool:
    """The share left its interval by more than sampling does, or the confidence changed clearly."""
    apart = now.low > before.high or now.high < before.low
    return (apart and abs(now.share - before.share) >= SHARE_MOVED) or (
        abs(now.confidence - before.confidence) >= CONFIDENCE_MOVED
    )


def gone(before: Iterable[Seen], columns: Sequence[str]) -> tuple[Seen, ...]:
    """The columns of the scan before that this one does not have, in their order."""
    here = set(columns)
    return tuple(seen for seen in before if seen.column not in here)


def series(name: str) -> str:
    """What files of one series share: `customers-2026-10.csv` and `customers_2026_11.csv` are both `customers`."""
    stem = name.rsplit(".", 1)[0].lower()
    return " ".join("".join(c if c.isalpha() else " " for c in stem).split())


def alike(before: Iterable[str], columns: Iterable[str]) -> bool:
    """Whether two headers are those of the same table: at least half of all their columns in common."""
    one, other = set(before), set(columns)
    return len(one & other) * 2 >= len(one | other)
