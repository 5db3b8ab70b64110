"""Entry of the child process a report is drawn in. Takes and returns JSON."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.rendering.fetcher import Asset
from reports.rendering.pdf import STYLESHEET, Document, write

if TYPE_CHECKING:
    from core.types import Json

_STYLE: Final = Path(__file__).with_name(STYLESHEET)


def render(request: dict[str, Any], progress: Callable[[int, str], None]) -> Json:
    """{html, snapshot, at, note, assets: {name: {data, media_type}}} -> {pdf, pages, sha256}; bytes are base64.

    Raises RenderError, whose code the parent reads.
    """
    progress(5, "laying_out")
    assets = {
        name: Asset(base64.b64decode(item["data"]), item["media_type"]) for name, item in request["assets"].items()
    }
    assets[STYLESHEET] = Asset(_STYLE.read_bytes(), "text/css")
    document = Document(
        html=request["html"],
        assets=assets,
        snapshot=request["snapshot"].encode(),
        at=datetime.fromisoformat(request["at"]),
        attachment_note=request.get("note", ""),
    )
    pdf, pages = write(document)
    return {"pdf": base64.b64encode(pdf).decode(), "pages": pages, "sha256": hashlib.sha256(pdf).hexdigest()}
