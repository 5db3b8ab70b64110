"""The facts a pack may speak of, with the type of each. A key outside this list is a mistake, not an unknown fact."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a fact's value is."""

    FLAG = "flag"
    COUNT = "count"
    SHARE = "share"
    TEXT = "text"
    LIST = "list"


REGISTER: Final = {
    "project.phase": Kind.TEXT,
    "project.ai_kind": Kind.TEXT,
    "project.training": Kind.TEXT,
    "project.our_role": Kind.TEXT,
    "project.regime": Kind.TEXT,
    "project.sector": Kind.TEXT,
    "project.jurisdictions": Kind.LIST,
    "people.count": Kind.COUNT,
    "people.categories": Kind.LIST,
    "people.vulnerable": Kind.FLAG,
    "people.children": Kind.FLAG,
    "people.employees": Kind.FLAG,
    "decision.significant": Kind.FLAG,
    "decision.automated": Kind.FLAG,
    "decision.oversight": Kind.FLAG,
    "purposes.count": Kind.COUNT,
    "purposes.without_basis": Kind.COUNT,
    "basis.consent": Kind.FLAG,
    "basis.legitimate_interest": Kind.FLAG,
    "basis.balancing_missing": Kind.COUNT,
    "basis.consent_record_missing": Kind.COUNT,
    "special.condition": Kind.TEXT,
    "training.existing_data": Kind.FLAG,
    "compatibility.assessed": Kind.FLAG,
    "recipients.count": Kind.COUNT,
    "recipients.processors": Kind.COUNT,
    "recipients.joint": Kind.COUNT,
    "recipients.third_countries": Kind.LIST,
    "transfers": Kind.FLAG,
    "transfers.without_tool": Kind.COUNT,
    "transfers.without_assessment": Kind.COUNT,
    "copies.count": Kind.COUNT,
    "copies.without_retention": Kind.COUNT,
    "copies.excess": Kind.COUNT,
    "copies.without_erasure": Kind.COUNT,
    "model.personal_data": Kind.TEXT,
    "source.direct": Kind.FLAG,
    "source.scraped": Kind.FLAG,
    "interface.public": Kind.FLAG,
}
MAP: Final = {
    "data.fields": Kind.COUNT,
    "data.identifying": Kind.COUNT,
    "data.direct": Kind.COUNT,
    "data.quasi": Kind.COUNT,
    "data.categories": Kind.LIST,
    "data.special": Kind.FLAG,
    "data.special_categories": Kind.LIST,
    "data.criminal": Kind.FLAG,
    "data.financial": Kind.FLAG,
    "data.location": Kind.FLAG,
    "flows.count": Kind.COUNT,
    "flows.unprotected": Kind.COUNT,
    "flows.external": Kind.COUNT,
    "stores.count": Kind.COUNT,
}
SCAN: Final = {
    "scan.datasets": Kind.COUNT,
    "scan.rows": Kind.COUNT,
    "text.columns": Kind.COUNT,
    "text.share_identified": Kind.SHARE,
    "text.entities": Kind.LIST,
}
LAB: Final = {
    "lab.k": Kind.COUNT,
    "lab.uniqueness": Kind.SHARE,
    "lab.average_prosecutor_risk": Kind.SHARE,
    "lab.quasi_identifiers": Kind.LIST,
}
FACTS: Final[dict[str, Kind]] = {**REGISTER, **MAP, **SCAN, **LAB}

#: Which test of a condition suits which kind of value.
TESTS: Final[dict[str, frozenset[Kind]]] = {
    "is": frozenset({Kind.FLAG, Kind.COUNT, Kind.TEXT}),
    "not": frozenset({Kind.FLAG, Kind.COUNT, Kind.TEXT}),
    "at_least": frozenset({Kind.COUNT, Kind.SHARE}),
    "includes": frozenset({Kind.LIST}),
}
