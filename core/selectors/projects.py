"""Reading the register: lists, the page of one project, its people and its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from core import registry
from core.models import AuditEvent, Membership, Project, User

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from core.registry import Step, StepState

#: What a list of projects may be sorted by: the word in the address -> the order.
ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "recent": ("-updated_at",),
    "name": ("name",),
    "-name": ("-name",),
    "people": ("people_count", "name"),
    "-people": ("-people_count", "name"),
    "phase": ("phase", "name"),
    "number": ("number",),
    "-number": ("-number",),
}


def projects_for(user: User, *, text: str = "", order: str = "recent", **equal: Any) -> QuerySet[Project]:
    """Projects the person may see, filtered; empty conditions don't count."""
    found = Project.objects.for_user(user).select_related("team", "owner")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(purpose__icontains=text))
    conditions = {name: value for name, value in equal.items() if value}
    return found.filter(**conditions).order_by(*ORDERS.get(order, ORDERS["recent"]))


@dataclass(frozen=True, slots=True)
class Person:
    user: User
    roles: tuple[str, ...]


def people_of(project: Project) -> list[Person]:
    """Who holds a role in the project's team, or everywhere."""
    memberships = Membership.objects.filter(Q(team=project.team_id) | Q(team=None), user__is_active=True)
    found: dict[Any, tuple[User, list[str]]] = {}
    for membership in memberships.select_related("user"):
        __, roles = found.setdefault(membership.user_id, (membership.user, []))
        label = membership.get_role_display()
        if label not in roles:
            roles.append(label)
    return [Person(user, tuple(roles)) for user, roles in found.values()]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a project in a reader's words: what, by whom, when."""

    label: StrOrPromise
    who: str
    at: datetime


def timeline_of(project: Project, *, limit: int = 10) -> list[Happening]:
    """The newest events first. Who has no account any more keeps the address the trail has."""
    events = list(AuditEvent.objects.filter(project_id=project.pk).order_by("-at")[:limit])
    names: dict[UUID | None, str] = {
        user.pk: str(user) for user in User.objects.filter(pk__in={event.actor_id for event in events})
    }
    return [
        Happening(registry.event_label(event.event), names.get(event.actor_id) or event.actor, event.at)
        for event in events
    ]


@dataclass(frozen=True, slots=True)
class Next:
    """The step to go on with, and what it lacks."""

    step: Step
    state: StepState


def next_step(user: User, project: Project) -> Next | None:
    """The first step that is not done."""
    for step in registry.steps():
        state = step.state(user, project)
        if state.state != "done":
            return Next(step, state)
    return None
