"""What changes risks: generating scenarios, a person's own, their words, overrides, and the controls in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import permissions
from core.audit import change
from core.rows import held
from pia.events import Event
from pia.models import Assessment, Control, Risk, RiskOverride
from pia.models.risk import STAGES
from pia.policies import NotNow, check_editable
from pia.risk.scenarios import generate
from pia.risk.values import DESIGN_KINDS, ControlKind, Kind, Threat
from pia.selectors import risks as selectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from core.models import User
    from core.types import FactValue
    from pia.risk.values import Flow, Scenario

#: What a person may write on a risk; levels come from the engine, or from an override.
WORDS: Final = ("title", "description", "affected", "argument", "owner")


def locked(assessment: Assessment) -> Assessment:
    """The row, held until the transaction ends: two people's changes come one after the other."""
    row: Assessment = held(Assessment.objects.select_related("project"), assessment.pk)
    return row


def refresh_risks(*, actor: User, assessment: Assessment) -> Assessment:
    """Bring scenarios and levels up to today's facts. What people wrote stays; what no longer applies is set aside.

    Raises PermissionDenied, NotNow.
    """
    permissions.check_can_write(actor, assessment.project)
    with change(actor=actor, event=Event.RISKS_REFRESHED, project=assessment.project) as log:
        row = locked(assessment)
        check_editable(row)
        log.about(row, scenarios=bring_up_to_date(row), version=row.number)
    return row


def bring_up_to_date(assessment: Assessment) -> int:
    """Generate and rate inside somebody else's change; writes no event. Returns the number of generated scenarios."""
    facts = selectors.known(assessment.project)
    flows = selectors.flows(assessment.project)
    count = _upsert(assessment, generate(facts, flows).scenarios, flows)
    rerate(assessment, facts)
    return count


def _upsert(assessment: Assessment, scenarios: Sequence[Scenario], flows: Sequence[Flow]) -> int:
    known = {risk.key: risk for risk in Risk.objects.filter(assessment=assessment)}
    labels = {flow.ref: flow.label for flow in flows}
    number = max((risk.number for risk in known.values()), default=0)
    for scenario in scenarios:
        risk = known.pop(scenario.key, None)
        if risk is None:
            number += 1
            risk = Risk(assessment=assessment, key=scenario.key, number=number, generated=True)
        risk.kind, risk.threat, risk.applies = scenario.kind.value, scenario.threat.value, True
        risk.because = selectors.reasons(scenario.because)
        risk.fact_keys = list(scenario.facts)
        risk.flows = [{"ref": ref, "label": labels[ref]} for ref in scenario.flows]
        risk.save()
    gone = [risk.pk for risk in known.values() if risk.generated]
    Risk.objects.filter(pk__in=gone).update(applies=False)
    return len(scenarios)


def rerate(assessment: Assessment, facts: Mapping[str, FactValue] | None = None) -> None:
    """Rate every risk anew from facts, controls and committed measures. Called inside a change; writes no event."""
    facts = selectors.known(assessment.project) if facts is None else facts
    rated = selectors.picture(assessment, facts).rate()
    rows = list(Risk.objects.filter(assessment=assessment).listed().prefetch_related("overrides"))
    for risk in rows:
        risk.computed = selectors.stored(rated[risk.key])
        overrides = {override.stage: override for override in risk.overrides.all()}
        for stage in STAGES:
            _set_stage(risk, stage, overrides.get(stage))
    names = [f"{stage}_{part}" for stage in STAGES for part in ("severity", "likelihood", "band")]
    Risk.objects.bulk_update(rows, ["computed", *names])


def _set_stage(risk: Risk, stage: str, override: RiskOverride | None) -> None:
    levels = selectors.effective(risk.computed[stage], override)
    for part, value in zip(("severity", "likelihood", "band"), levels, strict=True):
        setattr(risk, f"{stage}_{part}", value)


# --- a person's own scenario, and words on any ----------------------------------------------------


def add_risk(
    *, actor: User, assessment: Assessment, title: str, kind: str = Kind.OWN, threat: str = Threat.LIMITED_INSIDER,
    **words: Any,
) -> Risk:  # fmt: skip
    """Add a scenario of one's own. Raises PermissionDenied, NotNow, ValidationError."""
    permissions.check_can_write(actor, assessment.project)
    if not title.strip():
        raise ValidationError({"title": _("Say in a few words what can happen.")})
    _check_choices(kind, threat)
    with change(actor=actor, event=Event.RISK_ADDED, project=assessment.project) as log:
        row = locked(assessment)
        check_editable(row)
        numbers = Risk.objects.filter(assessment=row).order_by("-number").values_list("number", flat=True)
        number = (numbers.first() or 0) + 1
        risk = Risk(assessment=row, number=number, key=f"own.{number}", kind=kind, threat=threat, created_by=actor)
        _write(risk, {"title": title, **words})
        risk.save()
        rerate(row)
        log.about(risk, kind=str(kind), threat=str(threat))
    risk.refresh_from_db()
    return risk


def _check_choices(kind: str, threat: str) -> None:
    if kind not in set(Kind):
        raise ValidationError({"kind": _("Choose what happens from the list.")})
    if threat not in set(Threat):
        raise ValidationError({"threat": _("Choose through whom from the list.")})
    if (Kind(kind) in DESIGN_KINDS) != (threat == Threat.DESIGN):
        raise ValidationError({"threat": _("A risk of the design comes from the design, and no other risk does.")})


def describe_risk(*, actor: User, risk: Risk, **words: Any) -> Risk:
    """Change a person's words on a risk: title, description, affected people, owner, argument."""
    permissions.check_can_write(actor, risk.assessment.project)
    with change(actor=actor, event=Event.RISK_CHANGED, project=risk.assessment.project) as log:
        check_editable(locked(risk.assessment))
        changed = sorted(name for name, value in words.items() if getattr(risk, name) != value)
        _write(risk, words)
        risk.save()
        log.about(risk, fields=changed)
    return risk


def _write(risk: Risk, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        if name not in WORDS:
            raise ValidationError({name: _("This cannot be set here.")})
        setattr(risk, name, value.strip() if isinstance(value, str) else value)
    risk.full_clean(
        exclude=["assessment", "created_by", "because", "fact_keys", "flows", "computed"], validate_constraints=False
    )


def remove_risk(*, actor: User, risk: Risk) -> None:
    """Take back a scenario of one's own. Generated ones go when the facts no longer speak for them."""
    permissions.check_can_write(actor, risk.assessment.project)
    with change(actor=actor, event=Event.RISK_REMOVED, project=risk.assessment.project) as log:
        check_editable(locked(risk.assessment))
        if risk.generated:
            raise NotNow(_("The facts speak for this scenario; it goes when they change."), code="generated")
        log.about(risk, key=risk.key)
        risk.delete()


# --- overrides ------------------------------------------------------------------------------------


def override_level(*, actor: User, risk: Risk, stage: str, severity: int, likelihood: int, reason: str) -> RiskOverride:
    """Put a person's level in place of the computed one; both values and the reason are kept.

    Only a privacy officer may. Raises PermissionDenied, NotNow, ValidationError.
    """
    permissions.check_can_review(actor, risk.assessment.project)
    if stage not in STAGES or not (1 <= severity <= 4 and 1 <= likelihood <= 4):
        raise ValidationError(_("Severity and likelihood are 1 to 4."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the computed level is wrong here.")})
    with change(actor=actor, event=Event.RISK_OVERRIDDEN, project=risk.assessment.project) as log:
        row = locked(risk.assessment)
        check_editable(row)
        computed = risk.computed[stage]
        before = {"computed_severity": computed["severity"], "computed_likelihood": computed["likelihood"]}
        override, _created = RiskOverride.objects.update_or_create(
            risk=risk,
            stage=stage,
            defaults={"severity": severity, "likelihood": likelihood, "reason": reason.strip(), "by": actor, **before},
        )
        rerate(row)
        log.about(risk, stage=stage, severity=severity, likelihood=likelihood, **before)
    return override


def clear_override(*, actor: User, risk: Risk, stage: str) -> None:
    """Go back to the computed level."""
    permissions.check_can_review(actor, risk.assessment.project)
    with change(actor=actor, event=Event.RISK_OVERRIDE_CLEARED, project=risk.assessment.project) as log:
        row = locked(risk.assessment)
        check_editable(row)
        RiskOverride.objects.filter(risk=risk, stage=stage).delete()
        rerate(row)
        log.about(risk, stage=stage)


# --- controls in place ----------------------------------------------------------------------------


def add_control(
    *,
    actor: User,
    assessment: Assessment,
    kind: str,
    grade: str,
    description: str = "",
    evidence: str = "",
    details: Mapping[str, Any] | None = None,
    risks: Sequence[UUID] = (),
) -> Control:
    """State a control that is in place, with the evidence for it. Raises PermissionDenied, NotNow, ValidationError."""
    permissions.check_can_write(actor, assessment.project)
    if kind not in set(ControlKind):
        raise ValidationError({"kind": _("Choose a kind of control from the list.")})
    with change(actor=actor, event=Event.CONTROL_ADDED, project=assessment.project) as log:
        row = locked(assessment)
        check_editable(row)
        control = Control(assessment=row, kind=kind, created_by=actor, details=dict(details or {}))
        _evidence(control, grade, evidence, description)
        control.save()
        control.risks.set(Risk.objects.filter(assessment=row, pk__in=risks))
        rerate(row)
        log.about(control, kind=str(kind), grade=control.grade)
    return control


def change_control(
    *, actor: User, control: Control, grade: str, evidence: str, description: str | None = None
) -> Control:
    """Give a control better (or worse) evidence."""
    permissions.check_can_write(actor, control.assessment.project)
    with change(actor=actor, event=Event.CONTROL_CHANGED, project=control.assessment.project) as log:
        row = locked(control.assessment)
        check_editable(row)
        before = control.grade
        _evidence(control, grade, evidence, control.description if description is None else description)
        control.save()
        rerate(row)
        log.about(control, kind=control.kind, before=before, grade=control.grade)
    return control


def remove_control(*, actor: User, control: Control) -> None:
    """Take a control off the list: it is not in place after all."""
    permissions.check_can_write(actor, control.assessment.project)
    with change(actor=actor, event=Event.CONTROL_REMOVED, project=control.assessment.project) as log:
        row = locked(control.assessment)
        check_editable(row)
        log.about(control, kind=control.kind)
        control.delete()
        rerate(row)


def _evidence(control: Control, grade: str, evidence: str, description: str) -> None:
    """No grade above asserted without saying where the evidence is."""
    if grade != "asserted" and not evidence.strip():
        raise ValidationError({"evidence": _("Say where the evidence can be looked up.")})
    control.grade, control.evidence, control.description = grade, evidence.strip(), description.strip()
    control.full_clean(exclude=["assessment", "created_by", "details"])
