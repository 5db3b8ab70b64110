"""One pass over a stream: a reservoir sample of its rows, and every cell against the high-risk patterns.

The draw is seeded, so a scan that is repeated after a fault finds the same.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamap.scanner import patterns
from datamap.scanner.formats.stream import Stream
from datamap.scanner.types import Column, Hit, Progress, Table, Unreadable

SAMPLE_ROWS: Final = 2_000
SEED: Final = 20_160_427  # the day of Regulation (EU) 2016/679
MAX_CELL: Final = 4_000
MAX_CELLS: Final = 1_000_000
#: Values repeat where a batch has fewer distinct ones than this share of its rows.
REPEATS: Final = 0.3
#: Distinct matches kept per column and pattern, for the validators.
KEEP: Final = 200


class Reservoir:
    """Uniform sample of `size` rows by Li's algorithm L: it skips, so the cost is the rows kept, not the rows seen."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.seen = 0
        self.cells: dict[str, list[str | None]] = {}
        self._random = random.Random(SEED)  # noqa: S311 - a sample, not a secret
        self._weight = math.exp(math.log(self._random.random()) / size)
        self._next = size + self._skip()

    @property
    def rows(self) -> int:
        return min(self.seen, self.size)

    def _skip(self) -> int:
        return int(math.log(self._random.random()) / math.log1p(-self._weight))

    def feed(self, batch: dict[str, Any], rows: int) -> None:
        filled = min(rows, max(0, self.size - self.seen))
        slots = list(range(self.seen, self.seen + filled))
        indices = list(range(filled))
        last = self.seen + rows
        while self._next < last:
            slots.append(self._random.randrange(self.size))
            indices.append(self._next - self.seen)
            self._weight *= math.exp(math.log(self._random.random()) / self.size)
            self._next += self._skip() + 1
        self.seen = last
        if indices:
            self._put(batch, indices, slots)

    def _put(self, batch: dict[str, Any], indices: list[int], slots: list[int]) -> None:
        for name in self.cells.keys() - batch.keys():
            for slot in slots:
                if slot < len(self.cells[name]):
                    self.cells[name][slot] = None
        take = pa.array(indices)
        for name, column in batch.items():
            cells = self.cells.setdefault(name, [])
            if len(cells) < self.rows:
                cells.extend([None] * (self.rows - len(cells)))
            for slot, value in zip(slots, _cut(column.take(take)).to_pylist(), strict=True):
                cells[slot] = value


@dataclass(slots=True)
class Meter:
    """What the full pass counts in one column. Repeated values are matched once and counted as often as they stand."""

    filled: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    repeats: bool = True

    def feed(self, column: Any) -> None:
        cells, weights = self._distinct(column)
        if not len(cells):
            return
        self.filled += int(weights.sum()) - _sum(pc.equal(cells, ""), weights)
        if (pc.max(pc.binary_length(cells)).as_py() or 0) < patterns.SHORTEST:
            return
        suspicious = pc.match_substring_regex(cells, patterns.ANY)
        if not suspicious.true_count:
            return
        cells, weights = cells.filter(suspicious), weights[suspicious.to_numpy(zero_copy_only=False)]
        for name, source in patterns.SOURCES.items():
            self._count(name, source, cells, weights)

    def _distinct(self, column: Any) -> tuple[Any, Any]:
        """The cells to look at and how many times each stands; encoding pays only where values repeat."""
        encoded = column
        if not pa.types.is_dictionary(column.type):
            if not self.repeats:
                cells = column.drop_null()
                return cells, np.ones(len(cells), dtype=np.int64)
            encoded = column.dictionary_encode()
            self.repeats = len(encoded.dictionary) < REPEATS * len(column)
        indices = encoded.indices.drop_null().to_numpy()
        weights = np.bincount(indices, minlength=len(encoded.dictionary)) if len(indices) else np.zeros(0, np.int64)
        seen = weights > 0
        return encoded.dictionary.filter(pa.array(seen)) if len(seen) else encoded.dictionary[:0], weights[seen]

    def _count(self, name: str, source: str, cells: Any, weights: Any) -> None:
        matches = pc.match_substring_regex(cells, source)
        if not matches.true_count:
            return
        self.rows[name] = self.rows.get(name, 0) + _sum(matches, weights)
        kept = self.values.setdefault(name, {})
        compiled = patterns.COMPILED[name]
        for value in cells.filter(matches).slice(0, KEEP - len(kept)):
            if match := compiled.search(value.as_py()):
                kept[match.group()[:100]] = None


def _sum(mask: Any, weights: Any) -> int:
    return int(weights[mask.to_numpy(zero_copy_only=False)].sum())


def _cut(column: Any) -> Any:
    """Cells as they go into the sample: no longer than MAX_CELL characters, cut before they are written out."""
    if pa.types.is_dictionary(column.type):
        return pc.utf8_slice_codeunits(column.dictionary, 0, MAX_CELL).take(column.indices)
    return pc.utf8_slice_codeunits(column, 0, MAX_CELL)


def sample(stream: Stream, progress: Progress | None = None, *, rows: int = SAMPLE_ROWS, size: int = 0) -> Table:
    """Read a stream to its end and keep a sample. Memory is bounded by the batch and the sample.

    `size` (bytes) only scales the progress. Raises Unreadable: empty, broken_csv where most rows don't fit the header.
    """
    reservoir: Reservoir | None = None
    meters: dict[str, Meter] = {name: Meter() for name in stream.columns}
    for batch in stream.batches:
        if reservoir is None:
            reservoir = Reservoir(max(30, min(rows, MAX_CELLS // max(1, len(batch)))))
        count = len(next(iter(batch.values()))) if batch else 0
        reservoir.feed(dict(batch), count)
        for name, column in batch.items():
            meters.setdefault(name, Meter()).feed(column)
        if progress is not None:
            progress(min(95, int(95 * stream.position() / size)) if size else 50, "reading")
    seen = reservoir.seen if reservoir else 0
    if stream.skipped > max(seen, 1):
        raise Unreadable("broken_csv")
    cells = reservoir.cells if reservoir else {}
    return _table(stream, cells, meters, seen, reservoir.rows if reservoir else 0)


def _table(stream: Stream, cells: dict[str, list[str | None]], meters: dict[str, Meter], seen: int, kept: int) -> Table:
    columns = tuple(
        Column(
            name=name,
            type=stream.types.get(name, ""),
            values=tuple(text for value in cells.get(name, ()) if value is not None and (text := value.strip())),
            filled=meter.filled,
            hits={key: Hit(rows, tuple(meter.values[key])) for key, rows in meter.rows.items()},
        )
        for name, meter in meters.items()
    )
    return Table(stream.format, seen, kept, columns, stream.has_header, stream.encoding, stream.skipped)
