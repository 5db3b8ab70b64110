"""The catalogue of measures, what each would do, and which three to start with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from core.types import Grade
from pia.risk.levels import MIN_K, MIN_L, residual
from pia.risk.values import (
    Band,
    Control,
    ControlKind,
    Indistinctness,
    PrivacyLoss,
    Rated,
    Rating,
    Scenario,
    Situation,
    Standing,
    Threat,
    worst,
)


class MeasureKind(StrEnum):
    """What can be done about a risk."""

    PSEUDONYMISE = "pseudonymise"
    MINIMISE = "minimise"
    AGGREGATE = "aggregate"
    SYNTHESISE = "synthesise"
    ENCRYPT = "encrypt"
    RESTRICT = "restrict"
    SHORTEN_RETENTION = "shorten_retention"
    DP_TRAINING = "dp_training"
    FEDERATE = "federate"
    HE_MPC = "he_mpc"
    CONTRACT = "contract"
    HUMAN_REVIEW = "human_review"
    RED_TEAM = "red_team"
    MONITOR = "monitor"


def _committed(kind: ControlKind) -> Control:
    return Control(kind, Grade.DOCUMENTED, Standing.COMMITTED)


_KEY_APART: Final = frozenset({Threat.PRIVILEGED_INSIDER})
_SMALL_CELLS_GONE: Final = Indistinctness(k=MIN_K, diversity=MIN_L, free_text_screened=True)


def _dp_training(situation: Situation) -> tuple[Control, ...]:
    """Epsilon 1 in total at person level, delta a tenth of 1/n: the weakest claim that still earns credit."""
    delta = min(1e-6, 0.1 / max(1, situation.people or 1))
    loss = PrivacyLoss(1.0, delta, person_level=True, adjacency="add or remove one person", total=True)
    return (replace(_committed(ControlKind.DIFFERENTIAL_PRIVACY), loss=loss),)


def _drops(situation: Situation) -> tuple[Control, ...]:
    traits = ("special", "financial", "location")
    found = frozenset(trait for trait in traits if getattr(situation, trait))
    return (replace(_committed(ControlKind.MINIMISATION), drops=found),) if found else ()


def _always(*controls: Control) -> Callable[[Situation], tuple[Control, ...]]:
    return lambda situation: controls


#: What each measure brings, once committed. The order is that of effort, least first, and breaks ties.
CATALOGUE: Final = {
    MeasureKind.RESTRICT: _always(
        _committed(ControlKind.ACCESS_CONTROL),
        _committed(ControlKind.SIGN_IN),
        _committed(ControlKind.PURPOSE_ENFORCED),
    ),
    MeasureKind.SHORTEN_RETENTION: _always(_committed(ControlKind.SHORTER_RETENTION), _committed(ControlKind.DELETION)),
    MeasureKind.ENCRYPT: _always(replace(_committed(ControlKind.ENCRYPTION), readers=_KEY_APART)),
    MeasureKind.MINIMISE: _drops,
    MeasureKind.PSEUDONYMISE: _always(
        replace(_committed(ControlKind.PSEUDONYMISATION), readers=_KEY_APART, indistinctness=_SMALL_CELLS_GONE)
    ),
    MeasureKind.HUMAN_REVIEW: _always(_committed(ControlKind.HUMAN_CHECK), _committed(ControlKind.CONTESTABILITY)),
    MeasureKind.MONITOR: _always(_committed(ControlKind.MONITORING), _committed(ControlKind.ERROR_RATE)),
    MeasureKind.RED_TEAM: _always(_committed(ControlKind.RED_TEAM)),
    MeasureKind.CONTRACT: _always(_committed(ControlKind.TRANSFER_SAFEGUARD)),
    MeasureKind.AGGREGATE: _always(replace(_committed(ControlKind.PSEUDONYMISATION), indistinctness=_SMALL_CELLS_GONE)),
    MeasureKind.SYNTHESISE: _always(replace(_committed(ControlKind.ATTACK_TEST), tpr_upper=0.02)),
    MeasureKind.DP_TRAINING: _dp_training,
    MeasureKind.FEDERATE: _always(_committed(ControlKind.FEDERATION)),
    MeasureKind.HE_MPC: _always(_committed(ControlKind.CONFIDENTIAL_COMPUTING)),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure does to one scenario's target."""

    scenario: Scenario
    before: Rating
    after: Rating

    @property
    def bands(self) -> int:
        return self.before.band.rank - self.after.band.rank

    @property
    def points(self) -> int:
        return self.before.points - self.after.points


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure with everything it would lower, the largest fall first."""

    kind: MeasureKind
    effects: tuple[Effect, ...]

    @property
    def weight(self) -> tuple[int, int, int]:
        """Levels removed from high risks, levels removed in all, then points: what the ranking compares."""
        from_high = sum(effect.bands for effect in self.effects if effect.before.band is Band.HIGH)
        return from_high, sum(effect.bands for effect in self.effects), sum(effect.points for effect in self.effects)


def controls_of(kind: MeasureKind, situation: Situation) -> tuple[Control, ...]:
    """What this measure would put in place here."""
    return CATALOGUE[kind](situation)


def propose(
    kind: MeasureKind, scenarios: Sequence[Scenario], situation: Situation, controls: Sequence[Control]
) -> Proposal:
    """The effect of one measure on top of the controls given."""
    return _proposal(kind, _targets(scenarios, situation, controls), situation, controls)


def _targets(
    scenarios: Sequence[Scenario], situation: Situation, controls: Sequence[Control]
) -> list[tuple[Scenario, Rating]]:
    return [(scenario, residual(scenario, situation, controls)) for scenario in scenarios]


def _proposal(
    kind: MeasureKind,
    targets: Sequence[tuple[Scenario, Rating]],
    situation: Situation,
    controls: Sequence[Control],
) -> Proposal:
    more = [*controls, *controls_of(kind, situation)]
    effects = []
    for scenario, before in targets:
        after = residual(scenario, situation, more)
        if after.points < before.points:
            effects.append(Effect(scenario, before, after))
    effects.sort(key=lambda effect: (-effect.bands, -effect.points, -effect.before.points))
    return Proposal(kind, tuple(effects))


def rank(
    scenarios: Sequence[Scenario],
    situation: Situation,
    controls: Sequence[Control],
    *,
    taken: Iterable[MeasureKind] = (),
    limit: int = 3,
) -> list[Proposal]:
    """The plan: the measure that removes most, then the one that removes most after it, and so on.

    `taken` are measures already planned; those that lower nothing are not proposed.
    """
    open_kinds = [kind for kind in CATALOGUE if kind not in set(taken)]
    applied = list(controls)
    plan: list[Proposal] = []
    while open_kinds and len(plan) < limit:
        targets = _targets(scenarios, situation, applied)
        proposals = [_proposal(kind, targets, situation, applied) for kind in open_kinds]
        best = max(proposals, key=lambda proposal: proposal.weight)
        if not best.effects:
            break
        plan.append(best)
        open_kinds.remove(best.kind)
        applied += controls_of(best.kind, situation)
    return plan


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from the ratings as a whole."""

    headline: Band
    residual: Band
    blocks_go_live: bool
    consult: tuple[str, ...]  # scenarios that stay high whatever the catalogue still offers
    argue: tuple[str, ...]  # (4,1): a written reason is due


def consequences(
    rated: Sequence[Rated], situation: Situation, controls: Sequence[Control], *, taken: Iterable[MeasureKind] = ()
) -> Consequences:
    """Current high blocks go-live; residual high that no measure left can lower is for the authority (Art. 36)."""
    more = [control for kind in CATALOGUE if kind not in set(taken) for control in controls_of(kind, situation)]
    stuck = [
        item.scenario.key
        for item in rated
        if item.residual.band is Band.HIGH and residual(item.scenario, situation, [*controls, *more]).band is Band.HIGH
    ]
    headline = worst(item.current.band for item in rated)
    return Consequences(
        headline=headline,
        residual=worst(item.residual.band for item in rated),
        blocks_go_live=headline is Band.HIGH,
        consult=tuple(stuck),
        argue=tuple(item.scenario.key for item in rated if item.current.needs_reason or item.residual.needs_reason),
    )
