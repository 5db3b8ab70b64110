"""One pass over a stream: a sample of its rows, and every cell against the high-risk patterns.

A big file is read in chunks, each giving a `Partial`; what the chunks gave is put together. It makes no difference
which process read which chunk, or whether one read them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from core.types import Reason
from datamap.scanner import patterns
from datamap.scanner.draw import MAX_CELL, MAX_CELLS, Reservoir
from datamap.scanner.formats.stream import Batch, Stream
from datamap.scanner.meters import KEEP, Meter
from datamap.scanner.sought import NOTHING, Sought
from datamap.scanner.types import Column, Hit, Progress, Table, Unreadable

__all__ = ["KEEP", "MAX_CELL", "MAX_CELLS", "SAMPLE_ROWS", "Partial", "Reservoir", "read_chunks", "sample", "table_of"]

SAMPLE_ROWS: Final = 2_000


@dataclass(slots=True)
class Partial:
    """What was seen of a part of a file: neighbouring parts merge, in the file's order."""

    sample: Reservoir
    meters: dict[str, Meter] = field(default_factory=dict)
    skipped: int = 0
    slow: dict[str, None] = field(default_factory=dict)  # recognisers that were left out of the full pass

    def merge(self, later: Partial) -> Partial:
        """What was seen of both parts; `later` stands behind this one in the file."""
        meters = dict(self.meters)
        for name, meter in later.meters.items():
            meters[name] = meters[name].merge(meter) if name in meters else meter
        return Partial(self.sample.merge(later.sample), meters, self.skipped + later.skipped, self.slow | later.slow)

    def to_json(self) -> dict[str, Any]:
        meters = [[name, meter.to_json()] for name, meter in self.meters.items()]
        return {"sample": self.sample.to_json(), "meters": meters, "skipped": self.skipped, "slow": list(self.slow)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Partial:
        meters = {name: Meter.from_json(meter) for name, meter in data["meters"]}
        return cls(Reservoir.from_json(data["sample"]), meters, data["skipped"], dict.fromkeys(data["slow"]))


def sample(
    stream: Stream,
    progress: Progress | None = None,
    *,
    rows: int = SAMPLE_ROWS,
    size: int = 0,
    sought: Sought = NOTHING,
) -> Table:
    """Read a stream to its end and keep a sample. Memory is bounded by the batch and the sample.

    `size` (bytes) only scales the progress. Raises Unreadable: empty, broken_csv where most rows don't fit the header.
    """
    percent = Percent(progress, stream.position, size)
    if stream.division:
        numbers = range(len(stream.division.chunks()))
        return table_of(stream, read_chunks(stream, numbers, percent, rows=rows, sought=sought))
    partial = _take(stream, stream.batches, Reservoir(rows, most=MAX_CELLS), percent, sought)
    partial.skipped = stream.skipped
    return table_of(stream, partial)


def read_chunks(
    stream: Stream, numbers: Sequence[int], percent: Callable[[], None], *, rows: int, sought: Sought = NOTHING
) -> Partial:
    """Read these neighbouring chunks of a stream that can be divided, `rows` being the size of the whole sample."""
    if stream.division is None:
        raise ValueError("this stream can't be divided")
    whole: Partial | None = None
    for number in numbers:
        before = stream.skipped
        reservoir = Reservoir(rows, number, most=MAX_CELLS, before=whole.sample if whole else None)
        partial = _take(stream, stream.division.read(number), reservoir, percent, sought)
        partial.skipped = stream.skipped - before
        whole = whole.merge(partial) if whole else partial
    if whole is None:
        raise ValueError("no chunks to read")
    return whole


def _take(
    stream: Stream, batches: Iterable[Batch], reservoir: Reservoir, percent: Callable[[], None], sought: Sought
) -> Partial:
    meters: dict[str, Meter] = {name: Meter() for name in stream.columns}
    for batch in batches:
        count = len(next(iter(batch.values()))) if batch else 0
        reservoir.feed(batch, count)
        for name, column in batch.items():
            meters.setdefault(name, Meter()).feed(column, sought)
        percent()
    return Partial(reservoir, meters, slow=dict(sought.slow))


class Percent:
    """Reports how far reading is, 0-95, when that has changed; a report may raise to stop."""

    def __init__(self, progress: Progress | None, position: Callable[[], int], size: int, start: int = 0) -> None:
        self._progress = progress
        self._position = position
        self._size = size
        self._start = start
        self._last = -1

    def __call__(self) -> None:
        if self._progress is None:
            return
        done = min(95, int(95 * (self._position() - self._start) / self._size)) if self._size else 50
        if done != self._last:
            self._last = done
            self._progress(max(0, done), "reading")


def table_of(stream: Stream, partial: Partial) -> Table:
    """What was seen of a whole stream, as a Table. Raises Unreadable("broken_csv")."""
    seen, skipped = partial.sample.seen, partial.skipped
    if skipped > max(seen, 1):
        raise Unreadable("broken_csv")
    cells = partial.sample.cells
    columns = tuple(
        Column(
            name=name,
            type=stream.types.get(name, ""),
            values=tuple(text for value in cells.get(name, ()) if value is not None and (text := value.strip())),
            filled=meter.filled,
            hits=_hits(meter, own=False),
            own=_hits(meter, own=True),
        )
        for name, meter in partial.meters.items()
    )
    slow = tuple(Reason("slow_recogniser", {"part": name}) for name in partial.slow)
    return Table(stream.format, seen, partial.sample.rows, columns, stream.has_header, stream.encoding, skipped, slow)


def _hits(meter: Meter, *, own: bool) -> dict[str, Hit]:
    """What the high-risk patterns found, or people's own recognisers."""
    return {
        key: Hit(rows, tuple(meter.values[key])) for key, rows in meter.rows.items() if own != (key in patterns.SOURCES)
    }
