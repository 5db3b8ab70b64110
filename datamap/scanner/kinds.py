"""What each entity means for a person: how it identifies, its category. Names are Presidio's where it has one."""

from __future__ import annotations

from typing import Final, NamedTuple

from core.types import SPECIAL, Category, Identifying

C = Category
DIRECT, QUASI, NONE = Identifying.DIRECT, Identifying.QUASI, Identifying.NONE


class Kind(NamedTuple):
    identifying: Identifying
    category: Category


KINDS: Final[dict[str, Kind]] = {
    "PERSON": Kind(DIRECT, C.IDENTITY),
    "EMAIL_ADDRESS": Kind(DIRECT, C.CONTACT),
    "PHONE_NUMBER": Kind(DIRECT, C.CONTACT),
    "STREET_ADDRESS": Kind(DIRECT, C.LOCATION),
    "CREDIT_CARD": Kind(DIRECT, C.FINANCIAL),
    "IBAN_CODE": Kind(DIRECT, C.FINANCIAL),
    "CRYPTO": Kind(DIRECT, C.FINANCIAL),
    "US_SSN": Kind(DIRECT, C.GOVERNMENT_ID),
    "US_ITIN": Kind(DIRECT, C.GOVERNMENT_ID),
    "US_PASSPORT": Kind(DIRECT, C.GOVERNMENT_ID),
    "NATIONAL_ID": Kind(DIRECT, C.GOVERNMENT_ID),
    "PASSPORT": Kind(DIRECT, C.GOVERNMENT_ID),
    "DRIVER_LICENSE": Kind(DIRECT, C.GOVERNMENT_ID),
    "BANK_ACCOUNT": Kind(DIRECT, C.FINANCIAL),
    "IP_ADDRESS": Kind(DIRECT, C.ONLINE_ID),
    "MAC_ADDRESS": Kind(DIRECT, C.ONLINE_ID),
    "USERNAME": Kind(DIRECT, C.ONLINE_ID),
    "PASSWORD": Kind(NONE, C.ONLINE_ID),
    "PERSON_ID": Kind(DIRECT, C.ONLINE_ID),
    "LOCATION": Kind(QUASI, C.LOCATION),
    "POSTCODE": Kind(QUASI, C.LOCATION),
    "COORDINATES": Kind(QUASI, C.LOCATION),
    "VIN": Kind(DIRECT, C.GOVERNMENT_ID),
    "DATE_OF_BIRTH": Kind(QUASI, C.IDENTITY),
    "AGE": Kind(QUASI, C.IDENTITY),
    "GENDER": Kind(QUASI, C.IDENTITY),
    "TITLE": Kind(QUASI, C.IDENTITY),
    "MARITAL_STATUS": Kind(QUASI, C.FAMILY),
    "RELATIONSHIP": Kind(QUASI, C.FAMILY),
    "LANGUAGE": Kind(QUASI, C.IDENTITY),
    "EDUCATION": Kind(QUASI, C.EDUCATION),
    "JOB": Kind(QUASI, C.EMPLOYMENT),
    "ETHNICITY": Kind(QUASI, C.ETHNICITY),
    "RELIGION": Kind(QUASI, C.RELIGION),
    "POLITICS": Kind(QUASI, C.POLITICS),
    "NRP": Kind(NONE, C.NONE),
    "NATIONALITY": Kind(QUASI, C.IDENTITY),
    "INCOME": Kind(QUASI, C.FINANCIAL),
    "BLOOD_TYPE": Kind(QUASI, C.HEALTH),
    "MEDICAL_TERM": Kind(QUASI, C.HEALTH),
    "TRADE_UNION": Kind(QUASI, C.UNION),
    "SEX_LIFE": Kind(QUASI, C.SEX_LIFE),
    "CRIMINAL": Kind(QUASI, C.CRIMINAL),
    "DATE_TIME": Kind(NONE, C.NONE),
    "URL": Kind(NONE, C.NONE),
    "ORGANIZATION": Kind(NONE, C.NONE),
    "FREE_TEXT": Kind(NONE, C.COMMUNICATION),
}


def kind_of(entity: str) -> Kind:
    """The kind of an entity. IT_FISCAL_CODE and its like are government identifiers; an installation's own identify."""
    if entity in KINDS or not entity:
        return KINDS.get(entity, Kind(NONE, C.NONE))
    country, _, rest = entity.partition("_")
    return KINDS["NATIONAL_ID"] if rest and len(country) == 2 else Kind(DIRECT, C.IDENTITY)


def names_nobody(entity: str) -> bool:
    """A word of health, belief, crime and the like: it says something of a person whom other words name."""
    kind = kind_of(entity)
    return kind.identifying is not DIRECT and (kind.category in SPECIAL or kind.category is C.CRIMINAL)
