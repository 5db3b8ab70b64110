"""Pages and API of risks, measures, the workflow and the portfolio, as each role sees them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, Role, User
from core.services.people import create_token
from pia import risk_words
from pia.models import Assessment, Measure, Risk
from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind, Kind, Threat
from pia.services import measures, risks, workflow
from pia.workflow import State
from tests.factories import PASSWORD, person
from tests.support.assessments import Cast, advised, cast, drafted, submitted
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def assessment(people: Cast) -> Assessment:
    return drafted(people)


def at(name: str, assessment: Assessment, *more: Any) -> str:
    return reverse(f"pia:{name}", args=[assessment.project_id, assessment.pk, *more])


PAGES = ("risks", "measures", "decide")


@pytest.mark.parametrize("role", ["engineer", "officer", "dpo", "decider", "auditor"])
def test_every_role_of_the_team_reads_the_pages_and_no_other_team_does(
    people: Cast, assessment: Assessment, role: str
) -> None:
    risk = Risk.objects.filter(assessment=assessment).earliest("number")
    measure = measures.plan_measure(actor=people.officer, assessment=assessment, kind="encrypt")
    urls = [at(name, assessment) for name in PAGES]
    urls += [
        at("risk", assessment, risk.pk),
        at("risk_card", assessment, risk.pk),
        at("measure", assessment, measure.pk),
    ]
    urls += [at("risks_try", assessment) + "?try=encrypt", reverse("pia:versions", args=[people.project.pk])]
    stranger = signed_in(person(Role.OFFICER, Role.DPO, Role.DECIDER))
    for url in urls:
        assert signed_in(people.everybody[role]).get(url).status_code == 200, url
        assert stranger.get(url).status_code == 404, url


def test_buttons_are_shown_to_whom_they_work_for(people: Cast, assessment: Assessment) -> None:
    add = at("risk_add", assessment)
    for name, user in people.everybody.items():
        shown = add in signed_in(user).get(at("risks", assessment)).content.decode()
        works = signed_in(user).get(add).status_code == 200
        assert shown == works == (name in ("engineer", "officer")), name


def test_a_risk_says_why_in_words(people: Cast, assessment: Assessment) -> None:
    page = signed_in(people.auditor).get(at("risks", assessment)).content.decode()
    assert "vulnerability starts at 4" in page
    assert "Why likelihood 4?" in page
    assert "the worst scenario today, never an average" in page


def test_every_chart_of_the_page_has_its_table(people: Cast, assessment: Assessment) -> None:
    page = signed_in(people.auditor).get(at("risks", assessment)).content.decode()
    for risk in Risk.objects.filter(assessment=assessment).listed():
        assert f"{risk.letter} · " in page
    assert 'style="' not in page


def test_trying_a_measure_shows_the_target_and_keeps_nothing(people: Cast, assessment: Assessment) -> None:
    client = signed_in(people.officer)
    before = AuditEvent.objects.count()
    page = client.get(at("risks_try", assessment), {"try": ["restrict", "encrypt", "x"]})
    assert "If done:" in page.content.decode()
    assert AuditEvent.objects.count() == before


def test_a_script_in_a_title_is_shown_and_not_run(people: Cast, assessment: Assessment) -> None:
    client = signed_in(people.engineer)
    answer = client.post(
        at("risk_add", assessment), {"title": "<script>alert(1)</script>", "kind": "own", "threat": "outsider"}
    )
    assert answer.status_code == 302
    page = client.get(at("risks", assessment)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_that_is_not_right_keeps_what_was_typed(people: Cast, assessment: Assessment) -> None:
    answer = signed_in(people.engineer).post(
        at("control_add", assessment), {"kind": "encryption", "grade": "tested", "description": "AES at rest"}
    )
    assert answer.status_code == 422
    assert "AES at rest" in answer.content.decode()
    assert "Say where the evidence can be looked up." in answer.content.decode()


def test_controls_take_the_details_of_their_kind_only(people: Cast, assessment: Assessment) -> None:
    signed_in(people.engineer).post(
        at("control_add", assessment),
        {"kind": "encryption", "grade": "documented", "evidence": "KMS", "readers": ["processor"], "epsilon": "1"},
    )
    assert assessment.controls.get().details == {"readers": ["processor"]}


def test_the_decision_asks_for_the_password_once_more(people: Cast) -> None:
    assessment = advised(people)
    client = signed_in(people.decider)
    said = {"outcome": "reject", "reason": "Too early.", "departure": "We wait."}
    wrong = client.post(at("make_decision", assessment), {**said, "password": "not it"})
    assert wrong.status_code == 422
    assert assessment.decisions.count() == 0
    right = client.post(at("make_decision", assessment), {**said, "password": PASSWORD})
    assert right.status_code == 302
    assert assessment.decisions.get().version_sha256 == assessment.version_sha256


def test_the_page_walks_from_review_to_decision(people: Cast) -> None:
    assessment = drafted(people)
    for risk in Risk.objects.filter(assessment=assessment):
        risks.describe_risk(actor=people.officer, risk=risk, argument="Two keys.")
    officer, dpo = signed_in(people.officer), signed_in(people.dpo)
    officer.post(at("submit", assessment))
    officer.post(at("record_views", assessment), {"sought": "no", "not_sought_reason": "They can't be reached."})
    dpo.post(at("advise", assessment), {"opinion": "favourable", "text": "Proportionate."})
    assessment.refresh_from_db()
    assert assessment.state == State.ADVISED
    assert "Waits for the controller" in officer.get(at("decide", assessment)).content.decode()
    assert "Your password" in signed_in(people.decider).get(at("decide", assessment)).content.decode()


def test_my_work_names_the_next_move_for_each_person(people: Cast) -> None:
    from core.registry import work_for

    submitted(people)
    assert "Review" in str([item.text for item in work_for(people.officer)])
    assert "Give your advice" in [item.text for item in work_for(people.dpo)]
    assert not [item for item in work_for(people.decider) if item.kind == "Workflow"]


# --- portfolio ------------------------------------------------------------------------------------


def test_the_portfolio_shows_every_project_of_the_person_and_no_other(people: Cast, assessment: Assessment) -> None:
    other = cast()
    page = signed_in(people.officer).get(reverse("pia:portfolio")).content.decode()
    assert people.project.name in page
    assert other.project.name not in page


def test_the_portfolio_takes_as_many_queries_for_ten_projects_as_for_two(people: Cast) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            more = cast(team=people.project.team)
            made = drafted(more)
            measure = measures.plan_measure(
                actor=more.officer, assessment=made, kind="encrypt", owner=more.engineer, due=timezone.localdate()
            )
            Measure.objects.filter(pk=measure.pk).update(due=timezone.localdate() - timedelta(days=3))

    client = signed_in(people.officer)
    counts = []
    for more in (2, 6):
        grow(more)
        client.get(reverse("pia:portfolio"))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(reverse("pia:portfolio"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_risks_page_takes_as_many_queries_for_twenty_risks_as_for_ten(people: Cast, assessment: Assessment) -> None:
    client = signed_in(people.officer)
    client.get(at("risks", assessment))
    with CaptureQueriesContext(connection) as few:
        client.get(at("risks", assessment))
    for number in range(12):
        risks.add_risk(actor=people.officer, assessment=assessment, title=f"Own {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(at("risks", assessment))
    assert len(many) == len(few)


def test_the_register_export_runs_in_no_spreadsheet(people: Cast) -> None:
    people.project.name = '=HYPERLINK("http://x")'
    people.project.save()
    answer = signed_in(people.officer).get(reverse("pia:portfolio_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1][0].startswith("'=")


# --- API ------------------------------------------------------------------------------------------


def api(user: User, scopes: list[str] | None = None) -> Any:
    from rest_framework.test import APIClient

    _row, secret = create_token(actor=None, user=user, name="t", scopes=scopes or ["read", "write", "decide"], days=1)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def test_programs_read_risks_with_the_reasons_of_each_level(people: Cast, assessment: Assessment) -> None:
    body = api(people.auditor).get(f"/api/v1/assessments/{assessment.pk}/risks/", {"page_size": 3}).json()
    assert set(body) == {"count", "next", "previous", "results"}
    risk = body["results"][0]
    assert risk["levels"]["current"]["level"] in {"low", "medium", "high"}
    assert any("vulnerability starts at 4" in step for step in risk["levels"]["current"]["why"])
    assert api(people.auditor).get(f"/api/v1/risks/{risk['id']}/").json()["id"] == risk["id"]
    assert api(cast().officer).get(f"/api/v1/assessments/{assessment.pk}/risks/").status_code == 404


def test_programs_plan_and_finish_a_measure(people: Cast, assessment: Assessment) -> None:
    client = api(people.officer)
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    made = client.post(
        f"/api/v1/assessments/{assessment.pk}/measures/",
        {"kind": "encrypt", "owner": people.engineer.email, "due": due},
        format="json",
    )
    assert made.status_code == 201, made.json()
    assert made.json()["committed"] is True
    url = f"/api/v1/measures/{made.json()['id']}/"
    assert client.patch(url, {"status": "done"}, format="json").status_code == 400
    done = client.patch(url, {"status": "done", "evidence": "drill", "grade": "tested"}, format="json")
    assert done.json()["status"] == "done"


def test_programs_walk_the_workflow_and_are_told_what_is_missing(people: Cast, assessment: Assessment) -> None:
    url = f"/api/v1/assessments/{assessment.pk}/transitions/"
    assert api(people.engineer).post(url, {"move": "submit"}, format="json").status_code == 403
    assert api(people.officer, ["read", "write"]).post(url, {"move": "submit"}, format="json").status_code == 403
    for risk in Risk.objects.filter(assessment=assessment):
        risks.describe_risk(actor=people.officer, risk=risk, argument="Two keys.")
    moved = api(people.officer).post(url, {"move": "submit"}, format="json")
    assert moved.status_code == 200, moved.json()
    assert moved.json()["state"] == "in_review"
    early = api(people.dpo).post(url, {"move": "advise", "advice": "Fine."}, format="json")
    assert early.status_code == 409
    assert early.json()["missing"]
    views = f"/api/v1/assessments/{assessment.pk}/views/"
    api(people.officer).put(views, {"sought": False, "not_sought_reason": "Too early."}, format="json")
    assert api(people.dpo).post(url, {"move": "advise", "advice": "Fine."}, format="json").json()["state"] == "advised"
    bad = api(people.decider).post(url, {"move": "decide"}, format="json")
    assert bad.status_code == 400
    Risk.objects.filter(assessment=assessment).update(current_band="medium", residual_band="low")
    done = api(people.decider).post(url, {"move": "decide", "decision": "approve"}, format="json")
    assert done.json()["state"] == "decided", done.json()
    moves = {one["move"]: one for one in api(people.officer).get(url).json()["moves"]}
    assert moves["activate"]["allowed"] is True
    assert moves["supersede"]["missing"]


def test_a_move_that_does_not_exist_is_refused(people: Cast, assessment: Assessment) -> None:
    url = f"/api/v1/assessments/{assessment.pk}/transitions/"
    for move in ("go_stale", "publish"):
        assert api(people.officer).post(url, {"move": move}, format="json").status_code == 400
    refused = api(people.officer).post(url, {"move": "reaffirm", "reason": "x"}, format="json")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:candor:problem:no_such_move")


# --- words ----------------------------------------------------------------------------------------


def test_everything_the_engine_can_say_has_its_words() -> None:
    import re
    from pathlib import Path

    assert set(risk_words.KINDS) == set(risk_words.SHORT_KINDS) == set(Kind)
    assert set(risk_words.THREATS) == set(Threat)
    assert set(risk_words.CONTROLS) == set(ControlKind)
    assert set(risk_words.MEASURES) == set(risk_words.CONDITIONS) == set(MeasureKind)
    text = "".join(path.read_text() for path in Path("pia/risk").glob("*.py"))
    codes = set(re.findall(r'Reason\(\s*"([a-z_.]+)"', text)) - {"scenario."}
    assert codes <= set(risk_words.REASONS), codes - set(risk_words.REASONS)
    for code in risk_words.REASONS:
        assert risk_words.say(code, {"advantage": 0.5, "upper": 0.02, "epsilon": 1.0, "delta": 1e-6})


def test_a_generated_title_names_the_event_and_through_whom() -> None:
    assert risk_words.title_of("memorisation", "public_api").startswith("Memorisation")
    assert risk_words.title_of("function_creep", "design") == str(risk_words.KINDS[Kind.FUNCTION_CREEP])


def test_workflow_can_be_walked_back_to_draft(people: Cast) -> None:
    assessment = advised(people)
    signed_in(people.officer).post(at("move", assessment, "return"), {"reason": "A purpose is missing."})
    assessment.refresh_from_db()
    assert assessment.state == State.DRAFT
    workflow.submit(actor=people.officer, assessment=assessment)


def test_a_new_draft_does_not_hide_the_approval_in_force(people: Cast) -> None:
    from pia.services import versions

    assessment = advised(people)
    Risk.objects.filter(assessment=assessment).update(current_band="medium", residual_band="low")
    workflow.decide(actor=people.decider, assessment=assessment, outcome="approve")
    workflow.activate(actor=people.officer, assessment=assessment)
    versions.new_version(actor=people.officer, based_on=assessment)
    page = signed_in(people.officer).get(reverse("pia:portfolio")).content.decode()
    assert "Draft v2" in page
    assert "Active v1" in page
    assert "1 active" in page


def test_a_commitment_is_named_once_though_a_new_version_carries_it_over(people: Cast, assessment: Assessment) -> None:
    from pia.selectors.measures import due_for
    from pia.services import versions

    due = timezone.localdate()
    measures.plan_measure(actor=people.officer, assessment=assessment, kind="encrypt", owner=people.engineer, due=due)
    assert len(due_for(people.engineer)) == 1
    Assessment.objects.filter(pk=assessment.pk).update(state=State.ACTIVE)
    versions.new_version(actor=people.officer, based_on=assessment)
    (measure,) = due_for(people.engineer)
    assert measure.assessment == assessment


def test_views_may_come_along_with_the_submission(people: Cast, assessment: Assessment) -> None:
    for risk in Risk.objects.filter(assessment=assessment):
        risks.describe_risk(actor=people.officer, risk=risk, argument="Two keys.")
    url = f"/api/v1/assessments/{assessment.pk}/transitions/"
    views = {"sought": True, "summary": "They agree."}
    moved = api(people.officer).post(url, {"move": "submit", "views": views}, format="json")
    assert moved.json()["state"] == "in_review", moved.json()
    assert api(people.dpo).post(url, {"move": "advise", "advice": "Fine."}, format="json").json()["state"] == "advised"
