"""Delimited text as people really send it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from faker import Faker

from datamap.scanner.read import read_table

if TYPE_CHECKING:
    from pathlib import Path

    from datamap.scanner.types import Table


def read(tmp_path: Path, content: str, name: str = "x.csv") -> Table:
    (tmp_path / name).write_bytes(content.encode())
    return read_table(tmp_path / name)


def cells(table: Table) -> dict[str, tuple[str, ...]]:
    return {column.name: column.values for column in table.columns}


PEOPLE = {"name": ("Jane", "Joe"), "mail": ("j@example.org", "k@example.org")}


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\r\nname;mail\r\nJane;j@example.org\r\nJoe;k@example.org\r\n",
        "Members\nas of May 2024\n\nname,mail\nJane,j@example.org\nJoe,k@example.org\n",
        "# made by a tool\n# on Monday, early\nname,mail\nJane,j@example.org\nJoe,k@example.org\n",
        ",\nMembers,\nname,mail\nJane,j@example.org\nJoe,k@example.org\n",
        "\n\n\nname,mail\nJane,j@example.org\n\nJoe,k@example.org\n\n",
        "name,mail\rJane,j@example.org\rJoe,k@example.org\r",
        "\ufeffname,mail\nJane,j@example.org\nJoe,k@example.org\n",
        '"name","mail"\n"Jane","j@example.org"\n"Joe","k@example.org"',
        'name, "mail"\nJane, "j@example.org"\nJoe, "k@example.org"\n',
        "name~mail\nJane~j@example.org\nJoe~k@example.org\n",
        "name^mail\nJane^j@example.org\nJoe^k@example.org\n",
        "name   mail\nJane   j@example.org\nJoe    k@example.org\n",
    ],
)
def test_what_stands_around_a_table_does_not_change_it(tmp_path: Path, content: str) -> None:
    table = read(tmp_path, content)

    assert (cells(table), table.rows, table.has_header) == (PEOPLE, 2, True)


def test_a_total_below_the_table_is_counted_as_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, "name,mail,city\nJane,j@example.org,Leeds\nJoe,k@example.org,York\nTotal: 2 people\n")

    assert (table.rows, table.skipped) == (2, 1)


def test_quotes_may_be_escaped_by_a_backslash(tmp_path: Path) -> None:
    table = read(tmp_path, 'name,note\nJane,"said \\"hello, you\\" twice"\nJoe,"x"\n')

    assert cells(table)["note"] == ('said "hello, you" twice', "x")


def test_a_backslash_before_a_closing_quote_escapes_nothing(tmp_path: Path) -> None:
    table = read(tmp_path, 'folder,files\n"C:\\home\\",1\n"D:\\",2\n')

    assert cells(table)["folder"] == ("C:\\home\\", "D:\\")


def test_a_quote_that_is_never_closed_does_not_swallow_a_short_file(tmp_path: Path) -> None:
    assert cells(read(tmp_path, 'a,b\n1,"2\n3,4\n5,6\n')) == {"a": ("1", "3", "5"), "b": ('"2', "4", "6")}


@pytest.mark.parametrize("end", ["", 'last,"one"\n'])
def test_a_quote_that_is_never_closed_does_not_swallow_a_long_file(tmp_path: Path, end: str) -> None:
    rows = "".join(f"Jane,{n}\n" for n in range(40_000))
    table = read(tmp_path, f'name,no\n{rows}Joe,"1\nAnn,2\n' + "Eve,3\n" * 500 + end)

    assert (table.rows, table.skipped >= 1) == (40_501 + bool(end), True)
    assert [(reason.code, reason.params["line"]) for reason in table.left_out] == [("open_quote", 40_002)]


def test_a_quote_that_is_never_closed_in_the_middle_of_a_row_costs_that_row(tmp_path: Path) -> None:
    rows = "".join(f"Jane,{n},x\n" for n in range(40_000))
    table = read(tmp_path, f'name,no,note\n{rows}Joe,"1,x\n' + "Eve,3,x\n" * 500)

    assert (table.rows, table.skipped) == (40_500, 1)
    assert [(reason.code, reason.params["line"]) for reason in table.left_out] == [("open_quote", 40_002)]


def test_long_texts_of_several_lines_are_one_cell_each(tmp_path: Path) -> None:
    note = "Dear all, we met.\n" * 40
    table = read(tmp_path, "name,note\n" + f'Jane,"{note}"\n' * 3 + 'Joe,"x"\n')

    assert (table.rows, table.skipped, table.left_out) == (4, 0, ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", "Hello there, this is a note.\nA second line, with a comma.\nAnd, well, a third.\n"),
        ("x", "Hello there, this is a note.\nA second line, with a comma.\n"),
        ("x.sql", "INSERT INTO t VALUES (1,'a','b');\nINSERT INTO t VALUES (2,'c','d');\n"),
        ("x.yaml", "name: Jane\nmail: j@example.org\n"),
        ("x.txt", "10:20:30\n11:22:33\n12:00:00\n"),
    ],
)
def test_signs_within_lines_are_no_delimiters(tmp_path: Path, name: str, content: str) -> None:
    table = read(tmp_path, content, name)

    assert [column.name for column in table.columns] == ["text"]
    assert table.rows == content.count("\n")


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    assert cells(read(tmp_path, "name;amount\nJane;1,50\nJoe;2,75\n"))["amount"] == ("1,50", "2,75")


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("id,name,mail\n", ["id", "name", "mail"]),
        ("name,name,,mail\nJane,Smith,x,j@example.org\n", ["name", "name_2", "c3", "mail"]),
        ('Name (full),"Weight [kg]","Size\nin cm"\nJane,50,160\n', ["Name (full)", "Weight [kg]", "Size in cm"]),
        ('"name","age"\n"1","Jane",5\n"2","Joe",6\n', ["c1", "name", "age"]),
        ("name,mail\nJane,j@example.org,\nJoe,k@example.org,\n", ["name", "mail", "c3"]),
        ("name,mail,\nJane,j@example.org\nJoe,k@example.org\n", ["name", "mail"]),
        ("Country,Code,1960,1961,1962\nFrance,FR,1.5,2,3\n", ["Country", "Code", "1960", "1961", "1962"]),
        ("Contact,,Order,\nname,mail,no,total\nJane,j@e.org,1,2\nJoe,k@e.org,2,3\n", ["name", "mail", "no", "total"]),
        ("名前,電話\n山田太郎,090-1234-5678\n", ["名前", "電話"]),
        ("name\nJane\nJoe\n", ["name"]),
        ("Patient,Diabetes,Asthma\nJane,yes,no\nJoe,no,yes\nAnn,no,no\n", ["Patient", "Diabetes", "Asthma"]),
        ("First name,Town\n", ["First name", "Town"]),
    ],
)
def test_columns_take_the_names_of_the_header(tmp_path: Path, content: str, names: list[str]) -> None:
    assert list(cells(read(tmp_path, content))) == names


@pytest.mark.parametrize(
    "content",
    [
        "Jane,Smith\nJoe,Brown\nAnna,Jones\nMary,Miller\n",
        "Jane\nJoe\nMary\nPeter\n",
        "1,Jane,F\n2,Joe,M\n3,Ann,F\n",
        "jane@example.org\njoe@example.org\n",
        "1.5e+02,-.35\n7.5e+01,.25\n",
        "2024-01-01 10:00:00,5\n2024-01-02 11:00:00,6\n",
        "Anna Berg\n",
        "Xiadani;Quetzalli;Zzyx\nTlaloc;Nezahual;Yyy\nMixtli;Cuauhtemoc;Www\n",
        "Hypertension,Aspirin\nDiabetes,Insulin\nAsthma,Salbutamol\nHIV,Truvada\n",
    ],
)
def test_a_first_row_of_data_names_no_column(tmp_path: Path, content: str) -> None:
    table = read(tmp_path, content)

    assert [column.name for column in table.columns] == [f"c{i}" for i in range(1, len(table.columns) + 1)]
    assert table.rows == content.count("\n")


HEADS = {
    "en_US": ("Full Name", "City"),
    "de_DE": ("Nachname", "Ort"),
    "fr_FR": ("Nom", "Ville"),
    "pl_PL": ("Imię i nazwisko", "Miasto"),
    "ja_JP": ("氏名", "市区町村"),
    "zh_CN": ("姓名", "城市"),
    "ko_KR": ("이름", "도시"),
    "ru_RU": ("ФИО", "Город"),
    "el_GR": ("Όνομα", "Πόλη"),
    "he_IL": ("שם", "עיר"),
    "vi_VN": ("Họ tên", "Thành phố"),
}


@pytest.mark.parametrize("locale", HEADS)
def test_no_name_of_a_person_becomes_a_column_and_no_header_a_person(tmp_path: Path, locale: str) -> None:
    faker = Faker(locale)
    faker.seed_instance(3)
    rows = "".join(f"{faker.name()};{faker.city()}\n" for _ in range(40))

    assert list(cells(read(tmp_path, rows))) == ["c1", "c2"]
    assert list(cells(read(tmp_path, ";".join(HEADS[locale]) + "\n" + rows))) == [*HEADS[locale]]


def test_columns_set_apart_by_spaces_keep_spaces_within_them(tmp_path: Path) -> None:
    rows = [
        ("no", "who", "town"),
        ("1", "Jane Smith", "Leeds"),
        ("2", "Joe van Brown", "New York"),
        ("3", "Ann", "Hull"),
    ]
    content = "".join(f"{no:<5}{who:<17}{town}\n" for no, who, town in rows)

    assert cells(read(tmp_path, content, "x.txt"))["who"] == ("Jane Smith", "Joe van Brown", "Ann")


def test_numbers_set_apart_by_single_spaces_are_columns(tmp_path: Path) -> None:
    content = "age sex bmi\n" + "".join(f"{20 + n} {n % 2} {18 + n / 10}\n" for n in range(20))

    assert list(cells(read(tmp_path, content, "x.dat"))) == ["age", "sex", "bmi"]


def test_sentences_are_no_columns(tmp_path: Path) -> None:
    content = "Dear all of you,\nwe met on Monday at noon:\nJane was there too.\nWhat a fine day.\n"

    assert read(tmp_path, content, "x.txt").format == "text"


ADDRESS = "12 Main St, Apt 4, Leeds, Kent, 1234, UK"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("id,name,billing address,shipping address", ["7", "Taylor, Ann", ADDRESS, ADDRESS]),
        ("id,mail,payload", ["7", "a@b.org", '{"a":1,"b":2,"c":3,"d":4,"e":"f;g;h"}']),
        ("id,mail,vector", ["7", "a@b.org", ",".join(["0.5"] * 32)]),
        ("id,name,said", ["7", "Jan 't Hooft", 'he said "no"; she said "yes"; it\'s done']),
    ],
)
def test_what_stands_in_quotes_is_not_torn_apart(tmp_path: Path, header: str, cells: list[str]) -> None:
    row = ",".join('"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in cells)
    (tmp_path / "x.csv").write_text(header + f"\n{row}" * 60)
    table = read_table(tmp_path / "x.csv")

    assert (table.rows, table.skipped) == (60, 0)
    assert {column.name: column.values[0] for column in table.columns} == dict(
        zip(header.split(","), cells, strict=True)
    )


def test_single_quotes_hold_cells_together_too(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,name,street\n" + f"1,'Lee, Ann','{ADDRESS}'\n" * 40)

    assert [column.values[0] for column in read_table(tmp_path / "x.csv").columns] == ["1", "Lee, Ann", ADDRESS]
