"""Answers on real rows: nothing overwritten unread, nothing judged by the machine, one event for each write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.errors import Refused
from core.models import AuditEvent, DataCopy, Known
from pia.models import Answer, AnswerRevision, AnswerSource, AnswerStatus, Assessment
from pia.policies import NotNow
from pia.selectors.answers import Entry, entries
from pia.selectors.coverage import coverages
from pia.selectors.readiness import GapKind, readiness
from pia.selectors.snapshot import assessment_data
from pia.services import answers as services
from pia.services.assessments import DraftExists, freeze, start_assessment
from pia.workflow import State
from tests.factories import ProjectFactory
from tests.support.assessments import Cast, cast
from tests.support.packs import shipped_packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    shipped_packs()
    return cast(existing_data=Known.YES, people_categories=["customers"], vulnerable=Known.NO)


@pytest.fixture
def assessment(people: Cast) -> Assessment:
    return start_assessment(actor=people.officer, project=people.project)


def answer(assessment: Assessment, item: str = "5.1.c", pack: str = "gdpr-pia") -> Answer:
    found: Answer = Answer.objects.select_related("pack").get(assessment=assessment, pack__key=pack, item=item)
    return found


def shown(assessment: Assessment, item: str = "5.1.c") -> Entry:
    return next(entry for entry in entries(assessment) if entry.item.id == item)


def save(actor: Any, row: Answer, version: int = 0, **parts: Any) -> Answer:
    return services.save_answer(actor=actor, answer=row, version=version, **parts)


# --- starting --------------------------------------------------------------------------------------


def test_a_new_assessment_has_every_question_of_its_packs(assessment: Assessment) -> None:
    assert assessment.answers.filter(pack__key="gdpr-pia").count() == 65
    assert assessment.answers.filter(pack__key="nist-pf-1.0").count() == 100


def test_a_double_click_starts_one_assessment(people: Cast, assessment: Assessment) -> None:
    with pytest.raises(DraftExists) as refused:
        start_assessment(actor=people.officer, project=people.project)
    assert refused.value.extra["assessment"] == str(assessment.pk)


def test_a_new_version_carries_answers_and_evidence_over_but_no_agreement(people: Cast, assessment: Assessment) -> None:
    row = save(people.officer, answer(assessment, "20"), text="No consent.", status="not_applicable")
    services.approve_not_applicable(actor=people.engineer, answer=row, version=1)
    services.cite_document(actor=people.officer, answer=row, label="Register", reference="wiki/register")
    Assessment.objects.filter(pk=assessment.pk).update(state=State.DECIDED)
    newer = start_assessment(actor=people.officer, project=people.project, based_on=assessment)
    carried = shown(newer, "20")
    assert (newer.number, carried.answer.text, carried.answer.source) == (2, "No consent.", AnswerSource.CARRIED_OVER)
    assert [cited.text for cited in carried.cited] == ["Register"]
    assert carried.awaits_approval


def test_organisation_wide_answers_are_inherited_within_the_team(people: Cast, assessment: Assessment) -> None:
    save(people.officer, answer(assessment, "24"), text="AI policy of 2026.", status="met")
    save(people.officer, answer(assessment, "5.1.c"), text="Of this project only.", status="met")
    sibling = start_assessment(actor=people.officer, project=ProjectFactory(team=people.project.team))
    stranger = start_assessment(actor=(other := cast()).officer, project=other.project)
    assert answer(sibling, "24").text == "AI policy of 2026."
    assert answer(sibling, "5.1.c").text == ""
    assert answer(stranger, "24").text == ""


# --- saving ----------------------------------------------------------------------------------------


def test_the_slower_of_two_editors_sees_both_texts_and_who_was_faster(people: Cast, assessment: Assessment) -> None:
    row = answer(assessment)
    save(people.engineer, row, text="No names.", status="met")
    with pytest.raises(services.StaleAnswer) as stale:
        save(people.officer, row, text="All names.")
    assert stale.value.extra["current"]["text"] == "No names."
    assert stale.value.extra["current"]["editor"] == str(people.engineer)
    assert stale.value.extra["mine"] == {"text": "All names.", "status": "met"}
    assert answer(assessment).text == "No names."


def test_the_same_words_again_are_no_conflict_and_no_new_version(people: Cast, assessment: Assessment) -> None:
    row = answer(assessment)
    save(people.engineer, row, text="No names.")
    assert save(people.officer, row, text="No names.").version == 1


def test_a_late_repeat_of_ones_own_save_is_no_conflict(people: Cast, assessment: Assessment) -> None:
    row = answer(assessment, "30.1.c")
    save(people.engineer, row, text="Customers.")
    services.use_facts(actor=people.engineer, answer=row, version=1)
    assert save(people.engineer, row, 0, text="Customers.").version == 2
    save(people.officer, row, 2, text="Patients.")
    with pytest.raises(services.StaleAnswer):
        save(people.engineer, row, 0, text="Customers.")


def test_every_version_stays_in_the_history(people: Cast, assessment: Assessment) -> None:
    row = answer(assessment)
    save(people.engineer, row, text="One.")
    save(people.officer, row, 1, text="Two.", status="partial")
    kept = [(one.version, one.text, one.author) for one in row.revisions.all()]
    assert kept == [(2, "Two.", people.officer), (1, "One.", people.engineer)]


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_a_frozen_version_takes_no_answer(people: Cast, assessment: Assessment, state: State) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    with pytest.raises(NotNow):
        save(people.officer, answer(assessment), text="Late.")


@pytest.mark.parametrize("parts", [{"status": "compliant"}, {"text": "x" * 20_001}])
def test_what_can_not_be_an_answer_is_refused(people: Cast, assessment: Assessment, parts: dict[str, Any]) -> None:
    with pytest.raises(services.BadAnswer):
        save(people.officer, answer(assessment), **parts)


# --- who ------------------------------------------------------------------------------------------

WRITES: dict[str, Callable[[Any, Answer], Any]] = {
    "save": lambda actor, row: save(actor, row, text="Mine."),
    "cite": lambda actor, row: services.cite_fact(actor=actor, answer=row, key="people.count"),
    "document": lambda actor, row: services.cite_document(actor=actor, answer=row, label="a", reference="b"),
    "use facts": lambda actor, row: services.use_facts(actor=actor, answer=answer(row.assessment, "30.1.c"), version=0),
    "comment": lambda actor, row: services.add_comment(actor=actor, assessment=row.assessment, text="?", answer=row),
    "assign": lambda actor, row: services.assign_section(
        actor=actor, assessment=row.assessment, section="2.3", assignee=None
    ),
}
MAY = {
    "save": {"engineer", "officer"},
    "cite": {"engineer", "officer"},
    "document": {"engineer", "officer"},
    "use facts": {"engineer", "officer"},
    "comment": {"engineer", "officer", "dpo", "decider"},
    "assign": {"officer"},
}


@pytest.mark.parametrize("verb", list(WRITES))
def test_each_write_is_open_to_its_roles_alone_and_leaves_one_event(
    people: Cast, assessment: Assessment, verb: str
) -> None:
    for role, actor in people.everybody.items():
        row = answer(assessment)
        before = AuditEvent.objects.count()
        if role in MAY[verb]:
            AnswerRevision.objects.all().delete()
            Answer.objects.filter(assessment=assessment).update(text="", status="unanswered", version=0)
            WRITES[verb](actor, answer(assessment))
            assert AuditEvent.objects.count() == before + 1
        else:
            with pytest.raises(PermissionDenied):
                WRITES[verb](actor, row)
            assert AuditEvent.objects.count() == before


def test_no_event_holds_the_words_of_an_answer(people: Cast, assessment: Assessment) -> None:
    save(people.officer, answer(assessment), text="Quartzite-41")
    assert not AuditEvent.objects.filter(canonical__contains="Quartzite-41").exists()


# --- not applicable --------------------------------------------------------------------------------


def test_not_applicable_needs_a_reason_and_a_second_person(people: Cast, assessment: Assessment) -> None:
    row = save(people.officer, answer(assessment, "20"), status="not_applicable")
    with pytest.raises(Refused, match="reason"):
        services.approve_not_applicable(actor=people.engineer, answer=row, version=1)
    row = save(people.officer, row, 1, text="No consent, no contract.")
    with pytest.raises(PermissionDenied):
        services.approve_not_applicable(actor=people.officer, answer=row, version=2)
    assert shown(assessment, "20").awaits_approval
    services.approve_not_applicable(actor=people.engineer, answer=row, version=2)
    assert not shown(assessment, "20").verdict.applies


def test_new_words_end_the_agreement(people: Cast, assessment: Assessment) -> None:
    row = save(people.officer, answer(assessment, "20"), text="No consent.", status="not_applicable")
    services.approve_not_applicable(actor=people.engineer, answer=row, version=1)
    save(people.officer, row, 1, text="Something else.")
    assert shown(assessment, "20").awaits_approval


# --- evidence --------------------------------------------------------------------------------------


def test_a_fact_is_kept_as_it_was_cited_and_a_change_shows(people: Cast, assessment: Assessment) -> None:
    copy = DataCopy.objects.create(project=people.project, kind="raw", retention_days=None)
    row = save(people.officer, answer(assessment, "5.1.e"), text="Soon [1].", status="partial")
    services.cite_fact(actor=people.officer, answer=row, key="copies.without_retention")
    copy.retention_days = 30
    copy.save()
    (cited,) = shown(assessment, "5.1.e").cited
    assert (cited.text, cited.now) == ("1 copy has no retention period.", "0 copies have no retention period.")
    assert any(gap.kind == GapKind.DISAGREES and gap.blocking for gap in readiness(assessment).gaps)
    assert answer(assessment, "5.1.e").text == "Soon [1]."
    services.cite_fact(actor=people.officer, answer=row, key="copies.without_retention")
    assert not shown(assessment, "5.1.e").disagrees


def test_an_answer_is_as_strong_as_its_best_valid_evidence(people: Cast, assessment: Assessment) -> None:
    row = save(people.officer, answer(assessment), text="See [1].", status="met")
    cited = services.cite_document(actor=people.officer, answer=row, label="Design", reference="wiki/1")
    assert shown(assessment).verdict.grade == "documented"
    cited.expires_on = timezone.localdate() - timedelta(days=1)
    cited.save()
    assert shown(assessment).verdict.grade == "asserted"


def test_facts_fill_a_question_of_fact_once_and_never_judge(people: Cast, assessment: Assessment) -> None:
    row = answer(assessment, "30.1.c")
    used = services.use_facts(actor=people.engineer, answer=row, version=0)
    assert used.text == "People concerned: Customers. [1] About 4,000 people are concerned. [2]"
    assert used.status == AnswerStatus.UNANSWERED
    again = services.use_facts(actor=people.engineer, answer=row, version=1)
    assert again.text == used.text


def test_a_question_of_judgement_takes_no_facts(people: Cast, assessment: Assessment) -> None:
    with pytest.raises(Refused, match="judgement"):
        services.use_facts(actor=people.officer, answer=answer(assessment, "5.1.e"), version=0)


def test_a_crosswalked_answer_lends_its_words_but_not_its_status(people: Cast, assessment: Assessment) -> None:
    source = save(people.officer, answer(assessment, "5.1.c"), text="Names go first.", status="met")
    services.cite_document(actor=people.officer, answer=source, label="Design", reference="wiki/1")
    target = answer(assessment, "CT.DP-P2", "nist-pf-1.0")
    reused = services.reuse_answer(actor=people.officer, answer=target, other=source, version=0)
    assert (reused.text, reused.status, reused.grade) == ("Names go first.", "unanswered", "documented")


# --- reading ---------------------------------------------------------------------------------------


def test_an_item_no_fact_triggers_says_which_fact(people: Cast, assessment: Assessment) -> None:
    assert shown(assessment, "6.4").verdict.applies
    people.project.existing_data = Known.NO
    people.project.save()
    switched_off = shown(Assessment.objects.get(pk=assessment.pk), "6.4")
    assert switched_off.untriggered == ("The training data was collected for this purpose.",)
    assert switched_off.answered


def test_readiness_is_reached_when_every_must_is_answered_with_words(people: Cast, assessment: Assessment) -> None:
    Answer.objects.filter(assessment=assessment).update(text="Yes.", status="met", version=1, author=people.officer)
    Answer.objects.filter(assessment=assessment, item="5.1.c").update(text="", status="partial")
    kinds = {gap.kind for gap in readiness(assessment).gaps}
    assert kinds - {GapKind.SCREENING} == {GapKind.WORDS, GapKind.UNMET}
    Answer.objects.filter(assessment=assessment, item="5.1.c").update(text="Half of it.")
    assert readiness(assessment).ready


def test_the_snapshot_is_the_same_twice_and_stays_once_frozen(people: Cast, assessment: Assessment) -> None:
    assert assessment_data(assessment) == assessment_data(assessment)
    freeze(assessment)
    frozen = Assessment.objects.get(pk=assessment.pk)
    people.project.people_count = 5
    people.project.save()
    assert assessment_data(frozen)["project"]["people_count"] == 4000
    assert len(frozen.version_sha256) == 64
    assert assessment_data(frozen)["coverage"][0]["shares"].keys() == {
        "tested", "documented", "asserted", "partial", "unmet", "unanswered",
    }  # fmt: skip


def test_reading_takes_as_many_queries_for_many_answers_as_for_few(
    people: Cast, assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    for item in ("5.1.c", "5.1.e", "12", "15", "17"):
        row = save(people.officer, answer(assessment, item), text="Yes.", status="met")
        services.cite_fact(actor=people.officer, answer=row, key="people.count")
    fresh = Assessment.objects.select_related("project").get(pk=assessment.pk)
    with django_assert_max_num_queries(20):
        coverages(fresh, entries(fresh))
