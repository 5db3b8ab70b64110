"""The shipped packs as rows, read from their files once per test run."""

from __future__ import annotations

from functools import cache

from pia.frameworks.loader import load_all
from pia.models import FrameworkPack
from pia.packs import as_content, digest


@cache
def _read() -> tuple[dict[str, object], ...]:
    found: list[dict[str, object]] = []
    for loaded in load_all().values():
        pack, content = loaded.pack, as_content(loaded.pack)
        found.append(
            {
                "key": pack.id,
                "version": pack.version,
                "title": pack.title,
                "short": pack.short,
                "status": pack.status,
                "jurisdiction": pack.jurisdiction,
                "sector": pack.sector,
                "content": content,
                "sha256": digest(content),
            }
        )
    return tuple(found)


def shipped_packs() -> list[FrameworkPack]:
    """GDPR for AI systems and the NIST Privacy Framework, as `load_packs` would leave them."""
    return FrameworkPack.objects.bulk_create([FrameworkPack(**fields) for fields in _read()])
