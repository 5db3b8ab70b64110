"""What a column of free text or mixed content holds: entities by the number of cells that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.types import Reason
from datamap.categories import is_special
from datamap.scanner.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Row:
    entity: str
    count: int
    share: float | None  # of the texts read, where that is known
    special: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """`read` texts of which `holding` hold any identifier; 0 where the scan did not count texts."""

    rows: tuple[Row, ...]
    read: int = 0
    holding: int = 0

    @property
    def most(self) -> int:
        return max((row.count for row in self.rows), default=1)


def histogram(entities: Mapping[str, int], why: Iterable[Reason]) -> Histogram:
    """Commonest first."""
    counted = next((reason.params for reason in why if "read" in reason.params and "holding" in reason.params), {})
    read, holding = int(counted.get("read", 0)), int(counted.get("holding", 0))
    rows = [
        Row(entity, count, count / read if read else None, is_special(kind_of(entity).category))
        for entity, count in entities.items()
    ]
    return Histogram(tuple(sorted(rows, key=lambda row: (-row.count, row.entity))), read, holding)
