"""A quote that is opened and never closed: the parser takes all rows up to the next quote for one cell of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from datamap.scanner.formats.dialect import Dialect
from datamap.scanner.formats.stream import Batch

#: Bytes of a cell from which on it may hold rows.
LONG: Final = 256
#: Of a cell's inner lines at least so many, and this share, have the table's width: then they are its rows.
LINES: Final = 5
SHARE: Final = 0.8
ROWS: Final = 4_096
BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Tear:
    """How the cell begins that took other rows in, and these rows."""

    beginning: str
    rows: list[list[str]]


def swallowed(batch: Batch, dialect: Dialect) -> Mapping[int, Tear]:
    """By the number of a row in the batch: the rows that one of its cells took in."""
    found: dict[int, Tear] = {}
    for column in batch.values():
        lengths = pc.binary_length(column)
        if (pc.max(lengths).as_py() or 0) < LONG:
            continue
        for row in pc.indices_nonzero(pc.greater_equal(lengths, LONG)).to_pylist():
            text = column[row].as_py()
            if rows := rows_in(text, dialect):
                found[row] = Tear(dialect.quote + text[:LONG], rows)
    return found


def rows_in(text: str, dialect: Dialect) -> list[list[str]]:
    """The rows in a cell's text behind its first line; none where it is a text of several lines."""
    lines = text.splitlines()[1:]
    if len(lines) < LINES or dialect.width < 2:
        return []
    few = list(_parsed(lines[: 10 * LINES], dialect))
    if sum(len(row) == dialect.width for row in few) < SHARE * len(few):
        return []
    return list(_parsed(lines, dialect))


def are_usual(rows: Sequence[Sequence[str]], dialect: Dialect) -> bool:
    """Whether cells of many lines belong to the table: one of the first rows may be torn, two are not."""
    return sum(any(rows_in(cell, dialect) for cell in row) for row in rows) > 1


def _parsed(lines: Sequence[str], dialect: Dialect) -> Iterator[list[str]]:
    """Cells line by line: what quotes are left in these lines parted no cell."""
    reader = csv.reader(lines, delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if row:
            yield row


def batches(rows: list[list[str]], names: Sequence[str], nulls: Sequence[str]) -> Iterator[Batch]:
    """These rows, all of the table's width, as the parser would have given them."""
    iterator, empty = iter(rows), frozenset(nulls)
    while piece := list(islice(iterator, ROWS)):
        yield {
            name: pa.array([None if cell in empty else cell for cell in cells], pa.string())
            for name, cells in zip(names, zip(*piece, strict=True), strict=True)
        }


def without(batch: Batch, rows: Mapping[int, Any]) -> Batch:
    """The batch without some of its rows."""
    count = len(next(iter(batch.values())))
    keep = pa.array([row not in rows for row in range(count)])
    return {name: column.filter(keep) for name, column in batch.items()}


def line_of(file: IO[bytes], tear: Tear) -> int | None:
    """The line of a file in which a tear begins; None where the cell stood otherwise than it was read."""
    sought, line, kept = tear.beginning.encode(), 1, b""
    while block := file.read(BLOCK):
        kept += block
        if (place := kept.find(sought)) >= 0:
            return line + kept.count(b"\n", 0, place)
        done = max(0, len(kept) - len(sought))
        line, kept = line + kept.count(b"\n", 0, done), kept[done:]
    return None
