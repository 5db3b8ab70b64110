"""What changed between two versions of a schema."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamap.drift import Column, compare
from datamap.wording import reason


def col(path: str, type_: str = "text", category: str = "none", entity: str = "t") -> Column:
    return Column(entity, path, type_, category)


def kinds(old: list[Column], new: list[Column]) -> set[tuple[str, str]]:
    return {(change.kind, change.column.path) for change in compare(old, new).changes}


def test_added_removed_and_retyped() -> None:
    old = [col("a"), col("b", "int"), col("gone_entirely")]
    new = [col("a"), col("b", "bigint"), col("x", category="health")]
    assert kinds(old, new) == {("retyped", "b"), ("added", "x"), ("removed", "gone_entirely")}
    assert compare(old, new).changes[0].is_new_personal


def test_a_field_that_is_recognised_only_now_is_new_personal_data() -> None:
    diff = compare([col("a"), col("b", category="health")], [col("a", category="contact"), col("b")])
    assert [(change.kind, change.is_new_personal) for change in diff.changes] == [("recognised", True)]


def test_a_persons_word_is_no_change_of_the_schema() -> None:
    assert not compare([col("a")], [Column("t", "a", "text", "contact", decided=True)]).changes


def test_a_likely_renaming_is_one_change_and_no_new_personal_data() -> None:
    diff = compare([col("first_name", category="identity")], [col("firstname", category="identity")])
    assert [(change.kind, change.column.path) for change in diff.changes] == [("renamed", "firstname")]
    assert not diff.new_personal


def test_a_renamed_table_keeps_its_fields() -> None:
    old = [col(name, entity="users") for name in ("id", "email", "town")]
    new = [col(name, entity="people") for name in ("id", "email", "town")]
    assert kinds(old, new) == {("renamed", "id"), ("renamed", "email"), ("renamed", "town")}


def test_a_renamed_table_may_change_a_little_and_its_guesses_say_why() -> None:
    old = [col(name, entity="users") for name in ("id", "name", "email", "town", "born", "fax")]
    new = [col(name, entity="people") for name in ("id", "name", "email", "town", "born", "phone_number")]
    diff = compare(old, new)
    assert diff.count("renamed") == 5
    assert {change.because.code for change in diff.changes if change.because} == {"drift.table"}
    assert {(change.kind, change.column.path) for change in diff.changes if change.kind != "renamed"} == {
        ("added", "phone_number"),
        ("removed", "fax"),
    }


def test_two_renamed_tables_are_told_apart_by_their_fields_and_names() -> None:
    old = [col(name, entity=entity) for entity in ("users", "clients") for name in ("id", "name", "mail")]
    new = [col(name, entity=entity) for entity in ("app_users", "app_clients") for name in ("id", "name", "mail")]
    pairs = {
        (change.old.entity, change.new.entity) for change in compare(old, new).changes if change.old and change.new
    }
    assert pairs == {("users", "app_users"), ("clients", "app_clients")}


def test_a_renamed_object_keeps_the_fields_within() -> None:
    old = [col("customer.id"), col("customer.address.zip"), col("orders[].sku"), col("orders[].at"), col("note")]
    new = [col("client.id"), col("client.address.zip"), col("purchases[].sku"), col("purchases[].at"), col("note")]
    diff = compare(old, new)
    assert {
        (change.kind, change.old.path, change.new.path) for change in diff.changes if change.old and change.new
    } == {
        ("renamed", "customer.id", "client.id"),
        ("renamed", "customer.address.zip", "client.address.zip"),
        ("renamed", "orders[].sku", "purchases[].sku"),
        ("renamed", "orders[].at", "purchases[].at"),
    }
    assert all(change.because and change.because.code == "drift.object" for change in diff.changes)


def test_a_field_that_became_a_list_is_another_type_of_the_same_field() -> None:
    assert kinds([col("person.mail")], [col("person.mail[]")]) == {("retyped", "person.mail[]")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("integer", "INT"),
        ("character varying(80)", "VARCHAR(80)"),
        ("timestamp without time zone", "TIMESTAMP"),
        ("timestamp(6) with time zone", "TIMESTAMPTZ(6)"),
        ("numeric(10,2)", "DECIMAL(10, 2)"),
        ("double precision", "DOUBLE"),
    ],
)
def test_two_spellings_of_one_type_are_no_change(one: str, other: str) -> None:
    assert not compare([col("a", one)], [col("a", other)]).changes
    assert compare([col("a", one)], [col("a", "blob")]).count("retyped") == 1


def test_a_guess_never_hides_new_personal_data() -> None:
    diff = compare([col("phone_model")], [col("phone_mobile", category="contact")])
    assert [(change.kind, change.is_new_personal) for change in diff.changes] == [("renamed", True)]
    diff = compare([col("home_state", category="location")], [col("home_estate", category="financial")])
    assert [column.path for column in diff.new_personal] == ["home_estate"]


def test_what_a_guess_goes_by_is_said() -> None:
    (change,) = compare([col("first_name")], [col("firstname")]).changes
    assert change.because is not None
    assert (change.because.code, change.because.params["percent"]) == ("drift.alike", 95)
    assert reason(change.because.code, change.because.params)


def test_thousands_of_new_and_vanished_tables_are_compared_without_guessing_for_ever() -> None:
    old = [col(f"c{field}_{table}", entity=f"old_{table}") for table in range(2000) for field in range(3)]
    new = [col(f"c{field}_{table}", entity=f"new_{table}") for table in range(2000) for field in range(3)]
    assert compare(old, new).count("renamed") == 6000
    wide = [col(f"a{n}") for n in range(5000)]
    assert compare(wide, [col(f"b{n}") for n in range(5000)]).count("renamed") == 0


def test_the_case_of_names_does_not_matter() -> None:
    assert not compare([col("Email", "TEXT")], [col("email", "text")]).changes


columns = st.lists(
    st.builds(
        Column,
        st.sampled_from(["t", "u", "v"]),
        st.lists(st.text("abc_", min_size=1, max_size=4), min_size=1, max_size=3).map(".".join),
        st.sampled_from(["int", "text"]),
        st.sampled_from(["none", "contact"]),
    ),
    max_size=12,
    unique_by=lambda column: column.key,
)


@given(columns, columns, st.randoms(use_true_random=False))
def test_the_order_of_fields_and_tables_changes_nothing(old: list[Column], new: list[Column], chance: Random) -> None:
    before = compare(old, new)
    chance.shuffle(old)
    chance.shuffle(new)
    assert compare(old, new) == before


@given(columns, columns)
def test_all_new_personal_data_is_told(old: list[Column], new: list[Column]) -> None:
    known = {column.key for column in old if column.is_personal}
    diff = compare(old, new)
    renamed = {change.new.key for change in diff.changes if change.new and change.old and change.old.is_personal}
    fresh = {column.key for column in new if column.is_personal and column.key not in known | renamed}
    arrived = {column.key for column in diff.new_personal}
    same = {column.key for column in old} & {column.key for column in new}
    assert fresh - same <= arrived <= {column.key for column in new if column.is_personal}


@given(columns, columns)
def test_every_difference_is_told_once(old: list[Column], new: list[Column]) -> None:
    diff = compare(old, new)
    told_new = [change.new.key for change in diff.changes if change.new]
    told_old = [change.old.key for change in diff.changes if change.old]
    assert len(told_new) == len(set(told_new)) and len(told_old) == len(set(told_old))
    assert {column.key for column in new} - {column.key for column in old} <= set(told_new)
    assert {column.key for column in old} - {column.key for column in new} <= set(told_old)
    assert not compare(new, new).changes
    assert [change.is_new_personal for change in diff.changes] == sorted(
        (change.is_new_personal for change in diff.changes), reverse=True
    )
