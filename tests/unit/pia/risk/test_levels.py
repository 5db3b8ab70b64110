from __future__ import annotations

import pytest

from core.types import Grade
from pia.risk.controls import membership_advantage
from pia.risk.levels import band_of, banded, likelihood_of, rate, rate_all, severity_of
from pia.risk.values import (
    Band,
    Control,
    ControlKind,
    Indistinctness,
    Kind,
    PrivacyLoss,
    Scenario,
    Situation,
    Standing,
    Threat,
)

ACCESS = Scenario("access.outsider", Kind.ACCESS, Threat.OUTSIDER)
MEMORISES = Scenario("memorisation.public_api", Kind.MEMORISATION, Threat.PUBLIC_API)
UNFAIR = Scenario("unfair_decision.design", Kind.UNFAIR_DECISION, Threat.DESIGN)


def documented(kind: ControlKind, **more: object) -> Control:
    return Control(kind, Grade.DOCUMENTED, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("total", "value"), [(2, 1), (4, 1), (5, 2), (6, 3), (7, 4), (9, 4)])
def test_the_sum_is_banded(total: int, value: int) -> None:
    assert banded(total) == value


def test_the_whole_matrix() -> None:
    drawn = ["".join(band_of(s, likelihood)[0] for likelihood in (1, 2, 3, 4)) for s in (4, 3, 2, 1)]
    assert drawn == ["mhhh", "mmhh", "llmm", "llmm"]


@pytest.mark.parametrize(
    ("situation", "severity"),
    [
        (Situation(), 2),
        (Situation(special=True), 3),
        (Situation(financial=True), 3),
        (Situation(location=True), 3),
        (Situation(children=True), 3),
        (Situation(significant=True), 3),
        (Situation(irreversible=True), 4),
        (Situation(special=True, vulnerable=True), 3),
        (Situation(special=True, vulnerable=True, significant=True), 4),
        (Situation(irreversible=True, vulnerable=True, significant=True), 4),
    ],
)
def test_severity_is_the_prejudice_to_a_person(situation: Situation, severity: int) -> None:
    assert severity_of(ACCESS, situation).value == severity


def test_ten_million_people_are_not_more_severe_than_ten() -> None:
    few, many = (severity_of(ACCESS, Situation(people=n)) for n in (10, 10_000_000))
    assert few == many


def pseudonymised(k: int = 11, diversity: int = 2, readers: frozenset[Threat] = frozenset()) -> Control:
    measured = Indistinctness(k=k, diversity=diversity)
    return documented(ControlKind.PSEUDONYMISATION, indistinctness=measured, readers=readers)


@pytest.mark.parametrize(
    ("control", "free_text", "severity"),
    [
        (pseudonymised(), "none", 2),
        (pseudonymised(k=10), "none", 3),
        (pseudonymised(diversity=1), "none", 3),
        (pseudonymised(readers=frozenset({Threat.OUTSIDER})), "none", 3),
        (pseudonymised(), "unscreened", 3),
        (pseudonymised(), "unknown", 3),
    ],
)
def test_pseudonymisation_lowers_severity_only_if_all_of_it_holds(
    control: Control,
    free_text: str,
    severity: int,
) -> None:
    known = {"none": False, "unscreened": True, "unknown": None}[free_text]
    assert severity_of(ACCESS, Situation(special=True, free_text=known), [control]).value == severity


def test_pseudonymisation_says_nothing_about_a_model_that_memorises() -> None:
    assert severity_of(MEMORISES, Situation(special=True, free_text=False), [pseudonymised()]).value == 3


def test_only_anonymity_that_was_tested_closes_a_scenario() -> None:
    proven = Control(ControlKind.ANONYMISATION, Grade.TESTED)
    assert rate(ACCESS, Situation(), [proven]).band is Band.CLOSED
    assert rate(ACCESS, Situation(), [documented(ControlKind.ANONYMISATION)]).band is not Band.CLOSED


def test_a_control_without_evidence_changes_nothing_today() -> None:
    claimed = Control(ControlKind.ACCESS_CONTROL, Grade.ASSERTED)
    rated = rate_all(ACCESS, Situation(), [claimed])
    assert rated.current.likelihood.value == rated.inherent.likelihood.value == 4


def test_a_documented_process_counts_only_once_it_was_tested() -> None:
    for grade, value in ((Grade.DOCUMENTED, 4), (Grade.TESTED, 3)):
        assert likelihood_of(ACCESS, Situation(), [Control(ControlKind.RED_TEAM, grade)]).value == value


def test_two_controls_of_one_group_count_once() -> None:
    both = [documented(ControlKind.ACCESS_CONTROL), documented(ControlKind.LOGGING)]
    assert likelihood_of(ACCESS, Situation(), both).value == 3


def test_a_committed_measure_lowers_the_target_and_not_today() -> None:
    promised = Control(ControlKind.ACCESS_CONTROL, Grade.ASSERTED, Standing.COMMITTED)
    rated = rate_all(ACCESS, Situation(), [promised])
    assert (rated.current.likelihood.value, rated.residual.likelihood.value) == (4, 3)


def test_a_control_tied_to_another_scenario_does_not_count_here() -> None:
    tied = documented(ControlKind.ACCESS_CONTROL, only=frozenset({"access.processor"}))
    assert likelihood_of(ACCESS, Situation(), [tied]).value == 4


def test_keeping_data_too_long_raises_vulnerability_until_it_is_mended() -> None:
    long = Situation(retention_exceeds=True)
    stolen = Scenario("x", Kind.ACCESS, Threat.LIMITED_INSIDER)
    assert likelihood_of(stolen, Situation()).value == 3
    assert likelihood_of(stolen, long).value == 4
    assert likelihood_of(stolen, long, [documented(ControlKind.SHORTER_RETENTION)]).value == 3


def test_vulnerability_never_falls_below_one() -> None:
    everything = [Control(kind, Grade.TESTED) for kind in (ControlKind.RED_TEAM, ControlKind.ACCESS_CONTROL)] + [
        loss(0.1),
        Control(ControlKind.SIGN_IN, Grade.TESTED),
    ]
    result = likelihood_of(MEMORISES, Situation(people=100), everything)
    assert result.value == 1
    assert result.because[-1].params["vulnerability"] == 1


def loss(epsilon: float, **changed: object) -> Control:
    parts: dict[str, object] = {"person_level": True, "adjacency": "add or remove one person", "total": True}
    claim = PrivacyLoss(epsilon, 1e-6, **(parts | changed))  # type: ignore[arg-type]
    return documented(ControlKind.DIFFERENTIAL_PRIVACY, loss=claim)


@pytest.mark.parametrize(("epsilon", "advantage"), [(0, 0.0), (0.2, 0.0997), (1, 0.462), (1.0986, 0.5), (3, 0.905)])
def test_membership_advantage_of_a_privacy_loss(epsilon: float, advantage: float) -> None:
    assert membership_advantage(epsilon, 0) == pytest.approx(advantage, abs=6e-4)


def test_an_enormous_epsilon_promises_nothing_and_overflows_nothing() -> None:
    assert membership_advantage(1e6, 1e-6) == 1.0


@pytest.mark.parametrize(("epsilon", "vulnerability"), [(0.2, 2), (1, 3), (1.09, 3), (1.2, 4), (3, 4)])
def test_credit_for_differential_privacy(epsilon: float, vulnerability: int) -> None:
    result = likelihood_of(MEMORISES, Situation(people=40_000), [loss(epsilon)])
    assert result.because[-1].params["vulnerability"] == vulnerability


@pytest.mark.parametrize(
    ("changed", "people", "missing"),
    [
        ({"person_level": False}, 40_000, "person_level"),
        ({"adjacency": ""}, 40_000, "adjacency"),
        ({"total": False}, 40_000, "total"),
        ({}, None, "people"),
        ({}, 2_000_000, "delta"),
    ],
)
def test_a_privacy_claim_with_a_part_missing_earns_nothing_and_says_which(
    changed: dict[str, object], people: int | None, missing: str
) -> None:
    result = likelihood_of(MEMORISES, Situation(people=people), [loss(0.1, **changed)])
    assert result.value == 4
    assert ("dp.incomplete", missing) in [(r.code, r.params.get("missing")) for r in result.because]


@pytest.mark.parametrize(("upper", "value"), [(0.02, 6), (0.021, 7)])
def test_an_attack_test_stands_in_for_differential_privacy(upper: float, value: int) -> None:
    test = documented(ControlKind.ATTACK_TEST, tpr_upper=upper)
    assert likelihood_of(MEMORISES, Situation(people=9), [test]).because[-1].params["sum"] == value


def test_a_private_model_is_no_harder_to_steal_from_a_disk() -> None:
    assert likelihood_of(ACCESS, Situation(people=9), [loss(0.1)]).value == 4


def test_design_risks_fall_by_safeguards_and_not_by_encryption() -> None:
    shield = [documented(ControlKind.ENCRYPTION), documented(ControlKind.LOGGING)]
    assert likelihood_of(UNFAIR, Situation(), shield).value == 4
    safeguards = [
        documented(kind) for kind in (ControlKind.ERROR_RATE, ControlKind.CONTESTABILITY, ControlKind.PURPOSE_ENFORCED)
    ]
    assert [likelihood_of(UNFAIR, Situation(), safeguards[:n]).value for n in range(4)] == [4, 3, 2, 1]
    assert rate(UNFAIR, Situation(), [documented(ControlKind.DESIGNED_OUT)]).band is Band.CLOSED
