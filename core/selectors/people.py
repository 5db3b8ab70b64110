"""Who is where."""

from __future__ import annotations

from core import permissions
from core.models import Team, User


def visible_teams(user: User) -> list[Team]:
    """Teams the person has any role in; with a role that holds everywhere, all."""
    return list(Team.objects.all() if None in user.roles else Team.objects.filter(pk__in=list(user.roles)))


def teams_to_register_in(user: User) -> list[Team]:
    """Teams in which the person may register a project."""
    return [team for team in visible_teams(user) if permissions.can_register(user, team)]


def teams_to_manage(user: User) -> list[Team]:
    """Teams whose members and settings the person may change."""
    return [team for team in visible_teams(user) if permissions.can_manage_team(user, team)]
