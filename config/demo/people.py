"""The demonstration's team. Every name is invented; nobody can sign in as them unless a password is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import transaction

from core import services
from core.models import Role, Team, User

TEAM: Final = "Customer intelligence"
CONTROLLER: Final = "Larkspur Software GmbH"
PEOPLE: Final = (
    (Role.ENGINEER, "Jonas Keller", "jonas.keller@larkspur.example"),
    (Role.OFFICER, "Marta Ortega", "marta.ortega@larkspur.example"),
    (Role.DPO, "Ingrid Vogel", "ingrid.vogel@larkspur.example"),
    (Role.DECIDER, "Samuel Grant", "samuel.grant@larkspur.example"),
    (Role.AUDITOR, "Priya Novak", "priya.novak@audit.example"),
    (Role.OWNER, "Elena Richter", "elena.richter@larkspur.example"),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays which part."""

    team: Team
    engineer: User
    officer: User
    dpo: User
    decider: User
    auditor: User
    owner: User


def make_cast(password: str | None) -> Cast:
    """The team and its people, made once. With a password, all of them can sign in with it."""
    with transaction.atomic():
        team = Team.objects.filter(name=TEAM).first() or services.create_team(
            actor=None, name=TEAM, controller=CONTROLLER
        )
        made = [_person(team, role, name, email, password) for role, name, email in PEOPLE]
    return Cast(team, *made)


def _person(team: Team, role: Role, name: str, email: str, password: str | None) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = services.create_user(actor=None, email=email, name=name, password=password)
        services.grant_role(actor=None, user=user, role=role, team=team)
    return user
