"""HTML + assets -> PDF/A-3a, byte-identical on every run."""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from reports.rendering.fetcher import Asset, AssetFetcher

VARIANT: Final = "pdf/a-3a"
#: Name of the attached facts; the verifier looks for it.
SNAPSHOT_NAME: Final = "snapshot.json"
STYLESHEET: Final = "report.css"


class RenderError(Exception):
    """The report can't be drawn. `code`: foreign_address or broken_document."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Document:
    """All a report is made of. `at` (UTC) is the only time that appears in the file."""

    html: str
    assets: Mapping[str, Asset]
    snapshot: bytes
    at: datetime
    attachment_note: str = ""


def write(document: Document) -> tuple[bytes, int]:
    """The PDF's bytes and its number of pages.

    Raises RenderError: foreign_address where the document asks for anything but its assets.
    """
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # its warnings quote the content
    fetcher = AssetFetcher(document.assets)
    with _fixed_clock(document.at), warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint 70 leaves its colour profile open
        try:
            return _write(document, fetcher)
        except FatalURLFetchingError as error:
            raise RenderError("foreign_address") from error


def _write(document: Document, fetcher: AssetFetcher) -> tuple[bytes, int]:
    fonts = FontConfiguration()
    html = weasyprint.HTML(string=document.html, base_url="pia:", url_fetcher=fetcher)
    attachment = weasyprint.Attachment(
        file_obj=BytesIO(document.snapshot),
        url_fetcher=fetcher,
        name=SNAPSHOT_NAME,
        description=document.attachment_note,
        created=document.at,
        modified=document.at,
        relationship="Data",
    )
    options: dict[str, Any] = {
        "pdf_variant": VARIANT,
        "output_intent": "srgb",
        "pdf_tags": True,
        "attachments": [attachment],
        "pdf_identifier": hashlib.sha256(document.snapshot).digest()[:16],
    }
    laid_out = html.render(font_config=fonts, **options)
    target = BytesIO()
    laid_out.write_pdf(target, finisher=_list_attachment_once, **options)
    return target.getvalue(), len(laid_out.pages)


def _list_attachment_once(_document: object, pdf: pydyf.PDF) -> None:
    """WeasyPrint 70 lists an attachment in /AF twice: as a name and as an object."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


@contextmanager
def _fixed_clock(at: datetime) -> Iterator[None]:
    """fontTools stamps subset fonts with the current time unless SOURCE_DATE_EPOCH is set."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(at.astimezone(UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
