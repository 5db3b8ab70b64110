"""Guessed renamings and what people say of them."""

from __future__ import annotations

from datamap.drift import Column, compare
from datamap.renames import Said, guess_key, settle

OLD = [Column("people", "home_town", "text", "location", "quasi"), Column("people", "id", "int")]
NEW = [Column("people", "hometown", "text", "location", "quasi"), Column("people", "id", "bigint")]


def test_a_guess_stands_until_somebody_speaks() -> None:
    diff = settle(compare(OLD, NEW), ())
    assert [change.kind for change in diff.changes] == ["renamed", "retyped"]
    assert guess_key(diff.changes[0]) == ("people", "hometown", "people", "home_town")


def test_a_refused_guess_is_new_personal_data_and_a_field_that_went() -> None:
    said = Said("people", "hometown", "people", "home_town", same=False)
    diff = settle(compare(OLD, NEW), [Said.from_json(said.to_json())])
    assert [change.kind for change in diff.changes] == ["added", "removed", "retyped"]
    assert [column.path for column in diff.new_personal] == ["hometown"]


def test_a_confirmed_guess_stays_a_renaming_behind_what_waits() -> None:
    said = Said("people", "hometown", "people", "home_town", same=True)
    assert [change.kind for change in settle(compare(OLD, NEW), [said]).changes] == ["renamed", "retyped"]
