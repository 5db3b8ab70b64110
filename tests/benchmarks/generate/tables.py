"""Synthetic tables with the truth about each column: people and things of many trades and countries, seeded.

`tuning()` may be looked at while the scanner is improved. `heldout()` has other trades, header words, locales and
seeds, and is for measuring only.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from faker import Faker

from tests.benchmarks.generate.tables_rows import Row, style


@dataclass(frozen=True, slots=True)
class Concept:
    """What a column holds. `label` is direct, quasi or none; `headers` are words by language, parted by semicolons."""

    label: str
    headers: dict[str, str]
    make: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of table: file names, and concepts with how likely each is in it ("!" after the name: always)."""

    names: tuple[str, ...]
    concepts: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    name: str
    label: str
    concept: str


@dataclass(frozen=True, slots=True)
class Made:
    """A table with its truth; `rows` are cells in the order of `columns`."""

    name: str
    trade: str
    locale: str
    columns: tuple[Truth, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow([column.name for column in self.columns])
        writer.writerows(self.rows)
        return text.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Part:
    """What tables of one part are drawn from."""

    trades: dict[str, Trade]
    concepts: dict[str, Concept]
    locales: tuple[str, ...]
    seed: int


def tuning(count: int = 120, rows: int = 60) -> list[Made]:
    """Tables to improve the scanner on."""
    from tests.benchmarks.generate.tables_tuning import PART  # noqa: PLC0415 - the parts import this module

    return make(PART, count, rows)


def heldout(count: int = 120, rows: int = 60) -> list[Made]:
    """Tables to measure the scanner on."""
    from tests.benchmarks.generate.tables_heldout import PART  # noqa: PLC0415 - the parts import this module

    return make(PART, count, rows)


def make(part: Part, count: int, rows: int) -> list[Made]:
    fakers = {locale: Faker(locale) for locale in part.locales}
    return [_table(part, fakers, part.seed + number, rows, number) for number in range(count)]


def _table(part: Part, fakers: dict[str, Faker], seed: int, rows: int, number: int) -> Made:
    rng = random.Random(seed)
    trade = sorted(part.trades)[number % len(part.trades)]
    locale = rng.choice(part.locales)
    faker = fakers[locale]
    faker.seed_instance(seed)
    chosen = _concepts(part, trade, rng)
    names = _headers([part.concepts[name] for name in chosen], locale[:2], part.trades[trade], rng)
    look = style(rng)
    empty = [rng.choice((0, 0, 0, 0.05, 0.3)) for _ in chosen]
    placeholder = rng.choice(("", "", "", "NULL", "n/a", "-"))
    cells = tuple(
        tuple(
            placeholder if rng.random() < share else part.concepts[name].make(row)
            for name, share in zip(chosen, empty, strict=True)
        )
        for row in (Row(faker, rng, look, n) for n in range(rows))
    )
    columns = tuple(Truth(header, part.concepts[name].label, name) for header, name in zip(names, chosen, strict=True))
    return Made(rng.choice(part.trades[trade].names), trade, locale, columns, cells)


def _concepts(part: Part, trade: str, rng: random.Random) -> list[str]:
    chosen = []
    for word in part.trades[trade].concepts.split():
        name, always, _ = word.partition("!")
        if name not in part.concepts:
            raise KeyError(f"{trade}: {name}")
        if always or rng.random() < 0.55:
            chosen.append(name)
    if rng.random() < 0.4:
        rng.shuffle(chosen)
    return chosen


def _headers(concepts: list[Concept], language: str, trade: Trade, rng: random.Random) -> list[str]:
    """One spelling a table: snake, camel, capitals, titles or the short names of old systems."""
    foreign = language if rng.random() < 0.6 else "en"
    spell = rng.choice((snake, snake, camel, upper, title, legacy))
    found: dict[str, None] = {}
    for concept in concepts:
        words = rng.choice((concept.headers.get(foreign) or concept.headers["en"]).split(";")).strip()
        name = spell(words)
        while name in found:
            name += "2"
        found[name] = None
    return list(found)


def snake(words: str) -> str:
    return "_".join(words.lower().split())


def camel(words: str) -> str:
    first, *rest = words.split()
    return first.lower() + "".join(word[:1].upper() + word[1:] for word in rest)


def upper(words: str) -> str:
    return "_".join(words.upper().split())


def title(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def legacy(words: str) -> str:
    """Capitals, long words cut as old systems cut them: CUST_NM, EMPLOYE_ID."""
    short = {"number": "NO", "name": "NM", "address": "ADDR", "customer": "CUST", "employee": "EMP", "date": "DT"}
    return "_".join(short.get(word.lower(), word.upper()[:9]) for word in words.split())
