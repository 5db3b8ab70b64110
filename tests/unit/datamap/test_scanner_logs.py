"""Logs as samples: fields where lines are regular, whole lines where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datamap.scanner.read import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from datamap.scanner.types import Table


def read(tmp_path: Path, lines: list[str], name: str = "x.log") -> Table:
    (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_table(tmp_path / name)


def cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {column.name: column.values[:1] for column in table.columns}


def test_an_access_log_has_its_fields_as_columns(tmp_path: Path) -> None:
    line = (
        '203.0.113.7 - jane [10/Oct/2024:13:55:36 +0200] "GET /me?mail=jane%40example.org HTTP/1.1" 200 2326 '
        '"https://example.org/" "Mozilla/5.0"'
    )
    table = read(tmp_path, [line] * 20 + ["something else"])

    assert (table.format, table.rows) == ("log", 21)
    assert cells(table) == {
        "client": ("203.0.113.7",),
        "user": ("jane",),
        "time": ("10/Oct/2024:13:55:36 +0200",),
        "request": ("GET /me?mail=jane%40example.org HTTP/1.1",),
        "status": ("200",),
        "size": ("2326",),
        "referer": ("https://example.org/",),
        "agent": ("Mozilla/5.0",),
        "text": ("something else",),
    }


def test_syslog_has_a_message_of_free_text(tmp_path: Path) -> None:
    table = read(tmp_path, ["Oct 11 22:14:15 mx1 postfix/smtpd[1942]: reject: from=<jane@example.org>"] * 9)

    assert cells(table)["message"] == ("reject: from=<jane@example.org>",)
    assert cells(table)["program"] == ("postfix/smtpd",)


def test_pairs_are_columns_by_their_keys(tmp_path: Path) -> None:
    table = read(tmp_path, [f'level=info user="Jane Doe" id={n} took=3ms' for n in range(9)])

    assert cells(table) == {"level": ("info",), "user": ("Jane Doe",), "id": ("0",), "took": ("3ms",)}


def test_dated_lines_have_their_level_apart(tmp_path: Path) -> None:
    table = read(tmp_path, ["2024-05-01 10:00:00,123 INFO sent to jane@example.org"] * 5 + ["  at f(x)"], "x.txt")

    assert cells(table)["level"] == ("INFO",)
    assert cells(table)["message"] == ("sent to jane@example.org",)
    assert cells(table)["text"] == ("at f(x)",)


def test_lines_of_no_form_are_one_column(tmp_path: Path) -> None:
    table = read(tmp_path, ["starting up", "user Jane logged in", "done at 10:00"] * 5)

    assert cells(table) == {"text": ("starting up",)}
