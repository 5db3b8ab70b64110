"""Rows of cells without a format of their own (sheets, arrays): where the table starts, and its columns' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import pyarrow as pa

from datamap.scanner.formats.header import is_word, looks_like_header
from datamap.scanner.formats.stream import MAX_COLUMNS, Batch, Stream, unique_names
from datamap.scanner.types import Unreadable

PROBE_ROWS: Final = 60
ROWS: Final = 4_096
#: A row above the table (a title, a date, a note) fills less than this share of the table's columns.
TITLE: Final = 0.5

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    skip: int  # rows before the first one of the table, header included
    names: list[str]
    has_header: bool


def layout(rows: Sequence[Row], width: int = 0) -> Layout | None:
    """Where the table in these first rows starts and what its columns are called; None where all cells are empty.

    `width` is the number of its columns where that is known.
    """
    width = width or max((_last(row) for row in rows), default=0)
    if width > MAX_COLUMNS:
        raise Unreadable("too_many_columns", 1)
    padded = [tuple(cell.strip() for cell in row[:width]) + ("",) * (width - len(row)) for row in rows]
    counts = sorted(filter(None, map(_filled, padded)))
    if not counts:
        return None
    usual = counts[len(counts) // 2]
    start = next(i for i, row in enumerate(padded) if _filled(row) > TITLE * usual)
    start += _lines_above(padded[start:])
    body = [row for row in padded[start:] if any(row)]
    if looks_like_header(body):
        return Layout(start + 1, unique_names(list(body[0])), has_header=True)
    return Layout(start, [f"c{i}" for i in range(1, width + 1)], has_header=False)


def _lines_above(rows: Sequence[Row]) -> int:
    """Rows before the one that names the columns: a comment, or captions over groups of columns."""
    for skip in range(min(2, len(rows) - 2)):
        row, below = rows[skip], rows[skip + 1]
        is_comment = row[0].startswith("#") and not below[0].startswith("#")
        is_caption = not all(row) and _filled(below) > _filled(row) and _are_words(row)
        if not ((is_comment or is_caption) and _are_words(below) and looks_like_header(rows[skip + 1 :])):
            return skip
    return min(2, max(0, len(rows) - 2))


def _are_words(row: Row) -> bool:
    return all(is_word(cell) for cell in row if cell)


def _last(row: Row) -> int:
    return max((i for i, cell in enumerate(row, start=1) if cell), default=0)


def _filled(row: Row) -> int:
    return sum(bool(cell) for cell in row)


def stream(name: str, rows: Iterable[Row]) -> Stream | None:
    """The table these rows hold, read on as its batches are taken; None for no filled cell among the first."""
    iterator = iter(rows)
    first = list(islice(iterator, PROBE_ROWS))
    found = layout(first)
    if found is None:
        return None
    result = Stream(name, found.names, iter(()), has_header=found.has_header)
    result.batches = _batches(chain(first[found.skip :], iterator), found.names, result)
    return result


def _batches(rows: Iterable[Row], names: Sequence[str], stream: Stream) -> Iterator[Batch]:
    width = len(names)
    kept: list[Row] = []
    for row in rows:
        if not any(row):
            continue
        if any(row[width:]):
            stream.skipped += 1
            continue
        kept.append(row)
        if len(kept) == ROWS:
            yield _arrays(kept, names)
            kept = []
    if kept:
        yield _arrays(kept, names)


def _arrays(rows: Sequence[Row], names: Sequence[str]) -> Batch:
    return {
        name: pa.array([(row[i] or None) if i < len(row) else None for row in rows], type=pa.string())
        for i, name in enumerate(names)
    }
