"""Risks on real rows: generated, rated, overridden, controlled, measured; never losing a person's words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from core.models import AuditEvent, Known, Recipient
from pia.models import Assessment, Control, Measure, Risk
from pia.policies import NotNow
from pia.selectors import risks as selectors
from pia.services import measures, risks
from pia.workflow import State
from tests.support.assessments import Cast, cast, drafted

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def assessment(people: Cast) -> Assessment:
    return drafted(people)


def risk(assessment: Assessment, key: str = "access.outsider") -> Risk:
    found: Risk = Risk.objects.get(assessment=assessment, key=key)
    return found


def control(people: Cast, assessment: Assessment, kind: str, grade: str = "tested", **more: Any) -> Control:
    return risks.add_control(
        actor=people.engineer, assessment=assessment, kind=kind, grade=grade, evidence="test report 7", **more
    )


def test_a_new_assessment_has_its_risks_rated_with_reasons(assessment: Assessment) -> None:
    row = risk(assessment)
    assert (row.inherent_severity, row.inherent_likelihood) == (2, 4)
    assert row.computed["current"]["likelihood_because"]
    assert row.because


def test_a_refresh_keeps_words_and_sets_aside_what_no_longer_applies(people: Cast, assessment: Assessment) -> None:
    row = risk(assessment, "memorisation.limited_insider")
    risks.describe_risk(actor=people.officer, risk=row, description="Chats quote addresses.")
    people.project.public_interface = Known.YES
    people.project.save()
    risks.refresh_risks(actor=people.officer, assessment=assessment)
    row.refresh_from_db()
    assert row.description == "Chats quote addresses."
    assert not row.applies
    assert risk(assessment, "memorisation.public_api").applies


def test_a_transfer_without_assessment_brings_the_foreign_state(people: Cast, assessment: Assessment) -> None:
    Recipient.objects.create(project=people.project, name="Cloud", country="US", transfer_tool="scc")
    risks.refresh_risks(actor=people.officer, assessment=assessment)
    assert risk(assessment, "access.foreign_state").inherent_likelihood == 4


def test_only_evidence_lowers_the_level_of_today(people: Cast, assessment: Assessment) -> None:
    risks.add_control(actor=people.engineer, assessment=assessment, kind="encryption", grade="asserted")
    assert risk(assessment).current_likelihood == 4
    control(people, assessment, "encryption", "documented")
    assert risk(assessment).current_likelihood == 3


def test_evidence_has_to_say_where_it_is(people: Cast, assessment: Assessment) -> None:
    with pytest.raises(ValidationError):
        risks.add_control(actor=people.engineer, assessment=assessment, kind="encryption", grade="tested")


def test_an_override_keeps_both_values_and_the_reason(people: Cast, assessment: Assessment) -> None:
    row = risk(assessment)
    risks.override_level(
        actor=people.officer, risk=row, stage="current", severity=3, likelihood=2, reason="Two years of logs."
    )
    row.refresh_from_db()
    override = row.overrides.get()
    assert (row.current_severity, row.current_likelihood, row.current_band) == (3, 2, "medium")
    assert (override.computed_severity, override.computed_likelihood) == (2, 4)
    assert row.computed["current"]["likelihood"] == 4
    risks.clear_override(actor=people.officer, risk=row, stage="current")
    row.refresh_from_db()
    assert row.current_likelihood == 4


def test_an_engineer_does_not_override(people: Cast, assessment: Assessment) -> None:
    with pytest.raises(PermissionDenied):
        risks.override_level(
            actor=people.engineer, risk=risk(assessment), stage="current", severity=1, likelihood=1, reason="I say so."
        )


def test_a_commitment_lowers_the_target_and_evidence_lowers_today(people: Cast, assessment: Assessment) -> None:
    due = timezone.localdate() + timedelta(days=30)
    measure = measures.plan_measure(
        actor=people.officer, assessment=assessment, kind="encrypt", owner=people.engineer, due=due
    )
    assert risk(assessment) in measure.risks.all()
    assert (risk(assessment).current_likelihood, risk(assessment).residual_likelihood) == (4, 3)
    measures.complete_measure(actor=people.engineer, measure=measure, grade="documented", evidence="KMS policy 4")
    assert risk(assessment).current_likelihood == 3
    assert Control.objects.get(measure=measure).kind == "encryption"


def test_a_measure_without_owner_or_date_is_no_commitment(people: Cast, assessment: Assessment) -> None:
    measure = measures.plan_measure(actor=people.officer, assessment=assessment, kind="encrypt")
    assert not measure.committed
    assert risk(assessment).residual_likelihood == 4


def test_a_measure_belongs_to_somebody_of_the_team(people: Cast, assessment: Assessment) -> None:
    with pytest.raises(ValidationError):
        measures.plan_measure(actor=people.officer, assessment=assessment, kind="encrypt", owner=cast().engineer)


def test_a_frozen_version_takes_no_new_risk_but_its_measures_go_on(people: Cast, assessment: Assessment) -> None:
    due = timezone.localdate()
    measure = measures.plan_measure(
        actor=people.officer, assessment=assessment, kind="encrypt", owner=people.engineer, due=due
    )
    Assessment.objects.filter(pk=assessment.pk).update(state=State.IN_REVIEW)
    with pytest.raises(NotNow):
        risks.add_risk(actor=people.officer, assessment=assessment, title="Late thought")
    with pytest.raises(NotNow):
        measures.change_measure(actor=people.officer, measure=measure, due=due + timedelta(days=90))
    measures.change_measure(actor=people.engineer, measure=measure, status="in_progress")
    measures.complete_measure(actor=people.engineer, measure=measure, grade="tested", evidence="drill 3")
    assert Measure.objects.get(pk=measure.pk).status == "done"


def test_own_scenarios_are_rated_like_generated_ones(people: Cast, assessment: Assessment) -> None:
    own = risks.add_risk(actor=people.engineer, assessment=assessment, title="Support agent reads a neighbour's chat")
    assert (own.inherent_severity, own.inherent_likelihood) == (2, 3)
    with pytest.raises(NotNow):
        risks.remove_risk(actor=people.engineer, risk=risk(assessment))
    risks.remove_risk(actor=people.engineer, risk=own)
    assert not Risk.objects.filter(title__startswith="Support").exists()


@pytest.mark.parametrize(
    ("kind", "threat"), [("access", "design"), ("function_creep", "outsider"), ("nonsense", "outsider")]
)
def test_an_own_scenario_has_to_make_sense(people: Cast, assessment: Assessment, kind: str, threat: str) -> None:
    with pytest.raises(ValidationError):
        risks.add_risk(actor=people.engineer, assessment=assessment, title="x", kind=kind, threat=threat)


@pytest.mark.parametrize("who", ["dpo", "decider", "auditor"])
def test_those_who_advise_decide_or_audit_write_no_risk(people: Cast, assessment: Assessment, who: str) -> None:
    with pytest.raises(PermissionDenied):
        risks.add_risk(actor=people.everybody[who], assessment=assessment, title="x")
    with pytest.raises(PermissionDenied):
        measures.plan_measure(actor=people.everybody[who], assessment=assessment, kind="encrypt")


def test_every_change_leaves_exactly_one_event(people: Cast, assessment: Assessment) -> None:
    row = risk(assessment)
    due = timezone.localdate()
    made: dict[str, Any] = {}

    def plan() -> None:
        made["measure"] = measures.plan_measure(
            actor=people.officer, assessment=assessment, kind="restrict", owner=people.engineer, due=due
        )

    steps = [
        lambda: risks.refresh_risks(actor=people.officer, assessment=assessment),
        lambda: made.update(own=risks.add_risk(actor=people.officer, assessment=assessment, title="x")),
        lambda: risks.describe_risk(actor=people.officer, risk=row, description="y"),
        lambda: risks.override_level(
            actor=people.officer, risk=row, stage="current", severity=3, likelihood=2, reason="z"
        ),
        lambda: risks.clear_override(actor=people.officer, risk=row, stage="current"),
        lambda: made.update(control=control(people, assessment, "encryption")),
        lambda: risks.change_control(
            actor=people.officer, control=made["control"], grade="documented", evidence="policy"
        ),
        lambda: risks.remove_control(actor=people.officer, control=made["control"]),
        plan,
        lambda: measures.change_measure(actor=people.officer, measure=made["measure"], cost_note="two days"),
        lambda: measures.complete_measure(
            actor=people.officer, measure=made["measure"], grade="documented", evidence="e"
        ),
        lambda: risks.remove_risk(actor=people.officer, risk=made["own"]),
    ]
    for number, step in enumerate(steps):
        before = AuditEvent.objects.count()
        step()
        assert AuditEvent.objects.count() == before + 1, number


def test_what_is_frozen_is_plain_and_stable(people: Cast, assessment: Assessment) -> None:
    control(people, assessment, "encryption", details={"readers": ["processor"]})
    first, second = selectors.risk_data(assessment), selectors.risk_data(assessment)
    assert first == second
    assert first["headline"] in {"low", "medium", "high"}
    assert {item["key"] for item in first["risks"]} >= {"access.outsider"}


def test_the_plan_is_ranked_and_what_if_changes_nothing(people: Cast, assessment: Assessment) -> None:
    from pia.selectors.risk_pages import what_if

    plan = selectors.picture(assessment).plan()
    assert 1 <= len(plan) <= 3
    shown = what_if(assessment, [plan[0].kind, "nonsense"])
    assert shown["lowered"]
    assert risk(assessment).residual_likelihood == 4
