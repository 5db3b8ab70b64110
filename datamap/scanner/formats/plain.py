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
    kept: list[str] = []
    for piece in lines(file):
        kept.append(piece)
        if len(kept) == ROWS:
            yield {"text": pa.array(kept, type=pa.string())}
            kept = []
    if kept:
        yield {"text": pa.array(kept, type=pa.string())}


def lines(file: IO[bytes]) -> Iterator[str]:
    """Lines with something in them; a long one comes in pieces."""
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
