"""Which country a table is of, and what follows for its telephone numbers and postcodes."""

from __future__ import annotations

import pytest

from datamap.scanner.gazetteer import countries_of, is_country
from datamap.scanner.options import Options
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Table
from datamap.scanner.where import is_diallable, is_postcode

NAMES = tuple(
    f"{given} {family}"
    for given in ("Anna", "Jonas", "Laura", "Peter", "Julia", "Paul")
    for family in ("Becker", "Weber", "Schmitz", "Vogt", "Lang")
)
GERMAN = ("Berlin", "Hamburg", "München", "Leipzig", "Bremen", "Rostock") * 5
SPANISH = ("Madrid", "Sevilla", "Bilbao", "Zaragoza", "Murcia", "Alicante") * 5


def blind(*columns: tuple[str, ...]) -> list[str]:
    made = tuple(Column(f"c{n}", "", values, len(values)) for n, values in enumerate(columns))
    found = scan(Table("csv", len(columns[0]), len(columns[0]), made), Options(headers=False)).findings
    return [finding.entity for finding in found]


def test_bare_digits_are_telephone_numbers_of_the_country_that_the_towns_lie_in() -> None:
    spanish = tuple(f"9{10 + n}{100_000 + 3_571 * n}" for n in range(30))

    assert blind(NAMES, SPANISH, spanish)[2] == "PHONE_NUMBER"
    assert blind(NAMES, GERMAN, spanish)[2] != "PHONE_NUMBER"


def test_numbers_of_orders_are_no_telephone_numbers_however_long() -> None:
    orders = tuple(f"{4_000 + n}-{10 + n}-{3_000 + n}" for n in range(30))
    dated = tuple(f"2024-{10_000 + 37 * n}" for n in range(30))

    assert "PHONE_NUMBER" not in blind(NAMES, GERMAN, orders, dated)


def test_digits_are_postcodes_where_the_country_has_such() -> None:
    codes = tuple(str(10_115 + 2_711 * (n * 7 % 30)) for n in range(30))

    assert blind(NAMES, codes, ("gold", "basic") * 15, ("red", "blue") * 15, GERMAN)[1] == "POSTCODE"


@pytest.mark.parametrize(
    ("name", "codes"),
    [("Polen", ["PL"]), ("Îles Féroé", ["FO"]), ("日本", ["JP"]), ("Warszawa", ["PL"]), ("Nowhere", [])],
)
def test_towns_and_countries_are_known_in_many_languages(name: str, codes: list[str]) -> None:
    assert countries_of(name) == codes


def test_a_form_is_a_countrys_own() -> None:
    assert is_country("Norwegen")
    assert is_postcode("150-0002", "JP")
    assert not is_postcode("150-0002", "DE")
    assert is_diallable("(61) 6320-3459", "BR")
    assert not is_diallable("361-2772", "BR")
