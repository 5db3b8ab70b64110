"""Answering in a real browser: saved while typing, both texts on a conflict, evidence beside the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from pia.models import Answer
from pia.services import answers as services
from pia.services.assessments import start_assessment
from tests.support.assessments import Cast, cast
from tests.support.packs import shipped_packs

if TYPE_CHECKING:
    from pia.models import Assessment
    from tests.browser.conftest import Visitor


@pytest.fixture
def people(transactional_db: None) -> Cast:
    shipped_packs()
    return cast(people_categories=["customers"])


@pytest.fixture
def assessment(people: Cast) -> Assessment:
    return start_assessment(actor=people.officer, project=people.project)


def address(assessment: Assessment, item: str) -> str:
    place = reverse("pia:assessment", args=[assessment.project_id, assessment.pk])
    return f"{place}?question=gdpr-pia:{item}"


def row(assessment: Assessment, item: str) -> Answer:
    found: Answer = Answer.objects.get(assessment=assessment, pack__key="gdpr-pia", item=item)
    return found


def test_words_and_status_save_themselves_and_move_the_progress(
    people: Cast, assessment: Assessment, visit: Visitor
) -> None:
    window = visit(people.officer)
    page = window.open(address(assessment, "5.1.e"))
    window.check()
    page.fill("#answer-text", "Raw data goes after 30 days.")
    page.click("label.work-partial")
    page.wait_for_selector("#answer-meta >> text=version 1")
    page.wait_for_selector(".work-parts a[aria-current] >> text=1/")
    window.check()
    assert row(assessment, "5.1.e").text == "Raw data goes after 30 days."


def test_facts_are_cited_without_touching_what_is_typed(people: Cast, assessment: Assessment, visit: Visitor) -> None:
    window = visit(people.engineer)
    page = window.open(address(assessment, "30.1.c"))
    page.fill("#answer-text", "Customers, ")
    page.click("#facts >> text=Use in answer")
    page.wait_for_selector("#evidence-2")
    assert page.input_value("#answer-text").startswith("Customers,")
    assert "[1]" in page.input_value("#answer-text")
    window.check()


def test_the_second_editor_sees_both_texts_and_loses_none(people: Cast, assessment: Assessment, visit: Visitor) -> None:
    window = visit(people.officer)
    page = window.open(address(assessment, "5.1.c"))
    services.save_answer(actor=people.engineer, answer=row(assessment, "5.1.c"), version=0, text="Tokens only.")
    page.fill("#answer-text", "No names at all.")
    page.wait_for_selector(".work-conflict")
    dialogue = page.inner_text(".work-conflict")
    assert all(words in dialogue for words in (str(people.engineer), "Tokens only.", "No names at all."))
    page.click("text=Save the merged text")
    page.wait_for_selector("#answer-meta >> text=version 2")
    assert row(assessment, "5.1.c").text.split() == ["Tokens", "only.", "No", "names", "at", "all."]


def test_the_key_n_leads_to_the_next_unanswered_question(people: Cast, assessment: Assessment, visit: Visitor) -> None:
    page = visit(people.officer).open(address(assessment, "35.1"))
    before = page.inner_text("#question-text")
    page.keyboard.press("n")
    page.wait_for_function("text => document.querySelector('#question-text').innerText !== text", arg=before)
    assert page.evaluate("document.activeElement.id") == "question-text"


@pytest.mark.parametrize("width", [1440, 390])
def test_readiness_and_frameworks_pass_axe_and_fit(
    people: Cast, assessment: Assessment, visit: Visitor, width: int
) -> None:
    window = visit(people.officer, width=width)
    for path in (
        address(assessment, "5.1.c"),
        reverse("pia:readiness", args=[assessment.project_id, assessment.pk]),
        reverse("pia:frameworks"),
        reverse("pia:framework", args=["gdpr-pia"]),
    ):
        window.open(path)
        window.check()
