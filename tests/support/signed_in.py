"""A browser that is signed in, second factor included."""

from __future__ import annotations

from django.test import Client

from core.middleware import SEEN
from core.models import User


def signed_in(user: User) -> Client:
    """A client whose session passed the second factor."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[SEEN] = True
    session.save()
    return client
