"""The assessment's workspace, its readiness check, and where an assessment begins."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from core import permissions as core
from core.errors import Refused
from core.models import Role, User
from core.web import AuthedRequest, project_view
from pia import permissions
from pia.models import AnswerStatus, Assessment
from pia.selectors.coverage import coverages
from pia.selectors.frameworks import default_packs
from pia.selectors.readiness import readiness as read_readiness
from pia.selectors.workspace import EDPB, Workspace, assessments_for, people_who_answer, workspace
from pia.services.answers import assign_section
from pia.services.assessments import DraftExists, start_assessment

if TYPE_CHECKING:
    from core.models import Project


def find(request: AuthedRequest, project: Project, assessment_id: uuid.UUID) -> Assessment:
    """The assessment of that project, else 404."""
    found: Assessment = get_object_or_404(assessments_for(request.user), pk=assessment_id, project=project)
    return found


@require_safe
@project_view
def assess(request: AuthedRequest, project: Project) -> HttpResponse:
    """The newest assessment; where there is none, how to begin."""
    latest = assessments_for(request.user).filter(project=project).order_by("-number").first()
    if latest is not None:
        return redirect(latest)
    context = {"project": project, "packs": default_packs(project), "can_start": core.can_write(request.user, project)}
    return render(request, "pia/assessment_start.html", context)


@require_POST
@project_view
def start(request: AuthedRequest, project: Project) -> HttpResponse:
    """Open a draft; a second click leads to the one that was made."""
    try:
        assessment = start_assessment(actor=request.user, project=project)
    except DraftExists as refused:
        return redirect("pia:assessment", project.pk, refused.extra["assessment"])
    except Refused as refused:
        messages.error(request, refused.text)
        return redirect("pia:assess", project.pk)
    return redirect(assessment)


@require_safe
@project_view
@vary_on_headers("HX-Request")
def assessment(request: AuthedRequest, project: Project, assessment_id: uuid.UUID) -> HttpResponse:
    """Three columns: where, the question, what it rests on."""
    found = find(request, project, assessment_id)
    space = space_at(request, found)
    partial = request.htmx and not request.htmx.history_restore_request
    template = "pia/assessment_workspace.html" if partial else "pia/assessment.html"
    return render(request, template, context(request, space))


@require_safe
@project_view
def readiness(request: AuthedRequest, project: Project, assessment_id: uuid.UUID) -> HttpResponse:
    found = find(request, project, assessment_id)
    shown = {"project": project, "assessment": found, "readiness": read_readiness(found), "coverages": coverages(found)}
    return render(request, "pia/readiness.html", shown)


@require_POST
@project_view
def assign(request: AuthedRequest, project: Project, assessment_id: uuid.UUID) -> HttpResponse:
    found = find(request, project, assessment_id)
    section, person = request.POST.get("section", ""), request.POST.get("assignee", "")
    chosen = next((one for one in people_who_answer(found) if str(one.pk) == person), None)
    try:
        assign_section(actor=request.user, assessment=found, section=section, assignee=chosen)
    except Refused as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("Assigned.") if chosen else _("Nobody is assigned now."))
    return redirect(f"{found.get_absolute_url()}?{urlencode({'part': section})}")


def space_at(request: AuthedRequest, found: Assessment, *, question: str = "") -> Workspace:
    """The workspace where the address (or a posted form) says the reader stands."""
    given = request.GET if request.method in ("GET", "HEAD") else request.POST
    return workspace(
        found,
        view=given.get("view") or EDPB,
        part=given.get("part", ""),
        question=question or given.get("question", ""),
        audience=given.get("for") or _audience(request.user, found),
    )


def context(request: AuthedRequest, space: Workspace, **more: Any) -> dict[str, Any]:
    """What every part of the workspace needs to be drawn."""
    found, focus = space.assessment, space.focus
    editable = found.is_editable and permissions.can_answer(request.user, found)
    return {
        "project": found.project,
        "assessment": found,
        "space": space,
        "focus": focus,
        "statuses": [choice for choice in AnswerStatus.choices if choice[0] != AnswerStatus.UNANSWERED],
        "editable": editable,
        "may_comment": permissions.can_comment(request.user, found),
        "may_assign": found.is_editable and permissions.can_assign(request.user, found) and space.view == EDPB,
        "may_submit": found.is_editable and core.can_review(request.user, found.project),
        "may_approve": focus is not None
        and editable
        and focus.awaits_approval
        and permissions.can_approve_not_applicable(request.user, focus.answer),
        "people": people_who_answer(found) if found.is_editable and permissions.can_assign(request.user, found) else [],
        "here": _here(space),
        "place": {"view": space.view, "for": space.audience},
        **more,
    }


def _here(space: Workspace) -> str:
    """The address without the question: view and audience."""
    base = reverse("pia:assessment", args=[space.assessment.project_id, space.assessment.pk])
    return f"{base}?{urlencode({'view': space.view, 'for': space.audience})}"


def _audience(user: User, found: Assessment) -> str:
    """Engineers see the engineer's questions first; they can open the rest."""
    roles = core.roles_in(user, found.project.team_id)
    return "engineer" if Role.ENGINEER in roles and Role.OFFICER not in roles else "all"
