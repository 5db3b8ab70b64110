"""What a table is about, by all its columns together: people, or things. It settles what a column alone leaves open.

A town is a quasi-identifier beside a birth date and nobody's beside a warehouse; 34 is an age only among people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner.evidence import share_of
from datamap.scanner.kinds import kind_of
from datamap.scanner.lexicon import names_role, says_animal, says_person, table_kind
from datamap.scanner.neighbours import NEEDS, chosen
from datamap.scanner.types import Finding
from datamap.scanner.verdict import Judged, Verdict
from datamap.scanner.weak import births

#: How much a column of this kind says that its table is about people. An address alone is as often a shop's.
SIGNS: Final = {
    **{"US_SSN": 2.0, "NATIONAL_ID": 2.0, "DATE_OF_BIRTH": 2.0, "GENDER": 1.6, "MARITAL_STATUS": 1.6, "PERSON": 1.5},
    **{
        "EMAIL_ADDRESS": 1.0,
        "AGE": 1.5,
        "NRP": 1.4,
        "ETHNICITY": 1.2,
        "RELIGION": 1.0,
        "RELATIONSHIP": 1.2,
        "TITLE": 1.4,
    },
    **{"PHONE_NUMBER": 0.6, "JOB": 0.8, "EDUCATION": 0.7, "IBAN_CODE": 1.0, "CREDIT_CARD": 1.0, "USERNAME": 0.8},
    **{"PERSON_ID": 1.0, "INCOME": 1.0, "NATIONALITY": 0.6, "MEDICAL_RECORD": 1.5, "HEALTH": 0.5, "IP_ADDRESS": 0.3},
    **{"CHILDREN": 1.0, "FAMILY": 0.7, "US_PASSPORT": 2.0, "POLITICS": 0.5, "EMPLOYMENT": 0.8, "CRIMINAL": 0.5},
}
#: Columns that are people's only in a table about people: things have towns and countries, too.
SHARED: Final = frozenset(
    {
        "HEALTH",
        "CRIMINAL",
        "FAMILY",
        "LOCATION",
        "POSTCODE",
        "COORDINATES",
        "STREET_ADDRESS",
        "LANGUAGE",
        "NATIONALITY",
        "URL",
        "PHOTO",
        "EMPLOYER",
    }
)
MOSTLY: Final = 0.7
TWO_WORDS: Final = 1.5
#: A genus and a species, as Latin writes them.
BINOMIAL: Final = re.compile(r"[A-Z][a-z]{2,}[ .] ?[a-z]{3,}(?:us|a|is|i|ae|um|ii|ensis|er|ans|ens|x|es|on)(?: |$)")
THING_SIGN: Final = 0.25
MOST_THINGS: Final = 1.0


@dataclass(frozen=True, slots=True)
class About:
    """How much speaks for a table about people, and what does most."""

    people: float
    because: str = ""  # a column
    animals: bool = False


def about(judged: Sequence[Judged], *, header: bool, table: str) -> About:
    """Weigh the signs. 0.7 and more: people are in it; 1.4 and more: its rows are people."""
    signs = sorted(((_sign(item, header=header), item.column.name) for item in judged), reverse=True)
    if not signs:
        return About(0.0)
    total = sum(weight * 0.8**place for place, (weight, _) in enumerate(signs) if weight > 0)
    kind = table_kind(table) if header else ""
    total += {"people": 1.5, "things": -1.2}.get(kind, 0.0)
    if of_animals(judged, header=header, table=table):
        return About(0.0, animals=True)
    total -= min(MOST_THINGS, THING_SIGN * sum(map(_is_thing, judged))) if header else 0.0
    return About(round(total, 2), signs[0][1] if signs[0][0] > 0 else "")


def _sign(item: Judged, *, header: bool) -> float:
    verdict = item.verdict
    if verdict is None or not verdict.entity:
        return (
            max((0.6 * e.strength for e in births(item.shape)), default=0.0)
            if not header and item.shape.date >= MOSTLY
            else 0.0
        )
    sign = SIGNS.get(verdict.entity, 2.0 if kind_of(verdict.entity).category is Category.GOVERNMENT_ID else 0.0)
    if verdict.entity in {"PERSON", "EMAIL_ADDRESS", "PERSON_ID"}:
        if header and names_role(item.column.name):
            return 0.5 * sign
        told = header and says_person(item.column.name)
        sign *= 1.0 if told or item.shape.uniqueness >= 0.8 else 0.5
    return sign * min(1.0, verdict.confidence + 0.2)


def of_animals(judged: Sequence[Judged], *, header: bool, table: str) -> bool:
    """Species, breeds, herds: what is told of sexes and ages is the animals', unless somebody is named in full."""
    if not any(_names_animals(item, header=header) for item in judged) and not (header and says_animal(table)):
        return False
    return not any(_names_somebody(item, header=header) for item in judged)


def _names_animals(item: Judged, *, header: bool) -> bool:
    listed = any(found.reason.params.get("list") == "ANIMAL" for found in item.evidence)
    return listed or (header and says_animal(item.column.name)) or _are_binomials(item)


def _are_binomials(item: Judged) -> bool:
    """Pairs of a genus and a species: Dipodomys merriami."""
    if not 1.9 <= item.shape.words <= 3.2 or item.shape.with_digits > 0.2:
        return False
    return share_of(item.shape, lambda value: BINOMIAL.match(value) is not None) >= MOSTLY


def _names_somebody(item: Judged, *, header: bool) -> bool:
    verdict = item.verdict
    if verdict is None or verdict.identifying is not Identifying.DIRECT or verdict.entity == "PERSON_ID":
        return False
    return verdict.entity != "PERSON" or item.shape.words >= TWO_WORDS or (header and says_person(item.column.name))


def _is_thing(item: Judged) -> bool:
    return any(reason.code == "lexicon.negative" for reason in item.proposal.reasons)


def revise(judged: Sequence[Judged], found: About, *, header: bool) -> list[Judged]:
    """Every column again, now that its neighbours are known."""
    kept = [_without_people(item, found, header=header) for item in judged]
    again = chosen(kept, found.people, found.because, header=header)
    return [replace(item, verdict=again.get(place, item.verdict)) for place, item in enumerate(kept)]


def _without_people(item: Judged, found: About, *, header: bool) -> Judged:
    """A place, a website, an employer of nobody."""
    verdict = item.verdict
    if verdict is not None and found.animals and verdict.identifying is not Identifying.NONE:
        return _of_nobody(item, verdict)
    if verdict is None or verdict.entity not in SHARED or found.people >= NEEDS.get(verdict.entity, 0.7):
        return item
    if header and says_person(item.column.name):
        return item
    return _of_nobody(item, verdict)


def _of_nobody(item: Judged, verdict: Verdict) -> Judged:
    against = Reason("table.things", {"entity": verdict.entity})
    return replace(item, verdict=Verdict("", Identifying.NONE, Category.NONE, 0.6, 0.0, (*verdict.why, against)))


def of_nobody(text: Finding, found: About) -> Finding:
    """Free text that names towns and nobody, in a table that is about nobody."""
    if text.identifying is not Identifying.QUASI or found.people >= NEEDS["LOCATION"] or text.special:
        return text
    why = (*text.why, Reason("table.things", {"entity": "LOCATION"}))
    return replace(text, identifying=Identifying.NONE, why=why)
