"""Files that mean harm to a parser: each ends soon, with a code that says what is wrong and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datamap.parsers import catalogue, ddl, delimited, detect, messages, types
from datamap.parsers.run import parse
from datamap.parsers.source import Source
from datamap.parsers.types import Unreadable
from datamap.wording import unreadable

TEXT_FORMATS: Final = {
    "a.sql": b"CREATE TABLE a (b int);",
    "a.proto": b"message A { string b = 1; }",
    "a.graphql": b"type A { b: Int }",
    "a.json": b'{"properties": {"a": {"type": "string"}}}',
    "a.yml": b"dataset:\n- fides_key: a\n  collections:\n  - name: b\n    fields:\n    - name: c\n",
    "a.csv": b"first,second,third\n",
}


def read(tmp_path: Path, content: bytes, name: str, **options: str) -> Any:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return parse({"path": str(path), "name": name, **options}, lambda percent, code: None)


def refused(tmp_path: Path, content: bytes, name: str, **options: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, content, name, **options)
    return caught.value


@pytest.mark.parametrize(("name", "content"), TEXT_FORMATS.items())
def test_nul_bytes_are_refused_in_every_text_format_with_their_line(tmp_path: Path, name: str, content: bytes) -> None:
    error = refused(tmp_path, b"\n\n" + content + b"\x00" + content, name)
    assert (error.code, error.line) == ("nul_bytes", 3 + content.count(b"\n"))


@pytest.mark.parametrize(("name", "content"), TEXT_FORMATS.items())
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
def test_every_text_format_is_read_in_every_unicode_encoding(
    tmp_path: Path, name: str, content: bytes, encoding: str
) -> None:
    plain = read(tmp_path, content, name)
    assert read(tmp_path, content.decode().encode(encoding), name) == plain


def test_a_wrong_encoding_is_called_so(tmp_path: Path) -> None:
    assert refused(tmp_path, b"\xff\xfea\x00b", "a.sql").code == "encoding"
    assert refused(tmp_path, b"\xff\xfe\x00\xd8\x00\xd8", "a.sql").code == "encoding"


@pytest.mark.parametrize("format_", sorted(set(detect.FORMATS) - {"csv"}))
@pytest.mark.parametrize("filler", [b"[", b"{", b"(", b"<", b'{"properties":{"a":', b"message A {", b"- ", b"/*", b"'"])
def test_no_depth_and_no_missing_end_is_too_much(tmp_path: Path, format_: str, filler: bytes) -> None:
    error = refused(tmp_path, filler * 20_000, "a.txt", format=format_)
    assert unreadable(error.code, error.line, error.params) != unreadable("anything else")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ('{"a":', "}"), ('{"properties":{"a":', "}}"), ('{"type":"array","items":', "}")],
)
def test_json_that_nests_a_hundred_thousand_deep_says_where(tmp_path: Path, opening: str, closing: str) -> None:
    content = "\n\n" + opening * 100_000 + "1" + closing * 100_000
    error = refused(tmp_path, content.encode(), "a.json")
    assert (error.code, error.line) == ("too_deep", 3)


def test_yaml_that_nests_too_deep_says_where(tmp_path: Path) -> None:
    error = refused(tmp_path, b"dataset:\n" + b"- " * 200 + b"a\n", "a.yml")
    assert (error.code, error.line) == ("too_deep", 2)


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)),
        "a: &a {x: &b {y: *a}}\n",
        "a: &a [1]\n" + "".join(f"b{n}: &a [*a, *a]\n" for n in range(40)),
        "a: &a {k: v}\n" + "".join(f"b{n}: &a {{<<: [*a, *a]}}\n" for n in range(40)),
    ],
    ids=["multiplying", "itself", "the same name again", "merging"],
)
@pytest.mark.parametrize("head", ["dataset:\n", "openapi: 3.0.0\n", "$schema: x\n"])
def test_aliases_that_multiply_are_refused(tmp_path: Path, head: str, bomb: str) -> None:
    error = refused(tmp_path, (head + bomb).encode(), "a.yml")
    assert error.code == "alias_bomb" and error.line


def test_many_harmless_aliases_are_read(tmp_path: Path) -> None:
    document = "openapi: 3.0.0\ncomponents:\n  schemas:\n    A:\n      properties:\n        a0: &t {type: string}\n"
    parsed = read(tmp_path, (document + "".join(f"        a{n}: *t\n" for n in range(1, 500))).encode(), "a.yaml")
    assert len(parsed["entities"][0]["fields"]) == 500


def test_yaml_makes_nothing_but_text(tmp_path: Path) -> None:
    content = (
        b"dataset:\n- fides_key: !!python/object/apply:os.system ['exit 1']\n  collections:\n  - name: 2001-01-01\n"
        b"    fields:\n    - name: " + b"9" * 1_000_000 + b"\n    - name: !!int '1:2:3'\n    - name: !Ref x\n"
    )
    fields = read(tmp_path, content, "a.yml")["entities"][0]["fields"]
    assert [field["path"] for field in fields] == ["9" * 400, "1:2:3", "x"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.sql", "CREATE TABLE a (b varchar(%s) DEFAULT %s, c numeric(%s,%s));"),
        ("a.json", '{"properties": {"b": {"maximum": %s, "minLength": %s}, "c": {"const": %s, "x": %s}}}'),
        (
            "a.json",
            '{"type": "record", "name": "a", "fields": [{"name": "b", "default": %s}], "x": [%s, %s, %s]}',
        ),
        ("a.proto", "message A { string b = %s; reserved %s; int32 c = %s [default = %s]; }"),
        ("a.graphql", "type A { b: Int @x(a: 1) c(d: Int = 2): Int } # %s %s %s %s"),
        (
            "a.yml",
            "dataset:\n- fides_key: %s\n  collections:\n  - name: %s\n    fields:\n    - {name: b, x: %s, y: %s}\n",
        ),
    ],
)
def test_numbers_of_a_million_digits_cost_nothing(tmp_path: Path, name: str, content: str) -> None:
    digits = "9" * 250_000
    parsed = read(tmp_path, (content % (digits, digits, digits, digits)).encode(), name)
    assert parsed["entities"][0]["fields"][0]["path"] == "b"


def test_what_a_database_cannot_hold_is_replaced(tmp_path: Path) -> None:
    parsed = read(
        tmp_path, rb'{"title": "a\u0000b", "properties": {"c\ud800": {"description": "\u0000\udfff"}}}', "a.json"
    )
    (entity,) = parsed["entities"]
    assert (entity["name"], entity["fields"][0]["path"], entity["fields"][0]["description"]) == ("a�b", "c�", "��")
    assert json.dumps(parsed, ensure_ascii=False).encode()


WIDE: Final = range(201)


@pytest.fixture
def few_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every parser's limit at 200 fields, so that a test of it is quick."""
    assert types.MAX_FIELDS >= 60_000
    for module in (*detect.FORMATS.values(), types, catalogue, messages):
        if hasattr(module, "MAX_FIELDS"):
            monkeypatch.setattr(module, "MAX_FIELDS", 200)
    monkeypatch.setattr(delimited, "_MAX_COLUMNS", 200)


def _document(**fields: Any) -> str:
    return json.dumps(fields)


@pytest.mark.usefixtures("few_fields")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.sql", "CREATE TABLE a (" + ",".join(f"c{n} int" for n in WIDE) + ");"),
        ("a.json", _document(properties={f"c{n}": {} for n in WIDE})),
        ("a.json", _document(openapi="3", components={"schemas": {"a": {"properties": {f"c{n}": {} for n in WIDE}}}})),
        ("a.json", _document(type="record", name="a", fields=[{"name": f"c{n}", "type": "int"} for n in WIDE])),
        ("a.json", _document(recordSet=[{"field": [{"name": f"c{n}"} for n in WIDE]}], **{"@context": {}})),
        ("a.json", _document(nodes={"model.a": {"columns": {f"c{n}": {} for n in WIDE}}}, sources={})),
        ("a.json", _document(name="a", fields=[{"fieldname": f"c{n}", "fieldtype": "Data"} for n in WIDE])),
        ("a.proto", "message A {" + "".join(f"string c{n} = {n};" for n in WIDE) + "}"),
        ("a.graphql", "type A {" + " ".join(f"c{n}: Int" for n in WIDE) + "}"),
        ("a.yml", "dataset:\n- collections:\n  - fields:\n" + "".join(f"    - name: c{n}\n" for n in WIDE)),
        ("a.csv", ",".join(f"c{n}" for n in WIDE)),
        ("a.csv", "table_name,column_name\n" + "".join(f"t,c{n}\n" for n in WIDE)),
        ("a.arrow", pa.schema([(f"c{n}", pa.int8()) for n in WIDE])),
        ("a.parquet", pa.schema([(f"c{n}", pa.int8()) for n in WIDE])),
    ],
    ids=["sql", "json-schema", "openapi", "avro", "croissant", "dbt", "frappe", "protobuf", "graphql", "fides", "csv"]
    + ["catalogue", "arrow", "parquet"],
)
def test_more_fields_than_can_be_kept_are_refused(tmp_path: Path, name: str, content: str | pa.Schema) -> None:
    error = refused(tmp_path, content.encode() if isinstance(content, str) else _written(content, name), name)
    assert error.code == "too_many_fields"


def _written(schema: pa.Schema, name: str) -> bytes:
    sink = pa.BufferOutputStream()
    if name.endswith("parquet"):
        pq.write_table(schema.empty_table(), sink)
    else:
        with pa.ipc.new_stream(sink, schema):
            pass
    content: bytes = sink.getvalue().to_pybytes()
    return content


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamap.parsers.run.MAX_BYTES", 1000)
    monkeypatch.setattr("datamap.parsers.text.MAX_BYTES", 1000)
    assert refused(tmp_path, b"a" * 1001, "a.sql").code == "too_large"
    assert refused(tmp_path, b"Obj\x01" + b"a" * 1001, "a.avro").code == "too_large"


REMOTE: Final = {"a": {"$ref": "http://127.0.0.1:9/x.json"}, "b": {"$ref": "file:///etc/passwd"}}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", _document(properties=REMOTE), "remote_ref"),
        ("a.json", _document(openapi="3.0.0", components={"schemas": {"A": {"properties": REMOTE}}}), "remote_ref"),
        ("a.proto", 'import "/etc/passwd";\nmessage A { string a = 1; }', "import_not_read"),
    ],
)
def test_nothing_outside_of_the_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, reason: str
) -> None:
    source = Source(content.encode(), name)

    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("opened something")

    for target in ("builtins.open", "io.open", "socket.socket", "urllib.request.urlopen", "pathlib.Path.open"):
        monkeypatch.setattr(target, forbidden)
    schema = detect.parse(source)
    assert {part.reason for part in schema.unparsed} == {reason}
    assert schema.entities[0].fields[0].path == "a"


def test_a_statement_too_long_for_a_table_costs_itself(tmp_path: Path) -> None:
    content = b"CREATE TABLE a (b int DEFAULT '" + b"x" * 3_000_000 + b"');\nCREATE TABLE c (d int);"
    parsed = read(tmp_path, content, "a.sql")
    assert [entity["name"] for entity in parsed["entities"]] == ["c"]
    assert [(part["line"], part["reason"]) for part in parsed["unparsed"]] == [(1, "too_long")]


def test_types_of_types_do_not_multiply() -> None:
    types = "".join(f"CREATE TYPE t{n} AS (a t{n - 1}, b t{n - 1});" for n in range(1, 40))
    script = f"CREATE TYPE t0 AS (a int, b int);{types}CREATE TABLE x (y t39, z t2);"
    (entity,) = ddl.parse(Source(script.encode(), "a.sql", "postgres")).entities
    assert 8 < len(entity.fields) <= 4_000


def test_quotes_that_open_and_never_close_are_not_each_followed_to_the_end() -> None:
    script = b"CREATE TABLE t (a int);\nCOMMENT ON COLUMN t.a IS q'[" + b"x q'[" * 60_000
    (entity,) = ddl.parse(Source(script, "a.sql", "oracle")).entities
    assert [field.path for field in entity.fields] == ["a"]
