"""Blocks of JSON Lines through Arrow's parser, several times as fast as line by line.

Arrow is only asked what it answers exactly as `nested` does: numbers are put in quotes first, so that they come back
as they are written. What it can't say exactly (a broken line, a field of two kinds, a key twice) is left to be read
line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json as arrow_json

from datamap.scanner.formats.nested import FEWEST, HIDDEN, label
from datamap.scanner.formats.stream import MAX_DEPTH, Batch

QUOTE: Final = ord('"')
BACKSLASH: Final = ord("\\")
#: A number as JSON writes it.
NUMBER: Final = r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$"
#: Lines that are looked at together for fields that nobody has seen yet.
PIECE: Final = 256
#: Cells of one block, empty ones included: Arrow keeps a place for each.
MOST_CELLS: Final = 1 << 23


def _signs(signs: bytes) -> Any:
    """A table of all bytes that is true for these."""
    table = np.zeros(256, bool)
    table[list(signs)] = True
    return table


DIGITS: Final = _signs(b"0123456789")
IN_NUMBER: Final = _signs(b"0123456789+-.eE")
STARTS_NUMBER: Final = _signs(b"0123456789-")
OPENS, CLOSES = _signs(b"{["), _signs(b"}]")


class Blocks:
    """Reads the blocks of one file; the fields of one block are expected in the next."""

    def __init__(self) -> None:
        self._fields = pa.schema([])

    def read(self, block: bytes) -> Batch | None:
        """The columns of whole lines with one object each; None for what has to be read line by line."""
        ends = _line_ends(block)
        quoted = _quoted(block) if len(ends) else None
        if quoted is None:
            return None
        table = self._parsed(quoted, len(ends))
        if table is None and self._learn(quoted):
            table = self._parsed(quoted, len(ends))
        if table is None or table.num_rows != len(ends) or not _are_names(table.schema):
            return None
        return _columns(table)

    def _parsed(self, block: bytes, lines: int) -> pa.Table | None:
        if not len(self._fields) or _width(self._fields) * lines > MOST_CELLS:
            return None
        return _parsed(block, self._fields)

    def _learn(self, block: bytes) -> bool:
        """Learn the fields of a block, beside those known before if they agree."""
        pieces = list(_pieces(block))
        for known in (self._fields, pa.schema([])):
            if (fields := _fields(pieces, known)) is not None:
                self._fields = fields
                return True
        return False


def _pieces(block: bytes) -> Iterator[bytes]:
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n")) + 1
    cuts = [0, *ends[PIECE - 1 :: PIECE].tolist(), len(block)]
    return (block[start:end] for start, end in zip(cuts, cuts[1:], strict=False) if end > start)


def _fields(pieces: list[bytes], known: pa.Schema) -> pa.Schema | None:
    """The fields that are known and those of all pieces; None where they can't stand in one table."""
    fields = known
    for piece in pieces:
        if len(fields) and _parsed(piece, fields) is not None:
            continue
        if _deepest(piece) > MAX_DEPTH or (found := _parsed(piece)) is None:
            return None
        own = pa.schema([field.with_type(_as_text(field.type)) for field in found.schema])
        try:
            fields = pa.unify_schemas([fields, own], promote_options="permissive")
        except pa.ArrowTypeError:
            return None
        if _width(fields) * PIECE * len(pieces) > MOST_CELLS:
            return None
    return fields


def _are_names(fields: pa.Schema | pa.DataType, *, within: bool = False) -> bool:
    """Whether no key may be data: that depends on the record it stands in."""
    if any(label(field.name) == HIDDEN for field in fields):
        return False
    objects = [field.type for field in fields if pa.types.is_struct(field.type)]
    lists = [field.type for field in fields if pa.types.is_list(field.type)]
    while any(map(pa.types.is_list, lists)):
        lists = [kind.value_type if pa.types.is_list(kind) else kind for kind in lists]
    if within and len(objects) >= FEWEST:
        return False
    return all(_are_names(kind, within=True) for kind in (*objects, *lists) if pa.types.is_struct(kind))


def _width(fields: pa.Schema | pa.DataType) -> int:
    """How many columns fields make."""
    return sum(_width_of(field.type) for field in fields)


def _width_of(kind: pa.DataType) -> int:
    if pa.types.is_struct(kind):
        return 1 + _width(kind)
    return 1 + _width_of(kind.value_type) if pa.types.is_list(kind) else 1


def _as_text(kind: pa.DataType) -> pa.DataType:
    """The type under which cells stay as they are written: all are strings but true, false and null."""
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_as_text(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(_as_text(kind.value_type))
    return kind if pa.types.is_boolean(kind) or pa.types.is_null(kind) else pa.string()


def _parsed(block: bytes, fields: pa.Schema | None = None) -> pa.Table | None:
    options = arrow_json.ParseOptions(explicit_schema=fields, unexpected_field_behavior="error") if fields else None
    reading = arrow_json.ReadOptions(use_threads=False, block_size=len(block) + 1)
    try:
        return arrow_json.read_json(pa.BufferReader(block), read_options=reading, parse_options=options)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


# --- bytes ------------------------------------------------------------------------------------------------------------


def _line_ends(block: bytes) -> Any:
    """Where lines end, if each looks like one object; else nothing."""
    text = np.frombuffer(block, np.uint8)
    ends = np.flatnonzero(text == ord("\n"))
    if block[-1:] != b"\n":
        ends = np.append(ends, len(text))
    starts = np.concatenate(([0], ends[:-1] + 1))
    if np.any(ends - starts < 2):
        return ends[:0]
    last = text[ends - 1]
    last = np.where(last == ord("\r"), text[ends - 2], last)
    objects = np.all(text[starts] == ord("{")) and np.all(last == ord("}"))
    return ends if objects else ends[:0]


def _inside(text: Any, block: bytes) -> Any:
    """Which bytes stand in a string, the opening quote with them."""
    quotes = text == QUOTE
    if b'\\"' in block:
        quotes[_escaped(text, np.flatnonzero(quotes))] = False
    return np.bitwise_and(np.cumsum(quotes, dtype=np.uint8), 1).view(bool)


def _escaped(text: Any, quotes: Any) -> Any:
    """The quotes behind an odd number of backslashes."""
    doubtful = quotes[text[quotes - 1] == BACKSLASH]
    other = np.maximum.accumulate(np.where(text == BACKSLASH, 0, np.arange(len(text))))
    return doubtful[(doubtful - 1 - other[doubtful - 1]) % 2 == 1]


def _quoted(block: bytes) -> bytes | None:
    """The block with its numbers as strings; None where one is not written as JSON wants it."""
    text = np.frombuffer(block, np.uint8)
    in_number = IN_NUMBER[text]
    edges = np.flatnonzero(in_number[1:] != in_number[:-1]) + 1
    starts, ends = edges[0::2], edges[1::2]  # a block begins and ends with a brace
    wanted = STARTS_NUMBER[text[starts]] & ~_inside(text, block)[starts]
    starts, ends = starts[wanted], ends[wanted]
    if not len(starts):
        return block
    if not _are_numbers(text, starts, ends):
        return None
    return np.insert(text, np.column_stack((starts, ends)).ravel(), QUOTE).tobytes()


def _are_numbers(text: Any, starts: Any, ends: Any) -> bool:
    """Whether each stretch of the text is a number; those of digits alone are quickly told."""
    lengths = ends - starts
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    signs = text[np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)]
    plain = np.logical_and.reduceat(DIGITS[signs], offsets[:-1])
    if np.any(plain & (signs[offsets[:-1]] == ord("0")) & (lengths > 1)):
        return False
    if plain.all():
        return True
    numbers = pa.StringArray.from_buffers(len(lengths), pa.py_buffer(offsets), pa.py_buffer(signs))
    return bool(pc.all(pc.match_substring_regex(numbers.filter(pa.array(~plain)), NUMBER)).as_py())


def _deepest(block: bytes) -> int:
    """How many objects and lists stand within one another."""
    text = np.frombuffer(block, np.uint8)
    steps = OPENS[text].astype(np.int32) - CLOSES[text]
    steps[_inside(text, block)] = 0
    return int(np.cumsum(steps).max())


# --- columns ----------------------------------------------------------------------------------------------------------


def _columns(table: pa.Table) -> Batch | None:
    """Fields as columns by their path, in the order of their first cells. None where two have one path, or none is."""
    found = [
        leaf
        for name, column in zip(table.column_names, table.columns, strict=True)
        for leaf in _leaves(column.chunk(0), label(name), None)
    ]
    if len({path for path, _, _ in found}) < len(found):
        return None
    cells = {path: _cells(values, rows, len(table)) for path, values, rows in found}
    filled = [(path, column) for path, column in cells.items() if column.null_count < len(column)]
    filled.sort(key=lambda item: pc.index(item[1].is_valid(), True).as_py())
    return dict(filled) or None


def _leaves(column: Any, path: str, rows: Any) -> Iterator[tuple[str, Any, Any]]:
    """Path, values, and the row of each value: None where there is one for each row."""
    if pa.types.is_struct(column.type):
        for field, inner in zip(column.type, column.flatten(), strict=True):
            yield from _leaves(inner, f"{path}.{label(field.name)}", rows)
    elif pa.types.is_list(column.type):
        parents = pc.list_parent_indices(column).to_numpy()
        yield from _leaves(column.flatten(), f"{path}[]", parents if rows is None else rows[parents])
    else:
        yield path, column, rows


def _cells(values: Any, rows: Any, count: int) -> Any:
    """Values as the cells of `count` rows; several of one row are a line each."""
    if pa.types.is_null(values.type):
        return pa.nulls(count)
    if pa.types.is_boolean(values.type):
        values = pc.if_else(values, "True", "False")
    if rows is None:
        return values
    valid = values.is_valid().to_numpy(zero_copy_only=False)
    counts = np.bincount(rows[valid], minlength=count)
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), values.drop_null()), "\n")
    return pc.if_else(pa.array(counts > 0), joined, None)
