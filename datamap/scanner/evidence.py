"""What the values of a column are, whatever it is called: an entity, and the share that bears it out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from core.types import Reason
from datamap.scanner import gazetteer, validators
from datamap.scanner.shape import Shape
from datamap.scanner.types import Column

#: Fewer distinct values prove nothing that a single coincidence could not.
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entity the values speak for: the `share` of distinct values, and how sure that makes us without a header."""

    entity: str
    share: float
    strength: float
    reason: Reason


def gather(column: Column, shape: Shape) -> list[Evidence]:
    """All that the values speak for, strongest first."""
    found = [evidence for detect in DETECTORS for evidence in detect(column, shape)]
    return sorted(found, key=lambda evidence: evidence.strength, reverse=True)


def share_of(shape: Shape, test: Callable[[str], bool]) -> float:
    return sum(map(test, shape.probe)) / max(1, len(shape.probe))


def by_validator(
    entity: str, test: Callable[[str], bool], *, least: float, strength: float
) -> Callable[[Column, Shape], Iterator[Evidence]]:
    """A detector for values of a form that few other things have."""

    def detect(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
        if entity in SKIPS and SKIPS[entity](shape):
            return
        share = share_of(shape, test)
        if share >= least:
            sure = strength * (0.75 + 0.25 * share) * (1.0 if shape.distinct >= FEW else 0.8)
            yield Evidence(entity, share, sure, Reason("value.validator", {"entity": entity, "share": round(share, 3)}))

    return detect


#: Shapes that rule an entity out before its validator runs.
SKIPS: Final[dict[str, Callable[[Shape], bool]]] = {
    "EMAIL_ADDRESS": lambda shape: not any("@" in value for value in shape.probe),
    "CREDIT_CARD": lambda shape: shape.length < 11 or shape.letters > 0.3,
    "IBAN_CODE": lambda shape: shape.length < 14,
    "IP_ADDRESS": lambda shape: shape.length < 6,
    "MAC_ADDRESS": lambda shape: shape.length < 11,
    "CRYPTO": lambda shape: shape.length < 24,
}


def phones(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
    """Numbers with a country code prove themselves; others need separators and a plan they are valid in."""
    if shape.length < 6 or shape.letters > 0.3 or shape.date >= 0.5:
        return
    shaped = [value for value in shape.probe if validators.phone_shape(value)]
    if len(shaped) < 0.6 * len(shape.probe):
        return
    international = share_of(shape, lambda value: value.startswith("+"))
    written = sum(not value.isdigit() and not _is_decimal(value) for value in shaped) / len(shaped)
    valid = sum(validators.is_phone(value) or validators.is_national_phone(value) for value in shaped) / len(shaped)
    share = len(shaped) / len(shape.probe)
    strength = _phone_strength(international, written, valid)
    code = "value.phone" if strength >= 0.5 else "value.phone_fails"
    if strength >= 0.5 or written >= 0.5 or valid >= 0.5:
        yield Evidence(
            "PHONE_NUMBER", share, strength, Reason(code, {"valid": round(valid, 3), "share": round(share, 3)})
        )


def _phone_strength(international: float, written: float, valid: float) -> float:
    if international >= 0.6:
        return 0.95 if valid >= 0.5 else 0.75
    if written >= 0.5:
        return 0.9 * valid if valid >= 0.6 else 0.3
    return 0.3


def _is_decimal(value: str) -> bool:
    return value.replace(".", "", 1).replace("-", "", 1).isdigit() and "." in value


def nationals(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
    """Check digits of national numbers. Those of bare digits need a header beside them (strength under one half)."""
    if shape.with_digits < 0.9 or not 6 <= shape.length <= 24 or shape.date >= 0.5 or shape.distinct < 5:
        return
    entity, share = validators.national_id(list(shape.probe))
    if entity:
        strength = 0.9 if entity in validators.SELF_EVIDENT else 0.45
        yield Evidence(
            entity, share, strength, Reason("value.check_digit", {"entity": entity, "share": round(share, 3)})
        )
    dashed = share_of(shape, lambda value: "-" in value and validators.is_ssn(value))
    if dashed >= 0.8:
        yield Evidence(
            "US_SSN", dashed, 0.92, Reason("value.validator", {"entity": "US_SSN", "share": round(dashed, 3)})
        )


def vocabulary(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
    """Closed lists: sex, marital status, religion ... and those of things, which speak against a name."""
    if shape.longest > 80 or shape.with_digits > 0.6:
        return
    values = [gazetteer.folded(value) for value in shape.probe]
    for name, listed in gazetteer.vocabularies().items():
        if shape.distinct > listed.most or not values:
            continue
        known = sum(_knows(listed, value) for value in values) / len(values)
        core = sum(_knows(listed, value, core=True) for value in values)
        if known >= listed.least and core >= min(2, len(values)):
            entity = VOCABULARY_ENTITIES.get(name, name)
            yield Evidence(
                entity, known, 0.6 + 0.35 * known, Reason("value.list", {"list": name, "share": round(known, 3)})
            )


VOCABULARY_ENTITIES: Final = {
    "JOB_TITLE": "JOB",
    "EDUCATION_LEVEL": "EDUCATION",
    "POLITICAL_PARTY": "POLITICS",
    "COUNTRY_NATIONALITY": "NATIONALITY",
    "NOT_PERSONAL": "",
}


def _knows(listed: gazetteer.Vocabulary, value: str, *, core: bool = False) -> bool:
    words = listed.core if core else listed.words
    if value in words:
        return True
    return listed.tokens and any(token.strip("(),./") in words for token in value.replace("/", " ").split())


def names(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
    """Given and family names by the gazetteer, unless the values are towns or companies just as often."""
    if shape.alphabetic < 0.7 or shape.words > 4.5 or shape.length < 2 or shape.longest > 80 or shape.boolean:
        return
    people = share_of(shape, _is_person)
    places = share_of(shape, _is_place)
    companies = share_of(shape, gazetteer.is_organisation)
    if people >= 0.5 and people > places and companies < 0.3:
        several = shape.words >= 1.7
        strength = (0.55 + 0.4 * people) if several else (0.45 + 0.45 * people)
        yield Evidence(
            "PERSON",
            people,
            strength if shape.distinct >= FEW else 0.4,
            Reason("value.names", {"share": round(people, 3)}),
        )
    if places >= 0.4 and places >= people:
        strength = (0.5 + 0.45 * places) if shape.distinct >= FEW or places == 1 else 0.4
        yield Evidence("LOCATION", places, strength, Reason("value.places", {"share": round(places, 3)}))
    if companies >= 0.4:
        yield Evidence(
            "", companies, 0.55 + 0.3 * companies, Reason("value.organisations", {"share": round(companies, 3)})
        )


def _is_person(value: str) -> bool:
    """Most words of the value are names, and one of them is a given name or it stands alone."""
    words = [word for word in value.replace(",", " ").replace("-", " ").replace(".", " ").split() if len(word) > 1]
    if not words or len(words) > 5:
        return False
    if len(words) == 1:
        return gazetteer.is_name(words[0])
    known = sum(map(gazetteer.is_name, words))
    return known >= 0.5 * len(words) and not gazetteer.is_organisation(value)


def _is_place(value: str) -> bool:
    return gazetteer.is_place(value) or gazetteer.is_country(value)


def addresses(column: Column, shape: Shape) -> Iterator[Evidence]:  # noqa: ARG001
    """A number and a street word, in the languages of the lexicon."""
    if shape.is_settled or shape.words < 1.8 or shape.length < 8 or shape.with_digits < 0.4 or shape.longest > 250:
        return
    share = share_of(shape, gazetteer.is_street)
    if share >= 0.4:
        yield Evidence("STREET_ADDRESS", share, 0.55 + 0.4 * share, Reason("value.streets", {"share": round(share, 3)}))


DETECTORS: Final[tuple[Callable[[Column, Shape], Iterator[Evidence]], ...]] = (
    by_validator("EMAIL_ADDRESS", validators.is_email, least=0.5, strength=1.0),
    by_validator("IP_ADDRESS", validators.is_ip, least=0.7, strength=0.96),
    by_validator("MAC_ADDRESS", validators.is_mac, least=0.7, strength=0.96),
    by_validator("IBAN_CODE", validators.is_iban, least=0.6, strength=0.99),
    by_validator("CREDIT_CARD", validators.is_card, least=0.7, strength=0.95),
    by_validator("CRYPTO", validators.is_crypto, least=0.7, strength=0.85),
    phones,
    nationals,
    vocabulary,
    names,
    addresses,
)
