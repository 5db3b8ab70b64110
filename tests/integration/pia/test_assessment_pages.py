"""The workspace, the readiness page and the API: who sees what, and what a conflict looks like."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Role
from core.services.people import create_token
from pia.models import Answer, Assessment
from pia.services import answers as services
from pia.services.assessments import freeze, start_assessment
from tests.factories import person
from tests.support.assessments import Cast, cast
from tests.support.packs import shipped_packs
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    shipped_packs()
    return cast(people_categories=["customers"])


@pytest.fixture
def assessment(people: Cast) -> Assessment:
    return start_assessment(actor=people.officer, project=people.project)


def row(assessment: Assessment, item: str = "5.1.c") -> Answer:
    found: Answer = Answer.objects.select_related("pack").get(assessment=assessment, pack__key="gdpr-pia", item=item)
    return found


def at(name: str, assessment: Assessment, *more: Any) -> str:
    return reverse(f"pia:{name}", args=[assessment.project_id, assessment.pk, *more])


@pytest.mark.parametrize("role", ["engineer", "officer", "dpo", "decider", "auditor"])
def test_everybody_of_the_team_reads_the_workspace(people: Cast, assessment: Assessment, role: str) -> None:
    page = signed_in(people.everybody[role]).get(at("assessment", assessment), {"question": "gdpr-pia:5.1.c"})
    assert page.status_code == 200
    editable = b'id="answer-form"' in page.content
    assert editable == (role in {"engineer", "officer"})


@pytest.mark.parametrize("name", ["assessment", "readiness"])
def test_another_team_finds_nothing_here(people: Cast, assessment: Assessment, name: str) -> None:
    assert signed_in(person(Role.OFFICER)).get(at(name, assessment)).status_code == 404


@pytest.mark.parametrize("view", ["edpb", "gdpr-pia", "nist-pf-1.0"])
def test_every_view_shows_a_question(people: Cast, assessment: Assessment, view: str) -> None:
    page = signed_in(people.officer).get(at("assessment", assessment), {"view": view})
    assert b'id="question-text"' in page.content


def test_an_engineer_starts_with_the_engineers_questions(people: Cast, assessment: Assessment) -> None:
    space = signed_in(people.engineer).get(at("assessment", assessment)).context["space"]
    shown = [entry for chapter in space.chapters for part in chapter.parts for entry in part.entries]
    assert shown
    assert {entry.item.audience for entry in shown} == {"engineer"}


def test_the_autosave_answers_with_the_new_version(people: Cast, assessment: Assessment) -> None:
    answer = row(assessment)
    sent = {"version": 0, "text": "One.\r\nTwo.", "status": "partial"}
    saved = signed_in(people.officer).post(
        at("answer", assessment, answer.pk), sent, headers={"Accept": "application/json"}
    )
    assert (saved.status_code, saved.json()["version"]) == (200, 1)
    answer.refresh_from_db()
    assert (answer.text, answer.status) == ("One.\nTwo.", "partial")


def test_a_conflict_shows_both_texts_and_the_other_editor(people: Cast, assessment: Assessment) -> None:
    answer = row(assessment)
    services.save_answer(actor=people.engineer, answer=answer, version=0, text="Theirs.")
    sent = {"version": 0, "text": "Mine.", "status": "met"}
    browser = signed_in(people.officer)
    quiet = browser.post(at("answer", assessment, answer.pk), sent, headers={"Accept": "application/json"})
    assert (quiet.status_code, quiet.json()["current"]["text"]) == (409, "Theirs.")
    dialogue = browser.post(at("answer_conflict", assessment, answer.pk), sent).content.decode()
    assert all(words in dialogue for words in ("Theirs.", "Mine.", str(people.engineer)))


def test_a_browser_without_scripts_can_save_and_comes_back(people: Cast, assessment: Assessment) -> None:
    answer = row(assessment)
    saved = signed_in(people.officer).post(at("answer", assessment, answer.pk), {"version": 0, "text": "Plain."})
    assert (saved.status_code, saved.headers["Location"].endswith("question=gdpr-pia%3A5.1.c")) == (302, True)


def test_citing_answers_with_the_parts_that_changed(people: Cast, assessment: Assessment) -> None:
    url = at("answer_cite", assessment, row(assessment, "30.1.c").pk)
    changed = signed_in(people.officer).post(url, {"key": "people.count"}, headers={"HX-Request": "true"})
    assert changed.status_code == 200
    assert b"About 4,000 people" in changed.content
    assert b'hx-swap-oob="true"' in changed.content
    assert b'id="answer-form"' not in changed.content


def test_a_frozen_version_is_read_and_discussed_but_not_written(people: Cast, assessment: Assessment) -> None:
    services.save_answer(actor=people.officer, answer=row(assessment), version=0, text="As it was.")
    freeze(assessment)
    Assessment.objects.filter(pk=assessment.pk).update(state="in_review")
    browser = signed_in(people.officer)
    page = browser.get(at("assessment", assessment), {"question": "gdpr-pia:5.1.c"}).content.decode()
    assert "As it was." in page
    assert 'id="answer-form"' not in page
    late = {"version": 1, "text": "Too late.", "status": "met"}
    url = at("answer", assessment, row(assessment).pk)
    assert browser.post(url, late, headers={"Accept": "application/json"}).status_code == 422
    browser.post(at("answer_comment", assessment, row(assessment).pk), {"comment": "Why so?"})
    assert assessment.comments.get().text == "Why so?"


def test_script_in_an_answer_stays_text(people: Cast, assessment: Assessment) -> None:
    services.save_answer(actor=people.officer, answer=row(assessment), version=0, text="<script>alert(1)</script>")
    for actor in (people.officer, people.dpo):
        page = signed_in(actor).get(at("assessment", assessment), {"question": "gdpr-pia:5.1.c"})
        assert b"<script>alert(1)" not in page.content


def test_the_workspace_takes_a_constant_number_of_queries(
    people: Cast, assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(people.officer)
    for status in ("unanswered", "met"):
        rows = Answer.objects.filter(assessment=assessment)
        rows.update(text="Yes.", status=status, version=1, author=people.officer)
        with django_assert_max_num_queries(75):
            browser.get(at("assessment", assessment))


# --- API ------------------------------------------------------------------------------------------


@pytest.fixture
def api(people: Cast) -> Client:
    _token, secret = create_token(actor=people.officer, user=people.officer, name="t", scopes=["read", "write"], days=1)
    return Client(headers={"Authorization": f"Token {secret}"})


def test_a_program_starts_and_reads_an_assessment(people: Cast, api: Client) -> None:
    url = f"/api/v1/projects/{people.project.pk}/assessments/"
    made = api.post(url, {}, content_type="application/json")
    assert made.status_code == 201
    body = api.get(f"/api/v1/assessments/{made.json()['id']}/").json()
    assert [pack["id"] for pack in body["packs"]] == ["gdpr-pia", "nist-pf-1.0"]
    assert body["progress"]["done"] == 0
    assert not body["readiness"]["ready"]
    assert sum(body["coverage"][0]["shares"].values()) == pytest.approx(1)
    again = api.post(url, {}, content_type="application/json")
    assert (again.status_code, again.json()["assessment"]) == (409, made.json()["id"])
    assert api.get(url).json()["count"] == 1


def test_a_program_answers_with_evidence_and_learns_of_a_conflict(assessment: Assessment, api: Client) -> None:
    url = f"/api/v1/assessments/{assessment.pk}/answers/gdpr-pia:30.1.c/"
    sent = {"version": 0, "text": "Customers [1].", "status": "met", "evidence": ["people.count"]}
    saved = api.patch(url, sent, content_type="application/json")
    assert (saved.status_code, saved.json()["version"], saved.json()["evidence"][0]["number"]) == (200, 1, 1)
    stale = api.patch(url, {**sent, "text": "Others."}, content_type="application/json")
    assert stale.status_code == 409
    assert stale.json()["current"]["text"] == "Customers [1]."
    assert stale.json()["mine"]["text"] == "Others."


@pytest.mark.parametrize(
    "body", [{"text": "x"}, {"version": 0, "status": "fine"}, {"version": 0, "evidence": ["no.fact"]}]
)
def test_a_wrong_change_is_a_problem_document(assessment: Assessment, api: Client, body: dict[str, Any]) -> None:
    url = f"/api/v1/assessments/{assessment.pk}/answers/gdpr-pia:5.1.c/"
    refused = api.patch(url, body, content_type="application/json")
    assert (refused.status_code, refused.headers["Content-Type"]) == (400, "application/problem+json")


def test_the_list_of_answers_is_paged_and_filtered(assessment: Assessment, api: Client) -> None:
    url = f"/api/v1/assessments/{assessment.pk}/answers/"
    assert api.get(url, {"pack": "gdpr-pia", "page_size": "5"}).json()["count"] == 65
    assert api.get(url, {"status": "met"}).json()["count"] == 0
    assert api.get(f"{url}gdpr-pia:99/").status_code == 404


def test_an_assessment_of_another_team_is_not_there(assessment: Assessment) -> None:
    stranger = person(Role.OFFICER)
    _token, secret = create_token(actor=stranger, user=stranger, name="t", scopes=["read", "write"], days=1)
    api = Client(headers={"Authorization": f"Token {secret}"})
    for path in ("", "answers/", "answers/gdpr-pia:5.1.c/"):
        assert api.get(f"/api/v1/assessments/{assessment.pk}/{path}").status_code == 404
