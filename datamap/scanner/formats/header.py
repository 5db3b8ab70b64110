"""Whether the first row of a table names its columns or is data already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datamap.scanner.lexicon import tokens
from datamap.scanner.sensitive_words import is_listed

NUMBER: Final = re.compile(r"[+\-]?[$€£]?(?:\d[\d.,\s]*|[.,]\d+)(?:[eE][+\-]?\d+)?%?")
DATE: Final = re.compile(
    r"\d{1,4}[\-/.]\d{1,2}[\-/.]\d{1,4}([T ].*)?|\d{1,2}:\d\d(:\d\d)?([.,]\d+)?( ?[AaPp]\.?[Mm]\.?)?"
)
DATA_ONLY: Final = re.compile(
    r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-.*|https?://.*"
    r"|\+?\(?\d[\d ()./\-]{6,}\d(?: ?(?:x|ext\.?) ?\d+)?"
)
#: Words that head columns whatever these hold, and the commonest headers of languages that have no lexicon here.
HEADERS: Final = frozenset(
    """id key value name type date text label status count nr no code description note comment amount total price
    nama alamat kota telepon pekerjaan tanggal umur họ tên thành_phố địa_chỉ điện_thoại nghề ngày_sinh họ_tên họ_và_tên
    שם שם_פרטי שם_משפחה עיר כתובת טלפון מקצוע תאריך الاسم اسم المدينة العنوان الهاتف المهنة التاريخ
    नाम पहला_नाम उपनाम शहर पता फ़ोन पेशा तारीख ชื่อ นามสกุล เมือง จังหวัด ที่อยู่ โทรศัพท์ อาชีพ วันเกิด""".split()  # noqa: SIM905
)
WORD: Final = re.compile(r"[^\W\d_]+")
IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]")
#: A file of column names alone, or one that has too little below them to compare with.
FEW: Final = 2
#: Votes that a first row of words needs: in doubt it is data, which a wrong name of a column would show in clear.
SURE: Final = 0.5


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """True where the first row reads as names.

    A number, date, address or long sentence in the first row is data, unless rows below show other kinds; a cell that
    comes back below in its own column speaks against a header; known header words speak for it. With nothing for it and
    nothing against it the row is data.
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
    return votes >= SURE or (_counts_up(first) and votes > -2)


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
    if is_listed(cell) and sum(map(is_listed, column)) > 0.5 * len(column) > 0:
        return -3.0  # an illness above others
    contrast = _contrast(cell, column)
    if _known(cell):
        return 2.0 if contrast >= 0 else 0.5
    if (len(column) > FEW and cell in column) or _is_value(cell, column):
        return -1.5
    return contrast + (0.75 if "_" in cell or _camel(cell) or _is_lower(cell, column) else 0.1)


def _is_lower(cell: str, column: list[str]) -> bool:
    return cell.islower() and sum(value.islower() for value in column) < 0.5 * max(1, len(column))


def _contrast(cell: str, column: list[str]) -> float:
    """How unlike the cells below it a word is: below zero where it is made as they are, of the same words."""
    if len(column) < FEW:
        return 0.0
    below = {part for value in column for part in _parts(value)}
    if any(part in below for part in _parts(cell)):
        return -0.75
    words = len(cell.split())
    several = sum(len(value.split()) > 1 for value in column) > 0.7 * len(column)
    return (0.75 if words == 1 else -0.5) if several else 0.0


def _parts(text: str) -> Iterator[str]:
    """Words; of a name written without spaces its first and last sign, which are those of families and of towns."""
    for word in WORD.findall(text.casefold()):
        if len(word) > 1 and IDEOGRAPH.match(word):
            yield f"{word[0]}_"
            yield f"_{word[-1]}"
        elif len(word) > 1:
            yield word


def _is_value(cell: str, column: list[str]) -> bool:
    """A name or place like most of those below it: no person's name may become a column's."""
    from datamap.scanner import gazetteer  # noqa: PLC0415 - its lists load once, when first needed

    def named(text: str) -> bool:
        return any(gazetteer.is_name(word) for word in WORD.findall(text))

    for belongs in (named, gazetteer.is_place):
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
    """Whether a word heads columns. What is somebody's illness or belief may, too, but is likelier a value."""
    from datamap.scanner.lexicon import propose  # noqa: PLC0415 - the word list loads once, when first needed

    if is_listed(cell):
        return False
    return cell.casefold().replace(" ", "_") in HEADERS or bool(tokens(cell) and propose(cell).reasons)


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
