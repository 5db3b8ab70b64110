"""What a table is about, by all its columns together: people, or things. It settles what a column alone leaves open.

A town is a quasi-identifier beside a birth date and nobody's beside a warehouse; 34 is an age only among people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.types import Category, Identifying, Reason
from datamap.scanner.evidence import Evidence
from datamap.scanner.kinds import kind_of
from datamap.scanner.lexicon import ends_in_key, is_key, names_role, says_person, table_kind
from datamap.scanner.types import Finding
from datamap.scanner.verdict import Judged, Verdict
from datamap.scanner.weak import births, middle_year, origins, suspects

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
#: What the table must show of people before a column counts as one of theirs.
NEEDS: Final = {
    **{"LOCATION": 0.7, "POSTCODE": 0.7, "STREET_ADDRESS": 0.7, "GENDER": 0.5, "MARITAL_STATUS": 0.7, "PERSON": 0.7},
    **{"USERNAME": 0.7, "AGE": 1.0, "DATE_OF_BIRTH": 0.9, "PERSON_ID": 1.4},
}
#: Columns that are people's only in a table about people: things have towns and countries, too.
SHARED: Final = frozenset(
    {
        "HEALTH",
        "CRIMINAL",
        "FAMILY",
        "LOCATION",
        "POSTCODE",
        "STREET_ADDRESS",
        "LANGUAGE",
        "NATIONALITY",
        "URL",
        "PHOTO",
        "EMPLOYER",
    }
)
#: A person has one of each: only the likeliest column is taken.
SINGLE: Final = frozenset({"AGE", "PERSON_ID"})
#: Except these: the number of a licence beside the number of a passport, the group beside the age.
MANY: Final = frozenset({"weak.code", "weak.age_band"})
#: Headers that say nothing: x, V12, col_3, field.
OPAQUE: Final = re.compile(
    r"(?i)(?:unnamed|column|col|field|feature|feat|attribute|attr|var|variable|value|[a-z])?[ _:\-.]*\d{0,4}"
)
#: Say what somebody is like: an age stands beside them.
DEMOGRAPHIC: Final = frozenset(
    {
        "GENDER",
        "MARITAL_STATUS",
        "ETHNICITY",
        "NRP",
        "RELIGION",
        "EDUCATION",
        "JOB",
        "TITLE",
        "RELATIONSHIP",
        "DATE_OF_BIRTH",
    }
)
PLACES: Final = frozenset({"LOCATION", "STREET_ADDRESS"})
NEAR: Final = 2
TWO_WORDS: Final = 1.5
ROWS_ARE_PEOPLE: Final = 1.4
ONE_EACH: Final = 0.8
MOSTLY: Final = 0.7
GROWN: Final = 0.7
OF_ONE_COUNTRY: Final = 0.7
MOSTLY_PLACES: Final = 0.5
#: A key without a header is looked for in the first column only.
KEYS_STAND_BEFORE: Final = 0
#: Years a birth date must be before the other dates of its row.
EARLIER: Final = 6.0
THING_SIGN: Final = 0.25
MOST_THINGS: Final = 1.0


@dataclass(frozen=True, slots=True)
class About:
    """How much speaks for a table about people, and what does most."""

    people: float
    because: str = ""  # a column


def about(judged: Sequence[Judged], *, header: bool, table: str) -> About:
    """Weigh the signs. 0.7 and more: people are in it; 1.4 and more: its rows are people."""
    signs = sorted(((_sign(item, header=header), item.column.name) for item in judged), reverse=True)
    if not signs:
        return About(0.0)
    total = sum(weight * 0.8**place for place, (weight, _) in enumerate(signs) if weight > 0)
    kind = table_kind(table) if header else ""
    total += {"people": 1.5, "things": -1.2}.get(kind, 0.0)
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


def _is_thing(item: Judged) -> bool:
    return any(reason.code == "lexicon.negative" for reason in item.proposal.reasons)


def revise(judged: Sequence[Judged], found: About, *, header: bool) -> list[Judged]:
    """Every column again, now that its neighbours are known."""
    kept = [_without_people(item, found, header=header) for item in judged]
    chosen = _chosen(kept, found, header=header)
    return [replace(item, verdict=chosen.get(place, item.verdict)) for place, item in enumerate(kept)]


def _without_people(item: Judged, found: About, *, header: bool) -> Judged:
    """A place, a website, an employer of nobody."""
    verdict = item.verdict
    if verdict is None or verdict.entity not in SHARED or found.people >= NEEDS.get(verdict.entity, 0.7):
        return item
    if header and says_person(item.column.name):
        return item
    against = Reason("table.things", {"entity": verdict.entity})
    return replace(item, verdict=Verdict("", Identifying.NONE, Category.NONE, 0.6, 0.0, (*verdict.why, against)))


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """What the decided columns say about the open ones."""

    people: float
    at: Mapping[int, str]  # the entity of each decided column by its place
    first_names: frozenset[int]  # places of names of one word
    rows_are_people: bool
    named: bool  # each row names somebody
    years: tuple[tuple[int, float], ...]  # of columns of dates: their place and the year in their middle

    @property
    def entities(self) -> frozenset[str]:
        return frozenset(self.at.values())

    def beside(self, place: int, entities: frozenset[str], reach: int) -> bool:
        """Whether a column of one of these kinds stands at most `reach` columns away."""
        return any(entity in entities and 0 < abs(place - other) <= reach for other, entity in self.at.items())


def _neighbours(judged: Sequence[Judged], people: float) -> _Neighbours:
    named = [item for item in judged if item.verdict and item.verdict.entity in {"PERSON", "EMAIL_ADDRESS"}]
    rows = any(item.shape.uniqueness >= ONE_EACH for item in named) if named else people >= ROWS_ARE_PEOPLE
    years = ((place, middle_year(item.shape)) for place, item in enumerate(judged) if item.shape.date >= MOSTLY)
    return _Neighbours(
        people,
        {place: item.verdict.entity for place, item in enumerate(judged) if item.verdict and item.verdict.entity},
        frozenset(
            place
            for place, item in enumerate(judged)
            if item.verdict and item.verdict.entity == "PERSON" and item.shape.words < TWO_WORDS
        ),
        rows and people >= NEEDS["PERSON_ID"],
        rows and bool(named),
        tuple((place, year) for place, year in years if year),
    )


def of_nobody(text: Finding, found: About) -> Finding:
    """Free text that names towns and nobody, in a table that is about nobody."""
    if text.identifying is not Identifying.QUASI or found.people >= NEEDS["LOCATION"] or text.special:
        return text
    why = (*text.why, Reason("table.things", {"entity": "LOCATION"}))
    return replace(text, identifying=Identifying.NONE, why=why)


def _chosen(judged: Sequence[Judged], found: About, *, header: bool) -> dict[int, Verdict]:
    """Weak evidence that its table makes strong, the likeliest column first."""
    if found.people < min(NEEDS.values()):
        return {}
    offers = sorted(
        (
            (evidence.strength, -place, evidence)
            for place, item in enumerate(judged)
            for evidence in _offers(item, header=header)
        ),
        key=lambda offer: offer[:2],
        reverse=True,
    )
    near, chosen = _neighbours(judged, found.people), dict[int, Verdict]()
    single = SINGLE - {"PERSON_ID"} if header else SINGLE
    for _ in range(2):  # a town admits the postcode beside it, whichever was looked at first
        for _, minus, evidence in offers:
            twice = evidence.entity in single & near.entities and evidence.reason.code not in MANY
            if -minus in chosen or twice:
                continue
            if _admits(evidence, -minus, near, told=header):
                chosen[-minus] = _verdict(evidence, found)
                near = replace(near, at={**near.at, -minus: evidence.entity})
    return chosen


def _admits(evidence: Evidence, place: int, near: _Neighbours, *, told: bool) -> bool:
    """Whether the neighbours make the evidence enough. `told`: there is a header, and it allows the evidence."""
    if near.people < NEEDS.get(evidence.entity, 1.0):
        return False
    match evidence.entity:
        case "AGE":
            return bool(near.entities & DEMOGRAPHIC) or (evidence.strength >= GROWN and near.rows_are_people)
        case "PERSON_ID":
            if evidence.reason.code == "weak.id":
                return told
            return near.rows_are_people and (told or (near.named and place <= KEYS_STAND_BEFORE))
        case "POSTCODE":
            return evidence.strength >= OF_ONE_COUNTRY or near.beside(place, PLACES, NEAR)
        case "PERSON" if evidence.reason.code == "weak.surname":
            return bool({place - 1, place + 1} & near.first_names)
        case "LOCATION" if evidence.reason.code == "value.places" and evidence.tally.share < MOSTLY_PLACES:
            return bool(near.entities & {"POSTCODE", "STREET_ADDRESS", "LOCATION"})
        case "DATE_OF_BIRTH" if evidence.reason.code == "weak.birth":
            mine = dict(near.years).get(place, 0.0)
            return all(mine <= year - EARLIER for other, year in near.years if other != place)
        case "DATE_OF_BIRTH":
            return near.rows_are_people and near.named and bool(near.entities & DEMOGRAPHIC)
    return True


def _offers(item: Judged, *, header: bool) -> Iterator[Evidence]:
    if item.verdict is None or item.verdict.entity or item.open_for == "text" or not item.shape.cells:
        return
    if any(reason.code in {"lexicon.negative", "value.organisations"} for reason in item.verdict.why):
        return
    if any(reason.code == "value.list" for reason in item.verdict.why):
        yield from () if header else origins(item.shape)
    elif not header or _header_is_open(item):
        yield from (found for found in suspects(item.shape) if not header or _header_allows(item, found))


def _header_is_open(item: Judged) -> bool:
    """Whether the header leaves anything to weak evidence."""
    name = item.column.name
    return bool(item.proposal.entity) or OPAQUE.fullmatch(name) is not None or is_key(name) or ends_in_key(name)


def _header_allows(item: Judged, evidence: Evidence) -> bool:
    """A header that says nothing leaves it to the values; one that names a name, or a key, allows that."""
    if evidence.entity == "PERSON_ID":
        return is_key(item.column.name) or (
            evidence.reason.code in {"weak.key", "weak.code"} and ends_in_key(item.column.name)
        )
    if OPAQUE.fullmatch(item.column.name):
        return True
    return evidence.entity == item.proposal.entity


def _verdict(evidence: Evidence, found: About) -> Verdict:
    kind = kind_of(evidence.entity)
    reasons = (evidence.reason, Reason("table.people", {"column": found.because}))
    confidence = min(0.9, evidence.strength + 0.05 * min(found.people, 4))
    return Verdict(evidence.entity, kind.identifying, kind.category, confidence, evidence.tally.cells, reasons)
