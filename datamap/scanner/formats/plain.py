"""Plain text and logs: one row a line, in one column named text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

import pyarrow as pa

from datamap.scanner.encodings import encoding_of
from datamap.scanner.formats.stream import Batch, Stream
from datamap.scanner.source import Source, recoded

ROWS: Final = 4_096
#: A longer line is read in pieces of this many bytes, cut at a space.
PIECE: Final = 8_192


def read(source: Source) -> Stream:
    """Stream the lines of a text. Raises Unreadable("binary") for what is none."""
    encoding = encoding_of(source.head)
    return Stream("text", ["text"], _batches(recoded(source, encoding)), encoding=encoding)


def _batches(file: IO[bytes]) -> Iterator[Batch]:
    lines: list[str] = []
    for piece in _pieces(file):
        lines.append(piece)
        if len(lines) == ROWS:
            yield {"text": pa.array(lines, type=pa.string())}
            lines = []
    if lines:
        yield {"text": pa.array(lines, type=pa.string())}


def _pieces(file: IO[bytes]) -> Iterator[str]:
    rest = b""
    while raw := file.readline(PIECE):
        line, rest = rest + raw, b""
        if len(raw) == PIECE and not raw.endswith(b"\n") and b" " in line:
            line, _, rest = line.rpartition(b" ")
        text = line.decode("utf-8", errors="replace").strip()
        if text:
            yield text
    if rest.strip():
        yield rest.decode("utf-8", errors="replace").strip()
