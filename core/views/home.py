"""Where a person begins: the first run, what waits for them, and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import permissions, registry
from core.forms.team import FirstTeamForm
from core.models import Job, JobState, Project, Role, Team
from core.services import create_team, grant_role, update_team
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    from core.models import User

MIN_SEARCH = 2


@signed_in
@require_GET
def start(request: AuthedRequest) -> HttpResponse:
    """An installation without a team greets the owner who can make one."""
    return redirect("core:first_run" if _is_first_run(request.user) else "core:my_work")


def _is_first_run(user: User) -> bool:
    return permissions.can_manage_everywhere(user) and not Team.objects.exists()


@signed_in
@require_http_methods(["GET", "POST"])
def first_run(request: AuthedRequest) -> HttpResponse:
    """One form, three steps: the team, where and in what it works, and how to begin."""
    permissions.check_can_manage_everywhere(request.user)
    form = FirstTeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _make_team(request.user, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The team is ready. Invite the people you work with."))
            return redirect("core:project_new" if form.cleaned_data["begin"] == "project" else "core:team")
    return render(request, "core/first_run.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _make_team(user: User, form: FirstTeamForm) -> Team:
    chosen = form.cleaned_data
    team = create_team(actor=user, name=chosen["name"], controller=chosen["controller"])
    grant_role(actor=user, user=user, role=Role.OWNER, team=team)
    for role in chosen["roles"]:
        grant_role(actor=user, user=user, role=Role(role), team=team)
    return update_team(actor=user, team=team, jurisdictions=chosen["jurisdictions"], sectors=chosen["sectors"])


@signed_in
@require_GET
def my_work(request: AuthedRequest) -> HttpResponse:
    user = request.user
    if _is_first_run(user):
        return redirect("core:first_run")
    items = registry.work_for(user)
    jobs = Job.objects.for_user(user).select_related("project", "created_by")
    context = {
        "items": items,
        "overdue": sum(1 for item in items if item.due and item.due < timezone.localdate()),
        "today": timezone.localdate(),
        "failed": list(jobs.filter(state=JobState.FAILED, created_by=user)[:10]),
        "running": list(jobs.unfinished()[:10]),
        "recent": list(Project.objects.for_user(user).order_by("-updated_at")[:6]),
        "project_count": Project.objects.for_user(user).count(),
        "may_register": any(permissions.can_register(user, team) for team in Team.objects.all()),
    }
    return render(request, "core/my_work.html", context)


@signed_in
@require_GET
def search(request: AuthedRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    hits = registry.search(request.user, text) if len(text) >= MIN_SEARCH else []
    return render(request, "core/search.html", {"text": text, "hits": hits, "short": 0 < len(text) < MIN_SEARCH})
