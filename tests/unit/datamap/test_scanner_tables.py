"""Columns of tables: what headers propose and values decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from datamap.scanner.options import Options
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from tests.benchmarks.columns import call, count
from tests.benchmarks.generate.tables import heldout
from tests.support.samples import EXPECTED, as_csv, customers

if TYPE_CHECKING:
    from pathlib import Path

    from datamap.scanner.types import Scan


def scanned(tmp_path: Path, content: bytes, name: str = "people.csv", *, headers: bool = True) -> Scan:
    path = tmp_path / name
    path.write_bytes(content)
    return scan(read_table(path), Options(headers=headers), name=name)


def named(result: Scan) -> dict[str, tuple[str, str]]:
    return {finding.name: (str(finding.identifying), finding.entity) for finding in result.findings}


def found_at(result: Scan, rows: list[dict[str, str]], name: str) -> str:
    """The entity of a column whose name the scanner was not told."""
    return dict(zip(rows[0], (finding.entity for finding in result.findings), strict=True))[name]


def test_each_column_is_what_its_header_and_values_say(tmp_path: Path) -> None:
    found = named(scanned(tmp_path, as_csv(customers()), "customers.csv"))

    assert {name: found[name] for name in EXPECTED} == EXPECTED


def test_a_diagnosis_is_health_and_special(tmp_path: Path) -> None:
    result = scanned(tmp_path, as_csv(customers()), "customers.csv")

    diagnosis = next(finding for finding in result.findings if finding.name == "diagnosis")
    assert (diagnosis.category, diagnosis.special) == ("health", True)


@pytest.mark.parametrize("locale", ["de_DE", "fr_FR", "es_ES", "pl_PL"])
def test_people_of_other_countries_are_found(tmp_path: Path, locale: str) -> None:
    found = named(scanned(tmp_path, as_csv(customers(locale=locale)), "customers.csv"))

    assert found["full_name"] == ("direct", "PERSON")
    assert found["customer_email"] == ("direct", "EMAIL_ADDRESS")


def test_values_speak_where_headers_are_ignored(tmp_path: Path) -> None:
    rows = customers()
    result = scanned(tmp_path, as_csv(rows), headers=False)

    found = dict(zip(rows[0], (finding.entity for finding in result.findings), strict=True))
    assert [finding.name for finding in result.findings][:2] == ["c1", "c2"]
    assert found["customer_email"] == "EMAIL_ADDRESS"
    assert found["full_name"] == "PERSON"
    assert found["phone"] == "PHONE_NUMBER"
    assert found["iban"] == "IBAN_CODE"
    assert found["gender"] == "GENDER"
    assert found["order_no"] == found["sku"] == found["colour"] == found["amount"] == ""


def test_a_date_is_a_birth_date_without_a_header_only_among_people(tmp_path: Path) -> None:
    people = customers()
    things = [{key: row[key] for key in ("sku", "birth_date", "colour", "amount")} for row in people]

    assert found_at(scanned(tmp_path, as_csv(people), headers=False), people, "birth_date") == "DATE_OF_BIRTH"
    assert found_at(scanned(tmp_path, as_csv(people), headers=False), people, "created_at") == ""
    assert found_at(scanned(tmp_path, as_csv(things), headers=False), things, "birth_date") == ""


def test_a_town_is_personal_among_people_and_not_among_shops(tmp_path: Path) -> None:
    people = customers()
    shops = [{"shop": row["sku"], "city": row["signup_city"], "amount": row["amount"]} for row in people]

    assert named(scanned(tmp_path, as_csv(people), "export.csv"))["signup_city"] == ("quasi", "LOCATION")
    result = scanned(tmp_path, as_csv(shops), "shops.csv")
    assert named(result)["city"] == ("none", "")
    assert "table.things" in {reason.code for reason in result.findings[1].why}


def test_a_file_without_a_header_gets_column_numbers_not_a_persons_name(tmp_path: Path) -> None:
    lines = as_csv(customers()).split(b"\r\n", 1)[1]
    result = scanned(tmp_path, lines)

    assert not result.has_header
    assert result.rows == 200
    assert result.findings[0].name == "c1"


def test_one_in_a_thousand_social_security_numbers_at_the_end_is_seen(tmp_path: Path) -> None:
    rows = [{"ref": f"item {n}", "qty": str(n % 7)} for n in range(20_000)]
    for n in range(20):
        rows[-1 - n]["ref"] = f"536-90-4{n:03d}"
    result = scanned(tmp_path, as_csv(rows))

    ref = result.findings[0]
    assert (ref.entity, ref.identifying) == ("US_SSN", "direct")
    assert ref.share == pytest.approx(0.001, rel=0.2)
    assert "value.rare" in {reason.code for reason in ref.why}


def test_card_numbers_are_found_by_luhn_and_random_digits_are_not(tmp_path: Path) -> None:
    cards = ["4111111111111111", "5500005555555559", "378282246310005", "6011000990139424", "4012888888881881"]
    rows = [{"a": cards[n % 5], "b": str(4_100_000_000_000_000 + n * 7919)} for n in range(100)]
    found = named(scanned(tmp_path, as_csv(rows)))

    assert found["a"] == ("direct", "CREDIT_CARD")
    assert found["b"] == ("none", "")


def test_a_header_that_its_values_contradict_is_turned_down_with_the_reason(tmp_path: Path) -> None:
    rows = [{"email": ["yes", "no"][n % 2], "phone": f"{n * 0.5:.2f} km"} for n in range(60)]
    result = scanned(tmp_path, as_csv(rows))

    assert named(result) == {"email": ("none", ""), "phone": ("none", "")}
    assert "value.contradicts" in {reason.code for reason in result.findings[0].why}


def test_an_empty_column_is_proposed_by_its_header_with_little_confidence(tmp_path: Path) -> None:
    rows = [{"id": str(n), "email": ""} for n in range(30)]
    result = scanned(tmp_path, as_csv(rows))

    assert result.findings[1].entity == "EMAIL_ADDRESS"
    assert result.findings[1].confidence < 0.7


def test_examples_never_show_a_value(tmp_path: Path) -> None:
    rows = customers()
    result = scanned(tmp_path, as_csv(rows))

    for finding in result.findings:
        if finding.identifying == "direct":
            values = {row[finding.name] for row in rows}
            assert not values & set(finding.examples)
            assert all("*" in example for example in finding.examples)


def test_the_same_file_scanned_twice_gives_the_same_findings(tmp_path: Path) -> None:
    content = as_csv(customers(5_000))

    assert scanned(tmp_path, content) == scanned(tmp_path, content)


@pytest.mark.parametrize(("headers", "floor"), [(True, 0.9), (False, 0.75)])
def test_unseen_synthetic_tables_are_judged_as_well_as_they_were(*, headers: bool, floor: float) -> None:
    """A guard against a change that spoils what it did not look at; the figures are in docs/benchmarks.md."""
    tables = heldout(42, 40)

    assert count(tables, [call(table, headers=headers) for table in tables]).f1 >= floor


def test_keys_and_ages_need_people_beside_them(tmp_path: Path) -> None:
    rows = [
        {"code": str(1000 + n), "pieces": str(20 + n % 50), "colour": row["colour"]}
        for n, row in enumerate(customers())
    ]

    assert {entity for _, entity in named(scanned(tmp_path, as_csv(rows), headers=False)).values()} == {""}


def test_a_header_of_an_r_export_names_no_key(tmp_path: Path) -> None:
    rows = [{"": str(n + 1), **row} for n, row in enumerate(customers())]

    assert scanned(tmp_path, as_csv(rows), "customers.csv").findings[0].identifying == "none"


def test_versions_are_no_addresses_of_hosts(tmp_path: Path) -> None:
    rows = [{"release": f"{n % 9}.{n % 30}.{n % 7}.0", "peer": f"81.2.{n}.{n % 250}"} for n in range(100)]
    found = named(scanned(tmp_path, as_csv(rows), "log.csv"))

    assert found == {"release": ("none", ""), "peer": ("direct", "IP_ADDRESS")}
