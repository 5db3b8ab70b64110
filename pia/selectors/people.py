"""People of a project's team, for lists to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from core.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Project


def people_of(project: Project) -> QuerySet[User]:
    """Active members of the project's team, and those of every team."""
    member = Q(memberships__team=project.team_id) | Q(memberships__team=None, memberships__isnull=False)
    return User.objects.filter(member, is_active=True).distinct().order_by("name", "email")
