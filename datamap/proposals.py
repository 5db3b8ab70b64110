"""A parsed schema and the lexicon together: each field with the category its name and type propose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.types import Category, Identifying, Json, Reason
from datamap.categories import is_special
from datamap.scanner.lexicon import NOTHING, WORTH_SHOWING, Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: JSON Schema formats that say what a string is, whatever its name.
_FORMATS: Final = {
    "email": (Category.CONTACT, Identifying.DIRECT, "EMAIL_ADDRESS"),
    "idn-email": (Category.CONTACT, Identifying.DIRECT, "EMAIL_ADDRESS"),
    "ipv4": (Category.ONLINE_ID, Identifying.DIRECT, "IP_ADDRESS"),
    "ipv6": (Category.ONLINE_ID, Identifying.DIRECT, "IP_ADDRESS"),
}
_FORMAT: Final = re.compile(r"\(([a-z0-9-]+)\)$")
_REPORT_EVERY: Final = 2_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """One field as it will be kept."""

    entity: str
    path: str
    type: str
    nullable: bool | None
    description: str
    key: str
    references: str
    category: str
    identifying: str
    detected: str
    confidence: float
    special: bool
    why: list[dict[str, Json]]


def propose_fields(parsed: dict[str, Any], progress: Callable[[int], None]) -> list[Proposed]:
    """Every field of `Schema.to_json()` with its proposal; `progress` hears the share done, 0-100."""
    total = sum(len(entity["fields"]) for entity in parsed["entities"] if not entity["derived"]) or 1
    found: list[Proposed] = []
    for entity, field in _fields(parsed):
        if len(found) % _REPORT_EVERY == 0:
            progress(100 * len(found) // total)
        found.append(_proposed(entity, field))
    return found


def _fields(parsed: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """A view over tables of the same file is passed over: what it shows is kept in those tables."""
    for entity in parsed["entities"]:
        if not entity["derived"]:
            for field in entity["fields"]:
                yield entity, field


def _proposed(entity: dict[str, Any], field: dict[str, Any]) -> Proposed:
    proposal = _by_format(field["type"]) or propose(field["path"], table=entity["name"], type_=field["type"])
    if proposal.confidence < WORTH_SHOWING:
        proposal = NOTHING
    return Proposed(
        entity=entity["name"],
        path=field["path"],
        type=field["type"],
        nullable=field["nullable"],
        description=field["description"],
        key=field["key"],
        references=field["references"],
        category=proposal.category.value,
        identifying=proposal.identifying.value,
        detected=proposal.entity,
        confidence=proposal.confidence,
        special=is_special(proposal.category),
        why=[{"code": reason.code, "params": dict(reason.params)} for reason in proposal.reasons],
    )


def _by_format(type_: str) -> Proposal | None:
    found = _FORMAT.search(type_)
    known = _FORMATS.get(found[1]) if found else None
    return Proposal(*known, 0.95, (Reason("schema.format", {"format": found[1]}),)) if known and found else None
