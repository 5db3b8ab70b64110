"""Roles, invitations and accounts: each act goes back to the page of its team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import permissions
from core.forms.team import AcceptForm, GrantForm, InviteForm
from core.models import Invitation, Membership, Role, Team, User
from core.selectors.teams import teams_for
from core.services import (
    accept_invitation,
    deactivate_user,
    find_invitation,
    grant_role,
    revoke_role,
    withdraw_invitation,
)
from core.services import invite as make_invitation
from core.views.team import show_team
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    import uuid


def _team(request: AuthedRequest) -> Team | None:
    """The team a form is about; an empty value means everywhere."""
    team_id = request.POST.get("team", "")
    if not team_id:
        permissions.check_can_manage_everywhere(request.user)
        return None
    try:
        return get_object_or_404(teams_for(request.user), pk=team_id)
    except ValidationError as error:
        raise Http404 from error


def _back(team: Team | None) -> HttpResponse:
    return redirect("core:team_page", team.pk) if team else redirect("core:everywhere")


@signed_in
@require_POST
def role_grant(request: AuthedRequest) -> HttpResponse:
    team = _team(request)
    if team is not None:
        permissions.check_can_manage_team(request.user, team)
    form = GrantForm(request.POST, prefix="grant")
    if not form.is_valid():
        return show_team(request, team, grant_form=form, status=422)
    person, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    grant_role(actor=request.user, user=person, role=role, team=team)
    messages.success(request, _("%(person)s is now: %(role)s.") % {"person": person, "role": role.label})
    return _back(team)


def _manageable(request: AuthedRequest, team: Team | None) -> None:
    """Another team's rows are not found, one's own are refused by the service's own rule."""
    if team is None:
        permissions.check_can_manage_everywhere(request.user)
    elif not teams_for(request.user).filter(pk=team.pk).exists():
        raise Http404


@signed_in
@require_POST
def role_revoke(request: AuthedRequest, membership_id: uuid.UUID) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("user", "team"), pk=membership_id)
    _manageable(request, membership.team)
    team, person = membership.team, membership.user
    revoke_role(actor=request.user, membership=membership)
    messages.success(request, _("%(person)s no longer holds that role.") % {"person": person})
    return _back(team)


@signed_in
@require_POST
def invite(request: AuthedRequest) -> HttpResponse:
    """The link is shown in this answer and nowhere again."""
    team = _team(request)
    if team is not None:
        permissions.check_can_manage_team(request.user, team)
    form = InviteForm(request.POST, prefix="invite")
    if not form.is_valid():
        return show_team(request, team, invite_form=form, status=422)
    _invitation, secret = make_invitation(
        actor=request.user, email=form.cleaned_data["email"], role=Role(form.cleaned_data["role"]), team=team
    )
    link = request.build_absolute_uri(reverse("core:invitation", args=[secret]))
    return show_team(request, team, link=link)


@signed_in
@require_POST
def invitation_withdraw(request: AuthedRequest, invitation_id: uuid.UUID) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.select_related("team"), pk=invitation_id)
    _manageable(request, invitation.team)
    withdraw_invitation(actor=request.user, invitation=invitation)
    messages.success(request, _("The invitation of %(email)s no longer works.") % {"email": invitation.email})
    return _back(invitation.team)


@signed_in
@require_POST
def deactivate(request: AuthedRequest, user_id: uuid.UUID) -> HttpResponse:
    permissions.check_can_manage_everywhere(request.user)
    person = get_object_or_404(User, pk=user_id)
    deactivate_user(actor=request.user, user=person)
    messages.success(request, _("The account of %(person)s is shut.") % {"person": person})
    return redirect("core:everywhere")


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Open to whoever has the link: make the account, then sign in with it."""
    found = find_invitation(secret)
    if found is None:
        return render(request, "core/invitation_closed.html", status=404)
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(secret=secret, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account is ready. Sign in with your e-mail address and password."))
            return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "core/invitation.html", context, status=422 if form.errors else 200)
