"""Severity, likelihood and the level they make, each with every step of its reasoning.

The rule is Candor's own; the scales of four and the banding of a sum follow CNIL's method.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.types import Reason
from pia.risk import controls as c
from pia.risk.values import (
    Band,
    Control,
    ControlKind,
    Family,
    Indistinctness,
    Kind,
    Level,
    Rated,
    Rating,
    Scenario,
    Situation,
)

#: Measured indistinctness that takes one off the severity of an access: fewer than 11 is a small cell.
MIN_K: Final = 11
MIN_L: Final = 2


def rate(scenario: Scenario, situation: Situation, controls: Sequence[Control]) -> Rating:
    """Rate one scenario under the controls given (those that do not count are the caller's to leave out)."""
    closed = _closed_by(scenario, controls)
    severity = severity_of(scenario, situation, controls)
    likelihood = likelihood_of(scenario, situation, controls)
    if closed:
        return Rating(severity, likelihood, Band.CLOSED, (closed,))
    band = band_of(severity.value, likelihood.value)
    step = Reason(f"level.{band}", {"severity": severity.value, "likelihood": likelihood.value})
    return Rating(severity, likelihood, band, (step,))


def rate_all(scenario: Scenario, situation: Situation, controls: Sequence[Control]) -> Rated:
    """Inherent (no controls), current (evidenced ones), residual (current plus committed measures)."""
    now = [control for control in controls if control.counts_now]
    return Rated(
        scenario=scenario,
        inherent=rate(scenario, situation, ()),
        current=rate(scenario, situation, now),
        residual=residual(scenario, situation, controls),
    )


def residual(scenario: Scenario, situation: Situation, controls: Sequence[Control]) -> Rating:
    """The target alone: evidenced controls and committed measures."""
    return rate(scenario, situation, [control for control in controls if control.counts_now or control.committed])


def band_of(severity: int, likelihood: int) -> Band:
    """High if both are at least 3, or severity 4 with likelihood at least 2; medium if one is at least 3."""
    if (severity >= 3 and likelihood >= 3) or (severity == 4 and likelihood >= 2):
        return Band.HIGH
    return Band.MEDIUM if severity >= 3 or likelihood >= 3 else Band.LOW


def banded(total: int) -> int:
    """At most 4 is 1, 5 is 2, 6 is 3, 7 and more is 4."""
    return min(4, max(1, total - 3))


def severity_of(scenario: Scenario, situation: Situation, controls: Sequence[Control] = ()) -> Level:
    """Prejudice to a person, 1 to 4. The number of people does not change it."""
    value, because = _prejudice(situation, _dropped(scenario, controls))
    if situation.vulnerable and situation.significant and value < 4:
        value += 1
        because.append(Reason("severity.vulnerable", {"by": 1}))
    lowered = _indistinct(scenario, situation, controls)
    if lowered and value > 1:
        value -= 1
        because.append(lowered)
    return Level(value, tuple(because))


def _prejudice(situation: Situation, dropped: frozenset[str]) -> tuple[int, list[Reason]]:
    if situation.irreversible:
        return 4, [Reason("severity.irreversible", {"start": 4})]
    traits = [name for name in ("special", "criminal", "financial", "location", "children") if _has(situation, name)]
    standing = [name for name in traits if name not in dropped]
    if situation.significant:
        standing.append("significant")
    if standing:
        return 3, [Reason(f"severity.{name}", {"start": 3}) for name in standing]
    code = "severity.minimised" if traits else "severity.ordinary" if situation.data_known else "severity.unknown"
    return 2, [Reason(code, {"start": 2})]


def _has(situation: Situation, trait: str) -> bool:
    return bool(getattr(situation, trait))


def _dropped(scenario: Scenario, controls: Sequence[Control]) -> frozenset[str]:
    """Traits that committed minimisation takes away. Once done, the data map itself says so."""
    drops = [
        control.drops
        for control in controls
        if control.kind is ControlKind.MINIMISATION and control.committed and c.concerns(control, scenario)
    ]
    return frozenset().union(*drops)


def _indistinct(scenario: Scenario, situation: Situation, controls: Sequence[Control]) -> Reason | None:
    if scenario.kind is not Kind.ACCESS:
        return None
    for control in controls:
        if control.kind is not ControlKind.PSEUDONYMISATION or not c.concerns(control, scenario):
            continue
        found = control.indistinctness or Indistinctness()
        k, diversity = _measured(control, found, situation)
        screened = found.free_text_screened or situation.free_text is False
        if scenario.threat not in control.readers and k >= MIN_K and diversity >= MIN_L and screened:
            return Reason("severity.pseudonymised", {"by": -1, "k": k, "l": diversity, "ref": control.ref})
    return None


def _measured(control: Control, found: Indistinctness, situation: Situation) -> tuple[int, int]:
    """k and l: of the data once treated, where the control states them, else what the lab last measured."""
    k = found.k if found.k is not None else situation.k
    diversity = found.diversity if found.diversity is not None else situation.diversity
    return k or 0, diversity or 0


def likelihood_of(scenario: Scenario, situation: Situation, controls: Sequence[Control] = ()) -> Level:
    """1 to 4, from vulnerability and capability; design scenarios by their safeguards."""
    if scenario.kind.family is Family.DESIGN:
        return _design_likelihood(scenario, controls)
    vulnerability, because = _vulnerability(scenario, situation, controls)
    capability, why = _capability(scenario, controls)
    total = vulnerability + capability
    value = banded(total)
    summed = {"vulnerability": vulnerability, "capability": capability, "sum": total, "value": value}
    return Level(value, (*because, *why, Reason("likelihood.banded", summed)))


def _vulnerability(scenario: Scenario, situation: Situation, controls: Sequence[Control]) -> tuple[int, list[Reason]]:
    because = [Reason("vulnerability.start", {"start": 4})]
    value = 4
    for group, members in c.acting(controls, scenario).items():
        value -= 1
        because.append(Reason(f"group.{group}", {"by": -1, "with": ", ".join(sorted({m.kind for m in members}))}))
    credit, reasons = c.privacy_credit(controls, scenario, situation)
    value -= credit
    because += reasons
    because += [Reason("encryption.reader", {"by": 0}) for _ in _read_by_threat(scenario, controls)]
    if situation.retention_exceeds and not _retention_mended(scenario, controls):
        value += 1
        because.append(Reason("retention.exceeds", {"by": 1}))
    if value < 1:
        because.append(Reason("vulnerability.floor", {"by": 1 - value}))
    return max(1, value), because


def _read_by_threat(scenario: Scenario, controls: Sequence[Control]) -> list[Control]:
    """Encryption this threat holds the key to; at most one is named."""
    found = [
        control
        for control in controls
        if control.kind is ControlKind.ENCRYPTION
        and scenario.kind in c.ACTS[control.kind].kinds
        and scenario.threat in control.readers
    ]
    return found[:1]


def _retention_mended(scenario: Scenario, controls: Sequence[Control]) -> bool:
    return any(x.kind is ControlKind.SHORTER_RETENTION and c.concerns(x, scenario) for x in controls)


def _capability(scenario: Scenario, controls: Sequence[Control]) -> tuple[int, list[Reason]]:
    start = scenario.threat.capability
    because = [Reason(f"capability.{scenario.threat}", {"start": start})]
    options = [(reach, control.kind) for control in controls if (reach := c.weakened(control, scenario)) is not None]
    if not options or (best := min(options))[0] >= start:
        return start, because
    because.append(Reason(f"weakened.{best[1]}", {"by": best[0] - start}))
    return best[0], because


def _design_likelihood(scenario: Scenario, controls: Sequence[Control]) -> Level:
    because = [Reason("design.start", {"start": 4})]
    kinds = {
        control.kind
        for control in controls
        if c.concerns(control, scenario) and scenario.kind in c.SAFEGUARDS.get(control.kind, ())
    }
    because += [Reason(f"safeguard.{kind}", {"by": -1}) for kind in sorted(kinds)]
    value = max(1, 4 - len(kinds))
    return Level(value, (*because, Reason("design.value", {"value": value})))


def _closed_by(scenario: Scenario, controls: Sequence[Control]) -> Reason | None:
    for control in controls:
        closes = scenario.kind in c.CLOSES.get(control.kind, ())
        if closes and c.concerns(control, scenario) and c.proven(control):
            return Reason(f"closed.{control.kind}", {"ref": control.ref})
    return None
