# ruff: noqa: E501 - a line a concept reads better than a concept over five lines
"""One invented person or thing a row: its cells agree with each other, so that a table looks like a table."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from faker import Faker


@dataclass(slots=True)
class Style:
    """How one table writes its values, drawn once a table."""

    sexes: tuple[str, str]
    dates: str
    upper: bool
    minors: bool
    choices: dict[str, Any] = field(default_factory=dict)


SEXES = (("M", "F"), ("male", "female"), ("Male", "Female"), ("1", "2"), ("m", "w"), ("H", "F"), ("MALE", "FEMALE"))
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y", "%Y-%m-%dT00:00:00")


def style(rng: random.Random) -> Style:
    return Style(rng.choice(SEXES), rng.choice(DATES), rng.random() < 0.1, rng.random() < 0.2)


#: Faker's towns of these locales are family names with an ending.
TOWNS = {
    "en_US": "Chicago;Houston;Phoenix;Dallas;Columbus;Boise;Tulsa;Fresno;Omaha;Reno;Akron;Dayton;Topeka;Laredo;Provo;Yuma;Toledo;Mesa;Salem;Bend",
    "en_GB": "London;Leeds;Bristol;York;Hull;Derby;Luton;Exeter;Bath;Truro;Wigan;Dover;Cardiff;Swansea;Dundee;Perth;Stroud;Hexham;Diss;Frome",
    "fr_FR": "Paris;Lyon;Nantes;Lille;Rennes;Reims;Brest;Dijon;Nîmes;Tours;Metz;Caen;Vannes;Dole;Gap;Albi;Sète;Vichy;Redon;Figeac",
    "pt_BR": "São Paulo;Curitiba;Recife;Manaus;Natal;Maceió;Santos;Olinda;Betim;Canoas;Macapá;Bauru;Franca;Ilhéus;Sobral;Marabá;Itajaí;Lages",
    "en_CA": "Toronto;Calgary;Regina;Halifax;Guelph;Surrey;Laval;Windsor;Kelowna;Oshawa;Moncton;Nanaimo;Sarnia;Timmins;Brandon;Orillia",
    "en_IN": "Mumbai;Delhi;Pune;Jaipur;Nagpur;Indore;Surat;Kochi;Patna;Bhopal;Agra;Mysore;Guntur;Rajkot;Nashik;Kanpur",
    "es_MX": "Puebla;Mérida;Toluca;Tijuana;León;Cancún;Oaxaca;Tepic;Celaya;Tampico;Durango;Colima;Xalapa;Saltillo",
    "en_AU": "Sydney;Perth;Hobart;Darwin;Cairns;Geelong;Ballarat;Mackay;Orange;Dubbo;Albury;Bendigo;Wodonga;Gympie",
}


class Row:
    """A person of a locale, and whatever else stands in the row. `n` counts rows from 0."""

    def __init__(self, faker: Faker, rng: random.Random, style: Style, n: int) -> None:
        self.faker = faker
        self.rng = rng
        self.style = style
        self.n = n

    @cached_property
    def male(self) -> bool:
        return self.rng.random() < 0.5

    @cached_property
    def first(self) -> str:
        return self._cased(self.faker.first_name_male() if self.male else self.faker.first_name_female())

    @cached_property
    def last(self) -> str:
        return self._cased(self.faker.last_name())

    @cached_property
    def birth(self) -> date:
        low, high = (3 * 365, 17 * 365) if self.style.minors else (18 * 365, 85 * 365)
        return date(2024, 6, 1) - timedelta(days=self.rng.randint(low, high))

    @cached_property
    def town(self) -> str:
        locale = self.faker.locales[0]
        return self.rng.choice(TOWNS[locale].split(";")) if locale in TOWNS else str(self.faker.city())

    @cached_property
    def recent(self) -> date:
        return date(2024, 6, 1) - timedelta(days=self.rng.randint(0, 1500))

    def written(self, day: date) -> str:
        return day.strftime(self.style.dates)

    def pick(self, *values: str) -> str:
        return self.rng.choice(values)

    def few(self, key: str, count: int, make: Any) -> str:
        """One of a few values that the table drew once."""
        if key not in self.style.choices:
            self.style.choices[key] = [make() for _ in range(count)]
        return str(self.rng.choice(self.style.choices[key]))

    def _cased(self, text: str) -> str:
        return text.upper() if self.style.upper else text
