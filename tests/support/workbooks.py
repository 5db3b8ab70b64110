"""Spreadsheets for tests, written by hand: as much of Office Open XML as a table needs."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
STYLES: Final = (
    f"<styleSheet {MAIN}><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Formula:
    text: str
    value: float


def workbook(sheets: Mapping[str, Sequence[Sequence[object]] | str]) -> bytes:
    """An .xlsx of these sheets; None leaves a cell out, a date gets a date's style. A string is a sheet's own XML."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"></Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _book(list(sheets)),
        "xl/styles.xml": STYLES,
        "xl/_rels/workbook.xml.rels": _relations(
            {f"s{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(len(sheets))}
            | {"styles": ("styles", "styles.xml")}
        ),
    }
    parts |= {f"xl/worksheets/sheet{i}.xml": sheet(rows) for i, rows in enumerate(sheets.values())}
    return packed(parts)


def packed(parts: Mapping[str, str]) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(f'<sheet name={quoteattr(name)} sheetId="{i + 1}" r:id="s{i}"/>' for i, name in enumerate(names))
    return f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr/><sheets>{sheets}</sheets></workbook>'


def sheet(rows: Sequence[Sequence[object]] | str) -> str:
    body = rows if isinstance(rows, str) else _rows(rows)
    return f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"


def _rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join(
        f'<row r="{number}">{"".join(_cell(cell, place(number, i)) for i, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )


def place(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _cell(value: object, at: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return f'<c r="{at}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, Formula):
        return f'<c r="{at}"><f>{escape(value.text)}</f><v>{value.value}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
