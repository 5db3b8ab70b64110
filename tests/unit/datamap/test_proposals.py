"""What a schema says of a field beside its name: its description, and categories that somebody stated."""

from __future__ import annotations

from typing import Final

import pytest

from core.types import Category
from datamap.categories import LABELS, of_fideslang
from datamap.proposals import Proposed, propose_fields

DESCRIBED: Final = [
    ("E-mail address of the customer", "contact"),
    ("Social security number; never shown", "government_id"),
    ("Adresse e-mail du client", "contact"),
    ("\u624b\u673a\u53f7\uff08\u5fc5\u586b\uff09", "contact"),
    ("Model of the phone", "none"),
    ("Number of phones", "none"),
    ("Whether a mail was sent", "none"),
    ("Day on which somebody last changed the e-mail address of the customer", "none"),
    ("", "none"),
]


@pytest.mark.parametrize(("description", "category"), DESCRIBED)
def test_a_description_proposes_where_the_name_says_nothing(description: str, category: str) -> None:
    proposed = _proposed("f1", description)
    assert proposed.category == category
    assert [one["code"] for one in proposed.why] == (["schema.described"] if category != "none" else [])


def test_the_name_comes_before_the_description() -> None:
    assert _proposed("iban", "E-mail address").category == "financial"


@pytest.mark.parametrize(
    ("stated", "category"),
    [
        ("[user.contact.email]", "contact"),
        ("Kept for ever [system.operations, user.demographic.date_of_birth]", "identity"),
        ("[user.health_and_medical]", "health"),
        ("[system.operations]", "none"),
        ("[see the user guide]", "none"),
    ],
)
def test_a_stated_category_is_taken_over(stated: str, category: str) -> None:
    assert _proposed("f1", stated).category == category


@pytest.mark.parametrize(
    ("type_", "category"),
    [("string(email)", "contact"), ("Data(phone)", "contact"), ("Text|email", "contact"), ("varchar(20)", "none")],
)
def test_a_declared_format_says_what_a_field_holds(type_: str, category: str) -> None:
    assert _proposed("f1", "", type_).category == category


def test_a_health_category_that_fides_states_is_special() -> None:
    assert _proposed("f1", "[user.health]").special


@pytest.mark.parametrize("category", [one for one in Category if one not in {Category.NONE, Category.EDUCATION}])
def test_our_own_fideslang_keys_come_back(category: Category) -> None:
    assert of_fideslang(LABELS[category].fideslang) == category


def _proposed(path: str, description: str, type_: str = "text") -> Proposed:
    field = {"path": path, "type": type_, "nullable": None, "description": description, "key": "", "references": ""}
    (found,) = propose_fields({"entities": [{"name": "t", "derived": False, "fields": [field]}]}, lambda _: None)
    return found
