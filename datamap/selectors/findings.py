"""The findings of one sample as its page needs them: views, order, and the numbers over all of them in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q

from core.types import Category
from datamap.categories import is_special
from datamap.models import (
    IDENTIFIES,
    NEEDS_DECISION,
    CategoryChoice,
    ChangeChoice,
    Dataset,
    Decision,
    Finding,
    IdentifyingChoice,
)
from datamap.scanner.kinds import kind_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: What a person may ask for, and the findings that are it.
VIEWS: Final[Mapping[str, Q]] = {
    "open": NEEDS_DECISION,
    "changed": ~Q(change=""),
    "identifying": IDENTIFIES,
    "direct": Q(identifying=IdentifyingChoice.DIRECT),
    "quasi": Q(identifying=IdentifyingChoice.QUASI),
    "special": Q(special=True),
    "text": Q(is_text=True),
    "undecided": Q(decision=Decision.OPEN),
    "decided": ~Q(decision=Decision.OPEN),
    "all": Q(),
}
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "position": ("position",),
    "column": ("column", "position"),
    "-confidence": ("-confidence", "position"),
    "confidence": ("confidence", "position"),
    "-share": ("-share", "position"),
}
#: Steps of confidence in which a person chooses how sure is sure enough.
STEPS: Final = 100
NAMED: Final = 4  # columns that are named beside an entity
BLOCKS: Final = 50  # in the small map of a long list, at most
ORPHANS: Final = 3  # so few at the end stand on the page before


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings a page shows, in which order."""

    view: str = "all"
    text: str = ""
    order: str = "position"

    @classmethod
    def of(cls, query: Mapping[str, str], *, default: str = "all") -> Asked:
        """From an address; what is not known there is passed over."""
        view, order = query.get("show", ""), query.get("order", "")
        return cls(
            view=view if view in VIEWS else default,
            text=query.get("q", "").strip()[:200],
            order=order if order in ORDERS else "position",
        )

    def rows(self, dataset: Dataset) -> QuerySet[Finding]:
        found: QuerySet[Finding] = dataset.findings.filter(VIEWS[self.view]).select_related("decided_by")
        if self.text:
            found = found.filter(Q(column__icontains=self.text) | Q(entity__icontains=self.text))
        return found.order_by(*ORDERS[self.order])


class Brief(NamedTuple):
    """As much of a finding as the numbers need."""

    column: str
    identifying: str
    category: str
    entity: str
    found_identifying: str
    found_category: str
    categories: list[str]
    entities: dict[str, int]
    special: bool
    is_text: bool
    confidence: float
    decision: str
    change: str
    doubtful: bool
    suggested: dict[str, Any] | None

    @property
    def is_open(self) -> bool:
        """The same rule as `needs_decision`, without the doubt."""
        silent = (self.found_identifying, self.found_category) == ("none", "none")
        return self.decision == Decision.OPEN and (not silent or self.suggested is not None)


@dataclass(frozen=True, slots=True)
class Bar:
    """One kind of entity over the whole sample: in how many columns, the first of them by name."""

    entity: str
    columns: int
    named: tuple[str, ...]
    special: bool

    @property
    def more(self) -> int:
        return self.columns - len(self.named)


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers over a sample's findings. `sure[n]` waits with a confidence of at least n / 100."""

    counts: Mapping[str, int]
    changes: Mapping[str, tuple[str, ...]]
    special_names: tuple[str, ...]
    special_in_text: int
    bars: tuple[Bar, ...]
    sure: tuple[int, ...]

    @property
    def waiting(self) -> int:
        return self.sure[0]


def overview_of(dataset: Dataset) -> Overview:
    """One query over all columns, however many."""
    rows = [Brief(*row) for row in dataset.findings.order_by("position").values_list(*Brief._fields)]
    return Overview(
        counts=_counts(rows),
        changes=_changes(rows),
        special_names=_special_names(rows),
        special_in_text=sum(row.special and row.is_text for row in rows),
        bars=_bars(rows),
        sure=sure_counts(row.confidence for row in rows if row.is_open and row.suggested is None),
    )


def _counts(rows: Sequence[Brief]) -> dict[str, int]:
    direct = sum(row.identifying == IdentifyingChoice.DIRECT for row in rows)
    quasi = sum(row.identifying == IdentifyingChoice.QUASI for row in rows)
    undecided = sum(row.decision == Decision.OPEN for row in rows)
    return {
        "all": len(rows),
        "open": sum(row.is_open or row.doubtful for row in rows),
        "changed": sum(bool(row.change) for row in rows),
        "identifying": direct + quasi,
        "direct": direct,
        "quasi": quasi,
        "special": sum(row.special for row in rows),
        "text": sum(row.is_text for row in rows),
        "undecided": undecided,
        "suggested": sum(row.decision == Decision.OPEN and row.suggested is not None for row in rows),
        "decided": len(rows) - undecided,
    }


def _changes(rows: Sequence[Brief]) -> dict[str, tuple[str, ...]]:
    """Columns by what changed in them, in the order of what to look at first."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.change].append(row.column)
    return {kind: tuple(found[kind]) for kind in ChangeChoice.values if found[kind]}


def _special_names(rows: Sequence[Brief]) -> tuple[str, ...]:
    """The special categories a sample holds, by name."""
    kinds: set[str] = set()
    for row in rows:
        if row.special:
            within = row.categories if row.decision != Decision.REJECTED else []
            kinds |= {kind for kind in (row.category, *within) if is_special(Category(kind))}
    return tuple(sorted(str(CategoryChoice(kind).label) for kind in kinds))


def _bars(rows: Sequence[Brief]) -> tuple[Bar, ...]:
    """Entities by the number of columns that hold them, special categories first among equals."""
    columns: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for entity in _held(row):
            columns[entity].append(row.column)
    bars = [
        Bar(entity, len(names), tuple(names[:NAMED]), is_special(kind_of(entity).category))
        for entity, names in columns.items()
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.columns, not bar.special, bar.entity)))


def _held(row: Brief) -> Iterable[str]:
    if row.entities:
        return row.entities if row.decision != Decision.REJECTED else ()
    tells = row.identifying != IdentifyingChoice.NONE or row.category != CategoryChoice.NONE
    return (row.entity,) if row.entity and tells and row.entity != "FREE_TEXT" else ()


def sure_counts(confidences: Iterable[float]) -> tuple[int, ...]:
    """How many are at least 0.00, 0.01 ... 1.00 sure, by the comparison that `accept_all_above` makes."""
    known = sorted(confidences)
    return tuple(len(known) - bisect_left(known, step / STEPS) for step in range(STEPS + 1))


@dataclass(frozen=True, slots=True)
class Block:
    """A page of findings in the small map, or several of a very long list: what is on it."""

    pages: range
    first: int
    last: int
    marks: tuple[str, ...]  # a class for each column: special, direct, quasi, none

    @property
    def counted(self) -> dict[str, int]:
        return dict(Counter(self.marks))

    @property
    def paths(self) -> list[tuple[str, str]]:
        """For each class an SVG path over its columns."""
        return [(mark, self._path(mark)) for mark in dict.fromkeys(self.marks)]

    def _path(self, mark: str) -> str:
        """One stroke for each run of neighbours; the style sheet dashes it into columns."""
        path, place = "", 0
        for one, run in groupby(self.marks):
            length = len(list(run))
            path += f"M{place} 4h{length}" if one == mark else ""
            place += length
        return path


def marks_of(rows: QuerySet[Finding]) -> list[str]:
    """What each of these findings is, in a word, by one query."""
    return [_mark(*row) for row in rows.values_list("identifying", "special")]


def blocks_of(marks: Sequence[str], size: int) -> tuple[Block, ...]:
    """A small map of a long list: one block for each page, or for several of them. None for a single page."""
    pages = ceil((len(marks) - ORPHANS) / size)
    together = ceil(pages / BLOCKS)
    firsts = range(1, pages + 1, together) if pages > 1 else ()
    return tuple(_block(marks, range(first, min(first + together, pages + 1)), size, pages) for first in firsts)


def _block(marks: Sequence[str], pages: range, size: int, last_page: int) -> Block:
    start = (pages.start - 1) * size
    end = len(marks) if last_page in pages else (pages.stop - 1) * size
    return Block(pages, start + 1, end, tuple(marks[start:end]))


def _mark(identifying: str, special: Any) -> str:
    return "special" if special else identifying
