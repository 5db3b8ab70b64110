"""Big files are read in chunks: whoever reads which, the result is the one that a single pass gives."""

from __future__ import annotations

import csv
import gzip
import io
import json
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap.scanner import chunks, patterns
from datamap.scanner.draw import Reservoir
from datamap.scanner.formats import division
from datamap.scanner.formats.division import Quotes
from datamap.scanner.meters import Meter
from datamap.scanner.read import read_table, streams
from datamap.scanner.sampling import Partial, Percent, read_chunks, table_of
from datamap.scanner.source import opened
from datamap.scanner.types import Table, Unreadable
from tests.support.samples import as_csv, customers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUIET = Percent(None, lambda: 0, 0)

cells = st.text(st.sampled_from('ab1 ,;"\n\r\té漢😀@.-'), max_size=12) | st.sampled_from(
    ["ann@example.org", "219-46-3187", "+44 20 7946 0123", "", '5" pipe', "4111 1111 1111 1111"]
)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=60)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "BLOCK", 16)


def fanned_out(path: Path, size: int, cut: int, rows: int = 30) -> Table:
    """As several workers would: each reads some chunks of the file and sends on what it saw as JSON."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "CHUNK", size)
        with opened(path) as source:
            (stream,) = streams(source)
            assert stream.division
            count = len(stream.division.chunks())
        partials = []
        for first in range(0, count, cut):
            with opened(path) as source:
                (stream,) = streams(source)
                numbers = range(first, min(first + cut, count))
                seen = read_chunks(stream, numbers, QUIET, rows=rows).to_json()
                partials.append(Partial.from_json(json.loads(json.dumps(seen))))
        return table_of(stream, reduce(Partial.merge, partials))


def at_once(path: Path, size: int, rows: int = 30) -> Table:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "CHUNK", size)
        return read_table(path, rows=rows)


def outcome(read: Callable[[], Table]) -> Table | str:
    """The table, or why there is none."""
    try:
        return read()
    except Unreadable as error:
        return error.code


def text_of(rows: list[list[str]], *, end: str = "\n", header: bool = True) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    if header:
        writer.writerow(["customer_id", "email", "note"])
    writer.writerows(rows)
    return text.getvalue().encode()


@settings(max_examples=150)
@given(
    rows=tables,
    size=st.integers(20, 400),
    cut=st.integers(1, 4),
    end=st.sampled_from(["\n", "\r\n"]),
    header=st.booleans(),
    ragged=st.booleans(),
)
def test_a_file_read_by_many_gives_what_it_gives_read_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    rows: list[list[str]],
    size: int,
    cut: int,
    end: str,
    header: bool,
    ragged: bool,
) -> None:
    content = text_of([*[["1", "a@b.org", "x"]] * 5, *rows], end=end, header=header)
    if ragged:
        content += b"1,2\n" + text_of(rows, end=end, header=False) + b"1,2,3,4\n"
    path = tmp_path_factory.mktemp("many") / "t.csv"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "CHUNK", size)
        with opened(path) as source:
            if streams(source)[0].division is None:
                return

    assert outcome(lambda: fanned_out(path, size, cut)) == outcome(lambda: at_once(path, size))


@settings(max_examples=150)
@given(rows=tables, size=st.integers(20, 400), end=st.sampled_from(["\n", "\r\n"]))
def test_no_chunk_begins_inside_a_row(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], size: int, end: str
) -> None:
    content = text_of([["1", "a@b.org", "x"]] * 5 + rows, end=end)
    path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_bytes(content)
    with opened(path) as source, pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "CHUNK", size)
        chunks = division.rows(source, delimiter=",", quote='"')

    pieces = [content[chunk.start : chunk.end] for chunk in chunks]
    whole = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert b"".join(pieces) == content
    assert [row for piece in pieces for row in csv.reader(io.StringIO(piece.decode(), newline=""))] == whole
    assert all(len(piece) >= size for piece in pieces[:-1])


@given(text=st.text(st.sampled_from('a,"\n'), max_size=80), cut=st.integers(1, 9))
def test_quotes_are_followed_alike_however_the_blocks_fall(text: str, cut: int) -> None:
    def row_ends(step: int) -> set[int]:
        quotes, before, states = Quotes(",", '"'), 10, set[int]()
        raw = text.encode()
        for start in range(0, len(raw), step):
            block = raw[start : start + step]
            looked = quotes.follow(block, before)
            ends = [looked.row_end(n) for n in range(len(block))]
            states |= {start + end for end in ends if end >= 0}
            before = block[-1]
        return states

    assert row_ends(cut) == row_ends(1) == row_ends(100)


def test_a_quote_inside_a_bare_cell_opens_nothing(tmp_path: Path) -> None:
    content = b"id,size,note\n" + b'1,5" pipe,long\n2,"6"" pipe","two\nlines"\n' * 200
    (tmp_path / "t.csv").write_bytes(content)

    assert fanned_out(tmp_path / "t.csv", 300, 2, rows=900) == at_once(tmp_path / "t.csv", 1 << 20, rows=900)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_whole_of_a_small_sample_is_the_same_in_any_division(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(as_csv(customers(400), encoding=encoding))

    undivided = at_once(tmp_path / "t.csv", 1 << 30, rows=1_000)
    assert undivided.rows == undivided.sampled == 400
    for size in (2_000, 7_000):
        assert fanned_out(tmp_path / "t.csv", size, 3, rows=1_000) == undivided


def test_json_lines_are_divided_and_a_broken_line_keeps_its_number(tmp_path: Path) -> None:
    lines = [
        {"mail": f"u{n}@example.org", "text": "é\\n" * (n % 7)} | ({"late": "x"} if n > 150 else {}) for n in range(300)
    ]
    path = tmp_path / "t.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    assert fanned_out(path, 900, 2) == at_once(path, 900)
    assert [column.name for column in at_once(path, 900).columns] == ["mail", "text", "late"]

    path.write_text("\n".join([*map(json.dumps, lines), "not json"]))
    with pytest.raises(Exception, match="broken_json") as caught:
        fanned_out(path, 900, 2)
    assert getattr(caught.value, "line", 0) == 301


def test_parquet_is_divided_by_its_row_groups(tmp_path: Path) -> None:
    data = {"n": range(5_000), "mail": [f"u{n}@example.org" for n in range(5_000)]}
    pq.write_table(pa.table(data), tmp_path / "t.parquet", row_group_size=500)

    read = fanned_out(tmp_path / "t.parquet", 9_000, 2)
    assert read == at_once(tmp_path / "t.parquet", 9_000)
    assert (read.rows, read.sampled, read.columns[1].hits["EMAIL_ADDRESS"].rows) == (5_000, 30, 5_000)


@given(
    lists=st.lists(st.lists(cells, max_size=15), min_size=3, max_size=3),
    size=st.integers(1, 12),
    most=st.integers(1, 90),
)
def test_partial_results_may_be_put_together_in_any_order_of_neighbours(
    lists: list[list[str]], size: int, most: int
) -> None:
    def partial(number: int) -> Partial:
        sample, meter = Reservoir(size, number, most=most), Meter()
        column = pa.array(lists[number], pa.string())
        names = ["a", "b"][: 1 + number % 2]
        sample.feed(dict.fromkeys(names, column), len(column))
        meter.feed(column)
        return Partial(sample, dict.fromkeys(names, meter), number)

    def seen(partial: Partial) -> dict[str, Any]:
        return partial.to_json()

    left = partial(0).merge(partial(1)).merge(partial(2))
    right = partial(0).merge(partial(1).merge(partial(2)))
    assert seen(left) == seen(right)


@given(values=st.lists(st.text(st.sampled_from("aF0129 @.+-:(_Zé"), max_size=24) | cells, min_size=1))
def test_no_pattern_is_passed_over_that_matches(values: list[str]) -> None:
    raw = [value.encode() for value in values]
    may = patterns.possible(np.frombuffer(b"".join(raw), np.uint8), max(map(len, raw)))

    matching = {name for name, compiled in patterns.COMPILED.items() if any(map(compiled.search, values))}
    assert matching <= set(may)


@given(batches=st.lists(st.lists(cells | st.none(), max_size=30), min_size=1, max_size=4))
def test_a_meter_counts_what_matching_cell_by_cell_counts(batches: list[list[str | None]]) -> None:
    meter = Meter()
    for batch in batches:
        meter.feed(pa.array(batch, pa.string()))
    filled = [value for batch in batches for value in batch if value]

    assert meter.filled == len(filled)
    counted = {name: sum(bool(p.search(value)) for value in filled) for name, p in patterns.COMPILED.items()}
    assert meter.rows == {name: count for name, count in counted.items() if count}


@pytest.mark.parametrize("cut", [1, 3])
def test_processes_that_know_only_their_chunks_give_the_table_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(as_csv(customers(900)))
    monkeypatch.setattr(division, "CHUNK", 20_000)
    request = {"handle": str(path), "name": "t.csv"}
    request |= chunks.divide(request)
    monkeypatch.setattr(division, "rows", None)  # nobody divides again
    count = len(request["chunks"])
    shares = [{**request, "first": n, "last": min(n + cut, count)} for n in range(0, count, cut)]
    seen = [json.loads(json.dumps(chunks.read_part(share, None))) for share in shares]
    monkeypatch.undo()

    assert count > 5
    assert chunks.put_together(seen) == read_table(path)


@pytest.mark.parametrize("name", ["small.csv", "packed.csv.gz", "wide.csv"])
def test_what_is_better_read_in_one_piece_is_not_divided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    content = as_csv(customers(900), encoding="utf-16" if name == "wide.csv" else "utf-8")
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    monkeypatch.setattr(division, "CHUNK", 10**6 if name == "small.csv" else 2_000)

    assert chunks.divide({"handle": str(tmp_path / name), "name": name}) == {"chunks": []}
