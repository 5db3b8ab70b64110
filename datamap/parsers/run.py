"""Entry of the sandbox and of the command line: one file in, its schema as JSON out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.encryption import open_reader
from core.types import Json
from datamap.parsers import detect
from datamap.parsers.source import Source
from datamap.parsers.text import to_utf8
from datamap.parsers.types import MAX_BYTES, Progress, Unreadable


def parse(request: dict[str, Any], progress: Progress) -> Json:
    """{"file": FileHandle JSON} or {"path"}, with "name", "format", "dialect" -> Schema.to_json().

    Raises Unreadable; its code, line and column hold nothing of the file.
    """
    progress(1, "reading")
    data = to_utf8(_read(request))
    source = Source(data, str(request.get("name") or ""), str(request.get("dialect") or ""), progress)
    try:
        schema = detect.parse(source, str(request.get("format") or ""))
    except RecursionError:
        raise Unreadable("too_deep") from None
    progress(95, "parsed")
    return schema.to_json()


def _read(request: dict[str, Any]) -> bytes:
    if handle := request.get("file"):
        with open_reader(handle) as stream:
            return stream.read(MAX_BYTES + 1)
    with Path(str(request["path"])).open("rb") as stream:
        return stream.read(MAX_BYTES + 1)
