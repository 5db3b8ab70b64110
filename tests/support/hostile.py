"""Files that were made to hurt whoever reads them, each with what may come of it.

`python -m tests.support.hostile WHAT PATH` writes one.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import random
import struct
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq

from tests.support.reading import READ
from tests.support.workbooks import MAIN, packed, workbook

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Trap:
    """`make` writes the file; `outcomes` are the codes that are right, or "read" where it is harmless."""

    what: str
    name: str
    make: Callable[[Path], None]
    outcomes: tuple[str, ...]


def _bytes(content: Callable[[], bytes]) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(content())

    return make


def _repeated(start: bytes, piece: bytes, times: int, end: bytes = b"") -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.write(start)
            for _ in range(times):
                file.write(piece)
            file.write(end)

    return make


def _gzip(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=6) as file:
        for _ in range(1_000):
            file.write(b"a,b\n" * 262_144)


def overlapping(members: int, size: int) -> bytes:
    """One packed stream of `size` bytes, and a directory that names it `members` times over."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"a,b\n" * (size // 4))
        info = archive.infolist()[0]
        start = archive.fp.tell() if archive.fp else 0
    entry = struct.pack(
        "<4s4B4HL2L5H2L",
        b"PK\x01\x02",
        *(20, 3, 20, 0),
        *(0, 8, 0, 0),
        info.CRC,
        *(info.compress_size, info.file_size),
        *(5, 0, 0, 0, 0),
        *(0, 0),
    )
    directory = (entry + b"a.csv") * members
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, len(directory), start, 0)
    return out.getvalue()[:start] + directory + end


def _lying_zip() -> bytes:
    """A member that says it holds a hundred bytes and unfolds to a hundred megabytes."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"a,b\n" * (25 << 20))
    content = out.getvalue()
    return content.replace(struct.pack("<L", 100 << 20), struct.pack("<L", 100))


def _many_members(count: int) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.csv", b"a,b\n1,2\n")
    return out.getvalue()


def _nested_zip() -> bytes:
    content = b"a,b\n1,2\n"
    for _ in range(8):
        with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"{number}.zip", content)
        content = out.getvalue()
    return content


def _odd_names() -> bytes:
    names = ["../../../etc/passwd", "<script>alert(1)</script>.csv", "\u202egnp.exe.csv", "a\"b'c.csv", "C:\\x.csv"]
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(name, f"a{number},b\n1,2\n")
    return out.getvalue()


def _tall_sheet() -> bytes:
    row = f"<row>{'<c t=' + chr(34) + 'inlineStr' + chr(34) + '><is><t>xxxxxxxx</t></is></c>'}</row>" * 20_000
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(workbook({"S": ""}))) as plain:
            for name in plain.namelist():
                if "sheet0" not in name:
                    archive.writestr(name, plain.read(name))
        with archive.open("xl/worksheets/sheet0.xml", "w") as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            for _ in range(300):
                sheet.write(row.encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _far_cells() -> bytes:
    return workbook(
        {"S": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'}
    )


def _shared_string() -> bytes:
    """One string of 32 KiB that 300,000 cells point at."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 300_001))
    content = workbook({"S": cells})
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(content)) as plain:
            for name in plain.namelist():
                archive.writestr(name, plain.read(name).replace(b"</Relationships>", _STRINGS + b"</Relationships>"))
        archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}><si><t>{'x' * 32_767}</t></si></sst>")
    return out.getvalue()


_STRINGS: Final = (
    b'<Relationship Id="shared" Target="sharedStrings.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)


def _entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><workbook {MAIN}>&l11;</workbook>',
    }
    return packed(parts)


def _repeated_rows() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    body = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{row}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>',
            "content.xml": body,
        }
    )


def _parquet(path: Path) -> None:
    pq.write_table(pa.table({"n": pa.array([7] * 13_000_000)}), path, compression="zstd")


def _parquet_text(path: Path) -> None:
    long = pa.array(["x" * 1_000_000 + " jane@example.org"])
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, type=pa.int32()), long)
    pq.write_table(pa.table({"text": repeated}), path)


def _avro(schema: Any, records: Any, codec: str = "deflate") -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with path.open("wb") as file:
            fastavro.writer(file, {"type": "record", "name": "R", "fields": schema}, records, codec=codec)

    return make


def _avro_list() -> bytes:
    """An array that says it holds a thousand million nulls."""
    schema = '{"type": "record", "name": "R", "fields": [{"name": "a", "type": {"type": "array", "items": "null"}}]}'
    head = b"Obj\x01" + _long(1) + _long(11) + b"avro.schema" + _long(len(schema)) + schema.encode() + _long(0)
    record = _long(1_000_000_000) + _long(0)
    return head + b"S" * 16 + _long(1) + _long(len(record)) + record + b"S" * 16


def _long(value: int) -> bytes:
    value <<= 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _xz() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 22}]
    return lzma.compress(b"a,b\n" * (50 << 20), filters=filters)


def _mixed() -> bytes:
    rows = [f"{n},Müller,Łódź".encode(("utf-8", "cp1250", "utf-16-le")[n % 3], "replace") for n in range(3_000)]
    return b"id,name,city\n" + b"\n".join(rows)


def _noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


WIDE: Final = b",".join(b"h%d" % n for n in range(10_000)) + b"\n" + b"1," * 9_999 + b"1\n"
NULL: Final = {"name": "nothing", "type": "null"}
TEXT: Final = {"name": "text", "type": "string"}

TRAPS: Final = (
    Trap(
        "zip, 3,000 members share one stream, 63 GB",
        "x.zip",
        _bytes(lambda: overlapping(3_000, 21 << 20)),
        ("overlapping_members",),
    ),
    Trap(
        "zip, a member unfolds to a million times what it says",
        "x.zip",
        _bytes(_lying_zip),
        ("broken_archive", "empty"),
    ),
    Trap("zip of 20,000 members", "x.zip", _bytes(lambda: _many_members(20_000)), ("too_many_members",)),
    Trap("zip within zip, eight deep", "x.zip", _bytes(_nested_zip), ("no_tables", "nested_archive")),
    Trap("zip with names that climb, script and turn", "x.zip", _bytes(_odd_names), (READ,)),
    Trap("gzip, 1 GB in 1 MB", "x.csv.gz", _gzip, ("too_large",)),
    Trap(
        "gzip, cut off",
        "x.csv.gz",
        _bytes(lambda: gzip.compress(b"\n".join(b"%d,x" % n for n in range(300_000)))[:-99]),
        ("broken_archive",),
    ),
    Trap("xz, 200 MB in 30 kB", "x.csv.xz", _bytes(_xz), ("too_large",)),
    Trap("Excel sheet, 300 MB in 1 MB", "x.xlsx", _bytes(_tall_sheet), ("too_large",)),
    Trap("Excel sheet, two cells in far corners", "x.xlsx", _bytes(_far_cells), ("too_large",)),
    Trap(
        "Excel sheet, 10 GB by one shared string", "x.xlsx", _bytes(_shared_string), ("memory_limit", "too_large", READ)
    ),
    Trap("Excel workbook, entities within entities", "x.xlsx", _bytes(_entities), ("broken_workbook", "empty")),
    Trap(
        "OpenDocument, one cell repeated 17,000 million times",
        "x.ods",
        _bytes(_repeated_rows),
        ("memory_limit", "too_large", "broken_workbook"),
    ),
    Trap("Parquet, 100 MB in 60 kB", "x.parquet", _parquet, (READ,)),
    Trap("Parquet, 3 GB by one repeated text", "x.parquet", _parquet_text, (READ,)),
    Trap("Parquet, cut off", "x.parquet", _bytes(lambda: b"PAR1" + _noise(5_000)), ("broken_parquet",)),
    Trap("Avro, 200 MB in one block", "x.avro", _avro([TEXT], [{"text": "x" * (200 << 20)}]), ("too_large",)),
    Trap(
        "Avro, a million records of nothing", "x.avro", _avro([NULL], [{"nothing": None}] * 1_000_000), ("broken_avro",)
    ),
    Trap("Avro, a list of a thousand million nulls", "x.avro", _bytes(_avro_list), ("memory_limit", "broken_avro")),
    Trap("JSON, 100,000 levels deep", "x.json", _bytes(lambda: b"[" * 100_000), ("too_deep",)),
    Trap(
        "JSON Lines, 100,000 levels deep",
        "x.jsonl",
        _bytes(lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
        ("too_deep",),
    ),
    Trap(
        "JSON, a number of a million digits", "x.json", _bytes(lambda: b'[{"n": ' + b"9" * 1_000_000 + b"}]"), (READ,)
    ),
    Trap(
        "JSON, 100 MB in one line",
        "x.json",
        _repeated(
            b"[", b'{"name": "Jane Doe", "mail": "jane@example.org", "city": "Leeds"},' * 1_000, 1_500, b'{"a": "x"}]'
        ),
        (READ,),
    ),
    Trap(
        "JSON, 100 MB of one string",
        "x.json",
        _repeated(b'[{"a": "', b"x" * 1_000_000, 100, b'"}]'),
        ("line_too_long",),
    ),
    Trap(
        "JSON, 16 MB of empty lists",
        "x.json",
        _repeated(b"[[", b"[]," * 100_000, 53, b"[]]]"),
        (READ, "memory_limit", "line_too_long"),
    ),
    Trap(
        "JSON, a million keys",
        "x.json",
        _bytes(lambda: json.dumps({f"k{n}": n for n in range(1_000_000)}).encode()),
        ("too_many_columns",),
    ),
    Trap(
        "JSON Lines, new keys in every line",
        "x.jsonl",
        _bytes(lambda: b"\n".join(b'{"k%d": 1}' % n for n in range(100_000))),
        ("too_many_columns",),
    ),
    Trap("CSV, 100 MB in one line", "x.csv", _repeated(b"", b"x," * 500_000, 100), ("line_too_long",)),
    Trap(
        "CSV, 100 MB in one cell",
        "x.csv",
        _repeated(b'a,b\n1,"', b"x" * 1_000_000, 100, b'"\n'),
        ("line_too_long", READ),
    ),
    Trap(
        "CSV, a quote that is never closed, 100 MB",
        "x.csv",
        _repeated(b'a,b\n1,"never\n', b"2,3\n" * 250_000, 100),
        (READ, "line_too_long", "broken_csv"),
    ),
    Trap("CSV, 10,000 columns", "x.csv", _bytes(lambda: WIDE), ("too_many_columns",)),
    Trap("CSV, 50 million empty lines", "x.csv", _repeated(b"a,b\n1,2\n", b"\n" * 1_000_000, 50), (READ,)),
    Trap("CSV, 100 MB of delimiters", "x.csv", _repeated(b"a,b\n", b",\n" * 500_000, 100), (READ,)),
    Trap("CSV with NUL bytes", "x.csv", _bytes(lambda: b"a,b\n" + b"x\x00y,2\n" + b"plain,3\n" * 100), (READ,)),
    Trap("1 MB of NUL bytes", "x.csv", _bytes(lambda: b"\x00" * 1_000_000), ("binary", "empty")),
    Trap("1 MB of noise", "x.csv", _bytes(lambda: _noise(1_000_000)), ("binary", "unsupported")),
    Trap("CSV in three encodings at once", "x.csv", _bytes(_mixed), (READ, "binary")),
    Trap(
        "a byte order mark that lies",
        "x.csv",
        _bytes(lambda: b"\xff\xfe" + b"a,b\n1,2\n" * 99),
        (READ, "not_delimited", "broken_csv", "line_too_long"),
    ),
    Trap("text, 100 MB in one line", "x.txt", _repeated(b"", b"some words " * 100_000, 95), (READ,)),
    Trap(
        "text, a YAML alias bomb",
        "x.yaml",
        _bytes(lambda: b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(40))),
        (READ,),
    ),
    Trap("a sparse file of 1 GB", "x.csv", lambda path: os.truncate(_touched(path), 1 << 30), ("binary", "empty")),
)


def _touched(path: Path) -> Path:
    path.touch()
    return path


def main(what: str, path: str) -> None:
    next(trap for trap in TRAPS if trap.what == what).make(Path(path))


if __name__ == "__main__":
    main(*sys.argv[1:])
