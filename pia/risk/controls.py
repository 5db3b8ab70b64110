"""Which control acts on which scenario and which threat, and what differential privacy is worth."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.types import Grade, Reason
from pia.risk.values import Control, ControlKind, Kind, PrivacyLoss, Scenario, Situation, Threat


class Group(StrEnum):
    """The control groups; each takes one off vulnerability, once, however many controls are in it."""

    ACCESS = "access"
    ENCRYPTION = "encryption"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Acts:
    """A control kind's group, the scenarios it acts on, and the threats it is powerless against."""

    group: Group
    kinds: frozenset[Kind]
    not_against: frozenset[Threat] = frozenset()


_EVENTS: Final = frozenset({Kind.ACCESS, Kind.MODIFICATION, Kind.DISAPPEARANCE, Kind.OWN})
_QUERIES: Final = frozenset({Kind.MEMBERSHIP, Kind.INVERSION, Kind.EXTRACTION, Kind.LEAKAGE})
#: A state compels whoever has access, so their access rules bind it to nothing.
_COMPELS: Final = frozenset({Threat.FOREIGN_STATE})

ACTS: Final = {
    ControlKind.ACCESS_CONTROL: Acts(Group.ACCESS, _EVENTS | _QUERIES | {Kind.POISONING}, _COMPELS),
    ControlKind.LOGGING: Acts(Group.ACCESS, _EVENTS | _QUERIES | {Kind.POISONING}, _COMPELS),
    ControlKind.ENCRYPTION: Acts(Group.ENCRYPTION, frozenset({Kind.ACCESS, Kind.OWN})),
    ControlKind.CONFIDENTIAL_COMPUTING: Acts(Group.ENCRYPTION, frozenset({Kind.ACCESS, Kind.OWN})),
    ControlKind.BACKUP: Acts(Group.PROCESS, frozenset({Kind.DISAPPEARANCE, Kind.MODIFICATION, Kind.OWN})),
    ControlKind.VERSIONING: Acts(Group.PROCESS, frozenset({Kind.MODIFICATION, Kind.DISAPPEARANCE, Kind.POISONING})),
    ControlKind.DELETION: Acts(Group.PROCESS, frozenset({Kind.ACCESS, Kind.LEAKAGE, Kind.OWN}), _COMPELS),
    ControlKind.HUMAN_CHECK: Acts(
        Group.PROCESS, frozenset({Kind.MODIFICATION, Kind.POISONING, Kind.LEAKAGE, Kind.OWN})
    ),
    ControlKind.RED_TEAM: Acts(
        Group.PROCESS, frozenset({Kind.ACCESS, Kind.MEMORISATION, Kind.POISONING, Kind.OWN}) | _QUERIES, _COMPELS
    ),
    ControlKind.MONITORING: Acts(
        Group.PROCESS, frozenset({Kind.MODIFICATION, Kind.POISONING, Kind.OWN}) | _QUERIES, _COMPELS
    ),
}

#: What lowers a design scenario by one each. Error rates say something about decisions only.
SAFEGUARDS: Final = {
    ControlKind.ERROR_RATE: frozenset({Kind.UNFAIR_DECISION}),
    ControlKind.CONTESTABILITY: frozenset(
        {Kind.UNFAIR_DECISION, Kind.FUNCTION_CREEP, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER}
    ),
    ControlKind.PURPOSE_ENFORCED: frozenset(
        {Kind.UNFAIR_DECISION, Kind.FUNCTION_CREEP, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER}
    ),
}

#: What takes the ground from under a scenario: it is closed, not merely lowered.
CLOSES: Final = {
    ControlKind.ANONYMISATION: frozenset(
        {Kind.ACCESS, Kind.MODIFICATION, Kind.DISAPPEARANCE, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER}
        | {Kind.MEMORISATION, Kind.MEMBERSHIP, Kind.INVERSION, Kind.LEAKAGE}
    ),
    ControlKind.DESIGNED_OUT: frozenset(
        {Kind.UNFAIR_DECISION, Kind.FUNCTION_CREEP, Kind.EXCESSIVE_RETENTION, Kind.UNLAWFUL_TRANSFER}
    ),
    ControlKind.SHORTER_RETENTION: frozenset({Kind.EXCESSIVE_RETENTION}),
    ControlKind.TRANSFER_SAFEGUARD: frozenset({Kind.UNLAWFUL_TRANSFER}),
}

#: Capability a threat is left with, by control.
WEAKENS: Final = {
    (ControlKind.SIGN_IN, Threat.PUBLIC_API): 2,
    (ControlKind.TRANSFER_SAFEGUARD, Threat.FOREIGN_STATE): 3,
    (ControlKind.FEDERATION, Threat.PROCESSOR): 2,
    (ControlKind.FEDERATION, Threat.FOREIGN_STATE): 3,
}
#: Federation keeps records where they are; what the model itself gives away is unchanged.
_WEAKENS_ONLY: Final = {ControlKind.FEDERATION: frozenset({Kind.ACCESS})}

DP_KINDS: Final = frozenset({Kind.MEMORISATION, Kind.MEMBERSHIP, Kind.INVERSION})


def concerns(control: Control, scenario: Scenario) -> bool:
    """Whether a person tied this control to other scenarios only."""
    return not control.only or scenario.key in control.only


def evidenced(control: Control, group: Group) -> bool:
    """Document grade counts, but a process counts only once it has been tested. A commitment is taken at its word."""
    needed = Grade.TESTED if group is Group.PROCESS else Grade.DOCUMENTED
    return control.committed or control.grade.rank >= needed.rank


def acting(controls: Iterable[Control], scenario: Scenario) -> dict[Group, list[Control]]:
    """The controls that lower this scenario's vulnerability against its threat, by group."""
    found: dict[Group, list[Control]] = {}
    for control in controls:
        acts = ACTS.get(control.kind)
        if acts and _acts(control, acts, scenario):
            found.setdefault(acts.group, []).append(control)
    return found


def _acts(control: Control, acts: Acts, scenario: Scenario) -> bool:
    return (
        concerns(control, scenario)
        and scenario.kind in acts.kinds
        and scenario.threat not in acts.not_against
        and scenario.threat not in control.readers
        and evidenced(control, acts.group)
    )


def membership_advantage(epsilon: float, delta: float) -> float:
    """Upper bound on an attacker's advantage, (e^eps - 1 + 2 delta) / (e^eps + 1), from 0 to 1.

    Written with e^-eps so that a huge epsilon gives 1 instead of an overflow.
    """
    shrink = math.exp(-epsilon)
    return min(1.0, (1 - shrink + 2 * delta * shrink) / (1 + shrink))


def privacy_credit(controls: Iterable[Control], scenario: Scenario, situation: Situation) -> tuple[int, list[Reason]]:
    """Credit on vulnerability (0 to 2) from differential privacy or, without it, from an attack test."""
    if scenario.kind not in DP_KINDS:
        return 0, []
    best: tuple[int, list[Reason]] = (0, [])
    for control in controls:
        if not concerns(control, scenario):
            continue
        credit, reason = _credit(control, situation)
        if reason and (credit > best[0] or not best[1]):
            best = (credit, [reason])
    return best


def _credit(control: Control, situation: Situation) -> tuple[int, Reason | None]:
    if control.kind is ControlKind.DIFFERENTIAL_PRIVACY and control.loss:
        return _credit_of_loss(control, control.loss, situation)
    if control.kind is ControlKind.ATTACK_TEST and control.tpr_upper is not None:
        return _credit_of_attack(control, control.tpr_upper)
    return 0, None


def _credit_of_loss(control: Control, loss: PrivacyLoss, situation: Situation) -> tuple[int, Reason]:
    missing = missing_from(loss, situation)
    if missing:
        return 0, Reason("dp.incomplete", {"by": 0, "missing": missing, "ref": control.ref})
    advantage = membership_advantage(loss.epsilon, loss.delta)
    credit = 2 if advantage <= 0.1 else 1 if advantage <= 0.5 else 0
    params: dict[str, str | int | float | bool] = {
        "by": -credit,
        "epsilon": loss.epsilon,
        "delta": loss.delta,
        "advantage": advantage,
        "ref": control.ref,
    }
    return credit, Reason("dp.credit" if credit else "dp.no_credit", params)


def missing_from(loss: PrivacyLoss, situation: Situation) -> str:
    """The first thing a privacy claim lacks, or an empty string."""
    if not loss.person_level:
        return "person_level"
    if not loss.adjacency:
        return "adjacency"
    if not loss.total:
        return "total"
    if situation.people is None:
        return "people"
    return "" if loss.delta < 1 / max(1, situation.people) else "delta"


def _credit_of_attack(control: Control, upper: float) -> tuple[int, Reason]:
    passed = upper <= 0.02
    code = "attack.credit" if passed else "attack.no_credit"
    return int(passed), Reason(code, {"by": -int(passed), "upper": upper, "ref": control.ref})


def weakened(control: Control, scenario: Scenario) -> int | None:
    """The capability this control leaves the scenario's threat with, or None where it has no bearing."""
    kinds = _WEAKENS_ONLY.get(control.kind)
    if not concerns(control, scenario) or (kinds is not None and scenario.kind not in kinds):
        return None
    return WEAKENS.get((control.kind, scenario.threat))


def proven(control: Control) -> bool:
    """Anonymity must be tested to close a scenario; the rest needs a document. A commitment is taken at its word."""
    needed = Grade.TESTED if control.kind is ControlKind.ANONYMISATION else Grade.DOCUMENTED
    return control.committed or control.grade.rank >= needed.rank
