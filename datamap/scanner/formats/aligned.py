"""Columns set apart by spaces: tables of statistics programs, listings, reports of fixed width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Final, TypeAlias

from datamap.scanner.formats import grid
from datamap.scanner.formats.header import is_word
from datamap.scanner.formats.stream import Stream
from datamap.scanner.source import Source, recoded

Splitter: TypeAlias = Callable[[str], list[str]]

PROBE_LINES: Final = 200
#: Lines that must have the same number of columns, of those that are looked at.
AGREEING: Final = 0.95
WIDE_GAP: Final = re.compile(r"[ \t]{2,}|\t")
#: A word, or words within quotes.
WORD: Final = re.compile(r'"([^"]*)"|(\S+)')
MAX_LINE: Final = 1 << 20


def _by_gaps(line: str) -> list[str]:
    return WIDE_GAP.split(line.strip())


def _by_spaces(line: str) -> list[str]:
    return [quoted or word for quoted, word in WORD.findall(line)]


def sniff(head: str, *, whole: bool) -> tuple[Splitter, int] | None:
    """How lines fall into columns, and how many there are; None for text that only has spaces in it."""
    lines = [line for line in head.splitlines()[:PROBE_LINES] if line.strip()]
    if not whole and len(lines) < PROBE_LINES:
        lines = lines[:-1]
    for split in (_by_gaps, _by_spaces):
        rows = [split(line) for line in lines]
        if len(rows) < 3:
            continue
        width, count = Counter(map(len, rows)).most_common(1)[0]
        if width > 1 and count >= AGREEING * (len(rows) - 1) and (split is _by_gaps or _is_data(rows, width)):
            return split, width
    return None


def _is_data(rows: list[list[str]], width: int) -> bool:
    """Single spaces part columns only where most cells are no words: sentences have spaces, too."""
    cells = [cell for row in rows[1:] if len(row) == width for cell in row]
    return sum(not is_word(cell) for cell in cells) > 0.5 * len(cells)


def read(source: Source, encoding: str) -> Stream | None:
    """Stream the table; None where the text is none."""
    head = source.text(encoding)
    found = sniff(head, whole=source.is_whole)
    if found is None:
        return None
    split, width = found
    stream = grid.stream("aligned", _rows(recoded(source, encoding), split, width))
    if stream is not None:
        stream.encoding = encoding
    return stream


def _rows(file: IO[bytes], split: Splitter, width: int) -> Iterator[list[str]]:
    """Cells line by line. A first line that is one short has no name for the row names that R writes."""
    first = True
    while raw := file.readline(MAX_LINE):
        line = raw.decode("utf-8", errors="replace")
        if not line.strip():
            continue
        cells = split(line)
        yield ["", *cells] if first and len(cells) == width - 1 else cells
        first = False
