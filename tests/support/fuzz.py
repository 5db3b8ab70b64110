"""Sound files of every format, and what reading damaged copies of them comes to."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import fastavro
import pyarrow as pa
import pyarrow.feather as ft
import pyarrow.parquet as pq

from datamap.scanner.read import read_table
from datamap.scanner.types import Unreadable
from tests.support.samples import as_csv, customers
from tests.support.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = customers(60)
NESTED = [{"id": n, "who": {"mail": f"a{n}@example.org"}, "orders": [{"no": n}, {"no": None}]} for n in range(60)]


def _avro() -> bytes:
    fields = [{"name": name, "type": "string"} for name in ROWS[0]]
    fastavro.writer(out := io.BytesIO(), {"type": "record", "name": "R", "fields": fields}, ROWS, codec="deflate")
    return out.getvalue()


def _parquet() -> bytes:
    pq.write_table(pa.Table.from_pylist(NESTED), out := io.BytesIO())
    return out.getvalue()


def _feather() -> bytes:
    ft.write_feather(pa.Table.from_pylist(NESTED), out := io.BytesIO(), compression="lz4")
    return out.getvalue()


def _zip() -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", as_csv(ROWS))
        archive.writestr("orders.json", json.dumps(NESTED))
    return out.getvalue()


def _xlsx() -> bytes:
    return workbook({"People": [list(ROWS[0]), *(list(row.values()) for row in ROWS)], "Other": [["a"], [1]]})


SOUND: dict[str, Callable[[], bytes]] = {
    "x.csv": lambda: as_csv(ROWS),
    "x.utf16.csv": lambda: as_csv(ROWS, encoding="utf-16"),
    "x.tsv": lambda: as_csv(ROWS, delimiter="\t"),
    "x.json": lambda: json.dumps({"people": NESTED, "made": "today"}).encode(),
    "x.jsonl": lambda: "\n".join(map(json.dumps, NESTED)).encode(),
    "x.log": lambda: b'203.0.113.7 - - [10/Oct/2024:13:55:36 +0200] "GET / HTTP/1.1" 200 23\n' * 60,
    "x.parquet": _parquet,
    "x.feather": _feather,
    "x.avro": _avro,
    "x.xlsx": _xlsx,
    "x.zip": _zip,
    "x.csv.gz": lambda: gzip.compress(as_csv(ROWS)),
}


def read_all(request: dict[str, Any], _progress: Any) -> list[str]:
    """For each path of the request "read", the code of an Unreadable, or the name of an error that should not be."""
    return [_told(path) for path in request["paths"]]


def _told(path: str) -> str:
    try:
        read_table(path)
    except Unreadable as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - what the test is after
        return f"{type(error).__name__}: {error}"[:300]
    return "read"
