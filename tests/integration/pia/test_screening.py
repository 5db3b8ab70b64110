"""The screening as people and programs use it: answers, disputes, rebuttal, completion, and who may."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Conflict, Refused
from core.models import AuditEvent, Known, Oversight, Project, Role, User
from pia.models import Screening, ScreeningDispute
from pia.screening.questions import QUESTIONS, Kind
from pia.screening.verdict import Finding
from pia.selectors.screening import screening_data, screening_for, screening_gaps, verdict_of
from pia.services import screening as services
from tests.factories import ProjectFactory, TeamFactory, person
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db

#: Everything a European project is asked, answered so that nothing asks for an assessment.
HARMLESS: dict[str, Any] = {
    **{q.key: "no" for q in QUESTIONS if q.kind is Kind.YES_NO and q.law in {"gdpr", "all"}},
    "personal_data": "yes",
    "prohibited": (),
    "annex_iii": (),
}


@pytest.fixture
def project() -> Project:
    return ProjectFactory(jurisdictions=["DE"])


@pytest.fixture
def officer(project: Project) -> User:
    return person(Role.OFFICER, team=project.team)


@pytest.fixture
def dpo(project: Project) -> User:
    return person(Role.DPO, team=project.team)


def answer(actor: User, project: Project, **answers: Any) -> Screening:
    return services.answer_screening(
        actor=actor, project=project, answers={key.replace("__", "."): value for key, value in answers.items()}
    )


def harmless(actor: User, project: Project, **changes: Any) -> None:
    answers = {**HARMLESS, **{key.replace("__", "."): value for key, value in changes.items()}}
    notes = dict.fromkeys(answers, "Because it is so.")
    services.answer_screening(actor=actor, project=project, answers=answers, notes=notes)


def test_each_saving_is_one_event_and_a_new_version(officer: User, project: Project) -> None:
    before = AuditEvent.objects.count()
    screening = answer(officer, project, wp248__1="yes", wp248__2="no")
    assert (screening.version, screening.answers.count()) == (1, 2)
    assert answer(officer, project, wp248__1="no").version == 2
    assert AuditEvent.objects.count() == before + 2


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO, Role.DECIDER, Role.OWNER])
def test_who_only_reads_answers_nothing(role: Role, project: Project) -> None:
    with pytest.raises(PermissionDenied):
        answer(person(role, team=project.team), project, wp248__1="yes")
    assert not Screening.objects.exists()


@pytest.mark.parametrize("answers", [{"wp248.1": "maybe"}, {"nothing": "yes"}, {"pipl": ("55.1",)}, {}])
def test_what_is_no_answer_is_refused(officer: User, project: Project, answers: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        services.answer_screening(actor=officer, project=project, answers=answers)
    assert not Screening.objects.exists()


def test_relying_on_a_list_or_law_needs_its_name(officer: User, project: Project) -> None:
    with pytest.raises(Refused) as refused:
        answer(officer, project, exempt_law="yes")
    assert refused.value.code == "note_missing"


def test_an_older_version_is_a_conflict(officer: User, project: Project) -> None:
    answer(officer, project, wp248__1="yes")
    with pytest.raises(Conflict):
        services.answer_screening(actor=officer, project=project, answers={"wp248.2": "no"}, version=0)


def test_facts_of_the_register_prefill_answers_with_their_source(officer: User) -> None:
    project = ProjectFactory(jurisdictions=["DE"], team=officer.memberships.get().team, people_count=40_000)
    question = screening_for(officer, project).question("wp248.5")
    assert question is not None
    assert (question.state, question.value) == ("prefilled", "yes")
    assert question.facts[0].sources
    assert "40,000" in question.facts[0].text


def test_contradicting_a_fact_needs_a_reason_that_stays_visible(officer: User) -> None:
    project = ProjectFactory(jurisdictions=["DE"], team=officer.memberships.get().team, people_count=40_000)
    with pytest.raises(Refused) as refused:
        answer(officer, project, wp248__5="no")
    assert refused.value.code == "dispute_needs_reason"
    services.answer_screening(
        actor=officer,
        project=project,
        answers={"wp248.5": "no"},
        notes={"wp248.5": "The number counts visits, not people."},
    )
    answer(officer, project, wp248__5="yes")  # settled
    shown = screening_for(officer, project)
    assert shown.verdict.disputes == ()
    assert [dispute.row.reason for dispute in shown.disputes] == ["The number counts visits, not people."]
    assert ScreeningDispute.objects.get().proposed == "yes"


def test_completing_waits_for_every_question_and_for_the_reason(officer: User, project: Project) -> None:
    with pytest.raises(Refused) as refused:
        services.complete_screening(actor=officer, project=project)
    assert "wp248.9" in refused.value.extra["unanswered"]
    harmless(officer, project)
    with pytest.raises(Refused) as refused:
        services.complete_screening(actor=officer, project=project)
    assert refused.value.code == "justification_missing"
    done = services.complete_screening(actor=officer, project=project, justification="Nothing of it applies.")
    assert done.is_complete
    assert done.result is not None
    assert done.result["headline"] == "not_required"


def test_a_required_assessment_completes_without_a_justification(officer: User, project: Project) -> None:
    harmless(officer, project, art35_3_b="yes")
    assert services.complete_screening(actor=officer, project=project).is_complete


def test_a_later_answer_opens_the_screening_again(officer: User, project: Project) -> None:
    harmless(officer, project, art35_3_b="yes")
    services.complete_screening(actor=officer, project=project)
    assert not answer(officer, project, wp248__3="yes").is_complete


def test_a_rebuttal_counts_once_the_dpo_gave_a_view(officer: User, dpo: User, project: Project) -> None:
    harmless(officer, project, wp248__1="yes", wp248__8="yes")
    assert verdict_of(project).headline is Finding.PRESUMED
    services.rebut_presumption(
        actor=officer, project=project, reason="Scores are shown to nobody and used for nothing."
    )
    assert verdict_of(project).headline is Finding.PRESUMED
    before = AuditEvent.objects.count()
    services.view_rebuttal(actor=dpo, project=project, agrees=True, view="I agree: no effect on anybody.")
    assert AuditEvent.objects.count() == before + 1
    assert verdict_of(project).headline is Finding.REBUTTED
    answer(officer, project, wp248__7="yes")  # a criterion the rebuttal does not speak of
    assert verdict_of(project).headline is Finding.PRESUMED


def test_only_the_dpo_views_and_only_an_officer_rebuts(officer: User, dpo: User, project: Project) -> None:
    harmless(officer, project, wp248__1="yes", wp248__8="yes")
    with pytest.raises(PermissionDenied):
        services.rebut_presumption(actor=person(Role.ENGINEER, team=project.team), project=project, reason="x" * 30)
    services.rebut_presumption(actor=officer, project=project, reason="Scores are shown to nobody.")
    with pytest.raises(PermissionDenied):
        services.view_rebuttal(actor=officer, project=project, agrees=True, view="Fine.")
    both = person(Role.OFFICER, Role.DPO, team=project.team)
    services.rebut_presumption(actor=both, project=project, reason="Scores are shown to nobody.")
    with pytest.raises(Refused) as refused:
        services.view_rebuttal(actor=both, project=project, agrees=True, view="Fine.")
    assert refused.value.code == "same_person"


def test_a_trigger_of_the_law_can_not_be_rebutted(officer: User, project: Project) -> None:
    harmless(officer, project, wp248__1="yes", wp248__8="yes", art35_3_a="yes")
    with pytest.raises(Refused) as refused:
        services.rebut_presumption(actor=officer, project=project, reason="Scores are shown to nobody.")
    assert refused.value.code == "nothing_presumed"


def test_automated_serious_decisions_are_prefilled_as_a_trigger(officer: User) -> None:
    project = ProjectFactory(
        team=officer.memberships.get().team,
        jurisdictions=["DE"],
        significant_decision=Known.YES,
        oversight=Oversight.NONE,
    )
    assert verdict_of(project).headline is Finding.REQUIRED


def test_an_assessment_hears_of_an_open_screening_and_is_stopped_by_a_prohibited_practice(
    officer: User, project: Project
) -> None:
    (gap,) = screening_gaps(project)
    assert not gap.blocking
    harmless(officer, project, art35_3_b="yes")
    services.complete_screening(actor=officer, project=project)
    assert screening_gaps(project) == ()
    answer(officer, project, prohibited=("social_scoring",))
    (gap,) = screening_gaps(project)
    assert gap.blocking


def test_a_version_freezes_the_screening_in_words(officer: User, project: Project) -> None:
    assert screening_data(project) is None
    harmless(officer, project, art35_3_b="yes", wp248__3="yes")
    services.complete_screening(actor=officer, project=project)
    data = screening_data(project)
    assert data is not None
    assert (data["headline"], data["completed"], data["criteria"]) == ("required", True, ["Systematic monitoring"])
    json.dumps(data)


# --- pages and API ----------------------------------------------------------------------------------------------------


def test_the_wizard_goes_from_one_open_question_to_the_next(officer: User, project: Project) -> None:
    client = signed_in(officer)
    page = client.get(reverse("pia:screening", args=[project.pk]))
    assert page.status_code == 200
    assert page.context["question"].key == "personal_data"
    sent = client.post(reverse("pia:screening_answer", args=[project.pk, "personal_data"]), {"value": "yes"})
    assert sent["Location"].endswith("?q=model_personal")
    empty = client.post(reverse("pia:screening_answer", args=[project.pk, "prohibited"]), {})
    assert empty.status_code == 302  # nothing ticked is an answer
    missing = client.post(reverse("pia:screening_answer", args=[project.pk, "wp248.1"]), {})
    assert missing.status_code == 422


def test_the_last_answer_leads_to_the_result_and_it_is_completed_there(officer: User, project: Project) -> None:
    harmless(officer, project, art35_3_b="yes")
    client = signed_in(officer)
    sent = client.post(reverse("pia:screening_answer", args=[project.pk, "wp248.1"]), {"value": "no"})
    assert sent["Location"] == reverse("pia:screening_summary", args=[project.pk])
    done = client.post(reverse("pia:screening_complete", args=[project.pk]), follow=True)
    assert "The screening is complete" in done.content.decode()
    assert "style=" not in done.content.decode()


def test_readers_see_the_question_but_no_button(project: Project) -> None:
    page = signed_in(person(Role.AUDITOR, team=project.team)).get(reverse("pia:screening", args=[project.pk]))
    assert page.status_code == 200
    assert "Save and go on" not in page.content.decode()


def test_another_team_meets_404_everywhere(project: Project) -> None:
    client = signed_in(person(Role.OFFICER, team=TeamFactory()))
    for name in ("screening", "screening_summary"):
        assert client.get(reverse(f"pia:{name}", args=[project.pk])).status_code == 404
    for name in ("screening_complete", "screening_rebut", "screening_view"):
        assert client.post(reverse(f"pia:{name}", args=[project.pk])).status_code == 404
    assert client.post(reverse("pia:screening_answer", args=[project.pk, "wp248.1"])).status_code == 404
    address = f"/api/v1/projects/{project.pk}/screening/"
    assert client.get(address).status_code == 404
    assert client.patch(address, {"answers": {"wp248.1": "yes"}}, content_type="application/json").status_code == 404
    assert client.post(address, {}, content_type="application/json").status_code == 404


def test_a_program_reads_answers_and_completes(officer: User, project: Project) -> None:
    client, address = signed_in(officer), f"/api/v1/projects/{project.pk}/screening/"
    state = client.get(address).json()
    assert (state["version"], state["headline"], state["completed_at"]) == (0, "open", None)
    assert state["questions"][0]["key"] == "personal_data"
    assert client.post(address, {}, content_type="application/json").status_code == 409
    answers = {key: list(value) if isinstance(value, tuple) else value for key, value in HARMLESS.items()}
    body = {"answers": {**answers, "art35_3_b": "yes"}, "version": 0}
    state = client.patch(address, body, content_type="application/json").json()
    assert (state["headline"], state["unanswered"]) == ("required", [])
    assert client.patch(address, body, content_type="application/json").status_code == 409
    done = client.post(address, {}, content_type="application/json")
    assert done.status_code == 200
    assert done.json()["completed_at"]


@pytest.mark.parametrize("answers", [{"wp248.1": "perhaps"}, {"wp248.1": 3}, {"wp248.1": ["yes"]}, {"nope": "yes"}])
def test_a_program_s_wrong_answer_is_a_problem(officer: User, project: Project, answers: dict[str, Any]) -> None:
    address = f"/api/v1/projects/{project.pk}/screening/"
    refused = signed_in(officer).patch(address, {"answers": answers}, content_type="application/json")
    assert refused.status_code == 400
    assert refused.headers["Content-Type"].startswith("application/problem+json")
