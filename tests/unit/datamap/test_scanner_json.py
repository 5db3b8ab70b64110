"""JSON in the shapes it comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from datamap.scanner.formats import json_values
from datamap.scanner.read import load_columns, read_table
from datamap.scanner.types import Table, Unreadable

if TYPE_CHECKING:
    from pathlib import Path


def read(tmp_path: Path, content: object, name: str = "x.json") -> Table:
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_table(tmp_path / name)


def cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {column.name: column.values for column in table.columns}


PEOPLE: list[dict[str, Any]] = [{"name": "Jane", "age": 30}, {"name": "Joe", "age": 40}]
COLUMNS = {"name": ("Jane", "Joe"), "age": ("30", "40")}


@pytest.mark.parametrize(
    "content",
    [
        PEOPLE,
        {"people": PEOPLE},
        {"response": {"page": {"docs": PEOPLE}}},
        {"name": ["Jane", "Joe"], "age": [30, 40]},
        {"name": {"0": "Jane", "1": "Joe"}, "age": {"0": 30, "1": 40}},
        {"columns": ["name", "age"], "index": [0, 1], "data": [["Jane", 30], ["Joe", 40]]},
        [["name", "age"], ["Jane", 30], ["Joe", 40]],
        '{"name": "Jane", "age": 30}\n{"name": "Joe", "age": 40}\n',
        '{"name": "Jane", "age": 30}{"name": "Joe", "age": 40}',
        '{\n  "name": "Jane",\n  "age": 30\n}\n{\n  "name": "Joe",\n  "age": 40\n}\n',
        '{"name": "Jane", "age": 30},\n{"name": "Joe", "age": 40},\n',
        '[{"name": "Jane", "age": 30},\n{"name": "Joe", "age": 40},\n]',
        '\x1e{"name": "Jane", "age": 30}\n\x1e{"name": "Joe", "age": 40}\n',
    ],
)
def test_records_are_found_in_whatever_holds_them(tmp_path: Path, content: object) -> None:
    table = read(tmp_path, content)

    assert (cells(table), table.rows) == (COLUMNS, 2)


@pytest.mark.parametrize("name", ["x", "x.txt"])
def test_a_document_needs_no_extension(tmp_path: Path, name: str) -> None:
    assert cells(read(tmp_path, {"people": PEOPLE}, name)) == COLUMNS


def test_lists_of_cells_without_a_header_get_numbers(tmp_path: Path) -> None:
    assert cells(read(tmp_path, [["Jane", 30], ["Joe", 40]])) == {"c1": ("Jane", "Joe"), "c2": ("30", "40")}


def test_records_under_keys_of_their_own_keep_the_key(tmp_path: Path) -> None:
    table = read(
        tmp_path, {"FR": {"name": "France", "n": 1}, "DE": {"name": "Germany", "n": 2}, "IT": {"name": "Italy"}}
    )

    assert cells(table) == {"key": ("FR", "DE", "IT"), "name": ("France", "Germany", "Italy"), "n": ("1", "2")}


def test_several_lists_are_tables_and_what_stands_beside_them_is_read_too(tmp_path: Path) -> None:
    document = {"person": {"name": "Jane"}, "work": [{"at": "A"}], "school": [{"at": "B"}, {"at": "C"}]}
    table = read(tmp_path, document)

    assert cells(table) == {"work[].at": ("A",), "school[].at": ("B", "C"), "person.name": ("Jane",)}
    assert {column.name: column.rows for column in table.columns}["school[].at"] == 2


def test_features_of_a_map_are_rows(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [4.8, 45.7]}
    features = [{"type": "Feature", "properties": {"owner": name}, "geometry": point} for name in ("Jane", "Joe")]
    table = read(tmp_path, {"type": "FeatureCollection", "features": features}, "x.geojson")

    assert cells(table)["properties.owner"] == ("Jane", "Joe")
    assert cells(table)["document.type"] == ("FeatureCollection",)


def test_the_messages_of_a_conversation_are_one_text(tmp_path: Path) -> None:
    messages = [{"role": "user", "content": "I am Jane Doe"}, {"role": "bot", "content": "Hello Jane"}]

    assert cells(read(tmp_path, [{"id": 1, "messages": messages}]))["messages[].content"] == (
        "I am Jane Doe\nHello Jane",
    )


def test_names_and_texts_that_cannot_be_stored_are_made_so(tmp_path: Path) -> None:
    table = read(tmp_path, '[{"a\\u0000b": "x\\u0000y", "\\ud800": "\\ud800z"}]')

    assert cells(table) == {"ab": ("x\ufffdy",), "?": ("?z",)}


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ('{"a": 1} and more', "broken_json", 1),
        ('[{"a": 1},\n{"a": 2}', "broken_json", 2),
        ('[{"a": 1}\n{"a": 2}]', "broken_json", 2),
        ('{"a": 1,\n"b" 2}', "broken_json", 1),
        ("[" * 100_000, "too_deep", 1),
        ("[]", "empty", 0),
        ("{}", "empty", 0),
        ("null", "empty", 0),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, content: str, code: str, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read(tmp_path, content)

    assert (caught.value.code, caught.value.line) == (code, line)


def test_a_document_larger_than_is_held_is_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_values, "MAX_VALUE", 1_000)
    monkeypatch.setattr(json_values, "PIECE", 64)
    people = [{"name": f"p{n}", "mail": f"p{n}@example.org"} for n in range(900)]
    result = {"page": 1, "people": people, "places": [{"city": "Leeds"}] * 30}
    table = read(tmp_path, {"made": "today", "result": result})

    assert {column.name: column.rows for column in table.columns} == {
        "result.people[].name": 900,
        "result.people[].mail": 900,
        "result.places[].city": 30,
        "document.made": 1,
        "document.result.page": 1,
    }
    assert load_columns(tmp_path / "x.json", ["result.people[].mail"])["result.people[].mail"][-1] == "p899@example.org"


def test_a_key_that_is_data_becomes_a_value_and_no_columns_name(tmp_path: Path) -> None:
    people = {name: {"age": 30, "mail": "x@example.org"} for name in ("Anna Weber", "bob", "Eve Moss")}
    content = {"users": people, "seen": {"a@b.example": 1, "4111111111111111": 2}, "lists": {"Ann Lee": [{"n": 1}]}}
    table = read(tmp_path, content)

    assert cells(table) == {
        "lists.*[].key": ("Ann Lee",),
        "lists.*[].n": ("1",),
        "users.*.key": ("Anna Weber\nbob\nEve Moss",),
        "users.*.age": ("30\n30\n30",),
        "users.*.mail": ("x@example.org\nx@example.org\nx@example.org",),
        "seen.*.key": ("a@b.example\n4111111111111111",),
        "seen.*": ("1\n2",),
    }
    assert {c.name: c.hits for c in table.columns}["seen.*.key"]["EMAIL_ADDRESS"].rows == 1


def test_keys_that_only_look_like_words_stay_names(tmp_path: Path) -> None:
    content = [{"First Name": "Ann", "Billing Address": {"City": "Leeds"}, "May": 3, "2024": 4}] * 3

    assert set(cells(read(tmp_path, content))) == {"First Name", "Billing Address.City", "May", "2024"}
