"""The screening: one question at a time with the running result beside it, and the summary that completes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import permissions
from core.errors import Refused
from core.web import AuthedRequest, project_view
from pia.forms.screening import AnswerForm, CompleteForm, RebuttalForm, ViewForm
from pia.screening.verdict import Finding
from pia.selectors.screening import Shown, ShownQuestion, screening_for
from pia.services import screening as services

if TYPE_CHECKING:
    from django.forms import Form

    from core.models import Project


@require_safe
@project_view
def question(request: AuthedRequest, project: Project) -> HttpResponse:
    """The question asked for, or the first open one; once all are answered, the summary."""
    shown = screening_for(request.user, project)
    asked = shown.question(request.GET.get("q", "")) or shown.next_open
    if asked is None:
        return redirect("pia:screening_summary", project.pk)
    return _question_page(request, project, shown, asked, AnswerForm(asked))


@require_POST
@project_view
def answer(request: AuthedRequest, project: Project, key: str) -> HttpResponse:
    shown = screening_for(request.user, project)
    asked = shown.question(key)
    if asked is None:
        raise Http404
    form = AnswerForm(asked, request.POST)
    if not form.is_valid() or not _saved(request, project, form):
        return _question_page(request, project, shown, asked, form, status=422)
    following = screening_for(request.user, project).after(key)
    if following is None:
        return redirect("pia:screening_summary", project.pk)
    return redirect(f"{reverse('pia:screening', args=[project.pk])}?q={following.key}")


def _saved(request: AuthedRequest, project: Project, form: AnswerForm) -> bool:
    key = form.question.key
    try:
        services.answer_screening(
            actor=request.user,
            project=project,
            answers={key: form.answer()},
            notes={key: form.cleaned_data["note"]},
        )
    except Refused as error:
        form.add_error("note", error.text)
        return False
    return True


def _question_page(
    request: AuthedRequest,
    project: Project,
    shown: Shown,
    asked: ShownQuestion,
    form: AnswerForm,
    status: int = 200,
) -> HttpResponse:
    at = [candidate.key for candidate in shown.questions].index(asked.key)
    context = {
        "project": project,
        "shown": shown,
        "question": asked,
        "form": form,
        "before": shown.questions[at - 1] if at else None,
        "following": shown.questions[at + 1] if at + 1 < len(shown.questions) else None,
        "can_write": permissions.can_write(request.user, project),
    }
    return render(request, "pia/screening.html", context, status=status)


@require_safe
@project_view
def summary(request: AuthedRequest, project: Project) -> HttpResponse:
    return _summary_page(request, project)


def _summary_page(request: AuthedRequest, project: Project, status: int = 200, **forms: Form) -> HttpResponse:
    shown, user = screening_for(request.user, project), request.user
    line = shown.verdict.line("wp248")
    presumed = shown.verdict.headline is Finding.PRESUMED and line is not None and line.finding is Finding.PRESUMED
    context: dict[str, Any] = {
        "project": project,
        "shown": shown,
        "can_write": permissions.can_write(user, project),
        "needs_justification": shown.verdict.headline in services.NEEDS_JUSTIFICATION,
        "can_rebut": presumed and permissions.can_review(user, project),
        "can_view": bool(
            shown.rebuttal and not shown.rebuttal.has_view and permissions.can_advise(user, project)
            and shown.rebuttal.by_id != user.pk
        ),
        "complete_form": CompleteForm(initial={"justification": _justification(shown)}),
        "rebuttal_form": RebuttalForm(),
        "view_form": ViewForm(),
        **forms,
    }  # fmt: skip
    return render(request, "pia/screening_summary.html", context, status=status)


def _justification(shown: Shown) -> str:
    return shown.screening.justification if shown.screening else ""


@require_POST
@project_view
def complete(request: AuthedRequest, project: Project) -> HttpResponse:
    form = CompleteForm(request.POST)
    if form.is_valid():
        try:
            services.complete_screening(actor=request.user, project=project, **form.cleaned_data)
        except Refused as error:
            form.add_error("justification", error.text)
        else:
            messages.success(request, _("The screening is complete. The result is on record."))
            return redirect("pia:screening_summary", project.pk)
    return _summary_page(request, project, status=422, complete_form=form)


@require_POST
@project_view
def rebut(request: AuthedRequest, project: Project) -> HttpResponse:
    form = RebuttalForm(request.POST)
    if form.is_valid():
        try:
            services.rebut_presumption(actor=request.user, project=project, **form.cleaned_data)
        except Refused as error:
            form.add_error("reason", error.text)
        else:
            messages.success(request, _("Recorded. It takes effect once the data protection officer gave a view."))
            return redirect("pia:screening_summary", project.pk)
    return _summary_page(request, project, status=422, rebuttal_form=form)


@require_POST
@project_view
def view_rebuttal(request: AuthedRequest, project: Project) -> HttpResponse:
    form = ViewForm(request.POST)
    if form.is_valid():
        try:
            services.view_rebuttal(actor=request.user, project=project, **form.cleaned_data)
        except Refused as error:
            form.add_error("view", error.text)
        else:
            messages.success(request, _("Your view is on record beside the result."))
            return redirect("pia:screening_summary", project.pk)
    return _summary_page(request, project, status=422, view_form=form)
