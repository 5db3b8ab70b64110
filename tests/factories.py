"""One factory per model of the ground floor; each floor's tests build on these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import factory
from factory.django import DjangoModelFactory

from core.models import Job, Membership, Project, Role, Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable

PASSWORD = "correct horse battery staple"  # noqa: S105


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    controller = "Northwind Traders Ltd"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **_kwargs: Any) -> None:  # noqa: FBT001
        self.set_password(extracted or PASSWORD)
        if create:
            self.save()


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    role = Role.ENGINEER


class ProjectFactory(DjangoModelFactory[Project]):
    class Meta:
        model = Project

    team = factory.SubFactory(TeamFactory)
    name = factory.Sequence(lambda n: f"Support-chat classifier {n}")
    purpose = "Tell unhappy customers apart so that somebody answers them first."


class JobFactory(DjangoModelFactory[Job]):
    class Meta:
        model = Job

    kind = "tests.work"
    subject_type = "core.project"
    project = factory.SubFactory(ProjectFactory)
    subject_id = factory.SelfAttribute("project.id")


def person(*roles: Role, team: Team | None = None, everywhere: Iterable[Role] = ()) -> User:
    """Somebody with these roles in a team, and those in every team."""
    user = UserFactory()
    for role in roles:
        MembershipFactory(user=user, team=team or TeamFactory(), role=role)
    for role in everywhere:
        MembershipFactory(user=user, team=None, role=role)
    return user
