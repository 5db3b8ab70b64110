"""What the full pass adds to a sample, and how sure a share is."""

from __future__ import annotations

import random

import pytest

from datamap.scanner.masking import mask
from datamap.scanner.options import Options
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Finding, Hit, Table

SSNS = tuple(f"{219 + n}-09-{1000 + n}" for n in range(20))


def finding(column: Column, rows: int, **options: frozenset[str]) -> Finding:
    table = Table("csv", rows, len(column.values), (column,))
    return scan(table, Options(**options)).findings[0]  # type: ignore[arg-type]


def texts() -> tuple[str, ...]:
    return tuple(f"it took {n} days on the road and then it was not what we had in mind" for n in range(60))


def test_numbers_at_the_end_of_messages_are_told_though_no_text_read_holds_one() -> None:
    found = finding(Column("message", "", texts(), 20_000, {"US_SSN": Hit(20, SSNS)}), 20_000)

    assert found.identifying == "direct"
    assert found.entities["US_SSN"] == 20
    assert found.share == pytest.approx(0.001)


def test_an_address_that_names_nobody_is_not_told_again_by_the_full_pass() -> None:
    column = Column("message", "", texts(), 20_000, {"EMAIL_ADDRESS": Hit(20, ("help@shop.example",))})

    assert finding(column, 20_000, allow=frozenset({"help@shop.example"})).identifying == "none"


def test_numbers_at_the_end_of_a_column_of_towns_are_told_beside_the_towns() -> None:
    towns = ("Berlin", "Hamburg", "Bremen", "Dresden", "Leipzig", "Rostock") * 50
    found = finding(Column("home town", "", towns, 20_000, {"US_SSN": Hit(20, SSNS)}), 20_000)

    assert (found.entity, found.identifying) == ("LOCATION", "direct")
    assert [reason.params["entity"] for reason in found.why if reason.code == "value.rare"] == ["US_SSN"]
    assert "government_id" in found.categories


def test_examples_of_a_rare_find_are_masked_finds() -> None:
    found = finding(Column("ref", "", ("blue", "green", "red") * 40, 20_000, {"US_SSN": Hit(20, SSNS)}), 20_000)

    assert found.entity == "US_SSN"
    assert all(example.count("-") == 2 for example in found.examples)
    assert found.low == found.share == found.high == pytest.approx(0.001)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        rng = random.Random(seed)
        cells = tuple(
            f"{rng.randrange(10**9)}@mail.example" if rng.random() < 0.75 else f"none {rng.randrange(10**9)}"
            for _ in range(2_000)
        )
        found = finding(Column("email", "", cells, 100_000), 100_000)
        held += found.low <= 0.75 <= found.high
    assert held >= 52


def test_how_many_cells_are_filled_is_known_and_no_matter_of_chance() -> None:
    mails = tuple(f"user{n}@mail.example" for n in range(100))

    assert finding(Column("email", "", mails, 100), 1_000).low == pytest.approx(0.1)


@pytest.mark.parametrize("cell", ["@lopez", "root@Anna", "anna@maria.lopez", "x@anna.maria"])
def test_no_part_of_a_handle_that_may_be_a_name_stays_readable(cell: str) -> None:
    masked = mask(cell).lower()

    assert not any(word in masked for word in ("lopez", "anna", "maria"))
