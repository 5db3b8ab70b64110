"""`manage.py scan_file`: one answer a file, and a file that can't be read stops none of the others."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from tests.support.hostile import TRAPS
from tests.support.samples import as_csv
from tests.support.workbooks import workbook

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [{"mail": f"a{n}@example.org", "amount": str(n)} for n in range(30)]


def scanned(capsys: pytest.CaptureFixture[str], *paths: Path) -> tuple[list[dict[str, Any]], int]:
    status = 0
    try:
        call_command("scan_file", *map(str, paths))
    except SystemExit as end:
        status = int(str(end.code))
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()], status


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_that_cannot_be_read_stops_none_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [
        written(tmp_path / "one.csv", as_csv(ROWS)),
        tmp_path / "missing.csv",
        written(tmp_path / "empty.csv", b""),
        written(tmp_path / "broken.json", b'{"a": '),
        written(tmp_path / "noise.csv", bytes(range(256)) * 99),
        written(tmp_path / "cut.parquet", b"PAR1" + b"x" * 99),
        written(tmp_path / "cut.zip", b"PK\x03\x04" + b"x" * 99),
        written(tmp_path / "two.csv", as_csv(ROWS)),
    ]
    answers, status = scanned(capsys, *paths)

    assert [answer["file"] for answer in answers] == [*map(str, paths)]
    assert ["error" in answer for answer in answers] == [False, *[True] * 6, False]
    assert status == 1


def test_a_library_that_dies_of_a_file_costs_only_that_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trap = next(trap for trap in TRAPS if "shared string" in trap.what)
    trap.make(tmp_path / "bomb.xlsx")
    answers, _ = scanned(capsys, tmp_path / "bomb.xlsx", written(tmp_path / "x.csv", as_csv(ROWS)))

    assert answers[0]["error"] == "Reading the file took more than its share of memory."
    assert answers[1]["rows"] == 30


def test_packed_files_are_scanned_table_by_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        archive.writestr("people.csv", as_csv(ROWS))
        archive.writestr("orders.xlsx", workbook({"Orders": [["phone"], *([f"+49 30 90182{n}"] for n in range(30))]}))
        archive.writestr("photo.png", b"\x89PNG")
    answers, status = scanned(capsys, written(tmp_path / "x.zip", out.getvalue()))

    found = {column["name"]: (column["entity"], column["share"]) for column in answers[0]["columns"]}
    assert found["people.csv/mail"] == ("EMAIL_ADDRESS", 1.0)
    assert "orders.xlsx/Orders.phone" in found
    assert answers[0]["left_out"][0].startswith("photo.png: ")
    assert status == 0


def test_a_column_says_how_sure_its_share_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"mail": f"a{n % 20}@example.org" if n % 2 else ""} | {"n": "1"} for n in range(100)]
    (answer,), _ = scanned(capsys, written(tmp_path / "mails.csv", as_csv(rows)))
    mail = answer["columns"][0]
    low, high = mail["interval"]

    assert (answer["rows"], answer["sampled"], mail["distinct"]) == (100, 100, 10)
    assert low <= mail["share"] == 0.5 <= high
