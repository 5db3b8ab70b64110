"""Small files the report engines' tests share."""

from __future__ import annotations

from datetime import UTC, datetime

from reports.rendering.fetcher import Asset
from reports.rendering.pdf import Document, write

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SNAPSHOT = b'{"report":{"approved":true,"number":"PIA-2026-014"}}'
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle cx="5" cy="5" r="4"/></svg>'


def document(body: str = "<h1>Candor</h1><p>One page.</p>", snapshot: bytes = SNAPSHOT) -> Document:
    html = f'<html lang="en"><head><title>A report</title></head><body>{body}</body></html>'
    return Document(html=html, assets={"dot.svg": Asset(DOT, "image/svg+xml")}, snapshot=snapshot, at=AT)


def pdf(body: str = "<h1>Candor</h1><p>One page.</p>", snapshot: bytes = SNAPSHOT) -> bytes:
    return write(document(body, snapshot))[0]
