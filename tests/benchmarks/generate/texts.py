"""Texts about invented people with the places of everything personal: templates filled by Faker, then spoilt a little.

texts("held_out", 400, seed=7) -> 400 Labelled, the same every time. The tuning part and the held-out part have other
templates (texts_tuning.py, texts_held_out.py), other seeds and therefore other people.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from faker import Faker

from tests.benchmarks.generate import texts_held_out, texts_tuning

Spot = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, its language, and start, end and entity of each thing personal."""

    text: str
    language: str
    spans: tuple[Spot, ...]


PARTS: Final = {"tuning": texts_tuning.TEMPLATES, "held_out": texts_held_out.TEMPLATES}
SLOT: Final = re.compile(r"\{(\w+)\}")
#: Where the people of a language's texts come from; English texts are written by and about everybody.
LOCALES: Final = {
    "en": (
        "en_US",
        "en_GB",
        "en_US",
        "en_IN",
        "en_AU",
        "de_DE",
        "fr_FR",
        "es_MX",
        "it_IT",
        "pl_PL",
        "nl_NL",
        "sv_SE",
        "tr_TR",
    ),
    "fr": ("fr_FR", "fr_CH", "fr_CA"),
    "de": ("de_DE", "de_AT", "de_CH"),
    "es": ("es_ES", "es_MX", "es_AR"),
    "it": ("it_IT",),
    "pt": ("pt_BR", "pt_PT"),
    "nl": ("nl_NL", "nl_BE"),
    "pl": ("pl_PL",),
}
#: Slots that hold something personal, by entity; the other slots are there to mislead.
ENTITIES: Final = {
    **{"person": "PERSON", "given": "PERSON", "family": "PERSON", "turned": "PERSON"},
    **{"email": "EMAIL_ADDRESS", "phone": "PHONE_NUMBER", "card": "CREDIT_CARD", "iban": "IBAN_CODE", "ssn": "US_SSN"},
    **{"street": "STREET_ADDRESS", "address": "STREET_ADDRESS", "city": "LOCATION", "country": "LOCATION"},
    **{"postcode": "POSTCODE", "ip": "IP_ADDRESS", "birth": "DATE_OF_BIRTH", "age": "AGE"},
}


def texts(part: str, count: int, *, seed: int, languages: Sequence[str] = ("en",)) -> list[Labelled]:
    """`count` texts, every template about as often, each seventh in lower case, each tenth misspelt, a few shouted."""
    chance = random.Random(f"{part}-{seed}")
    templates = [(language, text) for language in languages for text in PARTS[part][language]]
    chosen = [templates[i % len(templates)] for i in range(count)]
    chance.shuffle(chosen)
    return [_spoilt(_filled(template, language, chance), chance) for language, template in chosen]


def _filled(template: str, language: str, chance: random.Random) -> Labelled:
    person = _Person(chance.choice(LOCALES[language]), language, chance)
    text, spans, position = "", [], 0
    for match in SLOT.finditer(template):
        text += template[position : match.start()]
        value = person.value(match.group(1))
        if entity := ENTITIES.get(match.group(1)):
            spans.append((len(text), len(text) + len(value), entity))
        text += value
        position = match.end()
    return Labelled(text + template[position:], language, tuple(spans))


class _Person:
    """Values of one text, from one locale."""

    def __init__(self, locale: str, language: str, chance: random.Random) -> None:
        self.fake, self.chance, self.language = _faker(locale), chance, language
        self.fake.seed_instance(chance.getrandbits(32))

    def value(self, slot: str) -> str:
        return " ".join(str(getattr(self, f"_{slot}", None) and getattr(self, f"_{slot}")()).split())

    def _elsewhere(self, locale: str) -> Faker:
        fake = _faker(locale)
        fake.seed_instance(self.chance.getrandbits(32))
        return fake

    def _given(self) -> str:
        return self.fake.first_name()

    def _family(self) -> str:
        return self.fake.last_name()

    def _person(self) -> str:
        return f"{self._given()} {self._family()}"

    def _turned(self) -> str:
        return f"{self._family()}, {self._given()}"

    def _email(self) -> str:
        return self.fake.email() if self.chance.random() < 0.5 else self.fake.ascii_free_email()

    def _phone(self) -> str:
        return self.fake.phone_number()

    def _card(self) -> str:
        number = self.fake.credit_card_number(self.chance.choice(("visa16", "mastercard", "amex")))
        spaced = self.chance.random() < 0.5 and len(number) == 16
        return " ".join(number[i : i + 4] for i in range(0, 16, 4)) if spaced else number

    def _iban(self) -> str:
        iban = self._elsewhere("de_DE" if self.chance.random() < 0.5 else "fr_FR").iban()
        return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)) if self.chance.random() < 0.5 else iban

    def _ssn(self) -> str:
        return self._elsewhere("en_US").ssn()

    def _street(self) -> str:
        return self.fake.street_address()

    def _address(self) -> str:
        return f"{self.fake.street_address()}, {self._place()}"

    def _place(self) -> str:
        city, code = self.fake.city(), self.fake.postcode()
        return f"{city} {code}" if self.language == "en" and self.chance.random() < 0.5 else f"{code} {city}"

    def _city(self) -> str:
        return self.fake.city()

    def _country(self) -> str:
        return self.fake.country() if self.language != "en" else self._elsewhere("en_GB").country()

    def _postcode(self) -> str:
        return self.fake.postcode()

    def _ip(self) -> str:
        return self.fake.ipv4()

    def _birth(self) -> str:
        form = "%d.%m.%Y" if self.language in {"de", "pl"} else self.chance.choice(("%d/%m/%Y", "%Y-%m-%d"))
        return self.fake.date_of_birth(minimum_age=18, maximum_age=90).strftime(form)

    def _age(self) -> str:
        return str(self.chance.randint(18, 94))

    def _date(self) -> str:
        return self.fake.date_this_decade().strftime(self.chance.choice(("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y")))

    def _order(self) -> str:
        return self.fake.bothify(
            self.chance.choice(("####-##-####", "??-######", "#########", "ORD-#######", "##-####-##"))
        )

    def _amount(self) -> str:
        return f"{self.chance.randint(1, 9000)}.{self.chance.randint(0, 99):02d}"

    def _company(self) -> str:
        return self._elsewhere("en_US").company() if self.language == "en" else self.fake.company()

    def _product(self) -> str:
        return self.chance.choice(PRODUCTS)

    def _number(self) -> str:
        return str(self.chance.randint(2, 900))


PRODUCTS: Final = (
    *(
        "Galaxy S21",
        "AirFryer 500",
        "Windows 11",
        "Model 3",
        "Kindle",
        "PlayStation 5",
        "Nespresso Vertuo",
        "ThinkPad X1",
        "iPhone 15",
    ),
    *(
        "Echo Dot",
        "Office 365",
        "Roomba",
        "Chromecast",
        "Fritz!Box 7590",
        "Excel",
        "Thermomix",
        "Bosch Serie 6",
        "WH-1000XM4",
    ),
)


@cache
def _faker(locale: str) -> Faker:
    return Faker(locale)


def _spoilt(labelled: Labelled, chance: random.Random) -> Labelled:
    """As people type: without capitals, with letters swapped outside of what is personal, or all in capitals."""
    draw = chance.random()
    if draw < 0.14:
        return _changed(labelled, str.lower)
    if draw < 0.17:
        return _changed(labelled, str.upper)
    if draw < 0.27:
        return Labelled("".join(_misspelt(labelled, chance)), labelled.language, labelled.spans)
    return labelled


def _changed(labelled: Labelled, change: Callable[[str], str]) -> Labelled:
    """Letter by letter, since a letter that grows in changing moves everything behind it."""
    letters = (change(letter) for letter in labelled.text)
    text = "".join(new if len(new) == 1 else old for new, old in zip(letters, labelled.text, strict=True))
    return Labelled(text, labelled.language, labelled.spans)


def _misspelt(labelled: Labelled, chance: random.Random) -> Iterator[str]:
    position = 0
    for start, end, _ in (*labelled.spans, (len(labelled.text), len(labelled.text), "")):
        yield re.sub(r"[^\W\d_]{5,}", lambda word: _swapped(word.group(), chance), labelled.text[position:start])
        yield labelled.text[start:end]
        position = end


def _swapped(word: str, chance: random.Random) -> str:
    if chance.random() > 0.3:
        return word
    i = chance.randint(1, len(word) - 3)
    return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
