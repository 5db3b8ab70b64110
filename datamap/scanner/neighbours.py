"""What a column may be once its neighbours are known: weak evidence that its table makes strong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.types import Reason
from datamap.scanner import beside
from datamap.scanner.evidence import Evidence
from datamap.scanner.keys import rises
from datamap.scanner.kinds import kind_of
from datamap.scanner.lexicon import OPAQUE, ends_in_key, is_key
from datamap.scanner.verdict import Judged, Verdict
from datamap.scanner.weak import marital, middle_year, origins, suspects
from datamap.scanner.where import countries

#: What the table must show of people before a column counts as one of theirs.
NEEDS: Final = {
    **dict.fromkeys(("LOCATION", "COORDINATES", "POSTCODE", "STREET_ADDRESS"), 0.7),
    **{"GENDER": 0.5, "MARITAL_STATUS": 0.7, "PERSON": 0.7},
    **{"USERNAME": 0.0, "AGE": 1.0, "DATE_OF_BIRTH": 0.9, "PERSON_ID": 1.0, "INCOME": 1.4},
}
#: A person has one of each: only the likeliest column is taken.
SINGLE: Final = frozenset({"AGE", "PERSON_ID", "INCOME", "DATE_OF_BIRTH"})
#: Except these: the number of a licence beside the number of a passport, the group beside the age.
MANY: Final = frozenset({"weak.code", "weak.age_band", "beside.age", "beside.birth"})
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
#: Beside these a sum of money is somebody's pay.
EARNING: Final = frozenset({"JOB", "EDUCATION", "MARITAL_STATUS", "EMPLOYMENT"})
PLACES: Final = frozenset({"LOCATION", "STREET_ADDRESS"})
IN_ADDRESSES: Final = frozenset({"LOCATION", "POSTCODE"})
#: Where these stand somebody was logged on.
ONLINE: Final = frozenset({"IP_ADDRESS", "MAC_ADDRESS", "EMAIL_ADDRESS"})
NEAR: Final = 2
TWO_WORDS: Final = 1.5
ROWS_ARE_PEOPLE: Final = 1.4
ONE_EACH: Final = 0.8
MOSTLY: Final = 0.7
GROWN: Final = 0.7
OF_ONE_COUNTRY: Final = 0.6
MOSTLY_PLACES: Final = 0.5
#: Evidence as good as a header.
STRONG: Final = 0.75
#: A table that shows less of people is not looked at again.
LEAST_PEOPLE: Final = 0.2
ROUNDED: Final = 0.6
CHECKED: Final = 0.72
ENOUGH_CHECKED: Final = 15
#: A key that does not count its rows is looked for in the first column only.
KEYS_STAND_BEFORE: Final = 0
#: Years a birth date must be before the other dates of its row.
EARLIER: Final = 6.0


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the decided columns say about the open ones."""

    people: float
    at: Mapping[int, str]  # the entity of each decided column by its place
    first_names: frozenset[int]  # places of names of one word
    rows_are_people: bool
    named: bool  # each row names somebody
    years: tuple[tuple[int, float], ...]  # of columns of dates: their place and the year in their middle
    rising: frozenset[int]  # places of numbers given out row by row

    @property
    def entities(self) -> frozenset[str]:
        return frozenset(self.at.values())

    def beside(self, place: int, entities: frozenset[str], reach: int) -> bool:
        """Whether a column of one of these kinds stands at most `reach` columns away."""
        return any(entity in entities and 0 < abs(place - other) <= reach for other, entity in self.at.items())

    def later(self, place: int) -> list[float]:
        """By how many years the other dates of the table are later than those at `place`."""
        mine = dict(self.years).get(place, 0.0)
        return [year - mine for other, year in self.years if other != place]


def neighbours(judged: Sequence[Judged], people: float) -> Neighbours:
    named = [item for item in judged if item.verdict and item.verdict.entity in {"PERSON", "EMAIL_ADDRESS"}]
    rows = any(item.shape.uniqueness >= ONE_EACH for item in named) if named else people >= ROWS_ARE_PEOPLE
    years = ((place, middle_year(item.shape)) for place, item in enumerate(judged) if item.shape.date >= MOSTLY)
    return Neighbours(
        people,
        {place: item.verdict.entity for place, item in enumerate(judged) if item.verdict and item.verdict.entity},
        frozenset(
            place
            for place, item in enumerate(judged)
            if item.verdict and item.verdict.entity == "PERSON" and item.shape.words < TWO_WORDS
        ),
        rows and people >= ROWS_ARE_PEOPLE,
        rows and bool(named),
        tuple((place, year) for place, year in years if year),
        frozenset(place for place, item in enumerate(judged) if _might_count(item) and rises(item.column.values)),
    )


def _might_count(item: Judged) -> bool:
    return item.shape.uniqueness >= ONE_EACH and item.shape.with_digits == 1 and item.shape.date < MOSTLY


def chosen(judged: Sequence[Judged], people: float, because: str, *, header: bool) -> dict[int, Verdict]:
    """Weak evidence that its table makes strong, the likeliest column first."""
    if people < LEAST_PEOPLE:
        return {}
    seen, here = beside.offers(judged), countries(judged)
    offers = sorted(
        (
            (evidence.strength, -place, evidence)
            for place, item in enumerate(judged)
            for evidence in _offers(item, seen.get(place, []), here, header=header)
        ),
        key=lambda offer: offer[:2],
        reverse=True,
    )
    near, found = neighbours(judged, people), dict[int, Verdict]()
    single = SINGLE - {"PERSON_ID"} if header else SINGLE
    taken = set(single & near.entities)
    for _ in range(2):  # a town admits the postcode beside it, whichever was looked at first
        for _, minus, evidence in offers:
            several = evidence.reason.code in MANY
            if -minus in found or (evidence.entity in taken and not several):
                continue
            if _admits(evidence, -minus, near, told=header):
                found[-minus] = _verdict(evidence, people, because)
                taken |= set() if several else single & {evidence.entity}
                near = replace(near, at={**near.at, -minus: evidence.entity})
    return found


def _admits(evidence: Evidence, place: int, near: Neighbours, *, told: bool) -> bool:
    """Whether the neighbours make the evidence enough. `told`: there is a header, and it allows the evidence."""
    if near.people < NEEDS.get(evidence.entity, 1.0):
        return False
    if evidence.reason.code.startswith("beside."):
        return True
    match evidence.entity:
        case "AGE":
            return bool(near.entities & DEMOGRAPHIC) or (evidence.strength >= GROWN and near.rows_are_people)
        case "PERSON_ID":
            return _admits_key(evidence, place, near, told=told)
        case "INCOME":
            return place not in near.rising and _admits_pay(evidence, near)
        case "POSTCODE":
            of_one_country = evidence.strength >= OF_ONE_COUNTRY and place not in near.rising
            return of_one_country or near.beside(place, PLACES, NEAR)
        case "STREET_ADDRESS" if evidence.reason.code == "weak.house":
            return near.beside(place, IN_ADDRESSES, NEAR)
        case "USERNAME":
            return near.people >= NEEDS["PERSON"] or bool(near.entities & ONLINE)
        case "PERSON" if evidence.reason.code == "weak.surname":
            return bool({place - 1, place + 1} & near.first_names)
        case "LOCATION" if evidence.reason.code == "value.places" and evidence.tally.share < MOSTLY_PLACES:
            return bool(near.entities & {"POSTCODE", "STREET_ADDRESS", "LOCATION"})
        case "DATE_OF_BIRTH":
            return _admits_birth(evidence, place, near)
    return True


def _admits_key(evidence: Evidence, place: int, near: Neighbours, *, told: bool) -> bool:
    if evidence.reason.code == "weak.id":
        return told
    if near.named and place in near.rising:
        return True
    first = near.named and place <= KEYS_STAND_BEFORE
    return near.rows_are_people and (told or first or evidence.strength >= STRONG)


def _admits_pay(evidence: Evidence, near: Neighbours) -> bool:
    """Rounded sums of people, or any beside their jobs."""
    if not near.rows_are_people:
        return False
    return evidence.strength >= ROUNDED or len(near.entities & EARNING) > 1


def _admits_birth(evidence: Evidence, place: int, near: Neighbours) -> bool:
    if evidence.reason.code == "weak.birth":
        later = near.later(place)
        return all(years >= EARLIER for years in later) and (evidence.strength >= ROUNDED or bool(later))
    told = near.entities & (DEMOGRAPHIC | {"AGE"})
    return near.rows_are_people and (len(told) > 1 or (near.named and bool(told)))


def _offers(item: Judged, seen: Sequence[Evidence], here: Sequence[str], *, header: bool) -> Iterator[Evidence]:
    if item.verdict is None or item.verdict.entity or item.open_for == "text" or not item.shape.cells:
        return
    if any(reason.code in {"lexicon.negative", "value.organisations"} for reason in item.verdict.why):
        return
    if any(reason.code == "value.list" for reason in item.verdict.why):
        yield from () if header else (*origins(item.shape), *marital(item.shape))
    elif not header or _header_is_open(item):
        all_of_it = (*seen, *_checked(item), *suspects(item.shape, here))
        yield from (found for found in all_of_it if not header or _header_allows(item, found))


def _checked(item: Judged) -> Iterator[Evidence]:
    """Check digits that values alone did not prove: among people they are no coincidence."""
    for found in item.evidence:
        if found.reason.code == "value.check_digit" and item.shape.distinct >= ENOUGH_CHECKED:
            yield replace(found, strength=max(found.strength, CHECKED))


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


def _verdict(evidence: Evidence, people: float, because: str) -> Verdict:
    kind = kind_of(evidence.entity)
    reasons = (evidence.reason, Reason("table.people", {"column": because}))
    confidence = min(0.9, evidence.strength + 0.05 * min(people, 4))
    return Verdict(evidence.entity, kind.identifying, kind.category, confidence, evidence.tally.cells, reasons)
