"""Files of every format, cut off, with flipped bytes, of mixed encodings, run together: a named error at most."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any, Final

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap.parsers import detect
from datamap.parsers.run import parse
from datamap.parsers.types import Unreadable
from datamap.wording import unparsed, unreadable

PARTS: Final = pa.schema(
    [("id", pa.int64()), ("who", pa.struct([("mail", pa.string()), ("tags", pa.list_(pa.string()))]))]
)
RECORD: Final = {
    "type": "record",
    "name": "R",
    "fields": [
        {"name": "id", "type": "long"},
        {
            "name": "who",
            "type": ["null", {"type": "record", "name": "W", "fields": [{"name": "mail", "type": "string"}]}],
        },
    ],
}


def _parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "mail": ["a", "b"]}), sink)
    return sink.getvalue()


def _arrow(*, as_stream: bool) -> bytes:
    sink = io.BytesIO()
    with (pa.ipc.new_stream if as_stream else pa.ipc.new_file)(sink, PARTS):
        pass
    return sink.getvalue()


def _avro() -> bytes:
    sink = io.BytesIO()
    fastavro.writer(sink, RECORD, [{"id": 1, "who": {"mail": "a@example.org"}}])
    return sink.getvalue()


def _json(document: Any) -> bytes:
    return json.dumps(document, indent=1).encode()


SQL: Final = (
    "-- dump\nCREATE TABLE `a` (\n  `id` int NOT NULL COMMENT 'it''s', b text, PRIMARY KEY (id)\n) ENGINE=InnoDB;\n"
    "INSERT INTO a VALUES (1,'x;y'),(2,'it\\'s');\nCREATE VIEW v AS SELECT id FROM a;\n"
    "DELIMITER $$\nCREATE PROCEDURE p()\nBEGIN\nEND$$\n"
    "DELIMITER ;\nALTER TABLE a ADD COLUMN c int;\n"
    "CREATE TABLE s (d STRUCT<e INT64, f ARRAY<STRING>>) PARTITIONED BY (g STRING);\n"
    "DO $$ BEGIN CREATE TABLE h (i int); END $$;\nCOPY a FROM stdin;\n1\tx\n\\.\nCREATE TABLE j AS SELECT * FROM a;\n"
)
FILES: Final[dict[str, bytes]] = {
    "a.parquet": _parquet(),
    "a.arrow": _arrow(as_stream=False),
    "a.arrows": _arrow(as_stream=True),
    "a.avro": _avro(),
    "a.avsc": _json(RECORD),
    "a.sql": SQL.encode(),
    "a.proto": b'syntax = "proto3";\nimport "b.proto";\n// Who\nmessage A {\n'
    b"  oneof x { string b = 1; }\n  map<string, B> c = 2;\n"
    b"  message B { repeated int32 d = 1 [packed = true]; }\n  enum E { F = 0; }\n}\n"
    b"extend A { optional int32 g = 9; }\n",
    "a.graphql": b'"""Who"""\ntype A implements I @d(x: 1) {\n  b(c: Int = 2): [String!]!\n}\n'
    b"interface I { b: [String] }\nextend type A { e: Int }\n",
    "schema.json": _json(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {"$ref": "#/definitions/b"}},
            "definitions": {"b": {"type": ["string", "null"]}},
        }
    ),
    "openapi.json": _json(
        {"openapi": "3.0.0", "components": {"schemas": {"A": {"properties": {"b": {"type": "string"}}}}}}
    ),
    "openapi.yaml": b"openapi: 3.0.0\ncomponents:\n  schemas:\n    A: &a\n"
    b"      properties:\n        b: {type: string}\n    B: *a\n",
    "schema.yml": b"models:\n  - name: a\n    columns:\n      - name: b\n        tests: [unique, {relationships: "
    b"{to: ref('c'), field: d}}]\n    constraints: [{type: primary_key, columns: [b]}]\n",
    "manifest.json": _json(
        {"nodes": {"model.a": {"name": "a", "columns": {"b": {"name": "b", "data_type": "int"}}}}, "sources": {}}
    ),
    "doctype.json": _json(
        [{"doctype": "DocType", "name": "A", "fields": [{"fieldname": "b", "fieldtype": "Link", "options": "C"}]}]
    ),
    "croissant.json": _json(
        {"@context": {}, "recordSet": [{"name": "a", "field": [{"name": "b", "dataType": "sc:Text"}]}]}
    ),
    "introspection.json": _json(
        {"__schema": {"types": [{"kind": "OBJECT", "name": "A", "fields": [{"name": "b", "type": {"name": "Int"}}]}]}}
    ),
    "dataset.yml": b"dataset:\n- fides_key: a\n  collections:\n"
    b"  - name: b\n    fields:\n    - name: c\n      data_categories: [user.contact]\n",
    "a.csv": 'id;"first; name";größe\n1;a;b\n'.encode("latin-1"),
    "columns.csv": b"table_name,column_name,data_type,is_nullable\na,b,int,NO\n",
}


def survives(path: Path, content: bytes, name: str, format_: str = "") -> None:
    """It reads, or the error has a sentence of its own; what comes back can be stored."""
    path.write_bytes(content)
    try:
        parsed: Any = parse({"path": str(path), "name": name, "format": format_}, lambda percent, code: None)
    except Unreadable as error:
        assert unreadable(error.code, None, error.params) != unreadable("no such code"), error.code
        return
    text = json.dumps(parsed, ensure_ascii=False, allow_nan=False)
    assert "\\u0000" not in text and text.encode()
    assert all(field["path"] for entity in parsed["entities"] for field in entity["fields"])
    assert all(unparsed(part["reason"]) != unparsed("no such code") for part in parsed["unparsed"])


@pytest.mark.parametrize("name", FILES)
def test_each_of_these_files_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "upload"
    path.write_bytes(FILES[name])
    parsed: Any = parse({"path": str(path), "name": name}, lambda percent, code: None)
    assert parsed["entities"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_off_anywhere(tmp_path: Path, name: str) -> None:
    content = FILES[name]
    for length in range(0, len(content), max(1, len(content) // 60)):
        survives(tmp_path / "upload", content[:length], name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_flipped_bytes(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - a repeatable one
    for count in (1, 1, 2, 4, 16, 64) * 12:
        content = bytearray(FILES[name])
        for _ in range(count):
            content[chance.randrange(len(content))] = chance.randrange(256)
        survives(tmp_path / "upload", bytes(content), name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_changes_its_encoding_halfway(tmp_path: Path, name: str) -> None:
    content = FILES[name]
    half = len(content) // 2
    for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp037"):
        rest = content[half:].decode("latin-1").encode(encoding, "replace")
        survives(tmp_path / "upload", content[:half] + rest, name)
        survives(tmp_path / "upload", rest + content[:half], name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_taken_for_another_format(tmp_path: Path, name: str) -> None:
    for format_ in detect.FORMATS:
        survives(tmp_path / "upload", FILES[name], name, format_)
    for other in ("a.sql", "a.json", "a.yml", "a.proto", "a.graphql", "a.csv", "a"):
        survives(tmp_path / "upload", FILES[name], other)


PIECES: Final = [
    b"'",
    b'"',
    b"`",
    b"(",
    b")",
    b"[",
    b"{",
    b"}",
    b"<",
    b"$$",
    b"/*",
    b"\\",
    b"\x00",
    b"\xff",
    b"9" * 5000,
    b"\n",
    b";",
    b"&a *a",
]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(FILES)),
    st.sampled_from(sorted(FILES)),
    st.sampled_from(PIECES),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_files_run_into_each_other(
    tmp_path_factory: pytest.TempPathFactory, one: str, other: str, piece: bytes, start: float, end: float
) -> None:
    first, second = FILES[one], FILES[other]
    content = first[: int(len(first) * start)] + piece + second[int(len(second) * end) :]
    survives(tmp_path_factory.getbasetemp() / "mixed", content, one)
