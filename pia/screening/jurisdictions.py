"""Which laws a project falls under, from what its register says. Unknown means asked, never left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.types import FactValue
from pia.screening.questions import Law

#: EU members and the other EEA states, ISO 3166-1.
EEA: Final = frozenset(
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
        "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "EU", "EEA",
    }
)  # fmt: skip
UK: Final = frozenset({"UK", "GB"})
CHINA: Final = frozenset({"CN", "CHINA"})
CALIFORNIA: Final = frozenset({"US-CA", "CALIFORNIA"})
UNITED_STATES: Final = frozenset({"US", "USA"}) | CALIFORNIA
#: Regimes of the register that know an impact assessment built as Art. 35 is.
GDPR_LIKE: Final = frozenset({"gdpr", "uk_gdpr", "law_enforcement", "eu_institutions"})


def laws(facts: Mapping[str, FactValue]) -> frozenset[Law]:
    """The laws whose questions are asked."""
    places = _places(facts)
    american = bool(places & UNITED_STATES) or any(place.startswith("US-") for place in places)
    sector = facts.get("project.sector")
    asked = {
        Law.ALL: True,
        Law.GDPR: facts.get("project.regime", "gdpr") in GDPR_LIKE or bool(places & (EEA | UK)),
        Law.AI_ACT: not places or bool(places & EEA) or facts.get("project.regime") in {"gdpr", "eu_institutions"},
        Law.PIPL: bool(places & CHINA),
        Law.CCPA: bool(places & CALIFORNIA),
        Law.HIPAA: american and sector == "health",
        Law.REG_S_P: american and sector == "finance",
    }
    return frozenset(law for law, applies in asked.items() if applies)


def _places(facts: Mapping[str, FactValue]) -> frozenset[str]:
    value = facts.get("project.jurisdictions", ())
    return frozenset(place.strip().upper() for place in value) if isinstance(value, tuple) else frozenset()
