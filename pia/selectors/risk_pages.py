"""What the risk pages show, put together once for the page and its htmx parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import permissions
from pia import facts as fact_reader
from pia import matrix, risk_words
from pia.models import Assessment, Control, Measure, Risk
from pia.models.risk import MeasureStatus
from pia.risk.measures import MeasureKind, controls_of
from pia.risk.scenarios import generate
from pia.selectors import risks as selectors
from pia.wording import fact_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.models import User
    from core.types import Fact
    from pia.risk.measures import Proposal


def frame(user: User, assessment: Assessment) -> dict[str, Any]:
    """What every page about an assessment's risks needs."""
    return {
        "assessment": assessment,
        "project": assessment.project,
        "can_write": assessment.is_editable and permissions.can_write(user, assessment.project),
        "can_override": assessment.is_editable and permissions.can_review(user, assessment.project),
        "can_work": permissions.can_write(user, assessment.project),
    }


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposed measure as the plan shows it: what it lowers, from what to what, and which risks."""

    kind: str
    before: str
    after: str
    letters: str
    count: int


def ranked(proposals: Sequence[Proposal], rows: Sequence[Risk]) -> list[Ranked]:
    letters = {row.key: row.letter for row in rows}
    return [
        Ranked(
            kind=proposal.kind.value,
            before=proposal.effects[0].before.band.value,
            after=proposal.effects[0].after.band.value,
            letters=", ".join(letters[effect.scenario.key] for effect in proposal.effects),
            count=len(proposal.effects),
        )
        for proposal in proposals
    ]


def overview(user: User, assessment: Assessment, chosen: str = "") -> dict[str, Any]:
    """The risks page."""
    rows = selectors.listed(assessment)
    known = fact_reader.gather(assessment.project)
    picture = selectors.picture(assessment, fact_reader.values(known))
    acting = Acting(measures(assessment), controls(assessment))
    shown = next((row for row in rows if str(row.pk) == chosen), rows[0] if rows else None)
    letters = {row.key: row for row in rows}
    consequences = picture.consequences()
    return {
        **frame(user, assessment),
        "rows": rows,
        "matrix": matrix.drawn(rows),
        "headline": selectors.headline(rows),
        "target": selectors.headline(rows, "residual"),
        "high_count": sum(row.current_band == "high" for row in rows),
        "outdated": assessment.is_editable and out_of_date(rows, picture),
        "consult": [letters[key] for key in consequences.consult if key in letters],
        "argue": selectors.unargued(rows),
        "plan": ranked(picture.plan(), rows),
        "measures": acting.measures,
        "controls": acting.controls,
        **(detail(user, assessment, shown, known, acting) if shown else {"risk": None}),
    }


def out_of_date(rows: Sequence[Risk], picture: selectors.Picture) -> bool:
    """Whether the facts of today would give other scenarios or other levels."""
    keys = {scenario.key for scenario in generate(picture.facts).scenarios}
    if keys != {row.key for row in rows if row.generated}:
        return True
    fresh = picture.rate()
    return any(selectors.stored(fresh[row.key]) != row.computed for row in rows)


def measures(assessment: Assessment) -> list[Measure]:
    rows = Measure.objects.filter(assessment=assessment).select_related("owner").prefetch_related("risks")
    return [row for row in rows if row.status != MeasureStatus.DROPPED]


def controls(assessment: Assessment) -> list[Control]:
    return list(Control.objects.filter(assessment=assessment).select_related("measure").prefetch_related("risks"))


@dataclass(frozen=True, slots=True)
class Acting:
    """What acts on the risks of an assessment, read once for a page."""

    measures: list[Measure]
    controls: list[Control]


def detail(
    user: User,
    assessment: Assessment,
    risk: Risk,
    known: Mapping[str, Fact] | None = None,
    acting: Acting | None = None,
) -> dict[str, Any]:
    """One scenario: its three levels with the steps of each, its facts, flows, controls and measures.

    `known` and `acting` are read here unless the page has read them already.
    """
    known = fact_reader.gather(assessment.project) if known is None else known
    acting = acting or Acting(measures(assessment), controls(assessment))
    stages = selectors.stages(risk)
    by_name = {stage.name: stage for stage in stages}
    linked = [row for row in acting.controls if not row.risks.all() or risk in row.risks.all()]
    return {
        **frame(user, assessment),
        "risk": risk,
        "stages": stages,
        "now": by_name.get("current"),
        "facts": [(known[key], fact_text(known[key])) for key in risk.fact_keys if key in known],
        "risk_measures": [row for row in acting.measures if risk in row.risks.all() or not row.risks.all()],
        "risk_controls": [row for row in linked if _bears(row, risk)],
    }


def _bears(control: Control, risk: Risk) -> bool:
    """Whether a control is mentioned in any step of the risk's levels, or tied to it by a person."""
    if control.risks.all():
        return True
    steps = [
        step
        for stage in ("current", "residual")
        for part in ("severity_because", "likelihood_because", "because")
        for step in risk.computed.get(stage, {}).get(part, [])
    ]
    named = {name for step in steps for name in str(step["params"].get("with", "")).split(", ")}
    return control.kind in named or any(step["params"].get("ref") == str(control.pk) for step in steps)


def what_if(assessment: Assessment, kinds: Sequence[str]) -> dict[str, Any]:
    """The matrix as it would be with these measures committed on top of what is planned."""
    rows = selectors.listed(assessment)
    picture = selectors.picture(assessment)
    chosen = [MeasureKind(kind) for kind in kinds if kind in set(MeasureKind)]
    extra = [control for kind in chosen for control in controls_of(kind, picture.situation)]
    rated = picture.rate(extra)
    for row in rows:
        target = rated[row.key].residual
        row.residual_severity = target.severity.value
        row.residual_likelihood = target.likelihood.value
        row.residual_band = target.band.value
    start, end = ("current", "residual") if chosen else ("inherent", "current")
    return {
        "assessment": assessment,
        "project": assessment.project,
        "rows": rows,
        "matrix": matrix.drawn(rows, start=start, end=end),
        "headline": selectors.headline(rows),
        "target": selectors.headline(rows, "residual"),
        "trying": [risk_words.MEASURES[kind] for kind in chosen],
        "lowered": [row for row in rows if row.residual_band != row.current_band] if chosen else [],
    }
