"""JSON Lines and JSON arrays of records: nested paths become columns named a.b and a[]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

import pyarrow as pa

from datamap.scanner.formats.stream import MAX_COLUMNS, MAX_DEPTH, Batch, Stream
from datamap.scanner.source import Source, encoding_of, recoded
from datamap.scanner.types import Unreadable

ROWS: Final = 4_096
MAX_LINE: Final = 16 << 20
#: An array has to be read in one piece.
MAX_ARRAY: Final = 96 << 20


def read(source: Source) -> Stream:
    """Stream JSON Lines, or the records of one JSON array or object of arrays.

    Raises Unreadable: broken_json (with its line), too_deep, line_too_long, too_many_columns, too_large.
    """
    encoding = encoding_of(source.head)
    as_array = source.suffix not in {"jsonl", "ndjson"} and not is_lines(source, encoding)
    file = recoded(source, encoding)
    name = "json" if as_array else "jsonl"
    rows = _array(file, source) if as_array else _lines(file)
    return Stream(name, [], _batches(rows), encoding=encoding)


def is_lines(source: Source, encoding: str) -> bool:
    """Whether the first line is a whole JSON object."""
    first = recoded(source, encoding).read(len(source.head)).lstrip()[:65536].split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except RecursionError:
        return True  # and refused when it is read
    except ValueError:
        return len(first) == 65536


def _parse(text: bytes | str, line: int) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        raise Unreadable("too_deep", line) from None
    except ValueError:
        raise Unreadable("broken_json", line) from None


def _array(file: IO[bytes], source: Source) -> Iterator[Any]:
    if source.size > MAX_ARRAY:
        raise Unreadable("too_large")
    data = _parse(file.read(), 1)
    if isinstance(data, dict):
        tables = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        data = max(tables, key=len) if tables else [data]
    yield from data if isinstance(data, list) else [data]


def _lines(file: IO[bytes]) -> Iterator[Any]:
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise Unreadable("line_too_long", number)
        if line.strip():
            yield _parse(line, number)


def _batches(rows: Iterator[Any]) -> Iterator[Batch]:
    columns: dict[str, list[str | None]] = {}
    count = 0
    for row in rows:
        flat: dict[str, str] = {}
        _flatten(row, "", flat, 0)
        for path, value in flat.items():
            cells = columns.setdefault(path, [None] * count)
            cells.append(value)
        count += 1
        if len(columns) > MAX_COLUMNS:
            raise Unreadable("too_many_columns")
        for cells in columns.values():
            if len(cells) < count:
                cells.append(None)
        if count == ROWS:
            yield _arrays(columns)
            columns, count = {path: [] for path in columns}, 0
    if count:
        yield _arrays(columns)


def _arrays(columns: dict[str, list[str | None]]) -> Batch:
    return {path: pa.array(cells, type=pa.string()) for path, cells in columns.items()}


def _flatten(value: Any, path: str, into: dict[str, str], depth: int) -> None:
    """Scalars under their path; the scalars of a list share one cell."""
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            name = " ".join(str(key).split())[:120] or "?"
            _flatten(inner, f"{path}.{name}" if path else name, into, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _flatten(inner, f"{path}[]", into, depth + 1)
    elif value is not None:
        text = str(value).encode("utf-8", errors="replace").decode()
        name = path or "text"
        into[name] = f"{into[name]}\n{text}" if name in into else text
