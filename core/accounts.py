"""How allauth behaves here: no open sign-up, every sign-in audited, sessions end when rights change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from core import audit
from core.events import Event
from core.models import User
from core.signals import rights_changed

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an invitation or `manage.py create_user`, never from a form anybody can open."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


@receiver(rights_changed)
def _end_sessions(sender: object, user: User, **_kwargs: Any) -> None:
    """Sign a person out everywhere: what they may do has changed."""
    for session in UserSession.objects.filter(user=user):
        session.end()


@receiver(user_logged_in)
def _signed_in(sender: object, user: User, **_kwargs: Any) -> None:
    audit.note(actor=user, event=Event.SIGNED_IN, subject=user)


@receiver(user_logged_out)
def _signed_out(sender: object, user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        audit.note(actor=user, event=Event.SIGNED_OUT, subject=user)


@receiver(user_login_failed)
def _refused(sender: object, credentials: dict[str, Any], **_kwargs: Any) -> None:
    """A wrong password for a known account is recorded; an unknown address is not: it may be anybody's typing error."""
    given = credentials.get("email") or credentials.get("username") or ""
    user = User.objects.filter(email__iexact=str(given)).first()
    if user is not None:
        audit.note(actor=None, event=Event.SIGN_IN_FAILED, subject=user)
