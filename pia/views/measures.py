"""Measures: the list and board, planning, working on one, finishing it with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import permissions
from core.web import AuthedRequest
from pia.forms.risks import DoneForm, MeasureChangeForm, MeasureForm
from pia.forms.workflow import ReasonForm
from pia.models import Assessment, Measure
from pia.selectors import measures as selectors
from pia.selectors.risk_pages import frame
from pia.services import measures as services
from pia.views.common import assessment_view, done

if TYPE_CHECKING:
    from django.forms import Form


@require_safe
@assessment_view
def measures(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    context = {**frame(request.user, assessment), **selectors.board(assessment)}
    return render(request, "pia/measures.html", context)


@assessment_view
def plan(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    permissions.check_can_write(request.user, assessment.project)
    initial = {"kind": request.GET.get("kind", "")}
    form = MeasureForm(request.POST or None, assessment=assessment, initial=initial)
    if form.is_valid() and done(
        form, lambda: services.plan_measure(actor=request.user, assessment=assessment, **form.planned())
    ):
        return redirect("pia:measures", assessment.project_id, assessment.pk)
    context = {**frame(request.user, assessment), "form": form, "title": _("Plan a measure")}
    return render(request, "pia/measure_form.html", context, status=422 if form.errors else 200)


@assessment_view
def measure(request: AuthedRequest, assessment: Assessment, measure_id: UUID) -> HttpResponse:
    """A measure's page; POST changes who, when, what or how far."""
    row = _measure(assessment, measure_id)
    form = MeasureChangeForm(
        request.POST if request.method == "POST" else None, assessment=assessment, initial=_initial(row)
    )
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if done(form, lambda: services.change_measure(actor=request.user, measure=row, **changed)):
            return redirect("pia:measures", assessment.project_id, assessment.pk)
    return _page(request, assessment, row, form=form)


@require_POST
@assessment_view
def complete(request: AuthedRequest, assessment: Assessment, measure_id: UUID) -> HttpResponse:
    row, form = _measure(assessment, measure_id), DoneForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.complete_measure(actor=request.user, measure=row, **form.cleaned_data)
    ):
        return redirect("pia:measures", assessment.project_id, assessment.pk)
    return _page(request, assessment, _measure(assessment, measure_id), done_form=form)


@require_POST
@assessment_view
def drop(request: AuthedRequest, assessment: Assessment, measure_id: UUID) -> HttpResponse:
    row, form = _measure(assessment, measure_id), ReasonForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.drop_measure(actor=request.user, measure=row, **form.cleaned_data)
    ):
        return redirect("pia:measures", assessment.project_id, assessment.pk)
    return _page(request, assessment, _measure(assessment, measure_id), drop_form=form)


def _measure(assessment: Assessment, measure_id: UUID) -> Measure:
    rows = Measure.objects.filter(assessment=assessment).select_related("assessment__project__team", "owner")
    found: Measure = get_object_or_404(rows, pk=measure_id)
    return found


def _initial(row: Measure) -> dict[str, Any]:
    names = ("title", "description", "due", "status", "cost_note")
    return {**{name: getattr(row, name) for name in names}, "owner": row.owner_id}


def _page(request: AuthedRequest, assessment: Assessment, row: Measure, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request.user, assessment),
        "measure": row,
        "risks": list(row.risks.all()),
        "form": MeasureChangeForm(assessment=assessment, initial=_initial(row)),
        "done_form": DoneForm(initial={"grade": "documented"}),
        "drop_form": ReasonForm(),
        **forms,
    }
    bad = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "pia/measure.html", context, status=422 if bad else 200)
