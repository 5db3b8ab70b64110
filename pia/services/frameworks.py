"""Loading framework packs into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.audit import change
from core.errors import Refused
from pia.events import Event
from pia.frameworks.loader import PACKS, load_all
from pia.models import FrameworkPack
from pia.packs import as_content, digest

if TYPE_CHECKING:
    from pathlib import Path

    from core.models import User
    from pia.frameworks.pack import Pack


class PackChanged(Refused):
    """A loaded version has other content than the file: what assessments were asked must not change under them."""

    code = "pack_changed"


def load_packs(*, actor: User | None = None, folder: Path = PACKS) -> list[FrameworkPack]:
    """Load what is new; returns the rows that were made. The same file again does nothing.

    Raises PackError (a mistake in a file) or PackChanged (same version, other content, and in use).
    """
    made = [_load(actor, loaded.pack) for loaded in load_all(folder).values()]
    return [row for row in made if row is not None]


def _load(actor: User | None, pack: Pack) -> FrameworkPack | None:
    content = as_content(pack)
    sha256 = digest(content)
    known = FrameworkPack.objects.filter(key=pack.id, version=pack.version).first()
    if known is not None and known.sha256 == sha256:
        return None
    if known is not None and known.assessments.exists():
        raise PackChanged(f"{pack.id} {pack.version} is loaded with other content: raise its version")
    with change(actor=actor, event=Event.PACK_LOADED) as log:
        row, _ = FrameworkPack.objects.update_or_create(
            key=pack.id,
            version=pack.version,
            defaults={
                "title": pack.title,
                "short": pack.short,
                "status": pack.status,
                "jurisdiction": pack.jurisdiction,
                "sector": pack.sector,
                "content": content,
                "sha256": sha256,
            },
        )
        log.about(row, version=pack.version, sha256=sha256, items=len(pack.items))
    return row
