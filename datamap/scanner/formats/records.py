"""JSON Lines and JSON arrays of records: nested paths become columns named a.b and a[]."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats import division, nested
from datamap.scanner.formats.division import Division
from datamap.scanner.formats.stream import Stream
from datamap.scanner.source import Source, recoded
from datamap.scanner.types import Unreadable

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
    stream = Stream(name, [], nested.batches(rows), encoding=encoding)
    if not as_array and division.can_divide(source, encoding):
        stream.division = Division(
            source,
            lambda: division.lines(source),
            lambda chunk: nested.batches(_lines(recoded(source, encoding, chunk.start, chunk.end), chunk.line)),
        )
    return stream


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


def _lines(file: IO[bytes], number: int = 0) -> Iterator[Any]:
    """The rows of a file that has `number` lines before this one."""
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise Unreadable("line_too_long", number)
        if line.strip():
            yield _parse(line, number)
