"""The GDPR pack asks for what the law says, counted against literal numbers."""

from __future__ import annotations

import pytest

from pia.frameworks.loader import PACKS, load
from pia.frameworks.pack import Pack, Weight
from pia.frameworks.sections import CHAPTERS, chapter_of

ARTICLES = {*range(5, 23), *range(24, 31), *range(32, 40), *range(44, 50), 88, 89} - {23, 31}
GATES = {5, 6, 9, 10, 22, 26, 28, *range(44, 50)}


@pytest.fixture(scope="module")
def gdpr() -> Pack:
    return load(PACKS / "gdpr-pia.yaml")


def article(item_id: str) -> int:
    return int(item_id.partition(".")[0])


def test_all_41_articles_are_asked_about(gdpr: Pack) -> None:
    assert len(ARTICLES) == 41
    assert {int(group.id) for group in gdpr.groups if group.parent} == ARTICLES
    assert {article(item.id) for item in gdpr.items} == ARTICLES


def test_there_are_65_items_each_filed_under_its_article(gdpr: Pack) -> None:
    assert len(gdpr.items) == 65
    assert all(item.group == str(article(item.id)) for item in gdpr.items)


def test_lawfulness_and_nothing_else_is_a_gate(gdpr: Pack) -> None:
    assert {article(item.id) for item in gdpr.items if item.gate} == GATES
    assert all(item.gate for item in gdpr.items if article(item.id) in GATES)


def test_the_six_principles_are_asked_one_by_one(gdpr: Pack) -> None:
    assert {item.id for item in gdpr.items} >= {f"5.1.{letter}" for letter in "abcdef"} | {"5.2"}


def test_only_the_representative_is_a_should(gdpr: Pack) -> None:
    assert [item.id for item in gdpr.items if item.weight is not Weight.MUST] == ["27"]


def test_every_question_ends_as_one_and_says_why_it_is_asked(gdpr: Pack) -> None:
    assert all(item.question.endswith("?") and len(item.guidance) > 60 for item in gdpr.items)


def test_every_chapter_before_the_decision_has_questions(gdpr: Pack) -> None:
    assert {chapter_of(item.section) for item in gdpr.items} == set(CHAPTERS)
