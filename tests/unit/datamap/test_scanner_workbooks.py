"""Spreadsheets as samples."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from datamap.scanner.read import load_columns, read_table
from datamap.scanner.types import Table, Unreadable
from tests.support.workbooks import Formula, packed, workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PEOPLE: list[list[object]] = [
    ["name", "born", "mail"],
    *([f"Zoë {n}", datetime.date(1980, 1, 1 + n), f"z{n}@example.org"] for n in range(9)),
]


def read(tmp_path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Table:
    (tmp_path / "x.xlsx").write_bytes(workbook(sheets))
    return read_table(tmp_path / "x.xlsx")


def cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {column.name: column.values[:2] for column in table.columns}


def test_a_sheet_is_read_with_its_header_and_dates(tmp_path: Path) -> None:
    table = read(tmp_path, {"People": PEOPLE})

    assert (table.format, table.rows, table.has_header) == ("xlsx", 9, True)
    assert cells(table) == {
        "name": ("Zoë 0", "Zoë 1"),
        "born": ("1980-01-01", "1980-01-02"),
        "mail": ("z0@example.org", "z1@example.org"),
    }


def test_whole_numbers_have_no_point_and_formulas_their_kept_value(tmp_path: Path) -> None:
    table = read(
        tmp_path, {"S": [["count", "half", "sum"], *([n, n / 2, Formula("A2+B2", n * 1.5)] for n in (3, 5, 7))]}
    )

    assert cells(table) == {"count": ("3", "5"), "half": ("1.5", "2.5"), "sum": ("4.5", "7.5")}


def test_card_numbers_kept_as_numbers_are_written_out(tmp_path: Path) -> None:
    table = read(tmp_path, {"S": [["card"], [4177763170669070], [4539578763621486]]})

    assert cells(table) == {"card": ("4177763170669070", "4539578763621486")}


def test_the_columns_of_several_sheets_carry_their_names(tmp_path: Path) -> None:
    table = read(tmp_path, {"People": PEOPLE, "Orders": [["order", "total"], ["A-1", 10], ["A-2", 11]]})

    assert {column.name: column.rows for column in table.columns} == {
        "People.name": 9,
        "People.born": 9,
        "People.mail": 9,
        "Orders.order": 2,
        "Orders.total": 2,
    }


def test_sheets_with_the_same_columns_are_one_table(tmp_path: Path) -> None:
    table = read(tmp_path, {"January": PEOPLE, "February": PEOPLE, "Notes": []})

    assert ([column.name for column in table.columns], table.rows) == (["name", "born", "mail"], 18)


def test_titles_and_blank_rows_above_the_header_are_no_rows_of_the_table(tmp_path: Path) -> None:
    table = read(tmp_path, {"S": [["Members of the club"], [], ["as of 2024", None], *PEOPLE]})

    assert (list(cells(table)), table.rows) == (["name", "born", "mail"], 9)


def test_a_sheet_without_header_names_its_columns_by_place(tmp_path: Path) -> None:
    table = read(tmp_path, {"S": PEOPLE[1:]})

    assert (list(cells(table)), table.rows, table.has_header) == (["c1", "c2", "c3"], 9, False)


def test_columns_for_measurements_come_by_the_names_of_the_findings(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(workbook({"A": PEOPLE, "B": [["order"], ["1"]]}))

    assert load_columns(tmp_path / "x.xlsx", ["A.mail"])["A.mail"][0] == "z0@example.org"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and no more", "broken_archive"),
        (bytes(range(256)) * 4, "broken_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "broken_workbook"),
        (packed({"xl/workbook.xml": "<workbook", "[Content_Types].xml": ""}), "broken_workbook"),
        (packed({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "unsupported"),
        (workbook({"S": []}), "empty"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_reason(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_table(tmp_path / "x.xlsx")

    assert caught.value.code == code


@pytest.mark.parametrize("far", ["XFD1048576", "ZZ100000"])
def test_a_sheet_whose_cells_span_more_than_memory_is_refused(tmp_path: Path, far: str) -> None:
    row = "".join(char for char in far if char.isdigit())
    cells = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{far}"><v>1</v></c></row>'
    (tmp_path / "x.xlsx").write_bytes(workbook({"S": cells}))
    with pytest.raises(Unreadable) as caught:
        read_table(tmp_path / "x.xlsx")

    assert caught.value.code == "too_large"


def test_a_sheet_that_unfolds_three_hundred_fold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(workbook({"S": [["x" * 30_000] * 10] * 1_000}))
    assert (tmp_path / "x.xlsx").stat().st_size < 1_000_000
    with pytest.raises(Unreadable) as caught:
        read_table(tmp_path / "x.xlsx")

    assert caught.value.code == "too_large"


TABLE, DOCUMENT = b"name\tmail\nJane\tj@example.org\n", b'[{"name": "Jane", "mail": "j@example.org"}]'


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        *((suffix, TABLE) for suffix in ("xls", "xlsx", "ods", "parquet", "feather", "avro", "json", "jsonl")),
        *((suffix, DOCUMENT) for suffix in ("xlsx", "parquet", "csv")),
    ],
)
def test_text_by_another_extension_is_read_as_what_it_is(tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / f"x.{suffix}").write_bytes(content)

    assert cells(read_table(tmp_path / f"x.{suffix}")) == {"name": ("Jane",), "mail": ("j@example.org",)}
