from __future__ import annotations

from core.types import FactValue
from pia.risk.measures import CATALOGUE, MeasureKind, controls_of, rank
from pia.risk.scenarios import generate
from pia.risk.situation import situation_from
from pia.risk.values import Control, ControlKind, Flow, Kind, Threat

CHAT: dict[str, FactValue] = {
    "data.fields": 12,
    "data.categories": ("contact", "identity", "location"),
    "data.location": True,
    "people.count": 4_000,
    "project.ai_kind": "classifier",
    "project.training": "central",
    "model.personal_data": "unknown",
    "interface.public": False,
    "recipients.processors": 0,
    "transfers": False,
    "transfers.without_assessment": 0,
    "copies.excess": 0,
    "copies.without_retention": 0,
    "source.scraped": False,
}


def keys(facts: dict[str, FactValue]) -> set[str]:
    return {scenario.key for scenario in generate(facts).scenarios}


def test_the_three_feared_events_are_always_there() -> None:
    kinds = {scenario.kind for scenario in generate(CHAT).scenarios}
    assert {Kind.ACCESS, Kind.MODIFICATION, Kind.DISAPPEARANCE} <= kinds


def test_nothing_known_keeps_the_common_risks_and_says_they_are_unconfirmed() -> None:
    unknown = generate({}).scenarios
    assert "memorisation.limited_insider" in {scenario.key for scenario in unknown}
    marked = [s for s in unknown if "scenario.not_known" in {reason.code for reason in s.because}]
    assert marked


def test_a_transfer_without_assessment_brings_the_foreign_state() -> None:
    assert "access.foreign_state" not in keys(CHAT)
    assert "access.foreign_state" in keys(CHAT | {"transfers.without_assessment": 1})


def test_a_public_interface_changes_who_can_question_the_model() -> None:
    assert "memorisation.limited_insider" in keys(CHAT)
    public = keys(CHAT | {"interface.public": True})
    assert "memorisation.public_api" in public
    assert "memorisation.limited_insider" not in public
    assert "model_extraction.public_api" in public


def test_a_model_without_personal_data_has_nothing_to_memorise() -> None:
    assert not any(key.startswith(("memorisation", "membership")) for key in keys(CHAT | {"model.personal_data": "no"}))


def test_what_was_left_out_says_why() -> None:
    left_out = {(kind, threat): reason.code for kind, threat, reason in generate(CHAT).left_out}
    assert left_out[(Kind.UNLAWFUL_TRANSFER, Threat.DESIGN)] == "scenario.not_seen"


def test_no_personal_data_at_all_leaves_an_empty_list_with_the_reason() -> None:
    result = generate({"data.fields": 0, "model.personal_data": "no"})
    assert not result.scenarios
    assert {reason.code for _, _, reason in result.left_out} == {"scenario.no_personal_data"}


def test_scenarios_are_linked_to_the_flows_they_run_along() -> None:
    flows = [
        Flow("1", "chat store to training", "store", "model"),
        Flow("2", "customers to chat", "subject", "process"),
    ]
    found = {scenario.kind: scenario.flows for scenario in generate(CHAT, flows).scenarios}
    assert found[Kind.MEMORISATION] == ("1",)
    assert found[Kind.MODIFICATION] == ("2",)


def test_every_scenario_says_why_it_exists_and_has_a_key_of_its_own() -> None:
    every = generate({"interface.public": True, "recipients.processors": 2, "transfers.without_assessment": 1})
    assert all(scenario.because for scenario in every.scenarios)
    assert len({scenario.key for scenario in every.scenarios}) == len(every.scenarios)


def test_the_catalogue_has_every_kind_of_measure_and_each_can_do_something() -> None:
    assert set(CATALOGUE) == set(MeasureKind)
    rich = situation_from(CHAT | {"data.special": True})
    assert all(controls_of(kind, rich) for kind in MeasureKind)


def test_the_first_measure_removes_at_least_as_much_as_the_second() -> None:
    scenarios = generate(CHAT).scenarios
    plan = rank(scenarios, situation_from(CHAT), [])
    assert len(plan) == 3
    assert plan[0].weight >= plan[1].weight >= plan[2].weight


def test_a_planned_measure_is_not_proposed_again() -> None:
    scenarios, situation = generate(CHAT).scenarios, situation_from(CHAT)
    first = rank(scenarios, situation, [])[0].kind
    again = rank(scenarios, situation, list(controls_of(first, situation)), taken=[first])
    assert first not in {proposal.kind for proposal in again}


def test_minimising_away_what_makes_data_sensitive_lowers_the_target() -> None:
    situation = situation_from({**CHAT, "data.location": True})
    (control,) = controls_of(MeasureKind.MINIMISE, situation)
    assert control == Control(ControlKind.MINIMISATION, control.grade, control.standing, drops=frozenset({"location"}))


def test_a_city_is_no_precise_location() -> None:
    assert situation_from(CHAT).location
    assert not situation_from(CHAT | {"data.location": False}).location
