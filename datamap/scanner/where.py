"""Which countries a table's values point to, and what telephone numbers and postcodes look like there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

import phonenumbers

from datamap.scanner import validators
from datamap.scanner.gazetteer import countries_of
from datamap.scanner.verdict import Judged

#: Values of a column that are looked at, and the countries that are kept.
LOOKED_AT: Final = 60
KEPT: Final = 2
#: The share of a table's hints that a country must have.
LEAST: Final = 0.25
#: Scripts of one country, or nearly.
SCRIPTS: Final = {"HIRAGANA": "JP", "KATAKANA": "JP", "HANGUL": "KR", "GREEK": "GR", "HEBREW": "IL", "THAI": "TH"}
SCRIPTS_OF_MANY: Final = {"CJK": "CN", "CYRILLIC": "RU"}
#: Ends of domains that are no country's, though they look it.
NO_COUNTRY: Final = frozenset({"io", "co", "me", "tv", "ai", "cc", "eu", "ly", "to", "fm", "gg", "sh", "ws"})
NAMED: Final = frozenset({"LOCATION", "NATIONALITY", "STREET_ADDRESS", "PERSON"})
#: Postcodes of digits by country: how many, or their form.
POSTCODES: Final[dict[str, str]] = {
    **dict.fromkeys(
        ("US", "DE", "FR", "ES", "IT", "MX", "FI", "TR", "UA", "KR", "HR", "EE", "RS", "MY", "TH"), r"\d{5}"
    ),
    **dict.fromkeys(("AT", "CH", "BE", "DK", "NO", "HU", "AU", "NZ", "LU", "SI", "BG", "ZA", "PH"), r"\d{4}"),
    **dict.fromkeys(("RU", "CN", "IN", "RO", "SG", "VN", "CO", "BY", "KZ"), r"\d{3} ?\d{3}"),
    **dict.fromkeys(("SE", "CZ", "SK", "GR"), r"\d{3} ?\d{2}"),
    "PL": r"\d{2}-?\d{3}",
    "PT": r"\d{4}(?:-\d{3})?",
    "BR": r"\d{5}-?\d{3}",
    "JP": r"〒?\d{3}-?\d{4}",
    "IL": r"\d{5}(?:\d{2})?",
    "NL": r"\d{4}(?: ?[A-Z]{2})?",
    "LT": r"(?:LT-)?\d{5}",
    "LV": r"(?:LV-)?\d{4}",
}


def countries(judged: Sequence[Judged]) -> tuple[str, ...]:
    """ISO 3166-1 codes of the countries that most of the hints in a table name, the likeliest first."""
    found: Counter[str] = Counter()
    for item in judged:
        said = Counter(code for value in item.shape.probe[:LOOKED_AT] for code in _hints(item, value))
        for code, count in said.items():
            found[code] += count
    least = LEAST * found.total()
    return tuple(code for code, count in found.most_common(KEPT) if count >= least)


def _hints(item: Judged, value: str) -> Iterator[str]:
    entity = item.verdict.entity if item.verdict else ""
    if entity in NAMED or (item.verdict is None and not item.shape.is_settled):
        yield from countries_of(value)
        yield from _script(value)
    elif entity == "EMAIL_ADDRESS":
        top = value.rpartition(".")[2].upper()
        yield from () if len(top) != len("DE") or top.lower() in NO_COUNTRY else ({"UK": "GB"}.get(top, top),)
    elif entity == "IBAN_CODE":
        yield value[:2].upper()
    elif entity == "PHONE_NUMBER":
        yield from _dialled(value)
    elif entity[2:3] == "_" and entity != "US_SSN":
        yield entity[:2]


@lru_cache(maxsize=5_000)
def _script(value: str) -> tuple[str, ...]:
    scripts = {unicodedata.name(char, "").partition(" ")[0].partition("-")[0] for char in value if ord(char) > 0x2FF}
    for known in (SCRIPTS, SCRIPTS_OF_MANY):
        for script in scripts & known.keys():
            return (known[script],)
    return ()


@lru_cache(maxsize=20_000)
def _dialled(value: str) -> tuple[str, ...]:
    if not value.startswith(("+", "(+")):
        return ()
    try:
        code = phonenumbers.parse(value, None).country_code
    except phonenumbers.NumberParseException:
        return ()
    return (phonenumbers.region_code_for_country_code(code or 0),)


def is_postcode(value: str, country: str) -> bool:
    """Of the form that postcodes of digits have in the country."""
    form = POSTCODES.get(country)
    return form is not None and re.fullmatch(form, value) is not None


def is_local_phone(value: str, country: str) -> bool:
    """A number given out in the country, written as there: with the 0 in front that its plan wants."""
    return validators.is_phone(value, country) and (_trunk(country) != "0" or value.lstrip("( ").startswith(("0", "+")))


@cache
def _trunk(country: str) -> str:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    return (metadata.national_prefix or "") if metadata else ""


@lru_cache(maxsize=20_000)
def is_diallable(value: str, country: str) -> bool:
    """Of a length that numbers have in the country, whether or not this one was given out: made-up ones were not."""
    try:
        parsed = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(parsed) == phonenumbers.ValidationResult.IS_POSSIBLE
