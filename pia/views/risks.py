"""Risks: the matrix, a scenario with the reasons of each level, own scenarios, overrides, controls, what-if."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import permissions
from core.web import AuthedRequest, project_view
from pia.forms.risks import ControlForm, OverrideForm, RiskForm, WordsForm
from pia.models import Assessment, Control, Risk
from pia.selectors import risk_pages as pages
from pia.selectors.workflow import current
from pia.services import risks as services
from pia.views.common import assessment_view, done, told

if TYPE_CHECKING:
    from django.forms import Form

    from core.models import Project


@require_safe
@project_view
def of_project(request: AuthedRequest, project: Project) -> HttpResponse:
    """The risks of the assessment a project is at; where there is none yet, the place to start one."""
    assessment = current(project)
    if assessment is None:
        return render(request, "pia/risks_none.html", {"project": project})
    return redirect("pia:risks", project.pk, assessment.pk)


@require_safe
@assessment_view
def risks(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    context = pages.overview(request.user, assessment, request.GET.get("risk", ""))
    return render(request, "pia/risks.html", context)


@require_safe
@assessment_view
def card(request: AuthedRequest, assessment: Assessment, risk_id: UUID) -> HttpResponse:
    """One scenario's card, for the column beside the matrix."""
    risk = _risk(assessment, risk_id)
    return render(request, "pia/risk_card.html", pages.detail(request.user, assessment, risk))


@require_safe
@assessment_view
def tried(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    """What ticked measures would do: the matrix and the headline as they would be."""
    return render(request, "pia/risk_matrix.html", pages.what_if(assessment, request.GET.getlist("try")))


@assessment_view
def risk(request: AuthedRequest, assessment: Assessment, risk_id: UUID) -> HttpResponse:
    """A scenario's page; POST writes the person's words on it."""
    row = _risk(assessment, risk_id)
    form = WordsForm(request.POST if request.method == "POST" else None, risk=row)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: services.describe_risk(actor=request.user, risk=row, **form.cleaned_data))
    ):
        return redirect("pia:risk", assessment.project_id, assessment.pk, row.pk)
    return _risk_page(request, assessment, row, words_form=form)


@require_POST
@assessment_view
def override(request: AuthedRequest, assessment: Assessment, risk_id: UUID) -> HttpResponse:
    row, form = _risk(assessment, risk_id), OverrideForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.override_level(actor=request.user, risk=row, **form.cleaned_data)
    ):
        return redirect("pia:risk", assessment.project_id, assessment.pk, row.pk)
    return _risk_page(request, assessment, row, override_form=form)


@require_POST
@assessment_view
def clear_override(request: AuthedRequest, assessment: Assessment, risk_id: UUID, stage: str) -> HttpResponse:
    row = _risk(assessment, risk_id)
    told(
        request,
        lambda: services.clear_override(actor=request.user, risk=row, stage=stage),
        _("The computed level holds again."),
    )
    return redirect("pia:risk", assessment.project_id, assessment.pk, row.pk)


@assessment_view
def add(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    permissions.check_can_write(request.user, assessment.project)
    form = RiskForm(request.POST or None, assessment=assessment)
    if form.is_valid():
        made: list[Risk] = []
        if done(
            form,
            lambda: made.append(services.add_risk(actor=request.user, assessment=assessment, **form.cleaned_data)),
        ):
            return redirect("pia:risk", assessment.project_id, assessment.pk, made[0].pk)
    context = {"assessment": assessment, "project": assessment.project, "form": form, "title": _("Add a scenario")}
    return render(request, "pia/risk_form.html", context, status=422 if form.errors else 200)


@require_POST
@assessment_view
def remove(request: AuthedRequest, assessment: Assessment, risk_id: UUID) -> HttpResponse:
    row = _risk(assessment, risk_id)
    told(request, lambda: services.remove_risk(actor=request.user, risk=row), _("The scenario is gone."))
    return redirect("pia:risks", assessment.project_id, assessment.pk)


@require_POST
@assessment_view
def refresh(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    told(
        request,
        lambda: services.refresh_risks(actor=request.user, assessment=assessment),
        _("Scenarios and levels are up to date with the facts."),
    )
    return redirect("pia:risks", assessment.project_id, assessment.pk)


@assessment_view
def add_control(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    permissions.check_can_write(request.user, assessment.project)
    form = ControlForm(request.POST or None, assessment=assessment, initial={"kind": request.GET.get("kind", "")})
    if form.is_valid() and done(
        form, lambda: services.add_control(actor=request.user, assessment=assessment, **form.cleaned_data)
    ):
        return redirect("pia:risks", assessment.project_id, assessment.pk)
    context = {"assessment": assessment, "project": assessment.project, "form": form}
    return render(request, "pia/risk_control_form.html", context, status=422 if form.errors else 200)


@require_POST
@assessment_view
def remove_control(request: AuthedRequest, assessment: Assessment, control_id: UUID) -> HttpResponse:
    control = get_object_or_404(Control, assessment=assessment, pk=control_id)
    told(
        request,
        lambda: services.remove_control(actor=request.user, control=control),
        _("The control is off the list; levels are as they are without it."),
    )
    return redirect("pia:risks", assessment.project_id, assessment.pk)


def _risk(assessment: Assessment, risk_id: UUID) -> Risk:
    rows = Risk.objects.filter(assessment=assessment).select_related("assessment__project__team", "owner")
    found: Risk = get_object_or_404(rows, pk=risk_id)
    return found


def _risk_page(request: AuthedRequest, assessment: Assessment, row: Risk, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        **pages.detail(request.user, assessment, row),
        "words_form": WordsForm(risk=row),
        "override_form": OverrideForm(initial={"severity": row.current_severity, "likelihood": row.current_likelihood}),
        **forms,
    }
    bad = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "pia/risk.html", context, status=422 if bad else 200)
