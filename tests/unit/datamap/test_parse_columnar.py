"""Parquet, Arrow and Avro files: their schema from their own header or footer, real bytes, never the data."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datamap.parsers.run import parse
from datamap.parsers.types import Unreadable

CUSTOMER = pa.struct([("email", pa.string()), ("phones", pa.list_(pa.string()))])
SCHEMA = pa.schema(
    [
        pa.field("id", pa.int64(), nullable=False),
        ("born", pa.date32()),
        ("seen", pa.timestamp("us", tz="UTC")),
        ("price", pa.decimal128(12, 2)),
        ("customer", CUSTOMER),
        ("orders", pa.list_(pa.struct([("sku", pa.string()), ("lines", pa.list_(pa.list_(pa.int16())))]))),
        ("tags", pa.map_(pa.string(), CUSTOMER)),
        ("kind", pa.dictionary(pa.int8(), pa.string())),
    ]
)
PATHS = [
    "id",
    "born",
    "seen",
    "price",
    "customer.email",
    "customer.phones[]",
    "orders[].sku",
    "orders[].lines[][]",
    "tags.*.email",
    "tags.*.phones[]",
    "kind",
]


def read(tmp_path: Path, content: bytes, name: str) -> Any:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return parse({"path": str(path), "name": name}, lambda percent, code: None)


def fields(parsed: Any) -> dict[str, dict[str, Any]]:
    (entity,) = parsed["entities"]
    return {field["path"]: field for field in entity["fields"]}


def parquet(table: pa.Table, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def arrow(schema: pa.Schema, *, as_stream: bool) -> bytes:
    sink = io.BytesIO()
    with (pa.ipc.new_stream if as_stream else pa.ipc.new_file)(sink, schema):
        pass
    return sink.getvalue()


def code(tmp_path: Path, content: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, content, name)
    return caught.value.code


@pytest.mark.parametrize("nested", [True, False])
def test_a_parquet_file_nests_structs_lists_and_maps(tmp_path: Path, nested: Any) -> None:
    parsed = read(tmp_path, parquet(SCHEMA.empty_table(), use_compliant_nested_type=nested), "people.parquet")
    found = fields(parsed)
    assert (parsed["format"], parsed["entities"][0]["name"], list(found)) == ("parquet", "people", PATHS)
    assert [found[path]["type"] for path in PATHS[:5]] == [
        "int64", "date", "timestamp(us, UTC)", "decimal(12,2)", "string",
    ]  # fmt: skip
    assert (found["id"]["nullable"], found["born"]["nullable"]) == (False, True)


def test_a_parquet_footer_of_the_first_version_reads_the_same(tmp_path: Path) -> None:
    assert list(fields(read(tmp_path, parquet(SCHEMA.empty_table(), version="1.0"), "a.parquet"))) == PATHS


def test_what_pandas_and_arrow_left_in_a_footer_is_not_opened(tmp_path: Path) -> None:
    hostile = SCHEMA.with_metadata({b"pandas": b'{"columns": 3', b"ARROW:schema": b"\xff" * 40})
    content = parquet(hostile.empty_table(), store_schema=False)
    assert list(fields(read(tmp_path, content, "a.parquet"))) == PATHS


def test_the_data_of_a_parquet_file_are_not_read(tmp_path: Path) -> None:
    content = bytearray(parquet(pa.table({"a": list(range(1000)), "b": ["x"] * 1000})))
    content[4:200] = b"\xff" * 196
    assert list(fields(read(tmp_path, bytes(content), "a.parquet"))) == ["a", "b"]


@pytest.mark.parametrize("as_stream", [True, False])
def test_arrow_files_and_streams_nest_the_same_way(tmp_path: Path, as_stream: Any) -> None:
    parsed = read(tmp_path, arrow(SCHEMA, as_stream=as_stream), "people.arrow")
    found = fields(parsed)
    assert (parsed["format"], list(found)) == ("arrow", PATHS)
    assert found["kind"]["type"] == "string (dictionary)"


def test_feather_is_arrow(tmp_path: Path) -> None:
    import pyarrow.feather as feather

    sink = io.BytesIO()
    feather.write_feather(pa.table({"name": ["Ada"]}), sink, compression="lz4")
    assert list(fields(read(tmp_path, sink.getvalue(), "a.feather"))) == ["name"]
    assert code(tmp_path, b"FEA1" + b"\x00" * 80, "a.feather") == "feather_v1"


def test_a_pickled_extension_type_is_its_storage(tmp_path: Path) -> None:
    metadata = {b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": b"cos\nsystem\n."}
    schema = pa.schema([pa.field("a", pa.int32(), metadata=metadata)])
    assert fields(read(tmp_path, arrow(schema, as_stream=True), "a.arrow"))["a"]["type"] == "int32"


def test_an_avro_data_file_gives_the_schema_in_its_header(tmp_path: Path) -> None:
    schema = {
        "type": "record",
        "name": "Visit",
        "fields": [
            {"name": "who", "type": {"type": "record", "name": "P", "fields": [{"name": "mail", "type": "string"}]}},
            {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        ],
    }
    sink = io.BytesIO()
    fastavro.writer(sink, schema, [{"who": {"mail": "a@example.org"}, "at": datetime(2024, 1, 1, tzinfo=UTC)}])
    parsed = read(tmp_path, sink.getvalue(), "visits.avro")
    assert (parsed["format"], list(fields(parsed))) == ("avro", ["who.mail", "at"])
    assert "example.org" not in json.dumps(parsed)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"PAR1", "truncated"),
        (b"PAR1" + b"\x00" * 40, "truncated"),
        (b"PAR1" + b"\x00" * 40 + b"PARE", "encrypted"),
        (b"PAR1\x00\x00\x00\x00\x00\x00\x00\x00PAR1", "damaged"),
        (b"PAR1" + b"\xff" * 100 + b"\x64\x00\x00\x00PAR1", "damaged"),
        (b"PAR1" + b"\x19" * 100 + b"\x64\x00\x00\x00PAR1", "too_deep"),
        (b"PAR1\xff\xff\xff\x7fPAR1PAR1", "truncated"),
        (b"ARROW1\x00\x00", "truncated"),
        (b"ARROW1\x00\x00" + b"\x01" * 200, "damaged"),
        (b"\xff\xff\xff\xff\xff\xff\xff\x7f" + b"\x01" * 100, "damaged"),
        (b"Obj\x01", "truncated"),
        (b"Obj\x01\x02\x16avro.schema\x04{]\x00", "json"),
        (b"Obj\x01" + b"\xff" * 30, "damaged"),
    ],
)
def test_a_damaged_binary_file_says_what_is_wrong(tmp_path: Path, content: bytes, expected: str) -> None:
    assert code(tmp_path, content, "a.bin") == expected


def test_a_parquet_file_chosen_as_sql_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(parquet(SCHEMA.empty_table()))
    with pytest.raises(Unreadable, match="other_format"):
        parse({"path": str(path), "name": "a.sql", "format": "sql"}, lambda percent, code: None)
    path.write_bytes(b"CREATE TABLE a (b int);")
    with pytest.raises(Unreadable, match="other_format"):
        parse({"path": str(path), "name": "a.sql", "format": "parquet"}, lambda percent, code: None)
