"""Entry of the sandbox and of the command line: one file in, its schema as JSON out."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, Final

from core.encryption import open_reader
from core.types import Json
from datamap.parsers import detect, parquet
from datamap.parsers.source import Source
from datamap.parsers.text import binary_format, to_utf8
from datamap.parsers.types import MAX_BYTES, Progress, Unreadable

_HEAD: Final = 16


def parse(request: dict[str, Any], progress: Progress) -> Json:
    """{"file": FileHandle JSON} or {"path"}, with "name", "format", "dialect" -> Schema.to_json().

    Raises Unreadable; its code, line and column hold nothing of the file.
    """
    progress(1, "reading")
    with _open(request) as stream:
        data, binary = _read(stream)
    source = Source(data, str(request.get("name") or ""), str(request.get("dialect") or ""), progress, binary)
    try:
        schema = detect.parse(source, str(request.get("format") or ""))
    except RecursionError:
        raise Unreadable("too_deep") from None
    progress(95, "parsed")
    return schema.to_json()


def _open(request: dict[str, Any]) -> AbstractContextManager[BinaryIO]:
    if handle := request.get("file"):
        return open_reader(handle)
    return Path(str(request["path"])).open("rb")


def _read(stream: BinaryIO) -> tuple[bytes, str]:
    """The text as UTF-8; of a binary format as much as holds its schema."""
    head = stream.read(_HEAD)
    binary = binary_format(head)
    if binary == "parquet":
        return parquet.footer(stream), binary  # at the end of data that may be of any size
    stream.seek(0)
    data = stream.read(MAX_BYTES + 1)
    if not binary:
        return to_utf8(data), ""
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", params={"limit": MAX_BYTES})
    return data, binary
