"""A parsed schema and the lexicon together: each field with the category that is proposed for it.

By what the schema states (Fides' categories, a format), else by the field's name, else by what its description says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from core.types import Category, Identifying, Json, Reason
from datamap.categories import is_special, of_fideslang
from datamap.scanner.lexicon import NOTHING, WORTH_SHOWING, Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Formats of JSON Schema, and of Frappe's data, that say what a string is, whatever its name.
_FORMATS: Final = {
    "email": (Category.CONTACT, Identifying.DIRECT, "EMAIL_ADDRESS"),
    "idn-email": (Category.CONTACT, Identifying.DIRECT, "EMAIL_ADDRESS"),
    "phone": (Category.CONTACT, Identifying.DIRECT, "PHONE_NUMBER"),
    "iban": (Category.FINANCIAL, Identifying.DIRECT, "IBAN_CODE"),
    "ipv4": (Category.ONLINE_ID, Identifying.DIRECT, "IP_ADDRESS"),
    "ipv6": (Category.ONLINE_ID, Identifying.DIRECT, "IP_ADDRESS"),
}
_FORMAT: Final = re.compile(r"[(|]([a-z0-9-]+)\)?$")
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
    named = propose(field["path"], table=entity["name"], type_=field["type"])
    proposal = _by_statement(field["description"], named) or _by_format(field["type"]) or named
    if proposal.confidence < WORTH_SHOWING:
        proposal = _by_description(field["description"], entity["name"], field["type"]) or NOTHING
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


#: Fides' categories, which its parser leaves at the end of a description.
_STATED: Final = re.compile(r"\[((?:user|system)[\w.]*(?:, ?(?:user|system)[\w.]*)*)\]$")
_DIRECT: Final = ("user.name", "user.contact", "user.government_id", "user.unique_id", "user.account", "user.device")


def _by_statement(description: str, named: Proposal) -> Proposal | None:
    """The first category that is about a person; how it identifies is the name's to say where both agree."""
    found = _STATED.search(description)
    for key in found[1].split(",") if found else ():
        category = of_fideslang(key)
        if category is None or category == Category.NONE:
            continue
        reason = (Reason("schema.stated", {"category": key.strip()[:80]}),)
        if named.category == category:
            return replace(named, confidence=0.95, reasons=reason)
        direct = key.strip().startswith(_DIRECT)
        return Proposal(category, Identifying.DIRECT if direct else Identifying.QUASI, "", 0.95, reason)
    return None


#: A comment says what a column holds in its first few words; what follows explains.
_PHRASE_END: Final = re.compile(r"[.;:,(\[{\n\uff08\uff0c\uff1a\uff1b\u3001\u3002]|\s[-\u2013\u2014]\s|$")
#: "Model of the phone" is a phone model; "number of phones" is a number.
_OF: Final = re.compile(r"^(.+?) (?:of|for) (?:(?:the|a|an|this|that) )?(.+)$", re.IGNORECASE)
_NO_VALUE: Final = re.compile(
    r"(?:the )?(?:total )?(?:number|count|amount|sum) of\b|(?:whether|if|true|flag)\b", re.IGNORECASE
)
_MAX_WORDS: Final = 8
_SURE: Final = 0.6
_TRUST: Final = 0.8  # of what the same words would say as a name


def _by_description(description: str, table: str, type_: str) -> Proposal | None:
    found = _PHRASE_END.search(description)
    phrase = description[: found.start() if found else 0].strip()
    if not phrase or len(phrase.split()) > _MAX_WORDS or _NO_VALUE.match(phrase):
        return None
    said = propose(_OF.sub(r"\2 \1", phrase), table=table, type_=type_)
    if said.confidence < _SURE:
        return None
    return replace(said, confidence=round(said.confidence * _TRUST, 2), reasons=(Reason("schema.described"),))
