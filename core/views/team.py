"""Teams: who is in them, as what, and how they work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import permissions
from core.forms.team import GrantForm, InviteForm, NewTeamForm, TeamForm
from core.selectors.teams import may_manage, members_of, open_invitations, teams_for
from core.services import create_team, update_team
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    import uuid

    from core.models import Team


@signed_in
@require_GET
def team_list(request: AuthedRequest) -> HttpResponse:
    """The one team a person has, or the list to choose from."""
    teams, everywhere = list(teams_for(request.user)), permissions.can_manage_everywhere(request.user)
    if len(teams) == 1 and not everywhere:
        return redirect("core:team_page", teams[0].pk)
    return render(request, "core/teams.html", {"teams": teams, "everywhere": everywhere, "form": NewTeamForm()})


@signed_in
@require_POST
def team_new(request: AuthedRequest) -> HttpResponse:
    permissions.check_can_manage_everywhere(request.user)
    form = NewTeamForm(request.POST)
    if form.is_valid():
        team = create_team(actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(team)s is made. Invite its people.") % {"team": team})
        return redirect("core:team_page", team.pk)
    context = {"teams": list(teams_for(request.user)), "everywhere": True, "form": form}
    return render(request, "core/teams.html", context, status=422)


@signed_in
@require_GET
def team_page(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    return show_team(request, get_object_or_404(teams_for(request.user), pk=team_id))


@signed_in
@require_GET
def everywhere(request: AuthedRequest) -> HttpResponse:
    """People whose roles hold in every team."""
    permissions.check_can_manage_everywhere(request.user)
    return show_team(request, None)


@signed_in
@require_POST
def team_settings(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    team = get_object_or_404(teams_for(request.user), pk=team_id)
    permissions.check_can_manage_team(request.user, team)
    form = TeamForm(request.POST, instance=team)
    if not form.is_valid():
        return show_team(request, team, settings_form=form, status=422)
    try:
        update_team(actor=request.user, team=team, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return show_team(request, team, settings_form=form, status=422)
    messages.success(request, _("The team's settings are saved."))
    return redirect("core:team_page", team.pk)


def show_team(
    request: AuthedRequest,
    team: Team | None,
    *,
    grant_form: GrantForm | None = None,
    invite_form: InviteForm | None = None,
    settings_form: TeamForm | None = None,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    """A team's page, also with a form that was not right yet, or an invitation link that is shown this once."""
    manages = may_manage(request.user, team)
    context = {
        "team": team,
        "manages": manages,
        "manages_everywhere": permissions.can_manage_everywhere(request.user),
        "members": members_of(team),
        "invitations": open_invitations(team) if manages else [],
        "grant_form": grant_form or GrantForm(prefix="grant"),
        "invite_form": invite_form or InviteForm(prefix="invite"),
        "settings_form": settings_form or (TeamForm(instance=team) if team and manages else None),
        "link": link,
    }
    return render(request, "core/team.html", context, status=status)
