"""Packed files: zip members as tables, gzip and its relatives, and archives that were made to hurt."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from core.encryption import EncryptingWriter, FileHandle, new_key
from datamap.scanner.read import load_columns, read_table
from datamap.scanner.scan import scan
from datamap.scanner.types import Unreadable
from tests.support.hostile import overlapping
from tests.support.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PEOPLE = b"name,mail\nJane,j@example.org\nJoe,k@example.org\n"
ORDERS = b"order;total\nA-1;10.5\nA-2;11\nA-3;12\n"


def archived(members: Mapping[str, bytes]) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    path.write_bytes(archived(members))
    return path


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_table(path)
    return caught.value.code


def test_the_columns_of_several_members_carry_their_names(tmp_path: Path) -> None:
    table = read_table(zipped(tmp_path / "x.zip", {"people.csv": PEOPLE, "shop/orders.csv": ORDERS}))

    assert {column.name: (column.rows, len(column.values)) for column in table.columns} == {
        "people.csv/name": (2, 2),
        "people.csv/mail": (2, 2),
        "shop/orders.csv/order": (3, 3),
        "shop/orders.csv/total": (3, 3),
    }


def test_members_with_the_same_columns_are_one_table(tmp_path: Path) -> None:
    months = {f"2025-{month:02}.csv": PEOPLE for month in range(1, 13)}
    table = read_table(zipped(tmp_path / "x.zip", months))

    assert [column.name for column in table.columns] == ["name", "mail"]
    assert table.rows == 24


def test_a_member_alone_is_read_as_if_it_had_come_alone(tmp_path: Path) -> None:
    table = read_table(zipped(tmp_path / "x.zip", {"people.csv": PEOPLE, "__MACOSX/._people.csv": b"\x00\x05\x16"}))

    assert ([column.name for column in table.columns], table.format) == (["name", "mail"], "csv")
    assert table.left_out == ()


def test_a_small_table_beside_a_large_one_is_sampled_whole(tmp_path: Path) -> None:
    large = b"n,x\n" + b"".join(b"%d,a\n" % n for n in range(50_000))
    table = read_table(zipped(tmp_path / "x.zip", {"large.csv": large, "people.csv": PEOPLE}))

    assert {column.name: len(column.values) for column in table.columns}["people.csv/mail"] == 2


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    table = read_table(zipped(tmp_path / "x.zip", {"people.csv": PEOPLE, "paper.pdf": b"%PDF-1.7", "nothing": b""}))

    assert [(reason.code, reason.params["part"]) for reason in table.left_out] == [
        ("unsupported", "paper.pdf"),
        ("empty", "nothing"),
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "<script>alert(1)</script>.csv", "a\"b'c.csv", "/abs.csv"])
def test_odd_names_are_only_labels(tmp_path: Path, name: str) -> None:
    table = read_table(zipped(tmp_path / "x.zip", {name: PEOPLE, "orders.csv": ORDERS}))

    assert table.columns[0].name == f"{name}/name"
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_marks_that_turn_the_reading_direction_are_taken_off_names(tmp_path: Path) -> None:
    table = read_table(zipped(tmp_path / "x.zip", {"\u202evsc.elpoep.csv": PEOPLE, "orders.csv": ORDERS}))

    assert table.columns[0].name == "vsc.elpoep.csv/name"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.zip", lambda: archived({"people.csv": PEOPLE, "orders.csv": ORDERS})),
        ("x.csv.gz", lambda: gzip.compress(PEOPLE)),
        ("x.xlsx", lambda: workbook({"People": [["name", "mail"], ["Jane", "j@example.org"]]})),
    ],
)
def test_what_is_packed_is_read_from_ciphertext(tmp_path: Path, name: str, content: Callable[[], bytes]) -> None:
    plain, key = content(), new_key()
    writer = EncryptingWriter(tmp_path / "x.enc", key)
    writer.write(plain)
    writer.close()
    (tmp_path / name).write_bytes(plain)
    handle = FileHandle(str(tmp_path / "x.enc"), key, len(plain)).to_json()

    assert read_table(handle, name) == read_table(tmp_path / name)


def test_columns_of_two_tables_are_not_measured_together(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"people.csv": PEOPLE, "orders.csv": ORDERS})

    assert load_columns(path, ["people.csv/mail"]) == {"people.csv/mail": ["j@example.org", "k@example.org"]}
    with pytest.raises(Unreadable) as caught:
        load_columns(path, ["people.csv/mail", "orders.csv/total"])
    assert caught.value.code == "several_tables"


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path, suffix: str, pack: object) -> None:
    assert callable(pack)
    rows = b'{"mail": "a@example.org"}\n' * 3_000
    (tmp_path / f"x.jsonl.{suffix}").write_bytes(pack(rows))
    table = read_table(tmp_path / f"x.jsonl.{suffix}")

    assert (table.format, table.rows) == ("jsonl", 3_000)


def test_a_compressed_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    rows = b"n,x\n" + b"".join(b"%d,%d\n" % (n, n * n % 1009) for n in range(200_000))
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(rows)[:-400_000])

    assert refused(tmp_path / "x.csv.gz") == "broken_archive"


def test_a_megabyte_that_unfolds_to_a_gigabyte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(300):
            file.write(b"a,b\n" * 262_144)

    assert refused(path) == "too_large"


def test_an_archive_in_an_archive_is_left_out(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("people.csv", PEOPLE)

    assert refused(zipped(tmp_path / "x.zip", {"inner.zip": inner.getvalue()})) == "nested_archive"


def test_an_encrypted_member_is_refused_by_that_reason(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"people.csv": PEOPLE})
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    path.write_bytes(content)

    assert refused(path) == "encrypted"


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(overlapping(3_000, 21 << 20))

    assert refused(tmp_path / "x.zip") == "overlapping_members"


def test_an_archive_of_too_many_members_is_refused(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "x.zip", {f"{n}.csv": b"a,b\n1,2\n" for n in range(600)})) == "too_many_members"


def test_a_damaged_member_does_not_take_the_others_along(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("people.csv", PEOPLE)
        archive.writestr("orders.csv", ORDERS)
    path.write_bytes(path.read_bytes().replace(b"A-2", b"B-2"))
    table = read_table(path)

    assert [column.name for column in table.columns] == ["name", "mail"]
    assert [(reason.code, reason.params["part"]) for reason in table.left_out] == [("broken_archive", "orders.csv")]


def test_each_table_of_a_file_is_judged_as_if_it_had_come_alone(tmp_path: Path) -> None:
    people = "name,birth,city\n" + "".join(
        f"{first} {last},19{n + 50}-03-1{n % 9},Leeds\n"
        for n, (first, last) in enumerate(product(("Anna", "John", "Maria"), ("Smith", "Jones", "Brown", "Miller")))
    )
    stores = "code,city\n" + "".join(f"W-{n:03d},{'Leeds' if n % 2 else 'York'}\n" for n in range(30))
    members = {"people.csv": people.encode(), "warehouses.csv": stores.encode()}
    table = read_table(zipped(tmp_path / "shop.zip", members))
    found = {finding.name: finding for finding in scan(table, name="shop.zip").findings}

    for member, content in members.items():
        (tmp_path / member).write_bytes(content)
        for alone in scan(read_table(tmp_path / member), name=member).findings:
            assert found[f"{member}/{alone.name}"] == replace(alone, name=f"{member}/{alone.name}")
    assert (found["people.csv/birth"].entity, found["warehouses.csv/city"].entity) == ("DATE_OF_BIRTH", "")
