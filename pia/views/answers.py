"""Writing in the workspace: the answer, what it cites, what is said about it. Each returns the parts that changed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refused
from core.web import AuthedRequest, project_view
from pia.forms.answers import AnswerForm, DocumentForm
from pia.models import Answer, AnswerStatus
from pia.services import answers as services
from pia.views.assessments import context, find, space_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import Project
    from pia.models import Assessment

#: Parts of the workspace that a change can alter, and the template of each.
ANSWER, FACTS, EVIDENCE, COMMENTS = "answer", "facts", "evidence", "comments"


def _find(
    request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID
) -> tuple[Assessment, Answer]:
    found = find(request, project, assessment_id)
    return found, get_object_or_404(found.answers.with_pack().select_related("author"), pk=answer_id)


@require_POST
@project_view
def save(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """Save the answer. JSON for the autosave, a redirect for a browser without scripts."""
    found, answer = _find(request, project, assessment_id, answer_id)
    form = AnswerForm(request.POST)
    quiet = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        return JsonResponse({"detail": _("Not saved: something is not right yet.")}, status=422)
    try:
        saved = services.save_answer(actor=request.user, answer=answer, **form.values())
    except services.StaleAnswer as stale:
        if quiet:
            return JsonResponse({"detail": stale.text, **stale.extra}, status=409)
        return _page(request, found, answer, conflict=_both(stale.extra), status=409)
    except Refused as refused:
        return _refused(request, found, answer, refused, quiet=quiet)
    if quiet:
        at = saved.edited_at.isoformat() if saved.edited_at else None
        return JsonResponse({"version": saved.version, "saved_at": at, "status": saved.status})
    return _back(found, answer)


@require_POST
@project_view
def conflict(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """Both texts side by side, with the other editor's name: keep theirs, keep mine, or merge."""
    found, answer = _find(request, project, assessment_id, answer_id)
    mine = {"text": request.POST.get("text", ""), "status": request.POST.get("status") or answer.status}
    current = {"text": answer.text, "status": answer.status, "editor": str(answer.author or "")}
    space = space_at(request, found, question=str(answer))
    shown = context(request, space, conflict=_both({"mine": mine, "current": current}))
    return render(request, "pia/assessment_conflict.html", shown)


@require_POST
@project_view
def use_facts(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """Put the facts into the answer; what was typed and not saved yet is saved first."""

    def act(answer: Answer) -> None:
        version = _save_typed(request, answer)
        services.use_facts(actor=request.user, answer=answer, version=version)

    return _act(request, project, assessment_id, answer_id, act, (ANSWER, FACTS, EVIDENCE))


@require_POST
@project_view
def reuse(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        key, _sep, item = request.POST.get("other", "").partition(":")
        other = get_object_or_404(Answer, assessment=answer.assessment_id, pack__key=key, item=item)
        version = _save_typed(request, answer)
        services.reuse_answer(actor=request.user, answer=answer, other=other, version=version)

    return _act(request, project, assessment_id, answer_id, act, (ANSWER, FACTS, EVIDENCE))


@require_POST
@project_view
def cite(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        services.cite_fact(actor=request.user, answer=answer, key=request.POST.get("key", ""))

    return _act(request, project, assessment_id, answer_id, act, (FACTS, EVIDENCE))


@require_POST
@project_view
def uncite(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        number = request.POST.get("number", "")
        row = get_object_or_404(answer.evidence, number=_whole(number, otherwise=0))
        services.uncite(actor=request.user, evidence=row)

    return _act(request, project, assessment_id, answer_id, act, (FACTS, EVIDENCE))


@require_POST
@project_view
def document(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        form = DocumentForm(request.POST)
        if not form.is_valid():
            raise services.BadAnswer(_("Name the document and say where it is."))
        services.cite_document(actor=request.user, answer=answer, **form.cleaned_data)

    return _act(request, project, assessment_id, answer_id, act, (EVIDENCE,))


@require_POST
@project_view
def comment(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        text = request.POST.get("comment", "")[:4000]
        services.add_comment(actor=request.user, assessment=answer.assessment, answer=answer, text=text)

    return _act(request, project, assessment_id, answer_id, act, (COMMENTS,))


@require_POST
@project_view
def approve(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    def act(answer: Answer) -> None:
        given = request.POST.get("version", "")
        version = _whole(given, otherwise=-1)
        services.approve_not_applicable(actor=request.user, answer=answer, version=version)

    return _act(request, project, assessment_id, answer_id, act, (ANSWER,))


@require_safe
@project_view
def meta(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    """The parts around the form that a save alters: sections, source, version."""
    found, answer = _find(request, project, assessment_id, answer_id)
    space = space_at(request, found, question=str(answer))
    return render(request, "pia/assessment_changed.html", context(request, space, parts=("meta",)))


@require_safe
@project_view
def history(request: AuthedRequest, project: Project, assessment_id: uuid.UUID, answer_id: uuid.UUID) -> HttpResponse:
    found, answer = _find(request, project, assessment_id, answer_id)
    revisions = answer.revisions.select_related("author")
    space = space_at(request, found, question=str(answer))
    return render(request, "pia/assessment_history.html", context(request, space, revisions=revisions))


def _act(
    request: AuthedRequest,
    project: Project,
    assessment_id: uuid.UUID,
    answer_id: uuid.UUID,
    act: Callable[[Answer], None],
    parts: tuple[str, ...],
) -> HttpResponse:
    """Do one thing to an answer and show what it changed."""
    found, answer = _find(request, project, assessment_id, answer_id)
    try:
        act(answer)
    except services.StaleAnswer as stale:
        return _page(request, found, answer, conflict=_both(stale.extra), status=409)
    except Refused as refused:
        return _refused(request, found, answer, refused)
    if not request.htmx:
        return _back(found, answer)
    space = space_at(request, found, question=str(answer))
    return render(request, "pia/assessment_changed.html", context(request, space, parts=parts))


def _both(extra: dict[str, Any]) -> dict[str, Any]:
    """Both sides of a conflict with the status in words."""
    labels = dict(AnswerStatus.choices)
    return {side: {**extra[side], "label": labels.get(extra[side]["status"], "")} for side in ("current", "mine")}


def _whole(given: str, *, otherwise: int) -> int:
    """The number somebody's form sends; what is none, or more than a row can hold, is `otherwise`."""
    return int(given) if given.isdecimal() and len(given) < 10 else otherwise


def _save_typed(request: AuthedRequest, answer: Answer) -> int:
    """Save what the answer's form holds, if the browser sent it along; returns the version that is current after it."""
    if "version" not in request.POST:
        seen = request.POST.get("seen", "")
        return _whole(seen, otherwise=-1)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise services.BadAnswer(_("Not saved: something is not right yet."))
    return services.save_answer(actor=request.user, answer=answer, **form.values()).version


def _refused(
    request: AuthedRequest, found: Assessment, answer: Answer, refused: Refused, *, quiet: bool = False
) -> HttpResponse:
    if quiet:
        return JsonResponse({"detail": refused.text}, status=refused.status if refused.status != 409 else 422)
    messages.error(request, refused.text)
    if not request.htmx:
        return _back(found, answer)
    return _page(request, found, answer, status=422)


def _page(request: AuthedRequest, found: Assessment, answer: Answer, *, status: int, **more: Any) -> HttpResponse:
    space = space_at(request, found, question=str(answer))
    template = "pia/assessment_changed.html" if request.htmx else "pia/assessment.html"
    parts = ("conflict",) if more.get("conflict") else ("message",)
    return render(request, template, context(request, space, parts=parts, **more), status=status)


def _back(found: Assessment, answer: Answer) -> HttpResponse:
    return redirect(f"{found.get_absolute_url()}?{urlencode({'question': str(answer)})}")
