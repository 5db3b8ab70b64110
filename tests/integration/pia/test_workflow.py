"""The life of an assessment: who makes which move from which state, what must be so, and what a decision binds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.errors import Refused
from core.models import AuditEvent, Role
from core.services.projects import update_project
from datamap.signals import flow_changed, schema_changed
from pia.differences import differences
from pia.models import Answer, Assessment, Decision, Risk
from pia.models.risk import Band
from pia.packs import digest
from pia.policies import NotNow
from pia.selectors.snapshot import assessment_data
from pia.selectors.workflow import moves
from pia.services import measures, risks, versions, workflow
from pia.services.workflow import in_months
from pia.workflow import TRANSITIONS, Move, State, Who
from tests.factories import MembershipFactory, person
from tests.support.assessments import Cast, advised, cast, drafted, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def calm(assessment: Assessment) -> None:
    """No risk is high: what a test is about lies elsewhere."""
    Risk.objects.filter(assessment=assessment).update(current_band=Band.MEDIUM, residual_band=Band.LOW)


def approve(people: Cast, assessment: Assessment, outcome: str = "approve", **said: Any) -> Decision:
    return workflow.decide(actor=people.decider, assessment=assessment, outcome=outcome, reason="It helps.", **said)


# --- the table ------------------------------------------------------------------------------------

MAKES: dict[Move, Any] = {
    Move.SUBMIT: lambda actor, row: workflow.submit(actor=actor, assessment=row),
    Move.RETURN: lambda actor, row: workflow.send_back(actor=actor, assessment=row, reason="Look again."),
    Move.ADVISE: lambda actor, row: workflow.advise(actor=actor, assessment=row, text="Fine."),
    Move.DECIDE: lambda actor, row: workflow.decide(actor=actor, assessment=row, outcome="reject", reason="No."),
    Move.ACTIVATE: lambda actor, row: workflow.activate(actor=actor, assessment=row),
    Move.REAFFIRM: lambda actor, row: workflow.reaffirm(actor=actor, assessment=row, reason="Unchanged."),
    Move.SUPERSEDE: lambda actor, row: workflow.supersede(actor=actor, assessment=row),
    Move.ARCHIVE: lambda actor, row: workflow.archive(actor=actor, assessment=row, reason="Over."),
}
WHOSE = {Who.OFFICER: "officer", Who.DPO: "dpo", Who.DECIDER: "decider"}


@pytest.mark.parametrize("move", list(MAKES))
def test_a_move_is_refused_to_every_role_but_its_own_and_in_every_state_but_its_own(people: Cast, move: Move) -> None:
    assessment = drafted(people)
    owner = person(Role.OWNER, team=people.project.team)
    stranger = cast().officer
    for state in State:
        transition = TRANSITIONS[state].get(move)
        for name, actor in {**people.everybody, "owner": owner, "stranger": stranger}.items():
            Assessment.objects.filter(pk=assessment.pk).update(state=state, frozen=None, version_sha256="")
            row = Assessment.objects.get(pk=assessment.pk)
            theirs = transition is not None and WHOSE[transition.who] == name
            whose = next(t.who for table in TRANSITIONS.values() for m, t in table.items() if m is move)
            role_fits = WHOSE[whose] == name
            before = AuditEvent.objects.count()
            try:
                MAKES[move](actor, row)
            except PermissionDenied:
                assert not role_fits, (state, name)
            except Refused as refused:
                assert role_fits, (state, name)
                assert theirs == (refused.code != "no_such_move"), (state, name, refused.code)
            else:
                assert theirs, (state, name)
                assert AuditEvent.objects.count() == before + 1
                continue
            assert Assessment.objects.get(pk=assessment.pk).state == state
            assert AuditEvent.objects.count() == before


def test_what_the_page_offers_is_what_the_service_allows(people: Cast) -> None:
    assessment = submitted(people)
    offered = {
        name: {m.move for m in moves(user, assessment) if m.permitted} for name, user in people.everybody.items()
    }
    assert offered == {
        "engineer": set(),
        "officer": {Move.RETURN},
        "dpo": {Move.ADVISE},
        "decider": set(),
        "auditor": set(),
    }


# --- the whole way --------------------------------------------------------------------------------


def test_from_draft_to_active_by_three_people(people: Cast) -> None:
    before = AuditEvent.objects.count()
    assessment = advised(people)
    calm(assessment)
    decision = approve(people, assessment)
    row = workflow.activate(actor=people.officer, assessment=assessment)
    assert row.state == State.ACTIVE
    assert decision.version_sha256 == row.version_sha256 == digest(row.frozen or {})
    assert row.review_due_on == in_months(timezone.localdate(), 12)
    events = list(AuditEvent.objects.order_by("at").values_list("event", flat=True))[before:]
    assert [event for event in events if event != "risk.changed"] == [
        "assessment.started",
        "assessment.submitted",
        "views.recorded",
        "assessment.advised",
        "assessment.decided",
        "assessment.activated",
    ]


def test_submitting_needs_readiness_and_lists_every_gap(people: Cast) -> None:
    assessment = drafted(people)
    Answer.objects.filter(assessment=assessment, item="6.1").update(status="unanswered", version=0, text="")
    with pytest.raises(NotNow) as refused:
        workflow.submit(actor=people.officer, assessment=assessment)
    assert refused.value.code == "not_ready"
    assert any("Lawful basis" in gap for gap in refused.value.missing)
    assert Assessment.objects.get(pk=assessment.pk).version_sha256 == ""


def test_returning_thaws_the_version_and_advice_no_longer_stands(people: Cast) -> None:
    assessment = advised(people)
    row = workflow.send_back(actor=people.officer, assessment=assessment, reason="A purpose is missing.")
    assert (row.state, row.frozen, row.version_sha256) == (State.DRAFT, None, "")
    Answer.objects.filter(assessment=assessment, item="32").update(text="Encrypted since June.")
    again = workflow.submit(actor=people.officer, assessment=row)
    assert again.advices.exclude(version_sha256=again.version_sha256).exists()
    assert not again.advices.filter(version_sha256=again.version_sha256).exists()


def test_advice_waits_for_the_views_of_the_people_concerned(people: Cast) -> None:
    assessment = submitted(people)
    with pytest.raises(NotNow) as refused:
        workflow.advise(actor=people.dpo, assessment=assessment, text="Fine.")
    assert refused.value.code == "views_missing"


# --- three people ---------------------------------------------------------------------------------


def test_whoever_wrote_an_answer_neither_advises_nor_decides(people: Cast) -> None:
    for role in (Role.DPO, Role.DECIDER):
        MembershipFactory(user=people.officer, team=people.project.team, role=role)
    people.officer = type(people.officer).objects.get(pk=people.officer.pk)
    assessment = submitted(people)
    workflow.record_views(actor=people.officer, assessment=assessment, sought=False, not_sought_reason="Too early.")
    with pytest.raises(NotNow) as refused:
        workflow.advise(actor=people.officer, assessment=assessment, text="Fine.")
    assert refused.value.code == "same_person"
    workflow.advise(actor=people.dpo, assessment=assessment, text="Fine.")
    with pytest.raises(NotNow) as refused:
        workflow.decide(actor=people.officer, assessment=assessment, outcome="reject", reason="No.")
    assert refused.value.code == "same_person"


def test_whoever_advised_does_not_decide(people: Cast) -> None:
    MembershipFactory(user=people.dpo, team=people.project.team, role=Role.DECIDER)
    people.dpo = type(people.dpo).objects.get(pk=people.dpo.pk)
    assessment = advised(people)
    with pytest.raises(NotNow) as refused:
        workflow.decide(actor=people.dpo, assessment=assessment, outcome="reject", reason="No.")
    assert refused.value.code == "same_person"


# --- the decision ---------------------------------------------------------------------------------


def test_unmet_lawfulness_blocks_approval_and_nothing_buys_it(people: Cast) -> None:
    assessment = drafted(people)
    Answer.objects.filter(assessment=assessment, item="6.1").update(status="unmet")
    workflow.submit(actor=people.officer, assessment=assessment)
    workflow.record_views(actor=people.officer, assessment=assessment, sought=True, summary="They worry.")
    workflow.advise(actor=people.dpo, assessment=assessment, text="Not lawful.", opinion="against")
    calm(assessment)
    for outcome in ("approve", "conditionally_approve"):
        with pytest.raises(NotNow) as refused:
            approve(people, assessment, outcome, departure="We disagree.")
        assert refused.value.code == "lawfulness_gate"
        assert "6.1" in refused.value.missing[0]
    assert approve(people, assessment, "reject").outcome == "reject"


def test_a_risk_that_is_high_today_is_not_approved_outright(people: Cast) -> None:
    assessment = advised(people)
    Risk.objects.filter(assessment=assessment).update(current_band=Band.HIGH, residual_band=Band.MEDIUM)
    with pytest.raises(NotNow) as refused:
        approve(people, assessment)
    assert refused.value.code == "risk_high"
    with pytest.raises(NotNow) as refused:
        approve(people, assessment, "conditionally_approve")
    assert refused.value.code == "measures_missing"


def test_conditions_are_measures_and_come_before_going_live(people: Cast) -> None:
    assessment = drafted(people)
    measure = measures.plan_measure(
        actor=people.officer,
        assessment=assessment,
        kind="restrict",
        owner=people.engineer,
        due=timezone.localdate() + timedelta(days=20),
    )
    workflow.submit(actor=people.officer, assessment=assessment)
    workflow.record_views(actor=people.officer, assessment=assessment, sought=True, summary="They agree.")
    workflow.advise(actor=people.dpo, assessment=assessment, text="Once restricted.", opinion="conditions")
    Risk.objects.filter(assessment=assessment).update(current_band=Band.HIGH, residual_band=Band.MEDIUM)
    approve(people, assessment, "conditionally_approve")
    with pytest.raises(NotNow) as refused:
        workflow.activate(actor=people.officer, assessment=assessment)
    assert refused.value.code == "conditions_open"
    measures.complete_measure(actor=people.engineer, measure=measure, grade="tested", evidence="pen test 9")
    calm(assessment)
    assert workflow.activate(actor=people.officer, assessment=assessment).state == State.ACTIVE


def test_a_risk_that_stays_high_goes_to_the_authority(people: Cast) -> None:
    assessment = advised(people)
    Risk.objects.filter(assessment=assessment).update(current_band=Band.HIGH, residual_band=Band.HIGH)
    with pytest.raises(NotNow) as refused:
        approve(people, assessment, "conditionally_approve")
    assert refused.value.code == "residual_high"
    approve(people, assessment, "consult")
    with pytest.raises(NotNow) as refused:
        approve(people, assessment, "reject", departure="Enough.")
    assert refused.value.code == "consultation_open"
    workflow.record_consultation(
        actor=people.officer, assessment=assessment, answered_on=date(2026, 11, 20), answer="Not like this."
    )
    assert approve(people, assessment, "reject", departure="The authority said no.").outcome == "reject"


@pytest.mark.parametrize(
    ("opinion", "outcome", "departs"),
    [
        ("favourable", "approve", "no"),
        ("favourable", "reject", "yes"),
        ("conditions", "approve", "yes"),
        ("conditions", "reject", "no"),
        ("against", "approve", "yes"),
        ("against", "consult", "no"),
    ],
)
def test_departing_from_the_advice_needs_its_reason(people: Cast, opinion: str, outcome: str, departs: str) -> None:
    assessment = advised(people, opinion)
    calm(assessment)
    if departs == "yes":
        with pytest.raises(NotNow) as refused:
            approve(people, assessment, outcome)
        assert refused.value.code == "departure_missing"
    said = {"departure": "The harm is smaller than the advice holds."} if departs == "yes" else {}
    assert approve(people, assessment, outcome, **said).outcome == outcome


def test_a_decision_is_refused_once_the_frozen_version_no_longer_fits_its_hash(people: Cast) -> None:
    assessment = advised(people)
    calm(assessment)
    assessment.frozen = {**(assessment.frozen or {}), "project": {"purpose": "Something else"}}
    assessment.save()
    with pytest.raises(NotNow) as refused:
        approve(people, assessment)
    assert refused.value.code == "altered"


# --- stale ----------------------------------------------------------------------------------------


@pytest.fixture
def active(people: Cast) -> Assessment:
    assessment = advised(people)
    calm(assessment)
    approve(people, assessment)
    return workflow.activate(actor=people.officer, assessment=assessment)


def test_new_personal_data_in_a_schema_turns_an_approval_stale_and_says_why(people: Cast, active: Assessment) -> None:
    schema_changed.send(sender=None, schema_version=None, project=people.project, new_personal=["phone_alt"])
    active.refresh_from_db()
    cause = active.staleness.get()
    assert (active.state, cause.code, cause.params) == (State.STALE, "stale.schema", {"fields": "phone_alt"})
    schema_changed.send(sender=None, schema_version=None, project=people.project, new_personal=["phone_alt"])
    assert active.staleness.count() == 1


def test_a_schema_without_new_personal_data_leaves_the_approval_alone(people: Cast, active: Assessment) -> None:
    schema_changed.send(sender=None, schema_version=None, project=people.project, new_personal=[])
    active.refresh_from_db()
    assert active.state == State.ACTIVE


def test_the_register_and_the_data_map_turn_approvals_stale_too(people: Cast, active: Assessment) -> None:
    update_project(actor=people.engineer, project=people.project, base_model="other-7b", repository_url="")
    flow_changed.send(sender=None, project=people.project)
    active.refresh_from_db()
    assert active.state == State.STALE
    assert {cause.code for cause in active.staleness.all()} == {"stale.project", "stale.flow"}


def test_drafts_and_rejections_do_not_go_stale(people: Cast) -> None:
    assessment = advised(people)
    approve(people, assessment, "reject", departure="No.")
    flow_changed.send(sender=None, project=people.project)
    assessment.refresh_from_db()
    assert assessment.state == State.DECIDED


def test_reaffirming_answers_every_cause_and_returns_to_where_it_stood(people: Cast, active: Assessment) -> None:
    flow_changed.send(sender=None, project=people.project)
    row = workflow.reaffirm(actor=people.officer, assessment=active, reason="Same fields, other host (Art. 35(11)).")
    assert (row.state, row.stale_from) == (State.ACTIVE, "")
    assert row.staleness.get().answer.startswith("Same fields")


# --- versions -------------------------------------------------------------------------------------


def test_a_new_version_carries_words_over_and_going_live_supersedes_the_old(people: Cast, active: Assessment) -> None:
    row = Risk.objects.get(assessment=active, key="access.outsider")
    Risk.objects.filter(pk=row.pk).update(description="Through the vendor portal.")
    version = versions.new_version(actor=people.engineer, based_on=active)
    assert (version.number, version.state, version.based_on) == (2, State.DRAFT, active)
    assert Risk.objects.get(assessment=version, key="access.outsider").description == "Through the vendor portal."
    with pytest.raises(Refused):
        versions.new_version(actor=people.engineer, based_on=active)
    workflow.submit(actor=people.officer, assessment=version)
    workflow.record_views(actor=people.officer, assessment=version, sought=False, not_sought_reason="As before.")
    workflow.advise(actor=people.dpo, assessment=version, text="Fine.")
    calm(version)
    approve(people, version)
    workflow.activate(actor=people.officer, assessment=version)
    active.refresh_from_db()
    assert active.state == State.SUPERSEDED


def test_the_difference_between_versions_is_named_field_by_field(people: Cast, active: Assessment) -> None:
    version = versions.new_version(actor=people.engineer, based_on=active)
    Answer.objects.filter(assessment=version, item="32").update(text="Encrypted since June.", author=people.engineer)
    risks.add_control(actor=people.engineer, assessment=version, kind="backup", grade="tested", evidence="drill 3")
    found = {(str(one.part), one.label): one for one in differences(assessment_data(active), assessment_data(version))}
    answer = found[("Answers", "Small 32: Security › text")]
    assert (answer.before, answer.after, answer.by) == (
        "As the record says.",
        "Encrypted since June.",
        str(people.engineer),
    )
    assert found[("Controls", "backup › evidence")].after == "drill 3"
    assert (
        found[("Risks", "disappearance.accident › now")].before
        != found[("Risks", "disappearance.accident › now")].after
    )
    assert {part for part, _label in found} == {"Answers", "Controls", "Risks"}


def test_what_is_overdue_turns_approvals_stale_by_itself(people: Cast, active: Assessment) -> None:
    Assessment.objects.filter(pk=active.pk).update(review_due_on=timezone.localdate() - timedelta(days=1))
    workflow.watch()
    workflow.watch()
    active.refresh_from_db()
    assert (active.state, active.staleness.get().code) == (State.STALE, "stale.review")


def test_months_end_where_shorter_months_end() -> None:
    assert in_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert in_months(date(2026, 11, 22), 12) == date(2027, 11, 22)
