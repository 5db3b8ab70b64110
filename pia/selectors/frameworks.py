"""Which frameworks there are, and which a project is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.models import Regime
from pia.models import FrameworkPack

if TYPE_CHECKING:
    from core.models import Project

#: Regimes whose impact assessment is that of the GDPR.
EU_LIKE: Final = frozenset({Regime.GDPR, Regime.UK_GDPR, Regime.EU_INSTITUTIONS, Regime.LAW_ENFORCEMENT})


def current_packs() -> list[FrameworkPack]:
    """The newest loaded version of each framework that isn't withdrawn, by title."""
    newest = (
        FrameworkPack.objects.defer("content").exclude(status="withdrawn").order_by("key", "-loaded_at").distinct("key")
    )
    return sorted(newest, key=lambda row: row.title)


def default_packs(project: Project) -> list[FrameworkPack]:
    """What a new assessment of this project asks: general packs and those of its sector, EU law where it applies."""
    return [row for row in current_packs() if row.sector in ("", project.sector) and _in_force(row, project)]


def _in_force(row: FrameworkPack, project: Project) -> bool:
    return row.jurisdiction != "EU" or project.regime in EU_LIKE
