"""The list of projects and the page of one."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import permissions, registry
from core.forms.lists import ProjectFilter
from core.models import Team
from core.selectors.projects import next_step, people_of, projects_for, timeline_of
from core.services.projects import erase_project
from core.tables import csv_cell
from core.web import AuthedRequest, project_view, signed_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Project


@signed_in
@require_GET
def project_list(request: AuthedRequest) -> HttpResponse:
    form, found = _filtered(request)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    may_register = any(permissions.can_register(request.user, team) for team in Team.objects.all())
    context = {"page": page, "form": form, "order": request.GET.get("order", "recent"), "may_register": may_register}
    return render(request, "core/projects.html", context)


def _filtered(request: AuthedRequest) -> tuple[ProjectFilter, QuerySet[Project]]:
    form = ProjectFilter(request.GET, actor=request.user)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, projects_for(request.user, order=request.GET.get("order", "recent"), **chosen)


@signed_in
@require_GET
def project_csv(request: AuthedRequest) -> HttpResponse:
    """The rows of the list as it is filtered."""
    _form, found = _filtered(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="projects-{timezone.localdate()}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Number"),
            _("Project"),
            _("Team"),
            _("Owner"),
            _("Kind of AI"),
            _("Phase"),
            _("Sector"),
            _("People"),
            _("Purpose"),
        ]
    )
    for project in found.iterator():
        row = [
            project.number, project.name, project.team, project.owner or "", project.get_ai_kind_display(),
            project.get_phase_display(), project.get_sector_display(), project.people_count or "", project.purpose,
        ]  # fmt: skip
        writer.writerow([csv_cell(value) for value in row])
    return response


@project_view
@require_GET
def project_page(request: AuthedRequest, project: Project) -> HttpResponse:
    user = request.user
    panels = [
        {"key": panel.key, "template": panel.template, "context": panel.context(user, project)}
        for panel in registry.panels()
    ]
    context = {
        "project": project,
        "panels": panels,
        "next": next_step(user, project),
        "people": people_of(project),
        "timeline": timeline_of(project),
        "may_write": permissions.can_write(user, project),
        "may_erase": permissions.can_manage_team(user, project.team),
    }
    return render(request, "core/project.html", context)


@project_view
@require_http_methods(["GET", "POST"])
def project_erase(request: AuthedRequest, project: Project) -> HttpResponse:
    permissions.check_can_manage_team(request.user, project.team)
    if request.method == "POST" and request.POST.get("name", "").strip() == project.name:
        name = project.name
        erase_project(actor=request.user, project=project)
        messages.success(request, _("%(name)s and everything in it is erased.") % {"name": name})
        return redirect("core:projects")
    wrong = request.method == "POST"
    return render(
        request, "core/project_erase.html", {"project": project, "wrong": wrong}, status=422 if wrong else 200
    )
