"""Several tables of one file: those with the same columns are one, the others keep their names in front."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from datamap.scanner.formats.stream import Batch, Stream

#: Records whose keys overlap this much are of one table: not every record has every key.
ALIKE = 0.6


def grouped(streams: list[Stream]) -> list[Stream]:
    """The tables of a file, in its order; one with several parts is named by the first of them."""
    groups: list[tuple[Stream, list[Stream]]] = []
    for stream in streams:
        _peek(stream)
        fitting = next((parts for first, parts in groups if _alike(first, stream)), None)
        if fitting is None:
            groups.append((stream, [stream]))
        else:
            fitting.append(stream)
    return [_chained(parts) for _, parts in groups]


def _peek(stream: Stream) -> None:
    """Records name their columns while they are read: look at the first of them."""
    if not stream.columns and (first := next(stream.batches, None)) is not None:
        stream.columns = list(first)
        stream.batches = chain([first], stream.batches)


def _alike(one: Stream, other: Stream) -> bool:
    if one.format != other.format or one.format == "text":
        return False
    if one.format not in {"json", "jsonl"}:
        return one.has_header and other.has_header and one.columns == other.columns
    left, right = set(one.columns), set(other.columns)
    return len(left & right) >= ALIKE * max(1, len(left | right))


def _chained(parts: list[Stream]) -> Stream:
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    whole = Stream(first.format, first.columns, iter(()), first.types, encoding=first.encoding, table=first.table)
    whole.batches = _batches(whole, parts)
    return whole


def _batches(whole: Stream, parts: list[Stream]) -> Iterator[Batch]:
    for part in parts:
        before = whole.skipped
        for batch in part.batches:
            whole.skipped = before + part.skipped
            yield batch
        whole.skipped = before + part.skipped


def prefixed(batch: Mapping[str, object], stream: Stream) -> Batch:
    return {stream.table + name: column for name, column in batch.items()}
