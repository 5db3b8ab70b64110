"""Formats other than SQL, and files that mean harm: a clear code, never a crash."""

from __future__ import annotations

import contextlib
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap.parsers.detect import FORMATS
from datamap.parsers.run import parse
from datamap.parsers.types import Unreadable


def read(tmp_path: Path, content: bytes | str, name: str = "file.json", **options: str) -> Any:
    path = tmp_path / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return parse({"path": str(path), "name": name, **options}, lambda percent, code: None)


def paths(parsed: Any, entity: int = 0) -> list[str]:
    return [field["path"] for field in parsed["entities"][entity]["fields"]]


ORDER = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Order",
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "orders": {"type": "array", "items": {"properties": {"customer": {"$ref": "#/$defs/customer"}}}},
        "parent": {"$ref": "#"},
        "remote": {"$ref": "https://example.org/other.json"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "extra": {"additionalProperties": {"type": "integer"}},
    },
    "$defs": {
        "customer": {"properties": {"email": {"type": ["string", "null"]}, "boss": {"$ref": "#/$defs/customer"}}},
        "unused": {"properties": {"a": {}}},
    },
}


def test_json_schema_nests_paths_and_follows_only_local_references(tmp_path: Path) -> None:
    parsed = read(tmp_path, json.dumps(ORDER))
    assert parsed["format"] == "json-schema"
    assert paths(parsed)[:3] == ["id", "orders[].customer.email", "orders[].customer.boss"]
    assert {"parent.id", "parent.parent", "remote", "tags[]", "extra.*"} < set(paths(parsed))
    assert [entity["name"] for entity in parsed["entities"]] == ["Order", "unused"]
    assert {part["reason"] for part in parsed["unparsed"]} == {"remote_ref"}
    fields = {field["path"]: field for field in parsed["entities"][0]["fields"]}
    assert (fields["id"]["type"], fields["id"]["nullable"]) == ("string(uuid)", False)
    assert fields["orders[].customer.email"]["nullable"] is True


def test_references_that_unfold_without_end_stay_references(tmp_path: Path) -> None:
    definitions = {
        f"d{n}": {"properties": {f"p{i}": {"$ref": f"#/$defs/d{n + 1}"} for i in range(10)}} for n in range(20)
    }
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "#/$defs/d0", "$defs": definitions}
    parsed = read(tmp_path, json.dumps(document), "deep.json")
    assert [entity["name"] for entity in parsed["entities"]] == ["deep", *definitions]
    assert parsed["entities"][1]["fields"][0]["references"] == "d1"
    assert "folded" in {part["reason"] for part in parsed["unparsed"]}


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"properties":{"a":'])
def test_deep_json_is_an_error_with_a_name(tmp_path: Path, opening: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, opening * 200_000)
    assert caught.value.code in {"too_deep", "json"}


def test_a_million_digits_cost_nothing(tmp_path: Path) -> None:
    parsed = read(tmp_path, '{"properties": {"a": {"type": "integer", "maximum": ' + "9" * 1_000_000 + "}}}")
    assert paths(parsed) == ["a"]


def test_broken_json_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, '{\n"properties": {\n,}}')
    assert (caught.value.code, caught.value.line) == ("json", 3)


def test_a_yaml_alias_bomb_is_refused(tmp_path: Path) -> None:
    bomb = "dataset:\n- a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"  {chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    with pytest.raises(Unreadable, match="alias_bomb"):
        read(tmp_path, bomb, "bomb.yml")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest", "is_zip"),
        (gzip.compress(b"x", mtime=0), "is_gzip"),
        (b"%PDF-1.7", "is_pdf"),
        (b"CREATE TABLE a (b int);\x00\x00", "nul_bytes"),
        (b"\x89PNG\r\n", "is_image"),
        (b"just some words", "unknown_format"),
        (b"[1, 2, 3]", "unknown_format"),
    ],
)
def test_what_is_no_schema_gets_a_reason(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, content, "thing.bin")
    assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    sql = "CREATE TABLE übersicht (straße varchar(10), größe int, email text, phone text, another_column text);"
    parsed = read(tmp_path, sql.encode(encoding), "a.sql")
    assert parsed["entities"][0]["name"] == "übersicht"
    assert paths(parsed)[:2] == ["straße", "größe"]


def test_csv_headers_of_any_delimiter(tmp_path: Path) -> None:
    assert paths(read(tmp_path, 'id;"first; name";email\n1;a;b\n', "a.csv")) == ["id", "first; name", "email"]
    assert paths(read(tmp_path, "id\tname\n", "a.tsv")) == ["id", "name"]
    assert paths(read(tmp_path, "a,a,,b\n", "a.csv")) == ["a", "a_2", "c3", "b"]


def test_a_first_row_of_data_makes_no_column_names(tmp_path: Path) -> None:
    assert paths(read(tmp_path, "Ada Lovelace,ada@example.org,1815\n", "a.csv")) == ["c1", "c2", "c3"]


def test_an_exported_catalogue_is_a_schema_of_its_own(tmp_path: Path) -> None:
    parsed = read(
        tmp_path,
        "table_name,column_name,data_type,is_nullable\nusers,id,int,NO\nusers,email,text,YES\norders,id,int,NO\n",
        "columns.csv",
    )
    assert [(entity["name"], len(entity["fields"])) for entity in parsed["entities"]] == [("users", 2), ("orders", 1)]
    assert [field["nullable"] for field in parsed["entities"][0]["fields"]] == [False, True]


def test_openapi_components_are_entities(tmp_path: Path) -> None:
    document = {
        "openapi": "3.0.0",
        "components": {
            "schemas": {
                "User": {
                    "type": "object",
                    "properties": {"email": {"type": "string"}, "address": {"$ref": "#/components/schemas/Address"}},
                },
                "Address": {"properties": {"street": {"type": "string"}}},
            }
        },
    }
    parsed = read(tmp_path, json.dumps(document))
    assert (parsed["format"], paths(parsed), paths(parsed, 1)) == ("openapi", ["email", "address"], ["street"])


def test_openapi_without_components_gives_its_requests_and_answers(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"email": {"type": "string"}}}
    three = {
        "openapi": "3.1.0",
        "paths": {
            "/users": {
                "post": {
                    "requestBody": {"content": {"application/json": {"schema": schema}}},
                    "responses": {"200": {"content": {"text/html": {}, "application/json": {"schema": schema}}}},
                },
                "parameters": [],
            }
        },
    }
    two = {"swagger": "2.0", "paths": {"/a": {"put": {"parameters": [{"in": "body", "schema": schema}, 3]}}}}
    parsed = read(tmp_path, json.dumps(three))
    assert [entity["name"] for entity in parsed["entities"]] == ["POST /users request", "POST /users 200"]
    assert [entity["name"] for entity in read(tmp_path, json.dumps(two))["entities"]] == ["PUT /a request"]


def test_a_json_schema_may_be_yaml(tmp_path: Path) -> None:
    text = "$schema: https://json-schema.org/draft/2020-12/schema\nproperties:\n  email: {}\n  on: {}\n  1: {}\n"
    parsed = read(tmp_path, text, "a.yaml")
    assert (parsed["format"], parsed["dialect"], paths(parsed)) == ("json-schema", "2020-12", ["email", "on", "1"])


def test_avro_records_nest(tmp_path: Path) -> None:
    record = {
        "type": "record",
        "name": "R",
        "fields": [
            {"name": "id", "type": "long"},
            {
                "name": "who",
                "type": ["null", {"type": "record", "name": "P", "fields": [{"name": "mail", "type": "string"}]}],
            },
            {"name": "seen", "type": {"type": "array", "items": "P"}},
        ],
    }
    parsed = read(tmp_path, json.dumps(record), "a.avsc")
    assert (parsed["format"], paths(parsed)) == ("avro", ["id", "who.mail", "seen[].mail"])


@pytest.mark.parametrize("head", ["{{ config(x=1) }}", "{% set a = 1 %}", "{# it's made #}"])
def test_a_script_that_starts_with_a_template_is_no_json(tmp_path: Path, head: str) -> None:
    parsed = read(tmp_path, f"{head}\nCREATE TABLE {{{{ db }}}}.t (a int);", "a.sql")
    assert (parsed["format"], parsed["entities"][0]["name"], paths(parsed)) == ("sql", "t", ["a"])


def test_a_name_with_a_path_is_only_a_name(tmp_path: Path) -> None:
    parsed = read(tmp_path, "a,b\n", "../../etc/<script>.csv")
    assert parsed["entities"][0]["name"] == "<script>"


@settings(max_examples=120, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.sql", "a.json", "a.csv", "a.yml", "a.avsc"]),
    st.sampled_from(["", *FORMATS]),
)
def test_no_bytes_crash_a_parser(data: bytes, name: str, format_: str) -> None:
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        with contextlib.suppress(Unreadable):
            parse({"path": file.name, "name": name, "format": format_}, lambda percent, code: None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "properties",
                    "items",
                    "$ref",
                    "type",
                    "allOf",
                    "$defs",
                    "fields",
                    "name",
                    "recordSet",
                    "field",
                    "@context",
                    "openapi",
                    "components",
                    "schemas",
                    "x",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=250, deadline=None)
@given(json_values, st.sampled_from(["json-schema", "openapi", "avro", "croissant"]))
def test_no_document_crashes_a_parser(document: Any, format_: str) -> None:
    from datamap.parsers import detect
    from datamap.parsers.source import Source

    with contextlib.suppress(Unreadable):
        detect.parse(Source(json.dumps(document).encode()), format_)
