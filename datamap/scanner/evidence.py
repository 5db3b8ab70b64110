"""What the values of a column are, whatever it is called: an entity, and the share that bears it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from core.types import Reason
from datamap.scanner import gazetteer, validators
from datamap.scanner.shape import Shape

#: Fewer distinct values prove nothing that a single coincidence could not.
FEW: Final = 3
FISCAL_CODE: Final = re.compile(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]")
BREAKS: Final = re.compile(r"[,.\-]")
#: Synthetic people are numbered: Aaron697 Brekke496.
DIGITS: Final = "0123456789"
#: Signs and syllables of names that are written without a blank: 王小明, 김민준, 山本裕太.
EASTERN: Final = re.compile(r"[\u4e00-\u9fff\uac00-\ud7af]{1,5}")
LATIN: Final = "\u02ff"
#: Values that number plans are asked about.
CHECKED: Final = 40
#: Fewer different single words are labels: Good, Best.
FEW_WORDS: Final = 6


class Tally(NamedTuple):
    """The share of distinct values that pass a test, and the share of cells that hold one of these."""

    share: float
    cells: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entity the values speak for ("" for a thing that is no person's), and how sure they make us alone."""

    entity: str
    tally: Tally
    strength: float
    reason: Reason


Detector = Callable[[Shape], Iterator[Evidence]]


def gather(shape: Shape) -> list[Evidence]:
    """All that the values speak for, strongest first."""
    found = [evidence for detect in DETECTORS for evidence in detect(shape)]
    return sorted(found, key=lambda evidence: evidence.strength, reverse=True)


def tally(shape: Shape, test: Callable[[str], bool]) -> Tally:
    passed = [test(value) for value in shape.probe]
    cells = sum(weight for ok, weight in zip(passed, shape.weights, strict=True) if ok)
    return Tally(sum(passed) / max(1, len(passed)), cells / max(1, sum(shape.weights)))


def few(values: Sequence[str]) -> Sequence[str]:
    """At most CHECKED of the values, evenly spaced: enough for a share where each check is dear."""
    return values[:: max(1, -(-len(values) // CHECKED))]


def share_of(shape: Shape, test: Callable[[str], bool]) -> float:
    return tally(shape, test).share


def _says(entity: str, seen: Tally, strength: float, code: str, /, **params: str | float) -> Evidence:
    return Evidence(entity, seen, strength, Reason(code, {**params, "share": round(seen.share, 3)}))


def by_validator(entity: str, test: Callable[[str], bool], *, least: float, strength: float) -> Detector:
    """A detector for values of a form that few other things have."""
    skip = SKIPS[entity]

    def detect(shape: Shape) -> Iterator[Evidence]:
        if skip(shape):
            return
        seen = tally(shape, test)
        if seen.share >= least:
            sure = strength * (0.75 + 0.25 * seen.share) * (1.0 if shape.distinct >= FEW else 0.8)
            yield _says(entity, seen, sure, "value.validator", entity=entity)

    return detect


#: Shapes that rule an entity out before its validator runs.
SKIPS: Final[dict[str, Callable[[Shape], bool]]] = {
    "EMAIL_ADDRESS": lambda shape: not any("@" in value for value in shape.probe),
    "CREDIT_CARD": lambda shape: shape.length < 11 or shape.letters > 0.3,
    "IBAN_CODE": lambda shape: shape.length < 14,
    "IP_ADDRESS": lambda shape: shape.length < 6,
    "MAC_ADDRESS": lambda shape: shape.length < 11,
    "CRYPTO": lambda shape: shape.length < 24,
    "VIN": lambda shape: not 16 < shape.length < 18,
}


_hosts: Final = by_validator("IP_ADDRESS", validators.is_ip, least=0.7, strength=0.96)


def addresses_of_hosts(shape: Shape) -> Iterator[Evidence]:
    """IP addresses, unless every part is small: those are versions, 9.16.3.0."""
    for found in _hosts(shape):
        if shape.distinct < FEW or not validators.are_versions(shape.probe):
            yield found


def phones(shape: Shape) -> Iterator[Evidence]:
    """Numbers with a country code prove themselves; others need separators and a plan they are valid in."""
    if shape.length < 6 or shape.letters > 0.3 or shape.date >= 0.5:
        return
    seen = tally(shape, validators.phone_shape)
    if seen.share < 0.6:
        return
    shaped = few([value for value in shape.probe if validators.phone_shape(value)])
    international = share_of(shape, lambda value: value.startswith(("+", "(+")))
    written = sum(not value.isdigit() and not _is_decimal(value) for value in shaped) / len(shaped)
    valid = sum(validators.is_phone(value) or validators.is_national_phone(value) for value in shaped) / len(shaped)
    strength = _phone_strength(international, written, valid)
    if strength >= 0.5 or written >= 0.5 or valid >= 0.5:
        code = "value.phone" if strength >= 0.5 else "value.phone_fails"
        yield _says("PHONE_NUMBER", seen, strength, code, valid=round(valid, 3))


def _phone_strength(international: float, written: float, valid: float) -> float:
    if international >= 0.6:
        return 0.95 if valid >= 0.5 else 0.75
    if written >= 0.5:
        return 0.9 * valid if valid >= 0.6 else 0.3
    return 0.3


def _is_decimal(value: str) -> bool:
    return value.replace(".", "", 1).replace("-", "", 1).isdigit() and "." in value


def nationals(shape: Shape) -> Iterator[Evidence]:
    """Check digits of national numbers. Those of bare digits need a header beside them (strength under one half)."""
    if shape.with_digits < 0.9 or not 6 <= shape.length <= 24 or shape.date >= 0.5 or shape.distinct < 5:
        return
    entity, share = validators.national_id(list(shape.probe))
    if entity:
        strength = 0.9 if entity in validators.SELF_EVIDENT else 0.45
        yield _says(entity, Tally(share, share), strength, "value.check_digit", entity=entity)
    dashed = tally(shape, lambda value: "-" in value and validators.is_ssn(value))
    if dashed.share >= 0.8:
        yield _says("US_SSN", dashed, 0.92, "value.validator", entity="US_SSN")


def forms(shape: Shape) -> Iterator[Evidence]:
    """National numbers by their letters and digits alone: made-up ones fail their check."""
    if not 15 < shape.length < 17 or shape.distinct < FEW:
        return
    seen = tally(shape, lambda value: FISCAL_CODE.fullmatch(value.upper()) is not None)
    if seen.share >= 0.5:
        yield _says("IT_FISCAL_CODE", seen, 0.6 + 0.3 * seen.share, "value.form", entity="IT_FISCAL_CODE")


def vocabulary(shape: Shape) -> Iterator[Evidence]:
    """Closed lists: sex, marital status, religion ... and those of things, which speak against a name."""
    if shape.longest > 80 or not shape.probe:
        return
    if shape.with_digits > 0.6 and not all(map(gazetteer.NUMBERED.match, shape.probe)):
        return
    for name, listed in gazetteer.vocabularies().items():
        if shape.distinct > listed.most:
            continue
        said = [value for value in shape.probe if gazetteer.folded(value) not in gazetteer.FILLERS]
        core = sum(listed.holds(value, core=True) for value in said)
        if not core:
            continue
        known = tally(shape, partial(_in_list, listed))
        if core < min(2, len(said)) and known.share < 1:
            continue
        if known.share >= listed.least:
            entity = VOCABULARY_ENTITIES.get(name, name)
            yield _says(entity, known, 0.6 + 0.35 * known.share, "value.list", list=name)


def _in_list(listed: gazetteer.Vocabulary, value: str) -> bool:
    return listed.holds(value) or gazetteer.folded(value) in gazetteer.FILLERS


#: Entities of the lists that are not called like their entity.
VOCABULARY_ENTITIES: Final = {
    "JOB_TITLE": "JOB",
    "EDUCATION_LEVEL": "EDUCATION",
    "POLITICAL_PARTY": "POLITICS",
    "COUNTRY_NATIONALITY": "NATIONALITY",
    "NOT_PERSONAL": "",
    "ANIMAL": "",
}


def names(shape: Shape) -> Iterator[Evidence]:
    """Given and family names by the gazetteer, unless the values are towns or companies just as often."""
    if shape.alphabetic < 0.7 or shape.words > 4.5 or shape.longest > 80 or shape.boolean:
        return
    if shape.length < 2 and not any(map(EASTERN.fullmatch, shape.probe[:FEW])):
        return
    people = tally(shape, is_person)
    places = tally(shape, _is_place)
    companies = tally(shape, gazetteer.is_organisation)
    enough = shape.distinct >= (FEW if shape.words >= 1.7 or shape.uniqueness >= 0.6 else FEW_WORDS)
    if people.share >= 0.5 and people.share > places.share and companies.share < 0.3:
        strength = 0.55 + 0.4 * people.share if shape.words >= 1.7 else 0.45 + 0.45 * people.share
        yield _says("PERSON", people, strength if enough else 0.4, "value.names")
    if places.share >= 0.4 and places.share >= people.share:
        strength = 0.5 + 0.45 * places.share if enough or places.share == 1 else 0.4
        yield _says("LOCATION", places, strength, "value.places")
    if companies.share >= 0.4:
        yield _says("", companies, 0.55 + 0.3 * companies.share, "value.organisations")


def is_person(value: str) -> bool:
    """Half of its words, at most five, are names; a single word must be one."""
    words = [word.rstrip(DIGITS) for word in BREAKS.sub(" ", value).split() if len(word) > 1 or word > LATIN]
    if not words or len(words) > 5:
        return False
    if len(words) == 1:
        return gazetteer.is_name(words[0]) or _is_eastern(words[0])
    known = sum(map(gazetteer.is_name, words))
    return known >= 0.5 * len(words) and not gazetteer.is_organisation(value)


def _is_eastern(word: str) -> bool:
    """A family name of one or two signs and a given name behind it, written as one word."""
    if EASTERN.fullmatch(word) is None or not 2 <= len(word) <= 5:
        return False
    return gazetteer.begins_with_family(word) and not _is_place(word)


def _is_place(value: str) -> bool:
    return gazetteer.is_place(value) or gazetteer.is_country(value)


def addresses(shape: Shape) -> Iterator[Evidence]:
    """A number and a street word, in the languages of the lexicon."""
    if shape.is_settled or shape.words < 1.8 or shape.length < 8 or shape.with_digits < 0.4 or shape.longest > 250:
        return
    seen = tally(shape, gazetteer.is_street)
    if seen.share >= 0.4:
        yield _says("STREET_ADDRESS", seen, 0.55 + 0.4 * seen.share, "value.streets")


DETECTORS: Final[tuple[Detector, ...]] = (
    by_validator("EMAIL_ADDRESS", validators.is_email, least=0.5, strength=1.0),
    addresses_of_hosts,
    by_validator("MAC_ADDRESS", validators.is_mac, least=0.7, strength=0.96),
    by_validator("IBAN_CODE", validators.is_iban, least=0.6, strength=0.99),
    by_validator("CREDIT_CARD", validators.is_card, least=0.7, strength=0.95),
    by_validator("VIN", validators.is_vin, least=0.6, strength=0.95),
    by_validator("CRYPTO", validators.is_crypto, least=0.7, strength=0.85),
    phones,
    nationals,
    forms,
    vocabulary,
    names,
    addresses,
)
