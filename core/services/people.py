"""Teams, people, roles, invitations and tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions, tokens
from core.audit import change
from core.events import Event
from core.models import ApiToken, Invitation, Membership, Role, Scope, Team, User
from core.signals import rights_changed

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_TOKEN_DAYS: Final = 366


def create_team(*, actor: User | None, name: str, controller: str = "") -> Team:
    """Make a team. `actor=None` is the installation's own set-up."""
    if actor is not None:
        permissions.check_can_manage_everywhere(actor)
    with change(actor=actor, event=Event.TEAM_CREATED) as log:
        team = Team(name=name.strip(), controller=controller.strip())
        team.full_clean()
        team.save()
        log.about(team)
    return team


def update_team(*, actor: User, team: Team, **fields: object) -> Team:
    permissions.check_can_manage_team(actor, team)
    with change(actor=actor, event=Event.TEAM_CHANGED, team=team) as log:
        for name, value in fields.items():
            setattr(team, name, value)
        team.full_clean()
        team.save()
        log.about(team, fields=sorted(fields))
    return team


def create_user(*, actor: User | None, email: str, name: str = "", password: str | None = None) -> User:
    """Make an account without any role. Raises ValidationError for a weak password or an address already used."""
    if actor is not None:
        permissions.check_can_manage_everywhere(actor)
    with change(actor=actor, event=Event.USER_CREATED) as log:
        user = User(email=User.objects.normalize_email(email).lower(), name=name.strip())
        if password is None:
            user.set_unusable_password()
        else:
            validate_password(password, user)
            user.set_password(password)
        user.full_clean()
        user.save()
        log.about(user)
    return user


def update_profile(*, actor: User, name: str, language: str, time_zone: str) -> User:
    with change(actor=actor, event=Event.PROFILE_CHANGED) as log:
        actor.name, actor.language, actor.time_zone = name.strip(), language, time_zone
        actor.full_clean()
        actor.save(update_fields=["name", "language", "time_zone"])
        log.about(actor)
    return actor


def deactivate_user(*, actor: User, user: User) -> User:
    """Shut an account: its sessions end, its tokens go, its name stays on what it did."""
    permissions.check_can_manage_everywhere(actor)
    with change(actor=actor, event=Event.USER_DEACTIVATED) as log:
        user.is_active = False
        user.set_unusable_password()  # changes the session hash: every session ends
        user.save(update_fields=["is_active", "password"])
        user.api_tokens.all().delete()
        log.about(user)
        rights_changed.send(sender=User, user=user)
    return user


def grant_role(*, actor: User | None, user: User, role: Role, team: Team | None) -> Membership:
    """Give a role in a team, or everywhere. Granting twice changes nothing."""
    _check_can_grant(actor, team)
    with change(actor=actor, event=Event.ROLE_GRANTED, team=team) as log:
        membership, _made = Membership.objects.get_or_create(user=user, team=team, role=role)
        log.about(membership, role=str(role), person=str(user.pk))
        if actor is not None and actor.pk != user.pk:
            rights_changed.send(sender=User, user=user)
    user.__dict__.pop("roles", None)
    return membership


def revoke_role(*, actor: User, membership: Membership) -> None:
    """Take a role away; it ends at the person's next request. Raises PermissionDenied for the last owner's own role."""
    _check_can_grant(actor, membership.team)
    owners = Membership.objects.filter(role=Role.OWNER, team=membership.team)
    if (
        membership.role == Role.OWNER
        and owners.count() == 1
        and (membership.team is None or not _global_owner_exists())
    ):
        raise PermissionDenied(_("This is the last owner. Name another before you remove this one."))
    with change(actor=actor, event=Event.ROLE_REVOKED, team=membership.team) as log:
        log.about(membership, role=membership.role, person=str(membership.user_id))
        membership.delete()
        log.subject = membership.user
        rights_changed.send(sender=User, user=membership.user)


def _global_owner_exists() -> bool:
    return Membership.objects.filter(role=Role.OWNER, team=None).exists()


def _check_can_grant(actor: User | None, team: Team | None) -> None:
    if actor is None:
        return
    if team is None:
        permissions.check_can_manage_everywhere(actor)
    else:
        permissions.check_can_manage_team(actor, team)


def invite(*, actor: User, email: str, role: Role, team: Team | None) -> tuple[Invitation, str]:
    """Make an invitation link. Returns it with its secret, which is shown once and never stored."""
    _check_can_grant(actor, team)
    secret = tokens.new_secret()
    with change(actor=actor, event=Event.INVITATION_SENT, team=team) as log:
        invitation = Invitation(
            email=email.strip().lower(), role=role, team=team, digest=tokens.digest(secret), invited_by=actor
        )
        invitation.full_clean()
        invitation.save()
        log.about(invitation, role=str(role))
    return invitation, secret


def withdraw_invitation(*, actor: User, invitation: Invitation) -> None:
    _check_can_grant(actor, invitation.team)
    with change(actor=actor, event=Event.INVITATION_WITHDRAWN, team=invitation.team) as log:
        invitation.expires_at = timezone.now()
        invitation.save(update_fields=["expires_at"])
        log.about(invitation, role=invitation.role)


def find_invitation(secret: str) -> Invitation | None:
    """The open invitation behind a link, if any."""
    found = Invitation.objects.select_related("team").filter(digest=tokens.digest(secret)).first()
    return found if found and found.is_open else None


def accept_invitation(*, secret: str, name: str, password: str) -> User:
    """Make the account and its role. An account that exists must sign in to accept. Raises ValidationError."""
    invitation = find_invitation(secret)
    if invitation is None:
        raise ValidationError(_("This invitation has expired or was used. Ask for a new one."))
    with change(actor=None, event=Event.INVITATION_ACCEPTED, team=invitation.team) as log:
        if User.objects.filter(email=invitation.email).exists():
            raise ValidationError(
                _("There is an account with this address already. Sign in, and ask your owner for the role.")
            )
        user = create_user(actor=None, email=invitation.email, name=name, password=password)
        grant_role(actor=None, user=user, role=Role(invitation.role), team=invitation.team)
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        log.about(invitation, person=str(user.pk))
    return user


def create_token(
    *, actor: User | None, user: User, name: str, scopes: Sequence[str], days: int
) -> tuple[ApiToken, str]:
    """Make an API token. Returns it with its secret, which is shown once. Raises ValidationError.

    `actor=None` is the command line. People make tokens for themselves only, after their second factor.
    """
    if actor is not None and actor.pk != user.pk:
        raise PermissionDenied(_("A token is made by the person it acts for."))
    unknown = sorted(set(scopes) - set(Scope.values))
    if unknown or not scopes:
        raise ValidationError(_("Scopes are: %(known)s.") % {"known": ", ".join(Scope.values)})
    if not 1 <= days <= MAX_TOKEN_DAYS:
        raise ValidationError(_("A token lives between 1 and %(days)s days.") % {"days": MAX_TOKEN_DAYS})
    secret = tokens.new_secret(tokens.PREFIX)
    with change(actor=actor, event=Event.TOKEN_CREATED) as log:
        token = ApiToken.objects.create(
            user=user,
            name=name.strip() or _("Token"),
            digest=tokens.digest(secret),
            prefix=secret[: tokens.SHOWN],
            scopes=sorted(set(scopes)),
            expires_at=timezone.now() + timedelta(days=days),
        )
        log.about(token, scopes=token.scopes, days=days, person=str(user.pk))
    return token, secret


def revoke_token(*, actor: User, token: ApiToken) -> None:
    if token.user_id != actor.pk:
        permissions.check_can_manage_everywhere(actor)
    with change(actor=actor, event=Event.TOKEN_REVOKED) as log:
        log.about(token, person=str(token.user_id))
        token.delete()
        log.subject = token.user
