"""JSON Lines by the block: what Arrow reads quickly is what is read line by line."""

from __future__ import annotations

import io
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap.scanner.formats import json_arrow, nested, records
from datamap.scanner.formats.json_arrow import Blocks
from datamap.scanner.read import read_table
from datamap.scanner.types import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from datamap.scanner.formats.stream import Batch

Columns = dict[str, list[str | None]]


def joined(batches: Iterable[Batch]) -> Columns:
    """Batches one behind the other; what a batch lacks is empty."""
    columns: Columns = {}
    rows = 0
    for batch in filter(None, batches):
        count = len(next(iter(batch.values())))
        for name in {**columns, **batch}:
            cells = batch[name].to_pylist() if name in batch else [None] * count
            columns.setdefault(name, [None] * rows).extend(cells)
        rows += count
    return {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}


def slowly(content: bytes) -> Columns | tuple[str, int]:
    try:
        return joined(nested.batches(records._lines(io.BytesIO(content))))
    except Unreadable as error:
        return error.code, error.line


def quickly(content: bytes) -> Columns | tuple[str, int]:
    try:
        return joined(records._batches(io.BytesIO(content)))
    except Unreadable as error:
        return error.code, error.line


texts = st.text(st.sampled_from('a1 ,:"{}[]\\\n\té漢😀\x00-.e'), max_size=8)
scalars = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["2024-01-02 03:04:05", "2024-01-02", "007", "ann@example.org"]),
)
keys = st.sampled_from(["a", "b", "c.d", "c", " a", "é", "n", "ann@example.org"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)
rows = st.lists(st.dictionaries(keys, values, min_size=1, max_size=4), min_size=1, max_size=8)
#: Of one shape throughout, as files mostly are.
regular = st.lists(
    st.fixed_dictionaries(
        {"a": st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none(), "t": texts | st.none()},
        optional={
            "c": st.fixed_dictionaries({"d": texts, "e": st.lists(st.booleans() | st.none(), max_size=3)}),
            "l": st.lists(st.fixed_dictionaries({"x": texts | st.none(), "y": st.lists(st.integers())}), max_size=3),
        },
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=300)
@given(rows=rows | regular, ascii_only=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
def test_records_are_read_alike_by_the_block_and_by_the_line(
    rows: list[dict[str, Any]], *, ascii_only: bool, end: str
) -> None:
    content = "".join(json.dumps(row, ensure_ascii=ascii_only) + end for row in rows).encode()

    assert quickly(content) == slowly(content)


@settings(max_examples=300)
@given(rows=regular, place=st.integers(0, 400), sign=st.sampled_from('"{}[],:\\ 01-.eE\nnt'))
def test_a_damaged_line_is_found_where_it_stands(rows: list[dict[str, Any]], place: int, sign: str) -> None:
    content = "".join(json.dumps(row) + "\n" for row in rows)
    place %= len(content)
    damaged = (content[:place] + sign + content[place + 1 :]).encode()

    assert quickly(damaged) == slowly(damaged)


@pytest.mark.parametrize(
    "line",
    [
        '{"a": 1.10, "b": 100000000000000000000000, "c": -0, "d": 1E+2}',
        '{"a": 01}', '{"a": 1.}', '{"a": .5}', '{"a": --1}', '{"a": +1}', '{"a": NaN}', '{"a": -Infinity}',
        '{"a": 1} {"a": 2}', '{"a": 1, "a": 2}', '{"a": "\\ud800"}', '{"a": "x\\\\", "b": "y\\""}',
        '[{"a": 1}]', '{"a": 1', '7', "", ' {"a": 1}', '{"a.b": 1, "a": {"b": 2}}', '{"a": [1, {"b": 2}]}',
        '{"a": {"x": {"n": 1, "m": 2}, "y": {"n": 1, "m": 3}, "z": {"n": 2, "m": 3}}}',
        "{" + '"a": {' * 30 + "}" * 31, '{"x": ' + "[" * 100_000 + "]" * 100_000 + "}", '{"": 1}', "{}",
    ],
)  # fmt: skip
def test_an_odd_line_among_others_is_read_as_it_was(line: str) -> None:
    content = ('{"a": 3, "b": "x"}\n' * 3 + line + "\n" + '{"a": 4, "b": "y"}\n').encode()

    assert quickly(content) == slowly(content)


def test_a_file_of_one_shape_is_read_by_the_block() -> None:
    """Else the tests above compare the slow way with itself."""
    lines = '{"n": 1.50, "who": {"mail": "a@b.org", "tags": ["x", null, "y"]}, "ok": true, "at": "2024-01-02"}\n' * 3
    blocks = Blocks()

    assert (batch := blocks.read(lines.encode())) is not None
    assert {name: cells[0].as_py() for name, cells in batch.items()} == {
        "n": "1.50", "who.mail": "a@b.org", "who.tags[]": "x\ny", "ok": "True", "at": "2024-01-02",
    }  # fmt: skip
    late = b'{"n": 2, "who": null, "new": {"k": "v"}}\n'
    assert (batch := blocks.read(late)) is not None
    assert {name: cells.to_pylist() for name, cells in batch.items()} == {"n": ["2"], "new.k": ["v"]}


def test_fields_that_would_take_too_much_memory_are_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_arrow, "MOST_CELLS", 1_000)
    content = "".join(json.dumps({f"k{n}": n}) + "\n" for n in range(100)).encode()

    assert Blocks().read(content) is None
    assert len(quickly(content)) == 100


def test_the_line_of_a_mistake_counts_from_the_start_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "BLOCK", 64)
    good = [f'{{"mail": "ann{n}@example.org"}}' for n in range(40)]
    (tmp_path / "x.jsonl").write_text("\n".join(chain(good, ["{oops"], good)))
    with pytest.raises(Unreadable) as caught:
        read_table(tmp_path / "x.jsonl")

    assert (caught.value.code, caught.value.line) == ("broken_json", 41)


def test_objects_without_anything_are_rows_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "BLOCK", 20)
    (tmp_path / "x.jsonl").write_text('{"a": 1}\n' * 10 + "{}\n" * 50)

    assert read_table(tmp_path / "x.jsonl").rows == 60
