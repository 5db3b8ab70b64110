"""Registering an AI project and keeping its record, with a draft that saves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import permissions
from core.forms.project import ProjectSheet
from core.models import Team
from core.selectors.drafts import draft_for, typed
from core.services.drafts import drop_draft, keep_draft
from core.services.projects import FIELDS, StaleProject, register_project, update_project
from core.web import AuthedRequest, project_view, signed_in

if TYPE_CHECKING:
    from core.models import FormDraft, Project, User

NEW = "project:new"


@signed_in
@require_http_methods(["GET", "POST"])
def project_new(request: AuthedRequest) -> HttpResponse:
    _check_may_register(request.user)
    if request.method == "POST":
        return _register(request)
    draft = _draft(request, NEW)
    sheet = ProjectSheet(actor=request.user, project=None, draft=typed(draft) if draft else None)
    return _page(request, sheet, draft=draft)


def _register(request: AuthedRequest) -> HttpResponse:
    sheet = ProjectSheet(actor=request.user, project=None, data=request.POST)
    if not sheet.is_valid():
        return _page(request, sheet, status=422)
    try:
        project = register_project(actor=request.user, team=sheet.form.cleaned_data["team"], **sheet.values())
    except ValidationError as error:
        _put(sheet, error)
        return _page(request, sheet, status=422)
    drop_draft(actor=request.user, key=NEW)
    messages.success(
        request, _("%(name)s is registered. Next: upload a schema, or a sample to scan.") % {"name": project}
    )
    return redirect(project)


@project_view
@require_http_methods(["GET", "POST"])
def project_edit(request: AuthedRequest, project: Project) -> HttpResponse:
    if request.method == "POST":
        permissions.check_can_write(request.user, project)
        return _update(request, project)
    draft = _draft(request, f"project:{project.pk}") if permissions.can_write(request.user, project) else None
    sheet = ProjectSheet(actor=request.user, project=project, draft=typed(draft) if draft else None)
    return _page(request, sheet, draft=draft)


def _update(request: AuthedRequest, project: Project) -> HttpResponse:
    sheet = ProjectSheet(actor=request.user, project=project, data=request.POST)
    if not sheet.is_valid():
        return _page(request, sheet, status=422)
    try:
        update_project(
            actor=request.user, project=project, version=sheet.form.cleaned_data["version"], **sheet.values()
        )
    except StaleProject as stale:
        return _conflict(request, sheet, stale.current)
    except ValidationError as error:
        _put(sheet, error)
        return _page(request, sheet, status=422)
    drop_draft(actor=request.user, key=f"project:{project.pk}")
    messages.success(request, _("The record is saved."))
    return redirect(project)


def _conflict(request: AuthedRequest, sheet: ProjectSheet, current: Project) -> HttpResponse:
    """Both texts, side by side; saving again keeps the reader's."""
    mine = sheet.form.cleaned_data
    differs = [
        {"label": sheet.form.fields[name].label, "mine": mine[name], "theirs": getattr(current, name)}
        for name in FIELDS
        if name in mine and mine[name] != getattr(current, name)
    ]
    data = request.POST.copy()
    data["version"] = str(current.version)
    sheet.form.data = data
    return _page(request, sheet, status=409, differs=differs)


@signed_in
@require_POST
def new_draft(request: AuthedRequest) -> HttpResponse:
    _check_may_register(request.user)
    return _keep(request, NEW)


@project_view
@require_POST
def edit_draft(request: AuthedRequest, project: Project) -> HttpResponse:
    permissions.check_can_write(request.user, project)
    return _keep(request, f"project:{project.pk}")


def _keep(request: AuthedRequest, key: str) -> HttpResponse:
    if "discard" in request.POST:
        drop_draft(actor=request.user, key=key)
        return redirect(request.headers.get("Referer", "/") if _same_host(request) else "/")
    try:
        draft = keep_draft(actor=request.user, key=key, data=request.POST)
    except ValidationError as error:
        return JsonResponse({"detail": error.messages[0]}, status=422)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def _same_host(request: AuthedRequest) -> bool:
    return request.headers.get("Referer", "").startswith(request.build_absolute_uri("/"))


def _draft(request: AuthedRequest, key: str) -> FormDraft | None:
    return draft_for(request.user, key)


def _check_may_register(user: User) -> None:
    if not any(permissions.can_register(user, team) for team in Team.objects.all()):
        raise PermissionDenied(_("Only engineers and privacy officers register projects."))


def _put(sheet: ProjectSheet, error: ValidationError) -> None:
    """What the service refused goes to its field, or to the top where there is none."""
    if not hasattr(error, "error_dict"):
        sheet.form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        sheet.form.add_error(name if name in sheet.form.fields else None, errors)


def _page(request: AuthedRequest, sheet: ProjectSheet, *, status: int = 200, **extra: Any) -> HttpResponse:
    project = sheet.project
    may_write = project is None or permissions.can_write(request.user, project)
    context = {"sheet": sheet, "project": project, "may_write": may_write, **extra}
    return render(request, "core/project_form.html" if project else "core/project_new.html", context, status=status)
