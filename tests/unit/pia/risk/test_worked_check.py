"""Letters triage with a fine-tuned language model: the example the rule was agreed on, row by row."""

from __future__ import annotations

import pytest

from core.types import FactValue, Grade
from pia.risk.levels import rate_all
from pia.risk.scenarios import generate
from pia.risk.situation import situation_from
from pia.risk.values import Band, Control, ControlKind, PrivacyLoss, Rated, Scenario, Threat

FACTS: dict[str, FactValue] = {
    "data.fields": 31,
    "data.categories": ("health", "identity"),
    "data.special": True,
    "people.count": 40_000,
    "people.vulnerable": True,
    "decision.significant": True,
    "project.training": "fine_tuned",
    "project.ai_kind": "generative",
    "model.personal_data": "unknown",
    "interface.public": True,
    "recipients.processors": 1,
    "recipients.third_countries": ("US",),
    "transfers": True,
    "transfers.without_assessment": 1,
    "copies.excess": 0,
    "text.columns": 1,
}
HOST = frozenset({Threat.PROCESSOR, Threat.FOREIGN_STATE})


def proven(kind: ControlKind) -> Control:
    return Control(kind, Grade.TESTED, readers=HOST if kind is ControlKind.ENCRYPTION else frozenset())


def private(epsilon: float) -> Control:
    loss = PrivacyLoss(epsilon, 1e-6, person_level=True, adjacency="add or remove one patient", total=True)
    return Control(ControlKind.DIFFERENTIAL_PRIVACY, Grade.DOCUMENTED, loss=loss)


SHIELD = [proven(ControlKind.ENCRYPTION), proven(ControlKind.ACCESS_CONTROL)]
DRILLS = [proven(ControlKind.DELETION), proven(ControlKind.RED_TEAM)]
CHECKED = [proven(ControlKind.HUMAN_CHECK), proven(ControlKind.VERSIONING)]
SIGN_IN = Control(ControlKind.SIGN_IN, Grade.DOCUMENTED)


def rated(key: str, controls: list[Control]) -> Rated:
    scenario = scenario_of(key)
    return rate_all(scenario, situation_from(FACTS), controls)


def scenario_of(key: str) -> Scenario:
    (found,) = [scenario for scenario in generate(FACTS).scenarios if scenario.key == key]
    return found


@pytest.mark.parametrize(
    ("key", "inherent"),
    [
        ("access.outsider", (4, 4)),
        ("access.foreign_state", (4, 4)),
        ("modification.limited_insider", (4, 3)),
        ("memorisation.public_api", (4, 4)),
    ],
)
def test_inherent_levels_of_the_worked_example(key: str, inherent: tuple[int, int]) -> None:
    result = rated(key, []).inherent
    assert (result.severity.value, result.likelihood.value) == inherent
    assert result.band is Band.HIGH


@pytest.mark.parametrize(
    ("key", "controls", "current", "verdict"),
    [
        ("access.outsider", SHIELD, (4, 2), "high"),
        ("access.outsider", SHIELD + DRILLS, (4, 1), "medium, reason needed"),
        ("access.foreign_state", SHIELD[:1], (4, 4), "high"),
        ("modification.limited_insider", CHECKED, (4, 2), "high"),
        ("memorisation.public_api", [private(3)], (4, 4), "high"),
        ("memorisation.public_api", [private(1)], (4, 3), "high"),
        ("memorisation.public_api", [private(1), SIGN_IN], (4, 2), "high"),
    ],
)
def test_current_levels_of_the_worked_example(
    key: str, controls: list[Control], current: tuple[int, int], verdict: str
) -> None:
    result = rated(key, controls).current
    assert (result.severity.value, result.likelihood.value) == current
    assert result.band + (", reason needed" if result.needs_reason else "") == verdict


def test_without_a_public_interface_the_same_model_is_rated_through_an_insider() -> None:
    facts: dict[str, FactValue] = FACTS | {"interface.public": False}
    (scenario,) = [s for s in generate(facts).scenarios if s.key == "memorisation.limited_insider"]
    result = rate_all(scenario, situation_from(facts), [private(1)]).current
    assert (result.severity.value, result.likelihood.value) == (4, 2)


def test_every_step_of_a_level_adds_up_to_it() -> None:
    likelihood = rated("access.outsider", SHIELD + DRILLS).current.likelihood
    steps = [reason.params for reason in likelihood.because]
    total = sum(int(step.get("start", 0)) + int(step.get("by", 0)) for step in steps)
    assert total == steps[-1]["sum"] == 4
    assert steps[-1]["value"] == likelihood.value == 1
