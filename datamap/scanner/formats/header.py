"""Whether the first row of a table names its columns or is data already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datamap.scanner.lexicon import tokens

NUMBER: Final = re.compile(r"[+\-]?[$€£]?(?:\d[\d.,\s]*|[.,]\d+)(?:[eE][+\-]?\d+)?%?")
DATE: Final = re.compile(r"\d{1,4}[\-/.]\d{1,2}[\-/.]\d{1,4}([T ].*)?")
DATA_ONLY: Final = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-.*|https?://.*|\+?\d[\d ().\-]{6,}\d"
)
#: A file of column names alone, or one that has too little below them to compare with.
FEW: Final = 2


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """True where the first row reads as names.

    A number, date, address or long sentence in the first row is data, unless rows below show other kinds; a cell that
    comes back below in its own column speaks against a header; known header words speak for it.
    """
    first = [cell.strip() for cell in rows[0]]
    below = rows[1:]
    if not any(first):
        return False
    votes = 0.0
    for position, cell in enumerate(first):
        column = [row[position].strip() for row in below if row[position].strip()]
        votes += 0 if _is_period(cell) and _counts_up(first) else _vote(cell, column)
    filled = [cell.casefold() for cell in first if cell]
    if len(set(filled)) < len(filled):
        votes -= 0.5
    return votes >= 0 or (_counts_up(first) and votes > -2)


def _vote(cell: str, column: list[str]) -> float:
    if not cell:
        return -0.25
    kind = _kind(cell)
    if kind != "word":
        return -2.0 if kind != "number" or not _is_period(cell) else -0.5
    if len(cell) > 60 or cell.count(" ") > 7:
        return -1.0
    if column and sum(_kind(value) != "word" for value in column) > 0.6 * len(column):
        return 2.0
    if tokens(cell) and _known(cell):
        return 2.0
    if (len(column) > FEW and cell in column) or _is_value(cell, column):
        return -1.5
    return 0.75 if "_" in cell or cell.islower() or _camel(cell) else 0.1


def _is_value(cell: str, column: list[str]) -> bool:
    """A name or place like most of those below it: no person's name may become a column's."""
    from datamap.scanner import gazetteer  # noqa: PLC0415 - its lists load once, when first needed

    for belongs in (gazetteer.is_name, gazetteer.is_place):
        if belongs(cell) and sum(map(belongs, column[:20])) > 0.6 * len(column[:20]):
            return True
    return False


def _counts_up(first: Sequence[str]) -> bool:
    """Years in order behind the names of other columns, as in wide tables: country, 1990, 1991 ..."""
    years = [int(cell) for cell in first if _is_period(cell)]
    words = sum(_kind(cell) == "word" for cell in first if cell)
    steps = {b - a for a, b in zip(years, years[1:], strict=False)}
    return len(years) > 1 and words > 0 and len(steps) == 1 and 0 not in steps


def _known(cell: str) -> bool:
    from datamap.scanner.lexicon import propose  # noqa: PLC0415 - the word list loads once, when first needed

    return bool(propose(cell).reasons) or cell.casefold() in {
        "id",
        "key",
        "value",
        "name",
        "type",
        "date",
        "text",
        "label",
        "status",
        "count",
    }


def is_word(cell: str) -> bool:
    """Neither number, date, address nor key."""
    return _kind(cell) == "word"


def _kind(cell: str) -> str:
    if NUMBER.fullmatch(cell):
        return "number"
    if DATE.fullmatch(cell):
        return "date"
    return "data" if DATA_ONLY.fullmatch(cell) else "word"


def _is_period(cell: str) -> bool:
    """A year as column name is common in wide tables (1990, 1991, ...)."""
    return cell.isdigit() and len(cell) == 4 and cell[:2] in {"18", "19", "20"}


def _camel(cell: str) -> bool:
    return cell.isidentifier() and any(a.islower() and b.isupper() for a, b in zip(cell, cell[1:], strict=False))
