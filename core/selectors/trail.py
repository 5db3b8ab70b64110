"""Reading the audit trail: an auditor of a team sees that team's events, one who holds everywhere sees all."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from core.models import AuditEvent, Role

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from core.models import Project, User


def events_for(
    user: User,
    *,
    text: str = "",
    event: str = "",
    project: Project | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """Events the person may read, newest first; days are the reader's, both included."""
    found = AuditEvent.objects.filter(_visible(user)).select_related("link").order_by("-at")
    if text:
        found = found.filter(Q(actor__icontains=text) | Q(subject__icontains=text))
    if event:
        found = found.filter(event=event)
    if project:
        found = found.filter(project_id=project.pk)
    if since:
        found = found.filter(at__gte=_moment(since, time.min))
    if until:
        found = found.filter(at__lte=_moment(until, time.max))
    return found


def _visible(user: User) -> Q:
    readers = {Role.AUDITOR, Role.OWNER}
    teams = [team for team, roles in user.roles.items() if roles & readers]
    return Q() if None in teams else Q(team_id__in=teams)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
