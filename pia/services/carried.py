"""What a new version takes over of an older one's risks, controls and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model

from pia.models import Assessment, Control, Measure, Risk
from pia.services.risks import bring_up_to_date

if TYPE_CHECKING:
    from uuid import UUID

Row = TypeVar("Row", bound=Model)


def begin_risks(*, assessment: Assessment) -> None:
    """Give a new assessment its risks: carried over where it is based on another, generated from the facts.

    Called inside the change that starts the assessment; writes no event.
    """
    if assessment.based_on is not None:
        _carry(assessment.based_on, assessment)
    bring_up_to_date(assessment)


def _carry(source: Assessment, target: Assessment) -> None:
    risks: dict[UUID, Risk] = {}
    for risk in Risk.objects.filter(assessment=source).prefetch_related("overrides"):
        old, overrides = risk.pk, list(risk.overrides.all())
        risks[old] = _copied(risk, assessment=target)
        for override in overrides:
            _copied(override, risk=risks[old])
    measures: dict[UUID, Measure] = {}
    for measure in Measure.objects.filter(assessment=source).prefetch_related("risks"):
        old, links = measure.pk, [risks[risk.pk] for risk in measure.risks.all()]
        measures[old] = _copied(measure, assessment=target)
        measures[old].risks.set(links)
    for control in Control.objects.filter(assessment=source).prefetch_related("risks"):
        links = [risks[risk.pk] for risk in control.risks.all()]
        planned = measures.get(control.measure_id) if control.measure_id else None
        _copied(control, assessment=target, measure=planned).risks.set(links)


def _copied(row: Row, **changed: Any) -> Row:
    """The same row once more, under a new id."""
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row)._default_manager.create(**(fields | changed))
