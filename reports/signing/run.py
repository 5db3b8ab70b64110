"""Entry of the child process an unknown PDF is examined in. Takes and returns JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from core.encryption import FileHandle, open_reader
from reports.signing import verify

if TYPE_CHECKING:
    from core.types import Json


def examine(request: dict[str, Any], progress: Callable[[int, str], None]) -> Json:
    """{file: FileHandle, or path: str; anchors: [PEM]} -> an Examination's fields."""
    progress(5, "reading")
    with open_reader(FileHandle.from_json(request["file"])) if "file" in request else _plain(request["path"]) as file:
        pdf = file.read()
    return asdict(verify.examine(pdf, request["anchors"]))


def _plain(path: str) -> BinaryIO:
    return Path(path).open("rb")
