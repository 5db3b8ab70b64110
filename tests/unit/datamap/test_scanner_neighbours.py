"""What columns without headers are taken for because of the columns beside them."""

from __future__ import annotations

import random

import pytest
from faker import Faker

from datamap.scanner.keys import owner_of, rises
from datamap.scanner.options import Options
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Table

ROWS = 60


def table(**columns: list[str]) -> Table:
    made = tuple(Column(name, "", tuple(values), len(values)) for name, values in columns.items())
    return Table("csv", ROWS, ROWS, made)


def blind(**columns: list[str]) -> dict[str, str]:
    """The entity of each column, its header unseen."""
    found = scan(table(**columns), Options(headers=False)).findings
    return dict(zip(columns, (finding.entity for finding in found), strict=True))


@pytest.fixture
def people() -> dict[str, list[str]]:
    faker, rng = Faker("en_US"), random.Random(3)
    faker.seed_instance(3)
    male = [rng.random() < 0.5 for _ in range(ROWS)]
    return {
        "name": [faker.name_male() if he else faker.name_female() for he in male],
        "born": [str(rng.randint(1940, 2004)) for _ in range(ROWS)],
        "sex": ["1" if he else "2" for he in male],
    }


def test_two_codes_that_part_given_names_are_sexes(people: dict[str, list[str]]) -> None:
    mixed = random.Random(4).sample(people["sex"], ROWS)

    found = blind(name=people["name"], sex=people["sex"], other=mixed)
    assert (found["sex"], found["other"]) == ("GENDER", "")


def test_numbers_that_fit_the_year_of_birth_are_ages_even_of_children(people: dict[str, list[str]]) -> None:
    born = [str(2008 + n % 11) for n in range(ROWS)]
    age = [str(2024 - int(year)) for year in born]
    visits = [str(n % 13) for n in range(ROWS)]

    found = blind(name=people["name"], born=born, age=age, visits=visits)
    assert (found["born"], found["age"], found["visits"]) == ("DATE_OF_BIRTH", "AGE", "")


def test_words_that_the_address_of_their_row_spells_are_names() -> None:
    made = ["".join(random.Random(n).choices("aeioukmtrs", k=7)) for n in range(ROWS)]
    mails = [f"{word}{n}@example.org" for n, word in enumerate(made)]
    parts = [f"{word[::-1]}x" for word in made]

    found = blind(word=made, mail=mails, part=parts)
    assert (found["word"], found["part"]) == ("PERSON", "")


def test_numbers_given_out_row_by_row_are_the_peoples_wherever_they_stand(people: dict[str, list[str]]) -> None:
    keys = [str(10_000 + 7 * n) for n in range(ROWS)]
    other = [str(random.Random(n).randint(10_000, 90_000)) for n in range(ROWS)]

    found = blind(name=people["name"], other=other, key=keys)
    assert (found["other"], found["key"]) == ("", "PERSON_ID")


def test_round_sums_beside_people_are_their_pay_and_sums_of_things_are_not(people: dict[str, list[str]]) -> None:
    sums = [str(random.Random(n).randint(20, 140) * 1000) for n in range(ROWS)]
    parts = [f"{random.Random(n).randint(0, 99_999)}-B" for n in range(ROWS)]

    assert blind(**people, pay=sums)["pay"] == "INCOME"
    assert blind(part=parts, price=sums)["price"] == ""


@pytest.mark.parametrize(
    ("codes", "owner"),
    [
        (["CUST-0017", "CUST-0023"], "people"),
        (["E1001", "E1002"], "people"),
        (["ORD-10007", "ORD-20011"], "things"),
        (["2024-00817", "2023-11234"], "things"),
        (["XQ-1", "XQ-2"], ""),
        (["1007", "1009"], ""),
    ],
)
def test_the_letters_of_a_code_say_whose_it_is(codes: list[str], owner: str) -> None:
    assert owner_of(codes) == owner


def test_numbers_rise_in_even_steps_or_they_do_not() -> None:
    assert rises([f"C{100 + n}" for n in range(20)])
    assert not rises([str(n + 1) for n in range(20)])  # counts the rows
    assert not rises([str((n * 7919) % 1000 + 1000) for n in range(20)])
