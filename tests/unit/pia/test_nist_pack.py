"""The NIST Privacy Framework pack is whole: the Core's counts, its ids, and a question a person can answer for each."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from pia.frameworks.loader import PACKS, load
from pia.frameworks.pack import Item, Pack

#: Subcategories per category, from the Core tables of NIST.CSWP.01162020.
CORE = {
    "ID.IM-P": 8, "ID.BE-P": 3, "ID.RA-P": 5, "ID.DE-P": 5,
    "GV.PO-P": 6, "GV.RM-P": 3, "GV.AT-P": 4, "GV.MT-P": 7,
    "CT.PO-P": 4, "CT.DM-P": 10, "CT.DP-P": 5,
    "CM.PO-P": 2, "CM.AW-P": 8,
    "PR.PO-P": 10, "PR.AC-P": 6, "PR.DS-P": 8, "PR.MA-P": 2, "PR.PT-P": 4,
}  # fmt: skip
PACK = load(PACKS / "nist-pf-1.0.yaml")


@pytest.fixture
def pack() -> Pack:
    return PACK


def test_it_holds_all_hundred_subcategories_in_order(pack: Pack) -> None:
    expected = [f"{category}{n}" for category, count in CORE.items() for n in range(1, count + 1)]
    assert [item.id for item in pack.items] == expected
    assert len(expected) == 100


def test_the_five_functions_stand_over_the_eighteen_categories(pack: Pack) -> None:
    functions = [group.id for group in pack.groups if not group.parent]
    categories = {group.id: group.parent for group in pack.groups if group.parent}
    assert functions == ["ID-P", "GV-P", "CT-P", "CM-P", "PR-P"]
    assert list(categories) == list(CORE)
    assert all(parent == f"{category[:2]}-P" for category, parent in categories.items())
    assert Counter(item.group for item in pack.items) == CORE


@pytest.mark.parametrize("item", PACK.items, ids=lambda item: item.id)
def test_each_question_can_be_read_alone(item: Item) -> None:
    assert item.question.endswith("?")
    assert len(item.question) <= 200
    assert not re.search(r"\b(those (?!who\b|logs\b)|this item|the above|subcategor)", item.question.lower())
    assert item.question != item.title
    sentences = re.findall(r"[.?!](?:\s|$)", item.guidance)
    assert 1 <= len(sentences) <= 3


def test_no_two_questions_or_guidances_are_alike(pack: Pack) -> None:
    assert len({item.question for item in pack.items}) == 100
    assert len({item.guidance for item in pack.items}) == 100


def test_a_question_answered_for_the_whole_organisation_leans_on_no_project_facts(pack: Pack) -> None:
    shared = [item for item in pack.items if item.scope == "organisation"]
    assert len(shared) > 50
    assert not [item.id for item in shared if item.evidence or item.applies_when]
