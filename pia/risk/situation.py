"""Facts to the situation that levels depend on. A fact that is missing stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.types import SPECIAL, FactValue
from pia.risk.values import Situation

#: Regimes in which a person's liberty is at stake.
LIBERTY: Final = frozenset({"law_enforcement"})


def situation_from(facts: Mapping[str, FactValue]) -> Situation:
    """Read what severity and vulnerability depend on."""
    categories = _names(facts, "data.categories")
    return Situation(
        people=_int(facts, "people.count"),
        data_known="data.fields" in facts or "scan.datasets" in facts,
        special=facts.get("data.special") is True or bool(SPECIAL & categories),
        criminal=facts.get("data.criminal") is True,
        financial=facts.get("data.financial") is True or "financial" in categories,
        location=facts.get("data.location") is True,  # precise; a city or a postcode is not
        children=facts.get("people.children") is True or "children" in categories,
        significant=facts.get("decision.significant") is True,
        irreversible=facts.get("project.regime") in LIBERTY,
        vulnerable=facts.get("people.vulnerable") is True,
        retention_exceeds=(_int(facts, "copies.excess") or 0) > 0,
        k=_int(facts, "lab.k"),
        diversity=_int(facts, "lab.l"),
        free_text=_free_text(facts),
    )


def _free_text(facts: Mapping[str, FactValue]) -> bool | None:
    """Free text holding identified people; None where nothing has been scanned."""
    columns = _int(facts, "text.columns")
    if columns is None:
        return None
    share = facts.get("text.share_identified")
    return columns > 0 and share != 0


def _int(facts: Mapping[str, FactValue], key: str) -> int | None:
    value = facts.get(key)
    return int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _names(facts: Mapping[str, FactValue], key: str) -> frozenset[str]:
    value = facts.get(key)
    return frozenset(value) if isinstance(value, tuple) else frozenset()
