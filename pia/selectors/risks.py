"""Reads of risks: rows to engine values and back, the matrix, the plan of measures, what-if."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from core.types import Grade
from datamap.models import Flow, Protection
from pia import facts as fact_reader
from pia.models.risk import STAGES, Control, Measure, MeasureStatus, Risk, RiskOverride
from pia.risk import measures as catalogue
from pia.risk import values as v
from pia.risk.levels import band_of, rate_all
from pia.risk.measures import Consequences, MeasureKind, Proposal
from pia.risk.scenarios import generate
from pia.risk.situation import situation_from

if TYPE_CHECKING:
    from core.models import Project
    from core.types import FactValue, Reason
    from pia.models.assessment import Assessment
    from pia.selectors.readiness import Gap


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the engine needs to rate one assessment, read once."""

    facts: Mapping[str, FactValue]
    situation: v.Situation
    scenarios: dict[str, v.Scenario]
    controls: list[v.Control]
    taken: frozenset[MeasureKind]

    def rate(self, extra: Iterable[v.Control] = ()) -> dict[str, v.Rated]:
        """Every scenario under what is there, plus whatever is being tried."""
        controls = [*self.controls, *extra]
        return {key: rate_all(scenario, self.situation, controls) for key, scenario in self.scenarios.items()}

    def plan(self, limit: int = 3) -> list[Proposal]:
        return catalogue.rank(
            list(self.scenarios.values()), self.situation, self.controls, taken=self.taken, limit=limit
        )

    def lowered_by(self, kind: MeasureKind) -> list[str]:
        """Keys of the scenarios this measure would lower, on top of what is there."""
        proposal = catalogue.propose(kind, list(self.scenarios.values()), self.situation, self.controls)
        return [effect.scenario.key for effect in proposal.effects]

    def consequences(self) -> Consequences:
        return catalogue.consequences(list(self.rate().values()), self.situation, self.controls, taken=self.taken)


def known(project: Project) -> dict[str, FactValue]:
    """Facts of today, as values."""
    return fact_reader.values(fact_reader.gather(project))


def flows(project: Project) -> list[v.Flow]:
    """The edges of the data map, as the scenarios read them."""
    rows = Flow.objects.filter(project=project).select_related("source__boundary", "target__boundary")
    return [_flow(row) for row in rows]


def _flow(row: Flow) -> v.Flow:
    here, there = row.source.boundary, row.target.boundary
    countries = {place.country for place in (here, there) if place is not None and place.country}
    return v.Flow(
        ref=str(row.pk),
        label=f"{row.source.name} → {row.target.name}",
        origin=row.source.kind,
        target=row.target.kind,
        encrypted=None if not row.protection else row.protection != Protection.NONE,
        crosses_organisation=row.crosses,
        crosses_country=len(countries) == 2,
        stages=frozenset({row.stage}),
    )


def situation(project: Project) -> v.Situation:
    return situation_from(known(project))


def picture(assessment: Assessment, facts: Mapping[str, FactValue] | None = None) -> Picture:
    """Read rows, and the facts of today unless others are given, into engine values."""
    facts = known(assessment.project) if facts is None else facts
    situation = situation_from(facts)
    rows = list(Risk.objects.filter(assessment=assessment).listed())
    measures = list(Measure.objects.filter(assessment=assessment).prefetch_related("risks"))
    controls = Control.objects.filter(assessment=assessment).prefetch_related("risks")
    promised = [control for measure in measures if measure.committed for control in promised_by(measure, situation)]
    return Picture(
        facts=facts,
        situation=situation,
        scenarios={row.key: scenario_of(row) for row in rows},
        controls=[control_of(row) for row in controls] + promised,
        taken=frozenset(MeasureKind(measure.kind) for measure in measures if measure.status != MeasureStatus.DROPPED),
    )


def scenario_of(row: Risk) -> v.Scenario:
    return v.Scenario(row.key, v.Kind(row.kind), v.Threat(row.threat))


def control_of(row: Control) -> v.Control:
    """A control in place, with what a person said about it."""
    base = v.Control(
        kind=v.ControlKind(row.kind),
        grade=Grade(row.grade),
        ref=str(row.pk),
        label=row.description,
        only=frozenset(risk.key for risk in row.risks.all()),
    )
    return detailed(base, row.details)


def promised_by(measure: Measure, situation: v.Situation) -> list[v.Control]:
    """What a measure would put in place, as the catalogue has it, sharpened by what its plan says."""
    only = frozenset(risk.key for risk in measure.risks.all())
    return [
        replace(detailed(control, measure.details), ref=str(measure.pk), only=only)
        for control in catalogue.controls_of(MeasureKind(measure.kind), situation)
    ]


def detailed(control: v.Control, details: Mapping[str, Any]) -> v.Control:
    """A control with the details a person gave for its kind; the others are not its business."""
    if "readers" in details and control.kind in (v.ControlKind.ENCRYPTION, v.ControlKind.PSEUDONYMISATION):
        control = replace(control, readers=frozenset(v.Threat(name) for name in details["readers"]))
    if control.kind is v.ControlKind.DIFFERENTIAL_PRIVACY and "epsilon" in details:
        control = replace(control, loss=_loss(details))
    if control.kind is v.ControlKind.PSEUDONYMISATION and {"k", "diversity", "free_text_screened"} & set(details):
        seen = v.Indistinctness(
            k=details.get("k"),
            diversity=details.get("diversity"),
            free_text_screened=bool(details.get("free_text_screened")),
        )
        control = replace(control, indistinctness=seen)
    if control.kind is v.ControlKind.ATTACK_TEST and "tpr_upper" in details:
        control = replace(control, tpr_upper=float(details["tpr_upper"]))
    return control


def details_of(control: v.Control) -> dict[str, Any]:
    """The other way round: what a control of the catalogue says, as a row keeps it."""
    details: dict[str, Any] = {}
    if control.readers:
        details["readers"] = sorted(control.readers)
    if control.loss:
        details |= asdict(control.loss)
    if control.indistinctness:
        details |= asdict(control.indistinctness)
    if control.tpr_upper is not None:
        details["tpr_upper"] = control.tpr_upper
    return details


def _loss(details: Mapping[str, Any]) -> v.PrivacyLoss:
    return v.PrivacyLoss(
        epsilon=float(details["epsilon"]),
        delta=float(details.get("delta", 1.0)),
        person_level=bool(details.get("person_level")),
        adjacency=str(details.get("adjacency", "")),
        total=bool(details.get("total")),
    )


# --- what is stored, what is shown ----------------------------------------------------------------


def stored(rated: v.Rated) -> dict[str, Any]:
    """Three ratings as JSON, every reason with them."""
    return {stage: _rating(getattr(rated, stage)) for stage in STAGES}


def _rating(rating: v.Rating) -> dict[str, Any]:
    return {
        "severity": rating.severity.value,
        "likelihood": rating.likelihood.value,
        "band": rating.band.value,
        "severity_because": reasons(rating.severity.because),
        "likelihood_because": reasons(rating.likelihood.because),
        "because": reasons(rating.because),
    }


def reasons(items: Iterable[Reason]) -> list[dict[str, Any]]:
    return [{"code": reason.code, "params": dict(reason.params)} for reason in items]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one risk as a page shows it: the level that holds, and the computed one where they differ."""

    name: str
    severity: int
    likelihood: int
    band: str
    computed_severity: int
    computed_likelihood: int
    override: RiskOverride | None
    severity_because: list[dict[str, Any]]
    likelihood_because: list[dict[str, Any]]
    because: list[dict[str, Any]]

    @property
    def closed(self) -> bool:
        return self.band == v.Band.CLOSED

    @property
    def label(self) -> str:
        return self.name


def stages(risk: Risk) -> list[Stage]:
    overrides = {override.stage: override for override in risk.overrides.all()}
    return [_stage(risk, name, overrides.get(name)) for name in STAGES if name in risk.computed]


def _stage(risk: Risk, name: str, override: RiskOverride | None) -> Stage:
    computed = risk.computed[name]
    return Stage(
        name=name,
        severity=getattr(risk, f"{name}_severity"),
        likelihood=getattr(risk, f"{name}_likelihood"),
        band=getattr(risk, f"{name}_band"),
        computed_severity=computed["severity"],
        computed_likelihood=computed["likelihood"],
        override=override,
        severity_because=computed["severity_because"],
        likelihood_because=computed["likelihood_because"],
        because=computed["because"],
    )


def effective(computed: Mapping[str, Any], override: RiskOverride | None) -> tuple[int, int, str]:
    """Severity, likelihood and band that hold: an override's where there is one."""
    if override is None:
        return computed["severity"], computed["likelihood"], computed["band"]
    band = band_of(override.severity, override.likelihood)
    return override.severity, override.likelihood, band.value


# --- lists ----------------------------------------------------------------------------------------

_BANDS: Final = [band.value for band in v.Band]


def listed(assessment: Assessment) -> list[Risk]:
    """The risks that apply, worst first; equal ones by how bad and likely they are."""
    rows = Risk.objects.filter(assessment=assessment).listed().select_related("owner").prefetch_related("overrides")
    return sorted(rows, key=_worst_first)


def _worst_first(risk: Risk) -> tuple[int, int, int]:
    points = risk.current_severity + risk.current_likelihood
    return -_BANDS.index(risk.current_band), -points, risk.number


def headline(risks: Iterable[Risk], stage: str = "current") -> str:
    """The worst band, never an average."""
    return v.worst(v.Band(getattr(risk, f"{stage}_band")) for risk in risks).value


def unargued(risks: Iterable[Risk]) -> list[Risk]:
    """Risks at maximum severity held to medium by likelihood alone, without the written reason that needs."""
    return [
        risk
        for risk in risks
        if not risk.argument.strip()
        and any(
            (getattr(risk, f"{stage}_severity"), getattr(risk, f"{stage}_likelihood")) == (4, 1)
            and getattr(risk, f"{stage}_band") != v.Band.CLOSED
            for stage in ("current", "residual")
        )
    ]


def gaps(assessment: Assessment) -> list[Gap]:
    """What the readiness check has to say about risks."""
    from pia.selectors.readiness import Gap  # here, because readiness reads this module

    rows = listed(assessment)
    url = reverse("pia:risks", args=[assessment.project_id, assessment.pk])
    found = [
        Gap(
            kind="risk",
            text=_("Risk %(letter)s: say why maximum harm may stay at negligible likelihood") % {"letter": row.letter},
            url=reverse("pia:risk", args=[assessment.project_id, assessment.pk, row.pk]),
            blocking=True,
        )
        for row in unargued(rows)
    ]
    if not rows and not is_closed_by_facts(assessment):
        found.append(Gap(kind="risk", text=_("No risk has been looked at yet"), url=url, blocking=True))
    return found


def is_closed_by_facts(assessment: Assessment) -> bool:
    """Whether there is nothing to rate: no personal data, and a model that is none either."""
    return not generate(known(assessment.project)).scenarios


def risk_data(assessment: Assessment) -> dict[str, Any]:
    """Risks, controls and measures as a version's snapshot keeps them: plain JSON, in a stable order."""
    rows = Risk.objects.filter(assessment=assessment).listed().prefetch_related("overrides", "measures")
    risks = list(rows.order_by("number"))
    return {
        "headline": headline(risks),
        "residual_headline": headline(risks, "residual"),
        "risks": [_frozen_risk(row) for row in risks],
        "controls": _frozen_controls(assessment),
        "measures": _frozen_measures(assessment),
    }


def _frozen_risk(row: Risk) -> dict[str, Any]:
    levels = {
        stage: {name: getattr(row, f"{stage}_{name}") for name in ("severity", "likelihood", "band")}
        for stage in STAGES
    }
    return {
        "key": row.key,
        "letter": row.letter,
        "kind": row.kind,
        "threat": row.threat,
        "title": row.title,
        "description": row.description,
        "affected": row.affected,
        "argument": row.argument,
        "because": row.because,
        "flows": row.flows,
        "levels": levels,
        "computed": row.computed,
        "overrides": [
            {"stage": o.stage, "severity": o.severity, "likelihood": o.likelihood, "reason": o.reason}
            for o in row.overrides.all()
        ],
        "measures": sorted(str(measure.pk) for measure in row.measures.all()),
    }


def _frozen_measures(assessment: Assessment) -> list[dict[str, Any]]:
    rows = Measure.objects.filter(assessment=assessment).select_related("owner").prefetch_related("risks")
    return [
        {
            "id": str(row.pk),
            "kind": row.kind,
            "title": row.title,
            "description": row.description,
            "owner": str(row.owner) if row.owner else "",
            "due": row.due.isoformat() if row.due else None,
            "status": row.status,
            "evidence": row.evidence,
            "evidence_grade": row.evidence_grade,
            "risks": sorted(risk.key for risk in row.risks.all()),
        }
        for row in rows.order_by("created_at", "pk")
    ]


def _frozen_controls(assessment: Assessment) -> list[dict[str, Any]]:
    rows = Control.objects.filter(assessment=assessment).prefetch_related("risks").order_by("created_at", "pk")
    return [
        {
            "kind": row.kind,
            "description": row.description,
            "grade": row.grade,
            "evidence": row.evidence,
            "details": row.details,
            "risks": sorted(risk.key for risk in row.risks.all()),
        }
        for row in rows
    ]
