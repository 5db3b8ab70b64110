"""What must hold for any situation, any scenario and any controls."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.types import Grade
from pia.risk.levels import rate, rate_all
from pia.risk.measures import consequences, rank
from pia.risk.scenarios import RULES, key_of
from pia.risk.values import (
    Band,
    Control,
    ControlKind,
    Indistinctness,
    PrivacyLoss,
    Scenario,
    Situation,
    Standing,
    Threat,
    worst,
)

scenarios = st.sampled_from([Scenario(key_of(rule.kind, rule.threat), rule.kind, rule.threat) for rule in RULES])
FLAGS = (
    "data_known",
    "special",
    "criminal",
    "financial",
    "location",
    "children",
    "significant",
    "irreversible",
    "vulnerable",
    "retention_exceeds",
)
situations = st.builds(
    Situation,
    people=st.none() | st.integers(1, 10**7),
    k=st.none() | st.integers(1, 50),
    diversity=st.none() | st.integers(1, 5),
    free_text=st.sampled_from([None, False, True]),
    **{name: st.booleans() for name in FLAGS},
)
controls = st.builds(
    Control,
    kind=st.sampled_from(ControlKind),
    grade=st.sampled_from(Grade),
    standing=st.sampled_from(Standing),
    readers=st.frozensets(st.sampled_from(Threat), max_size=2),
    drops=st.frozensets(st.sampled_from(["special", "financial", "location"])),
    loss=st.none()
    | st.builds(PrivacyLoss, st.floats(0, 12), st.floats(0, 0.01), st.booleans(), st.just("one person"), st.booleans()),
    indistinctness=st.none() | st.builds(Indistinctness, st.integers(1, 30), st.integers(1, 4), st.booleans()),
    tpr_upper=st.none() | st.floats(0, 1),
)
sets = st.lists(controls, max_size=6)


@given(scenarios, situations, sets, controls)
def test_a_control_never_raises_anything(
    scenario: Scenario, situation: Situation, others: list[Control], control: Control
) -> None:
    before, after = (rate(scenario, situation, given) for given in (others, [*others, control]))
    assert after.severity.value <= before.severity.value
    assert after.likelihood.value <= before.likelihood.value
    assert after.band.rank <= before.band.rank


@given(scenarios, situations, sets)
def test_residual_is_at_most_current_is_at_most_inherent(
    scenario: Scenario, situation: Situation, given_controls: list[Control]
) -> None:
    rated = rate_all(scenario, situation, given_controls)
    assert rated.residual.band.rank <= rated.current.band.rank <= rated.inherent.band.rank
    assert rated.inherent.likelihood.value in (3, 4)


@given(scenarios, situations, sets)
def test_levels_stay_on_the_scale_and_give_their_reasons(
    scenario: Scenario, situation: Situation, given_controls: list[Control]
) -> None:
    rating = rate(scenario, situation, given_controls)
    for level in (rating.severity, rating.likelihood):
        assert 1 <= level.value <= 4
        assert level.because


@given(scenarios, situations, sets)
def test_the_steps_of_a_severity_add_up(
    scenario: Scenario, situation: Situation, given_controls: list[Control]
) -> None:
    severity = rate(scenario, situation, given_controls).severity
    start = max(int(reason.params.get("start", 0)) for reason in severity.because)
    assert start + sum(int(reason.params.get("by", 0)) for reason in severity.because) == severity.value


@given(st.lists(st.sampled_from(Band), min_size=1))
def test_the_headline_is_the_worst(bands: list[Band]) -> None:
    assert worst(bands) in bands
    assert all(band.rank <= worst(bands).rank for band in bands)


@given(st.lists(scenarios, max_size=6, unique_by=lambda s: s.key), situations, sets)
def test_the_plan_only_proposes_what_lowers_something_and_never_twice(
    listed: list[Scenario], situation: Situation, given_controls: list[Control]
) -> None:
    plan = rank(listed, situation, given_controls)
    assert len({proposal.kind for proposal in plan}) == len(plan) <= 3
    assert all(effect.points > 0 for proposal in plan for effect in proposal.effects)


@given(st.lists(scenarios, max_size=6, unique_by=lambda s: s.key), situations, sets)
def test_only_a_residual_high_goes_to_the_authority(
    listed: list[Scenario], situation: Situation, given_controls: list[Control]
) -> None:
    rated = [rate_all(scenario, situation, given_controls) for scenario in listed]
    result = consequences(rated, situation, given_controls)
    high = {item.scenario.key for item in rated if item.residual.band is Band.HIGH}
    assert set(result.consult) <= high
    assert result.blocks_go_live == any(item.current.band is Band.HIGH for item in rated)
