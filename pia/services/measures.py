"""What changes measures: planning, working on, finishing with evidence, dropping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions
from core.audit import change
from core.models import User
from pia.events import Event
from pia.models import Control, Measure, Risk
from pia.models.risk import COMMITTED, MeasureStatus
from pia.policies import NotNow, check_editable, check_open
from pia.risk.measures import MeasureKind
from pia.selectors import risks as selectors
from pia.services.risks import locked, rerate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from pia.models import Assessment

FIELDS: Final = ("title", "description", "owner", "due", "status", "cost_note")


def plan_measure(
    *,
    actor: User,
    assessment: Assessment,
    kind: str,
    risks: Sequence[UUID] | None = None,
    details: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Measure:
    """Plan a measure of the catalogue. Without `risks` it acts on all it lowers today.

    With an owner and a due date it is a commitment and lowers the target.
    Raises PermissionDenied, NotNow, ValidationError.
    """
    permissions.check_can_write(actor, assessment.project)
    if kind not in set(MeasureKind):
        raise ValidationError({"kind": _("Choose a kind of measure from the list.")})
    with change(actor=actor, event=Event.MEASURE_PLANNED, project=assessment.project) as log:
        row = locked(assessment)
        check_editable(row)
        acted_on = _acts_on(row, MeasureKind(kind), risks)  # before it counts itself
        measure = Measure(assessment=row, kind=kind, created_by=actor, details=dict(details or {}))
        _assign(measure, {"status": MeasureStatus.PLANNED, **fields})
        measure.save()
        measure.risks.set(acted_on)
        rerate(row)
        log.about(measure, kind=str(kind), due=str(measure.due or ""))
    return measure


def _acts_on(assessment: Assessment, kind: MeasureKind, chosen: Sequence[UUID] | None) -> list[Risk]:
    risks = Risk.objects.filter(assessment=assessment).listed()
    if chosen is not None:
        return list(risks.filter(pk__in=chosen))
    picture = selectors.picture(assessment)
    return list(risks.filter(key__in=picture.lowered_by(kind)))


def change_measure(*, actor: User, measure: Measure, **fields: Any) -> Measure:
    """Change who, when, what or the status. Once the version is frozen only the status moves, and only forward.

    Raises PermissionDenied, NotNow, ValidationError.
    """
    permissions.check_can_write(actor, measure.assessment.project)
    with change(actor=actor, event=Event.MEASURE_CHANGED, project=measure.assessment.project) as log:
        row = locked(measure.assessment)
        check_open(row)
        if set(fields) - {"status"} or fields.get("status") not in (MeasureStatus.IN_PROGRESS, None):
            check_editable(row)
        if fields.get("status") == MeasureStatus.DONE:
            raise NotNow(_("Finish a measure with its evidence."), code="evidence_missing")
        changed = sorted(name for name, value in fields.items() if getattr(measure, name) != value)
        _assign(measure, fields)
        measure.save()
        rerate(row)
        log.about(measure, fields=changed, status=measure.status)
    return measure


def complete_measure(*, actor: User, measure: Measure, grade: str, evidence: str) -> Measure:
    """Finish a measure: what it brings becomes controls in place, at the grade of its evidence.

    Raises PermissionDenied, NotNow, ValidationError.
    """
    permissions.check_can_write(actor, measure.assessment.project)
    if not evidence.strip():
        raise ValidationError({"evidence": _("Say where the evidence can be looked up.")})
    with change(actor=actor, event=Event.MEASURE_DONE, project=measure.assessment.project) as log:
        row = locked(measure.assessment)
        check_open(row)
        if measure.status not in (MeasureStatus.PROPOSED, *COMMITTED):
            raise NotNow(_("This measure is already closed."), code="closed")
        measure.status, measure.done_at = MeasureStatus.DONE, timezone.now()
        measure.evidence, measure.evidence_grade = evidence.strip(), grade
        measure.full_clean(exclude=["assessment", "created_by", "details"])
        measure.save()
        _put_in_place(measure, actor)
        rerate(row)
        log.about(measure, kind=measure.kind, grade=grade)
    return measure


def _put_in_place(measure: Measure, actor: User) -> None:
    situation = selectors.situation(measure.assessment.project)
    risks = list(measure.risks.all())
    for promised in selectors.promised_by(measure, situation):
        control = Control.objects.create(
            assessment=measure.assessment,
            kind=promised.kind,
            description=measure.description or measure.title,
            grade=measure.evidence_grade,
            evidence=measure.evidence,
            details=selectors.details_of(promised),
            measure=measure,
            created_by=actor,
        )
        control.risks.set(risks)


def drop_measure(*, actor: User, measure: Measure, reason: str) -> Measure:
    """Give up a measure, saying why. On a frozen version a promise can't be dropped: that needs a new version."""
    permissions.check_can_write(actor, measure.assessment.project)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is dropped.")})
    with change(actor=actor, event=Event.MEASURE_DROPPED, project=measure.assessment.project) as log:
        row = locked(measure.assessment)
        check_editable(row)
        measure.status, measure.evidence = MeasureStatus.DROPPED, reason.strip()
        measure.save()
        rerate(row)
        log.about(measure, kind=measure.kind)
    return measure


def _assign(measure: Measure, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValidationError({name: _("This cannot be set here.")})
        setattr(measure, name, value.strip() if isinstance(value, str) else value)
    owner = measure.owner
    if owner is not None and not permissions.can_read(owner, measure.assessment.project):
        raise ValidationError({"owner": _("The owner has to be somebody of the team.")})
    measure.full_clean(exclude=["assessment", "created_by", "details"])
