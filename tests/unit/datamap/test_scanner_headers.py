"""What headers and the form of cells change: sentences, lists, coordinates, things with the names of people."""

from __future__ import annotations

import pytest

from datamap.scanner.cells import tidied
from datamap.scanner.lexicon import names_thing, table_kind
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Finding, Table
from datamap.scanner.validators import is_vin

NAMES = ("Emily Alvarez", "Jerry Ewing", "Anna Becker", "Paul Lang", "Maria Rossi", "Peter Vogt") * 5


def findings(file: str = "export.csv", /, **columns: tuple[str, ...]) -> dict[str, Finding]:
    made = tuple(Column(key.replace("__", "[]"), "", values, len(values)) for key, values in columns.items())
    found = scan(Table("csv", 30, 30, made), name=file).findings
    return dict(zip(columns, found, strict=True))


def test_short_messages_are_read_as_texts_and_labels_are_not() -> None:
    said = ("ok", "my email is ana@example.org", "call me later, please", "it is me, thank you") * 3
    chat = tuple(f"{message} {n}" for n, message in enumerate(said))
    labels = ("paid in full", "call back later", "see the file") * 10

    assert findings(message=chat)["message"].is_text
    assert not findings(comment=labels)["comment"].is_text


def test_elements_of_a_list_are_judged_each_by_itself() -> None:
    pairs = tuple(f"{one}\n{two}" for one, two in zip(NAMES, NAMES[1:], strict=False))

    assert findings(members__=pairs)["members__"].entity == "PERSON"


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("94103.0", "94104.0"), ("94103", "94104")),
        (('="0791"', '="0123"'), ("0791", "0123")),
        (("1.0", "1.5"), ("1.0", "1.5")),
    ],
)
def test_cells_are_read_as_they_were_meant(cells: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert tidied(Column("zip", "", cells, 2)).values == kept


def test_coordinates_are_a_place_of_somebody_among_people_only() -> None:
    degrees = tuple(f"{40 + n / 7:.5f}" for n in range(30))

    assert findings("customers.csv", name=NAMES, latitude=degrees)["latitude"].entity == "COORDINATES"
    assert findings("stations.csv", latitude=degrees)["latitude"].identifying == "none"


def test_browsers_are_the_mark_of_a_device_and_no_text() -> None:
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.{} (KHTML, like Gecko) Chrome/119.0.0.0"
    found = findings(user_agent=tuple(agent.format(n) for n in range(30)))["user_agent"]

    assert (found.entity, found.is_text) == ("DEVICE_ID", False)


def test_versions_are_no_addresses_whatever_their_numbers() -> None:
    assert findings(version=tuple(f"3.12.4.{80 + n}" for n in range(30)))["version"].identifying == "none"


@pytest.mark.parametrize("header", ["product", "brand", "flower"])
def test_labels_of_things_are_nobodys_names(header: str) -> None:
    labels = ("Calvin Klein", "Hugo Boss", "Paris Hilton", "Jimmy Choo", "Paul Smith", "Anna Sui") * 25

    assert findings(**{header: labels})[header].identifying == "none"


def test_roles_under_author_are_nobodys_names() -> None:
    assert findings(author=("customer", "agent") * 15)["author"].identifying == "none"


def test_names_in_signs_are_names() -> None:
    chinese = ("陈桂珍", "王小明", "李娜", "张伟", "刘洋", "赵静", "周杰", "吴磊") * 3
    korean = ("김승민", "이영희", "박지훈", "최수진", "정민호", "강하늘") * 4

    assert findings(name=chinese)["name"].entity == "PERSON"
    assert findings(name=korean)["name"].entity == "PERSON"


def test_origins_are_told_as_origins() -> None:
    assert findings(race=("White", "Black", "Asian-Pac-Islander") * 10)["race"].entity == "ETHNICITY"


@pytest.mark.parametrize(
    ("table", "kind"), [("shoppers", "people"), ("export_table_0001", ""), ("very_long_file_name", ""), ("depot", "")]
)
def test_what_every_table_is_says_nothing_of_it(table: str, kind: str) -> None:
    assert table_kind(table) == kind


def test_a_header_of_things_only_names_a_thing() -> None:
    assert names_thing("product brand")
    assert not names_thing("brand manager")
    assert not names_thing("name")


def test_a_vehicle_is_known_by_its_check_digit() -> None:
    assert is_vin("1M8GDM9AXKP042788")
    assert not is_vin("1M8GDM9A1KP042788")
    assert not is_vin("11111111111111111")


def test_sexes_and_ages_of_animals_are_nobodys_unless_their_owners_are_named() -> None:
    sex, age = ("M", "F", "F") * 10, tuple(str(1 + n % 12) for n in range(30))
    names = tuple(f"{given} {n}" for n, given in enumerate(("Bella", "Max", "Luna") * 10))

    herd = findings("sample.csv", breed=("Holstein", "Angus", "Merino") * 10, sex=sex, age=age)
    assert {found.identifying for found in herd.values()} == {"none"}
    owned = findings("sample.csv", breed=("Beagle", "Poodle", "Terrier") * 10, owner_name=NAMES, name=names)
    assert owned["owner_name"].entity == "PERSON"


def test_species_among_the_values_say_it_without_a_header() -> None:
    species = ("Pygoscelis adeliae", "Pygoscelis papua", "Aptenodytes forsteri") * 10
    made = (Column("a", "", species, 30), Column("b", "", ("M", "F", "F") * 10, 30))

    assert {found.identifying for found in scan(Table("csv", 30, 30, made)).findings} == {"none"}


@pytest.mark.parametrize(
    "header", ["diabetes", "Bluthochdruck", "fumador", "hepatitis_b", "thrombocytopenia", "smoker"]
)
def test_illnesses_and_risks_are_of_health_among_people_and_not_among_things(header: str) -> None:
    marks = {header: ("0", "1", "0") * 10}
    people = findings("study.csv", age=tuple(str(30 + n) for n in range(30)), sex=("m", "f", "f") * 10, **marks)

    assert (people[header].identifying, people[header].category) == ("quasi", "health")
    assert findings("regions.csv", country=("France", "Italy", "Spain") * 10, **marks)[header].identifying == "none"
