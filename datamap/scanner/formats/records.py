"""JSON Lines: nested paths become columns named a.b and a[]. Other JSON is read by `documents`."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import IO, Any, Final

from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats import division, documents, grid, nested
from datamap.scanner.formats.division import Division
from datamap.scanner.formats.json_arrow import Blocks
from datamap.scanner.formats.json_values import DECODER, Values
from datamap.scanner.formats.stream import MAX_COLUMNS, Batch, Stream
from datamap.scanner.source import Source, recoded
from datamap.scanner.types import Unreadable

MAX_LINE: Final = 16 << 20
BLOCK: Final = 1 << 20
OPENING: Final = re.compile(r'\s*(?:\[\s*)*\{\s*"')


def read(source: Source) -> list[Stream]:
    """JSON Lines as one stream, or the tables of a JSON document.

    Raises Unreadable: broken_json (with its line), too_deep, line_too_long, too_many_columns, empty.
    """
    encoding = encoding_of(source.head)
    if source.suffix not in {"jsonl", "ndjson"} and not is_lines(source, encoding):
        return documents.read(lambda: recoded(source, encoding))
    rows = _lines(recoded(source, encoding))
    if source.head.lstrip().startswith(b"["):
        found = grid.stream("jsonl", map(documents.cells, rows))
        if found is None:
            raise Unreadable("empty")
        return [found]
    stream = Stream("jsonl", [], _batches(recoded(source, encoding)), encoding=encoding)
    if division.can_divide(source, encoding):
        stream.division = Division(
            source,
            lambda: division.lines(source),
            lambda chunk: _batches(recoded(source, encoding, chunk.start, chunk.end), chunk.line),
        )
    return [stream]


def may_be(source: Source, encoding: str) -> bool:
    """Whether a text starts as JSON can: a table may have been given its extension."""
    text = source.text(encoding).strip("\ufeff \t\r\n")
    return text[:1] in {*'{["'} or "\n" not in text


def is_lines(source: Source, encoding: str) -> bool:
    """Whether the first two lines are a JSON object each."""
    lines = [line for line in source.text(encoding).lstrip().split("\n", 64)[:64] if line.strip()]
    if len(lines) < 2 or (len(lines) == 2 and not source.is_whole):
        return False
    return _is_object(lines[0]) and _is_object(lines[1])


def _is_object(line: str) -> bool:
    if not line.startswith("{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except RecursionError:
        return True  # and refused when it is read
    except ValueError:
        return False


def is_document(source: Source, encoding: str) -> bool:
    """Whether a text without a telling extension starts as a JSON document and, where it is short, is one."""
    head = source.text(encoding)
    if not OPENING.match(head):
        return False
    try:
        Values(io.BytesIO(head.encode())).value()
    except Unreadable as error:
        return error.code == "too_deep" or not source.is_whole
    return True


def _parse(text: str, line: int) -> Any:
    try:
        return DECODER.decode(text)
    except RecursionError:
        raise Unreadable("too_deep", line) from None
    except ValueError:
        raise Unreadable("broken_json", line) from None


def _lines(file: IO[bytes], number: int = 0) -> Iterator[Any]:
    """The rows of a file that has `number` lines before this one."""
    while line := file.readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE:
            raise Unreadable("line_too_long", number)
        if line.strip():
            yield _parse(line.decode(), number)


def _batches(file: IO[bytes], number: int = 0) -> Iterator[Batch]:
    """Objects a line each, by the block; what a block has that is no such line is found line by line."""
    blocks, known = Blocks(), dict[str, None]()
    while block := file.read(BLOCK):
        block += file.readline(MAX_LINE)
        fast = blocks.read(block)
        for batch in (fast,) if fast else nested.batches(_lines(io.BytesIO(block), number), known):
            known |= dict.fromkeys(batch)
            if len(known) > MAX_COLUMNS:
                raise Unreadable("too_many_columns")
            yield batch
        number += block.count(b"\n")
