"""Review, advice and decision on one page: the frozen version, what was said on it, and the move that is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.web import AuthedRequest, project_view
from pia.forms.workflow import AdviseForm, ConsultationForm, DecideForm, ReasonForm, ViewsForm
from pia.models import Assessment
from pia.selectors import workflow as selectors
from pia.selectors import workflow_pages as pages
from pia.services import versions
from pia.services import workflow as services
from pia.views.common import assessment_view, done, told
from pia.workflow import Move

if TYPE_CHECKING:
    from django.forms import Form

    from core.models import Project


@require_safe
@project_view
def of_project(request: AuthedRequest, project: Project) -> HttpResponse:
    """Review and decision of the assessment a project is at."""
    assessment = selectors.current(project)
    if assessment is None:
        return render(request, "pia/risks_none.html", {"project": project})
    return redirect("pia:decide", project.pk, assessment.pk)


@require_safe
@assessment_view
def decide_page(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    return _page(request, assessment)


@require_POST
@assessment_view
def submit(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    told(
        request,
        lambda: services.submit(actor=request.user, assessment=assessment),
        _("Submitted. The version is frozen under its hash."),
    )
    return _back(assessment)


@require_POST
@assessment_view
def views(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    form = ViewsForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.record_views(actor=request.user, assessment=assessment, **form.cleaned_data)
    ):
        return _back(assessment)
    return _page(request, assessment, views_form=form)


@require_POST
@assessment_view
def advise(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    form = AdviseForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.advise(actor=request.user, assessment=assessment, **form.cleaned_data)
    ):
        return _back(assessment)
    return _page(request, assessment, advise_form=form)


@sensitive_post_parameters("password")
@require_POST
@assessment_view
def decide(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    """Decide, after the password was given once more."""
    form = DecideForm(request.POST)
    if form.is_valid():
        said = dict(form.cleaned_data)
        if not request.user.check_password(said.pop("password")):
            form.add_error("password", _("This is not your password."))
        elif done(form, lambda: services.decide(actor=request.user, assessment=assessment, **said)):
            return _back(assessment)
    return _page(request, assessment, decide_form=form)


@require_POST
@assessment_view
def consultation(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    form = ConsultationForm(request.POST)
    if form.is_valid() and done(
        form, lambda: services.record_consultation(actor=request.user, assessment=assessment, **form.cleaned_data)
    ):
        return _back(assessment)
    return _page(request, assessment, consultation_form=form)


@require_POST
@assessment_view
def move(request: AuthedRequest, assessment: Assessment, name: str) -> HttpResponse:
    """The moves that need at most a reason: return, go live, reaffirm, supersede, archive."""
    form = ReasonForm(request.POST)
    reason = str(form.data.get("reason", ""))
    actions = {
        Move.RETURN: lambda: services.send_back(actor=request.user, assessment=assessment, reason=reason),
        Move.ACTIVATE: lambda: services.activate(actor=request.user, assessment=assessment),
        Move.REAFFIRM: lambda: services.reaffirm(actor=request.user, assessment=assessment, reason=reason),
        Move.SUPERSEDE: lambda: services.supersede(actor=request.user, assessment=assessment),
        Move.ARCHIVE: lambda: services.archive(actor=request.user, assessment=assessment, reason=reason),
    }
    if name not in actions:
        return _page(request, assessment)
    told(request, actions[Move(name)], _("Done."))
    return _back(assessment)


@require_safe
@project_view
def version_list(request: AuthedRequest, project: Project) -> HttpResponse:
    return render(request, "pia/versions.html", pages.timeline(request.user, project))


@require_safe
@assessment_view
def difference(request: AuthedRequest, assessment: Assessment, other_id: UUID) -> HttpResponse:
    """What two versions do not share, field by field."""
    return render(request, "pia/version_diff.html", pages.compared(assessment, other_id))


@require_POST
@assessment_view
def new_version(request: AuthedRequest, assessment: Assessment) -> HttpResponse:
    made: list[Assessment] = []
    if told(
        request,
        lambda: made.append(versions.new_version(actor=request.user, based_on=assessment)),
        _("A new draft, with everything that was written carried over."),
    ):
        return redirect(made[0])
    return redirect("pia:versions", assessment.project_id)


def _back(assessment: Assessment) -> HttpResponse:
    return redirect("pia:decide", assessment.project_id, assessment.pk)


def _page(request: AuthedRequest, assessment: Assessment, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        **pages.decision_page(request.user, assessment),
        "views_form": ViewsForm(initial=pages.views_initial(assessment)),
        "advise_form": AdviseForm(),
        "decide_form": DecideForm(),
        "consultation_form": ConsultationForm(initial=pages.consultation_initial(assessment)),
        "reason_form": ReasonForm(),
        **forms,
    }
    bad = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "pia/decide.html", context, status=422 if bad else 200)
