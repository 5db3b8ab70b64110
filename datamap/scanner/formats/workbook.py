"""Spreadsheets (.xlsx, .xlsm, .xlsb, .xls, .ods) by calamine: each sheet a table, formulas by their kept values.

calamine lays a sheet out in memory as one rectangle, so what a file unfolds to is counted before it gets the file.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import python_calamine as calamine

from datamap.scanner.formats import grid
from datamap.scanner.formats.packed import DAMAGE, allowance
from datamap.scanner.formats.stream import Batch, Stream, clean
from datamap.scanner.formats.tables import grouped
from datamap.scanner.source import Source
from datamap.scanner.types import Unreadable

#: Bytes of XML, of all sheets together, and cells of one sheet's rectangle: about 500 MiB at the peak.
MAX_XML: Final = 256 << 20
MAX_CELLS: Final = 8_000_000
MAX_SHEETS: Final = 200
SUFFIXES: Final = ("xlsx", "xlsm", "xlsb", "xls", "ods")
PIECE: Final = 1 << 20
#: Whole numbers up to here are written out, card numbers among them; longer ones are measurements.
LARGE: Final = 1e19
CELL: Final = re.compile(rb'\sr="([A-Z]{1,3})(?=\d)')
ROW: Final = re.compile(rb'<(?:\w+:)?row\s[^>]{0,200}?\br="(\d{1,7})"')

T = TypeVar("T")


def read(source: Source) -> list[Stream]:
    """The sheets that hold anything. Raises Unreadable: broken_workbook, encrypted, too_large, unsupported, empty."""
    if source.magic == "zip":
        _measure(source)
    source.file.seek(0)
    book = _guarded(lambda: calamine.CalamineWorkbook.from_filelike(source.file))
    sheets = [sheet.name for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(sheets) > MAX_SHEETS:
        raise Unreadable("too_many_sheets", most=MAX_SHEETS)
    kind = source.suffix if source.suffix in SUFFIXES else "xlsx"
    streams = [stream for name in sheets if (stream := _sheet(book, name, kind, alone=len(sheets) == 1))]
    if not streams:
        raise Unreadable("empty")
    return grouped(streams)


def _guarded(action: Callable[[], T]) -> T:
    """calamine's errors as ours. A panic in its Rust is no Exception, and its message may quote the file."""
    try:
        return action()
    except calamine.PasswordError:
        raise Unreadable("encrypted") from None
    except MemoryError:
        raise
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise Unreadable("broken_workbook") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unreadable("broken_workbook") from None
        raise


def _sheet(book: Any, name: str, kind: str, *, alone: bool) -> Stream | None:
    """A sheet is laid out to see its header, and again when its rows are read: two at once could be too much."""
    rows = _guarded(lambda: _rows(book.get_sheet_by_name(name)))
    stream = grid.stream(kind, rows)
    if stream is None:
        return None
    stream.table = f"{clean(name)}."
    if not alone:
        stream.batches = _again(book, name, stream)
    return stream


def _again(book: Any, name: str, stream: Stream) -> Iterator[Batch]:
    opened = grid.stream(stream.format, _guarded(lambda: _rows(book.get_sheet_by_name(name))))
    for batch in opened.batches if opened else ():
        yield batch
        stream.skipped = opened.skipped if opened else 0


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """A cell as a person would write it: whole numbers without a point, days without midnight."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < LARGE else str(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return str(cell).strip()


def _measure(source: Source) -> None:
    """Unfold every part once, in pieces, and count: its bytes, and the rectangle that its cells span."""
    source.file.seek(0)
    try:
        with zipfile.ZipFile(source.file) as archive:
            left = min(MAX_XML, allowance(source.size))
            for member in archive.infolist():
                left -= _measured(archive, member, left)
    except DAMAGE:
        raise Unreadable("broken_workbook") from None


def _measured(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    seen, tail = 0, b""
    columns: set[bytes] = set()
    rows = 0
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            seen += len(piece)
            if seen > left:
                raise Unreadable("too_large")
            if is_sheet:
                text = tail + piece
                columns.update(CELL.findall(text))
                rows = max(rows, *map(int, ROW.findall(text)), 0)
                tail = piece[-256:]
    if rows * max(map(_column, columns), default=0) > MAX_CELLS:
        raise Unreadable("too_large")
    return seen


def _column(letters: bytes) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
