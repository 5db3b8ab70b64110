"""Reading samples: formats, encodings, broken and hostile files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core import sandbox
from core.encryption import EncryptingWriter, FileHandle, new_key
from datamap.scanner.read import load_columns, read_table
from datamap.scanner.types import Table, Unreadable
from tests.support.samples import as_csv, customers

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [{"name": "Zoë Müller", "city": "Köln"}, {"name": "José Pérez", "city": "León"}] * 30


def written(tmp_path: Path, content: bytes, name: str = "sample.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read_table(written(tmp_path, as_csv(customers(50), delimiter=delimiter)))

    assert len(table.columns) == len(customers(1)[0])
    assert table.rows == 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    table = read_table(written(tmp_path, as_csv(ROWS, encoding=encoding)))

    assert [column.name for column in table.columns] == ["name", "city"]
    assert set(table.columns[1].values) == {"Köln", "León"}


def test_quoted_cells_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    content = b'id,note\r\n1,"a, b"\r\n2,"say ""hi"""\r\n3,"two\nlines"\r\n'
    table = read_table(written(tmp_path, content))

    assert table.columns[1].values == ("a, b", 'say "hi"', "two\nlines")


def test_rows_of_the_wrong_width_are_counted_and_left_out(tmp_path: Path) -> None:
    content = b"a,b,c\n" + b"1,2,3\n" * 50 + b"1,2\n" * 3
    table = read_table(written(tmp_path, content))

    assert (table.rows, table.skipped) == (50, 3)


def test_json_lines_are_flattened_by_path(tmp_path: Path) -> None:
    lines = [{"user": {"mail": f"u{n}@example.org"}, "tags": ["a", "b"], "n": n} for n in range(20)]
    lines[7]["late"] = "x"
    table = read_table(written(tmp_path, "\n".join(map(json.dumps, lines)).encode(), "log.jsonl"))

    assert [column.name for column in table.columns] == ["user.mail", "tags[]", "n", "late"]
    assert table.columns[3].filled == 1


@pytest.mark.parametrize(
    "content",
    [
        b'[{"mail": "a@example.org"},\n {"mail": "b@example.org"}]',
        b'{\n "meta": 1,\n "people": [{"mail": "a@example.org"}, {"mail": "b@example.org"}]\n}',
    ],
)
def test_json_documents_are_read_by_their_records(tmp_path: Path, content: bytes) -> None:
    table = read_table(written(tmp_path, content, "people.json"))

    assert table.columns[0].values == ("a@example.org", "b@example.org")


def test_parquet_is_read_with_its_nested_columns(tmp_path: Path) -> None:
    data = {"id": [1, 2], "who": [{"mail": "a@example.org"}, {"mail": "b@example.org"}], "at": [None, 3.5]}
    pq.write_table(pa.table(data), tmp_path / "t.parquet")
    table = read_table(tmp_path / "t.parquet")

    assert {column.name: column.values for column in table.columns}["who.mail"] == ("a@example.org", "b@example.org")


def test_a_small_parquet_that_unfolds_to_gigabytes_is_read_in_bounded_memory(tmp_path: Path) -> None:
    long = pa.array(["x" * 1_000_000 + " jane@example.org"])
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, type=pa.int32()), long)
    pq.write_table(pa.table({"text": repeated, "n": pa.array(range(3_000))}), tmp_path / "bomb.parquet")
    assert (tmp_path / "bomb.parquet").stat().st_size < 100_000
    answer = sandbox.call(
        "datamap.scanner.read_run:read",
        {"handle": str(tmp_path / "bomb.parquet"), "name": "bomb.parquet"},
        limits=sandbox.Limits(cpu=60, memory=1 << 30, wall=120),
    )

    table = Table.from_json(answer)
    assert table.rows == 3_000
    assert table.columns[0].hits["EMAIL_ADDRESS"].rows == 3_000
    assert max(map(len, table.columns[0].values)) == 4_000


def test_plain_text_is_one_column_of_lines(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"first line\n\nsecond, line\nthird\n", "notes.txt"))

    assert (table.format, table.rows) == ("text", 3)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", "empty"),
        ("blank.csv", b" \n\n", "empty"),
        ("paper.csv", b"%PDF-1.7\n%\xe2\xe3", "unsupported"),
        ("archive.csv", b"PK\x03\x04rest", "broken_archive"),
        ("noise.bin", bytes(range(256)) * 40, "binary"),
        ("cut.parquet", b"PAR1 and no more", "broken_parquet"),
        ("not.parquet", bytes(range(256)) * 40, "broken_parquet"),
        ("broken.jsonl", b'{"a": 1}\n{"a": \n', "broken_json"),
        ("deep.jsonl", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "too_deep"),
        ("nested.jsonl", b'{"a":' * 40 + b"1" + b"}" * 40, "too_deep"),
        ("wide.csv", b",".join(b"h%d" % n for n in range(10_000)) + b"\n" + b"1," * 9_999 + b"1\n", "too_many_columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_table(written(tmp_path, content, name))

    assert caught.value.code == code


def test_a_quote_that_is_never_closed_costs_its_row_not_the_file(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'a,b\n1,"never closed\n' + b"2,3\n" * 1_000_000))

    assert table.rows == 1_000_001


def test_a_line_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x," * 500_000)

    with pytest.raises(Unreadable) as caught:
        read_table(path)
    assert caught.value.code == "line_too_long"


def test_a_million_digit_number_is_no_trouble(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b'{"n": ' + b"9" * 1_000_000 + b"}\n", "big.jsonl"))

    assert table.rows == 1


def test_nul_bytes_are_replaced(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"a,b\n" + b"x\x00y,2\n" + b"plain,3\n" * 100))

    assert table.columns[0].values[0] == "x\ufffdy"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read_table(written(tmp_path, b'{"a": 1}\n{"a": 2}\nnot json\n', "x.jsonl"))

    assert caught.value.line == 3


def test_ciphertext_is_read_like_a_plain_file(tmp_path: Path) -> None:
    content, key = as_csv(customers(500)), new_key()
    writer = EncryptingWriter(tmp_path / "x.enc", key)
    writer.write(content)
    writer.close()
    handle = FileHandle(str(tmp_path / "x.enc"), key, len(content)).to_json()

    assert read_table(handle, "sample.csv") == read_table(written(tmp_path, content))


def test_columns_for_measurements_come_aligned_by_row(tmp_path: Path) -> None:
    rows = [{"n": str(n), "twice": str(2 * n), "gap": "x" if n % 2 else ""} for n in range(3_000)]
    columns = load_columns(written(tmp_path, as_csv(rows)), ["twice", "n", "gap"], 500)

    assert len(columns["n"]) == len(columns["gap"]) == 500
    numbers = [int(cell or "") for cell in columns["n"]]
    assert [int(cell or "") for cell in columns["twice"]] == [2 * n for n in numbers]
    assert [cell is None for cell in columns["gap"]] == [n % 2 == 0 for n in numbers]


def test_a_column_the_file_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load_columns(written(tmp_path, as_csv(ROWS)), ["name", "nope"])
    assert caught.value.code == "no_such_column"


def test_a_sample_survives_the_way_through_json(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, as_csv(customers(100))))

    assert Table.from_json(json.loads(json.dumps(table.to_json()))) == table


def test_the_sample_is_uniform_over_the_file(tmp_path: Path) -> None:
    rows = [{"n": str(n), "x": "a"} for n in range(40_000)]
    table = read_table(written(tmp_path, as_csv(rows)))

    values = [int(value) for value in table.columns[0].values]
    assert (table.rows, table.sampled) == (40_000, 2_000)
    assert 18_000 < sum(values) / len(values) < 22_000


@pytest.mark.parametrize(("columns", "rows"), [(80, 30_000), (300, 5_000), (5_000, 100)])
def test_a_wide_table_is_read_within_the_limits_of_a_scan(tmp_path: Path, columns: int, rows: int) -> None:
    header = ",".join(f"c{n}" for n in range(columns))
    (tmp_path / "wide.csv").write_text(f"{header}\n" + (",".join(["hello12"] * columns) + "\n") * rows)
    answer = sandbox.call(
        "datamap.scanner.read_run:read",
        {"handle": str(tmp_path / "wide.csv"), "name": "wide.csv"},
        limits=sandbox.Limits(cpu=60, memory=1 << 30, wall=120),
    )

    assert (answer["rows"], len(answer["columns"])) == (rows, columns)
