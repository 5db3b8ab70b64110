"""Which delimiter, quote and escape a delimited text uses, from its first rows.

Every combination is tried. As in the literature on the question (van den Burg, Nazábal, Sutton: Wrangling messy CSV
files by detecting row and type patterns, 2019) the best one gives rows of one width whose cells are each of a kind:
a number, a date, an address, words, and not half a sentence with a quote at one end.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from datamap.scanner.formats.header import is_word

#: What parts columns: also the separators that databases write.
DELIMITERS: Final = (",", ";", "\t", "|", "^", "~", "\x01", "\x02", "\x1c", "\x1d", "\x1e", "\x1f")
#: Signs that also stand in times, settings and texts: they divide only where every row has the same number of them.
RARE: Final = (":", "#", "!", "*")
PROBE_ROWS: Final = 60
#: Excel's own first line, which names the delimiter.
NAMED: Final = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)
#: A delimiter with no blank behind it, as none stands in a sentence.
SEPARATES: Final = re.compile(r",(?![\s\d])|[;\t|^~\x01\x02\x1c-\x1f](?=\S)|(?<=\S)#(?=\S)")
#: How much a cell with another delimiter in it counts, a table whose first row is of another width, a rare delimiter.
ODD_CELL: Final = 0.3
ODD_FIRST: Final = 0.5
RARELY: Final = 0.75


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str
    quote: str
    width: int
    consistency: float
    escapes: bool = False
    merit: float = 0.0


def sniff(head: str, *, whole: bool) -> Dialect | None:
    """The dialect under which the first rows make the best table of more than one column; None for none."""
    text = head if whole else head[: head.rfind("\n") + 1] or head
    named = NAMED.match(text)
    if named and (told := _best(text[named.end() :], (named[1],))):
        return told
    return _best(text, (*DELIMITERS, *RARE))


def _best(text: str, delimiters: tuple[str, ...]) -> Dialect | None:
    """The first of the best: what is tried earlier is the commoner way to write."""
    found = [
        dialect
        for delimiter in delimiters
        if delimiter in text
        for quote, escapes in product(_quotes(text, delimiter), (False, True))
        if (not escapes or f"\\{quote}" in text or f"\\{delimiter}" in text)
        and (dialect := attempt(text, delimiter, quote, escapes=escapes))
        and (len(delimiters) == 1 or delimiter not in RARE or _is_certain(dialect))
    ]
    return max(found, key=lambda dialect: dialect.merit, default=None)


def _quotes(text: str, delimiter: str) -> tuple[str, ...]:
    """A single quote is one only where it opens cells and closes them; elsewhere it is an apostrophe."""
    edge = re.escape(delimiter)
    single = re.search(rf"(?:^|{edge}|\n)'(?:[^']|''){{0,500}}+'(?:{edge}|\r?\n|$)", text)
    return ('"', "'") if single else ('"',)


def _is_certain(dialect: Dialect) -> bool:
    """Only several of them in every row: colons stand in times, in settings and between words, too."""
    return dialect.consistency == 1.0 and dialect.width > 3


def first_rows(text: str, delimiter: str, quote: str, *, escapes: bool) -> Iterator[tuple[int, list[str]]]:
    """The first rows with something in them, each with the number of lines before it. Raises csv.Error."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar="\\" if escapes else None,
    )
    before = found = 0
    for row in reader:
        if row:
            yield before, row
            found += 1
        if found >= PROBE_ROWS:
            return
        before = reader.line_num


def attempt(text: str, delimiter: str, quote: str, *, escapes: bool = False) -> Dialect | None:
    """The table that the text is in this dialect; None where its rows have no width in common."""
    try:
        rows = [row for _, row in first_rows(text, delimiter, quote, escapes=escapes)]
    except csv.Error:
        return None
    widths = [len(row) for row in rows]
    if not widths:
        return None
    width, count = Counter(widths).most_common(1)[0]
    if count < 0.6 * len(widths) and widths[0] > 1 and widths.count(widths[0]) >= 0.3 * len(widths):
        width, count = widths[0], widths.count(widths[0])
    elif width < 2 or count < 0.6 * len(widths):
        return None
    consistency = count / len(widths)
    table = [row for row in rows if len(row) == width]
    merit = consistency * _soundness(table, delimiter) * (1 - 1 / (4 * width))
    merit *= (1.0 if widths[0] == width else ODD_FIRST) * (RARELY if delimiter in RARE else 1.0)
    return Dialect(delimiter, quote, width, consistency, escapes, merit)


def _soundness(table: list[list[str]], delimiter: str) -> float:
    """The share of cells that are of one kind, the column with the fewest of them counting as much as all together."""
    columns = [
        sum(_sound(cell.strip(), delimiter) for cell in column) / len(table) for column in zip(*table, strict=True)
    ]
    return (sum(columns) / len(columns) + min(columns)) / 2


def _sound(cell: str, delimiter: str) -> float:
    """Text may hold the delimiter itself, since it was quoted then, and other delimiters as sentences do."""
    if not cell or not is_word(cell) or (cell[0] in "{[" and cell[-1] in "}]"):
        return 1.0
    for quote in "\"'":
        if cell[0] == quote or (cell[-1] == quote and cell.count(quote) % 2) or f"\\{quote}" in cell:
            return 0.0
    return 1.0 if delimiter in cell or not SEPARATES.search(cell) else ODD_CELL
