"""What changed between two versions of a schema."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from datamap.drift import Column, compare


def col(path: str, type_: str = "text", category: str = "none", entity: str = "t") -> Column:
    return Column(entity, path, type_, category)


def kinds(old: list[Column], new: list[Column]) -> set[tuple[str, str]]:
    return {(change.kind, change.column.path) for change in compare(old, new).changes}


def test_added_removed_and_retyped() -> None:
    old = [col("a"), col("b", "int"), col("gone_entirely")]
    new = [col("a"), col("b", "bigint"), col("x", category="health")]
    assert kinds(old, new) == {("retyped", "b"), ("added", "x"), ("removed", "gone_entirely")}
    assert compare(old, new).changes[0].is_new_personal


def test_a_likely_renaming_is_one_change_and_no_new_personal_data() -> None:
    diff = compare([col("first_name", category="identity")], [col("firstname", category="identity")])
    assert [(change.kind, change.column.path) for change in diff.changes] == [("renamed", "firstname")]
    assert not diff.new_personal


def test_a_renamed_table_keeps_its_fields() -> None:
    old = [col(name, entity="users") for name in ("id", "email", "town")]
    new = [col(name, entity="people") for name in ("id", "email", "town")]
    assert kinds(old, new) == {("renamed", "id"), ("renamed", "email"), ("renamed", "town")}


def test_the_case_of_names_does_not_matter() -> None:
    assert not compare([col("Email", "TEXT")], [col("email", "text")]).changes


columns = st.lists(
    st.builds(
        Column,
        st.sampled_from(["t", "u"]),
        st.text("abc_", min_size=1, max_size=5),
        st.sampled_from(["int", "text"]),
        st.sampled_from(["none", "contact"]),
    ),
    max_size=12,
    unique_by=lambda column: column.key,
)


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
