"""Teams as their owners see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from core import permissions
from core.models import Invitation, Membership, Team

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from core.models import User


@dataclass(frozen=True, slots=True)
class Member:
    person: User
    memberships: tuple[Membership, ...]


def teams_for(user: User) -> QuerySet[Team]:
    """Teams the person belongs to; all, if a role of theirs holds everywhere."""
    teams = Team.objects.annotate(
        project_count=Count("projects", distinct=True), people_count=Count("memberships__user", distinct=True)
    )
    if None in user.roles:
        return teams
    return teams.filter(pk__in=[key for key in user.roles if key])


def members_of(team: Team | None) -> list[Member]:
    """People with their roles in a team; without a team, those whose roles hold everywhere."""
    found: dict[uuid.UUID, tuple[User, list[Membership]]] = {}
    for membership in Membership.objects.filter(team=team).select_related("user", "team"):
        found.setdefault(membership.user_id, (membership.user, []))[1].append(membership)
    return [Member(person, tuple(memberships)) for person, memberships in found.values()]


def open_invitations(team: Team | None) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(team=team), accepted_at=None, expires_at__gt=timezone.now()).select_related(
        "invited_by"
    )


def may_manage(user: User, team: Team | None) -> bool:
    return permissions.can_manage_everywhere(user) if team is None else permissions.can_manage_team(user, team)
