"""The screening engine: each rule of WP248, Art. 35, the AI Act and the other laws, and what facts propose."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given as fuzz
from hypothesis import strategies as st

from core.types import FactValue
from pia.screening.questions import ANNEX_III, BY_KEY, QUESTIONS, WP248, AnswerValue, Kind, proposed
from pia.screening.verdict import Duty, Finding, Line, Verdict, asked, check, disputes, judge

Answers = dict[str, AnswerValue]
EU: dict[str, FactValue] = {"project.regime": "gdpr", "project.jurisdictions": ("DE",)}

#: Everything answered so that nothing asks for an assessment.
HARMLESS: Answers = {
    **{question.key: "no" for question in QUESTIONS if question.kind is Kind.YES_NO},
    "personal_data": "yes",
    "prohibited": (),
    "annex_iii": (),
}


def line(verdict: Verdict, rule: str) -> Line:
    found = verdict.line(rule)
    assert found is not None
    return found


def judged(
    changes: Answers | None = None, facts: dict[str, FactValue] | None = None, *, rebutted: bool = False
) -> Verdict:
    return judge({**HARMLESS, **(changes or {})}, facts or EU, rebutted=rebutted)


def test_nothing_answered_leaves_the_result_open_and_says_what_it_waits_for() -> None:
    verdict = judge({}, EU)
    assert verdict.headline is Finding.OPEN
    assert "wp248.9" in verdict.unanswered
    assert "deployer" not in verdict.unanswered  # it follows from an Annex III point


def test_all_nine_criteria_are_asked_whatever_the_result_so_far() -> None:
    verdict = judge({"art35_3_a": "yes"}, EU)
    assert verdict.headline is Finding.REQUIRED
    assert {question.key for question in WP248} <= set(verdict.unanswered)
    assert {question.key for question in WP248} <= {question.key for question in asked(EU)}


@pytest.mark.parametrize("trigger", ["art35_3_a", "art35_3_b", "art35_3_c", "national_list", "general_risk"])
def test_one_trigger_requires_an_assessment(trigger: str) -> None:
    assert judged({trigger: "yes"}).headline is Finding.REQUIRED
    assert judged({trigger: "unsure"}).headline is Finding.PRESUMED


@pytest.mark.parametrize("pair", list(combinations([q.key for q in WP248], 2)))
def test_any_two_criteria_presume_an_assessment(pair: tuple[str, str]) -> None:
    verdict = judged(dict.fromkeys(pair, "yes"))
    assert verdict.headline is Finding.PRESUMED
    assert verdict.criteria == pair
    assert [reason.params["question"] for reason in line(verdict, "wp248").because[1:]] == list(pair)


@pytest.mark.parametrize("criterion", [q.key for q in WP248])
def test_one_criterion_asks_for_a_justification(criterion: str) -> None:
    assert judged({criterion: "yes"}).headline is Finding.JUSTIFY


def test_no_criterion_means_not_required() -> None:
    verdict = judged()
    assert verdict.headline is Finding.NOT_REQUIRED
    assert verdict.unanswered == ()


def test_an_unclear_criterion_counts_as_met() -> None:
    verdict = judged({"wp248.3": "unsure", "wp248.6": "unsure"})
    assert verdict.headline is Finding.PRESUMED
    assert line(verdict, "wp248").because[1].code == "screening.unsure"


def test_a_presumption_can_be_rebutted_but_a_trigger_cannot() -> None:
    two: Answers = {"wp248.1": "yes", "wp248.5": "yes"}
    assert judged(two, rebutted=True).headline is Finding.REBUTTED
    assert judged({**two, "art35_3_b": "yes"}, rebutted=True).headline is Finding.REQUIRED
    assert judged({**two, "general_risk": "unsure"}, rebutted=True).headline is Finding.PRESUMED


@pytest.mark.parametrize(
    ("exemption", "answers", "headline"),
    [
        ("exempt_law", {"art35_3_a": "yes"}, Finding.EXEMPT),
        ("exempt_list", {"wp248.1": "yes", "wp248.2": "yes"}, Finding.EXEMPT),
        ("exempt_list", {"art35_3_a": "yes"}, Finding.REQUIRED),
        ("exempt_list", {"national_list": "yes"}, Finding.REQUIRED),
        ("exempt_law", {"prohibited": ("social_scoring",)}, Finding.STOP),
    ],
)
def test_exemptions_reach_as_far_as_article_35_lets_them(exemption: str, answers: Answers, headline: Finding) -> None:
    assert judged({exemption: "yes", **answers}).headline is headline


def test_a_prohibited_practice_stops_whatever_else_is_answered() -> None:
    verdict = judged({"prohibited": ("social_scoring",), "art35_3_a": "yes"})
    assert verdict.headline is Finding.STOP
    assert line(verdict, "prohibited").because[0].params["option"] == "social_scoring"
    assert line(verdict, "art35_3").finding is Finding.REQUIRED


def test_the_later_prohibition_carries_its_date() -> None:
    assert line(judged({"prohibited": ("intimate_imagery",)}), "prohibited").applies_from == "2026-12-02"
    assert line(judged({"prohibited": ("intimate_imagery", "manipulation")}), "prohibited").applies_from == ""


def test_without_personal_data_only_scope_and_the_ai_act_are_left() -> None:
    verdict = judge({"personal_data": "no", "model_personal": "no"}, EU)
    assert verdict.headline is Finding.OPEN
    assert set(verdict.unanswered) == {"prohibited", "annex_iii"}
    verdict = judge({"personal_data": "no", "model_personal": "no", "prohibited": (), "annex_iii": ()}, EU)
    assert line(verdict, "scope").finding is Finding.OUTSIDE
    assert verdict.line("wp248") is None


def test_a_model_that_holds_personal_data_keeps_the_law_in_play() -> None:
    assert judged({"personal_data": "no", "model_personal": "yes"}).line("wp248") is not None
    assert judged({"personal_data": "no", "model_personal": "unsure"}).line("wp248") is not None


@pytest.mark.parametrize(
    ("points", "deployer", "finding"),
    [
        (("4.a",), "public_body", Finding.REQUIRED),
        (("4.a",), "public_service", Finding.REQUIRED),
        (("4.a",), "private", Finding.NOT_REQUIRED),
        (("5.b",), "private", Finding.REQUIRED),
        (("5.c",), "private", Finding.REQUIRED),
        (("5.c",), "not_deployer", Finding.NOT_REQUIRED),
        (("2",), "public_body", Finding.NOT_REQUIRED),
        (("2", "5.a"), "public_body", Finding.REQUIRED),
        ((), "public_body", Finding.NOT_REQUIRED),
    ],
)
def test_who_has_to_assess_fundamental_rights(points: tuple[str, ...], deployer: str, finding: Finding) -> None:
    assert line(judged({"annex_iii": points, "deployer": deployer}), "fria").finding is finding


def test_a_narrow_task_is_no_high_risk_unless_it_profiles() -> None:
    narrow: Answers = {"annex_iii": ("4.a",), "annex_iii_narrow": "yes", "deployer": "public_body"}
    assert line(judged(narrow), "fria").finding is Finding.NOT_REQUIRED
    profiling = line(judged({**narrow, "wp248.1": "yes"}), "fria")
    assert profiling.finding is Finding.REQUIRED
    assert profiling.applies_from == "2027-12-02"
    assert "screening.profiles" in [reason.code for reason in profiling.because]


def test_the_fria_does_not_decide_the_headline() -> None:
    assert (
        judged({"annex_iii": ("5.b",), "deployer": "private", "annex_iii_narrow": "no"}).headline
        is Finding.NOT_REQUIRED
    )


@pytest.mark.parametrize(
    ("facts", "answers", "duty"),
    [
        ({"project.jurisdictions": ("CN",), "project.regime": "other"}, {"pipl": ("55.4",)}, Duty.PIPIA),
        ({"project.jurisdictions": ("US-CA",), "project.regime": "other"}, {"ccpa": ("share",)}, Duty.CCPA),
        (
            {"project.jurisdictions": ("US",), "project.sector": "health", "project.regime": "other"},
            {"hipaa": "yes"},
            Duty.HIPAA,
        ),
        (
            {"project.jurisdictions": ("US-NY",), "project.sector": "finance", "project.regime": "other"},
            {"reg_s_p": "yes"},
            Duty.REG_S_P,
        ),
    ],
)
def test_other_laws_by_jurisdiction_and_sector(facts: dict[str, FactValue], answers: Answers, duty: Duty) -> None:
    verdict = judge({"personal_data": "yes", **answers}, facts)
    assert verdict.headline is Finding.REQUIRED
    assert [found.duty for found in verdict.lines] == [duty]


def test_a_european_project_is_asked_nothing_of_other_continents() -> None:
    assert {str(question.law) for question in asked(EU)} == {"all", "gdpr", "ai_act"}


FACTS: dict[str, FactValue] = {
    **EU,
    "people.count": 40_000,
    "data.special": True,
    "people.vulnerable": True,
    "people.children": False,
    "decision.automated": False,
    "decision.significant": True,
    "model.personal_data": "unknown",
}


def test_facts_prefill_answers_and_name_themselves() -> None:
    assert proposed(BY_KEY["art35_3_b"], FACTS) == ("yes", ("data.special", "people.count"))
    assert proposed(BY_KEY["wp248.7"], FACTS) == ("yes", ("people.vulnerable",))
    assert proposed(BY_KEY["wp248.2"], FACTS) == ("no", ("decision.automated",))
    assert proposed(BY_KEY["wp248.9"], FACTS) == (None, ())
    assert proposed(BY_KEY["model_personal"], FACTS) == (None, ())


def test_prefilled_answers_count_until_a_person_answers() -> None:
    verdict = judge({}, FACTS)
    assert verdict.headline is Finding.REQUIRED
    assert line(verdict, "art35_3").because[0].code == "screening.fact"
    assert judge({"art35_3_b": "no", "wp248.7": "no"}, FACTS).headline is not Finding.REQUIRED


def test_contradicting_a_fact_is_a_dispute_and_being_unsure_is_not() -> None:
    assert [found.question for found in disputes({"wp248.7": "no", "wp248.9": "no"}, FACTS)] == ["wp248.7"]
    assert disputes({"wp248.7": "unsure"}, FACTS) == ()


def test_leaving_out_an_option_the_facts_speak_for_is_a_dispute() -> None:
    facts: dict[str, FactValue] = {"project.jurisdictions": ("CN",), "data.special": True, "transfers": True}
    assert proposed(BY_KEY["pipl"], facts)[0] == ("55.1", "55.4")
    assert disputes({"pipl": ("55.1",)}, facts)[0].proposed == ("55.1", "55.4")
    assert disputes({"pipl": ("55.1", "55.4", "55.5")}, facts) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("wp248.1", "maybe"),
        ("nothing", "yes"),
        ("prohibited", "yes"),
        ("annex_iii", ("9.z",)),
        ("pipl", ("55.1", "55.1")),
        ("deployer", "yes"),
    ],
)
def test_what_is_no_answer_is_refused(key: str, value: AnswerValue) -> None:
    with pytest.raises(ValueError, match=r"no (answer|question)"):
        check(key, value)


@fuzz(
    st.dictionaries(st.sampled_from([q.key for q in WP248]), st.sampled_from(["yes", "no", "unsure"])),
    st.sampled_from([q.key for q in WP248]),
)
def test_one_more_criterion_never_weakens_the_result(answers: Answers, more: str) -> None:
    order: list[Finding] = [f for f in Finding if f is not Finding.OPEN]
    before, after = judged(answers).headline, judged({**answers, more: "yes"}).headline
    assert order.index(after) <= order.index(before)


def test_the_points_of_annex_iii_are_all_there() -> None:
    assert len(ANNEX_III) == 25
    assert len({point[0] for point in ANNEX_III}) == 8
