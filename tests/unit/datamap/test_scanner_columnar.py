"""Parquet and Arrow files with nested columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.feather as ft
import pyarrow.parquet as pq

from datamap.scanner.read import load_columns, read_table

if TYPE_CHECKING:
    from pathlib import Path

NESTED = pa.table(
    {
        "id": [1, 2, 3],
        "who": [{"mail": "a@example.org", "home": {"city": "Leeds"}}, {"mail": "b@example.org", "home": None}, None],
        "tags": [["a", "b"], [], None],
        "points": [[1, 2], [3], []],
        "orders": [[{"customer": {"email": "y@example.org"}}, {"customer": {"email": "z@example.org"}}], [], None],
        "extra": pa.array([[("k", 1)], [("j", 2)], None], pa.map_(pa.string(), pa.int64())),
        "photo": [b"\xff\xd8", None, b"\x00"],
    }
)
COLUMNS = {
    "id": ("1", "2", "3"),
    "who.mail": ("a@example.org", "b@example.org"),
    "who.home.city": ("Leeds",),
    "tags[]": ("a\nb",),
    "points[]": ("1\n2", "3"),
    "orders[].customer.email": ("y@example.org\nz@example.org",),
    "extra.k": ("1",),
    "extra.j": ("2",),
    "photo": (),
}


def cells(path: Path) -> dict[str, tuple[str, ...]]:
    return {column.name: column.values for column in read_table(path).columns}


def test_nested_columns_are_flattened_as_in_json(tmp_path: Path) -> None:
    pq.write_table(NESTED, tmp_path / "x.parquet")

    assert cells(tmp_path / "x.parquet") == COLUMNS
    assert load_columns(tmp_path / "x.parquet", ["orders[].customer.email", "id"])["id"] == ["1", "2", "3"]


def test_an_arrow_file_is_read_like_a_parquet_file(tmp_path: Path) -> None:
    ft.write_feather(NESTED, tmp_path / "x.feather", compression="lz4")

    assert cells(tmp_path / "x.feather") == COLUMNS


def test_a_file_without_rows_still_names_its_columns(tmp_path: Path) -> None:
    pq.write_table(NESTED.slice(0, 0), tmp_path / "x.parquet")

    assert list(cells(tmp_path / "x.parquet")) == [name for name in COLUMNS if not name.startswith("extra")]
