"""Accounts, roles, invitations: who gets in, what ends when rights change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from core import services
from core.models import Invitation, Membership, Role, User
from tests.factories import PASSWORD, TeamFactory, UserFactory, person

pytestmark = pytest.mark.django_db
LONG = "a long pass phrase of sixty-four characters, to be taken as it is"


def sign_in(user: User, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("core:projects")).status_code == 200


def test_an_engineer_signs_in_with_a_password() -> None:
    assert is_in(sign_in(person(Role.ENGINEER)))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ENGINEER])
def test_every_other_role_sets_up_a_second_factor_first(role: Role) -> None:
    client = sign_in(person(role))
    answer = client.get(reverse("core:projects"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))
    assert client.get("/api/v1/projects/").status_code == 403


def test_with_a_second_factor_the_pages_open() -> None:
    user = person(Role.AUDITOR)
    client = Client()
    client.force_login(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert is_in(client)


@override_settings(CANDOR_DEMO=True)
def test_only_a_demonstration_waives_it() -> None:
    assert is_in(sign_in(person(Role.AUDITOR)))


def test_nobody_signs_up_uninvited() -> None:
    answer = Client().post(
        reverse("account_signup"), {"email": "eve@example.org", "password1": LONG, "password2": LONG}, follow=True
    )
    assert answer.status_code in {200, 403, 404}
    assert not User.objects.filter(email="eve@example.org").exists()


def test_a_session_ends_when_the_account_is_shut() -> None:
    user, owner = person(Role.ENGINEER), person(everywhere=[Role.OWNER])
    client = sign_in(user)
    services.deactivate_user(actor=owner, user=user)
    assert not is_in(client)
    assert not is_in(sign_in(user))


def test_a_session_ends_when_a_role_is_taken_away() -> None:
    team = TeamFactory()
    user, owner = person(Role.ENGINEER, Role.AUDITOR, team=team), person(everywhere=[Role.OWNER])
    client = sign_in(user)
    services.revoke_role(actor=owner, membership=Membership.objects.get(user=user, role=Role.AUDITOR))
    assert not is_in(client)


def test_the_last_owner_cannot_go() -> None:
    owner = person(everywhere=[Role.OWNER])
    with pytest.raises(PermissionDenied):
        services.revoke_role(actor=owner, membership=Membership.objects.get(user=owner))


def test_an_owner_of_one_team_gives_roles_in_that_team_alone() -> None:
    owner = person(Role.OWNER)
    mine = owner.memberships.get().team
    services.grant_role(actor=owner, user=UserFactory(), role=Role.ENGINEER, team=mine)
    for team in (TeamFactory(), None):
        with pytest.raises(PermissionDenied):
            services.grant_role(actor=owner, user=UserFactory(), role=Role.ENGINEER, team=team)


def test_an_invitation_makes_one_account_with_its_role_once() -> None:
    owner = person(Role.OWNER)
    team = owner.memberships.get().team
    assert team is not None
    _invitation, secret = services.invite(actor=owner, email="New@Example.org", role=Role.OFFICER, team=team)
    user = services.accept_invitation(secret=secret, name="New", password=LONG)
    assert user.roles == {team.pk: frozenset({Role.OFFICER})}
    with pytest.raises(ValidationError):
        services.accept_invitation(secret=secret, name="Again", password=LONG)


@pytest.mark.parametrize("password", ["short", "password1234", "123456789012"])
def test_a_common_or_short_password_is_refused_on_an_invitation_too(password: str) -> None:
    owner = person(Role.OWNER)
    _invitation, secret = services.invite(
        actor=owner, email="new@example.org", role=Role.ENGINEER, team=owner.memberships.get().team
    )
    with pytest.raises(ValidationError):
        services.accept_invitation(secret=secret, name="New", password=password)
    assert services.find_invitation(secret) is not None


def test_an_invitation_runs_out() -> None:
    owner = person(Role.OWNER)
    _invitation, secret = services.invite(
        actor=owner, email="new@example.org", role=Role.ENGINEER, team=owner.memberships.get().team
    )
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert services.find_invitation(secret) is None


def test_a_token_is_made_by_the_person_it_acts_for() -> None:
    with pytest.raises(PermissionDenied):
        services.create_token(actor=person(Role.OWNER), user=person(Role.ENGINEER), name="x", scopes=["read"], days=1)
