"""Trying recognisers out: how often a person may, and what is said when one takes too long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from core.errors import Refused

if TYPE_CHECKING:
    from core.models import User
    from datamap.scanner.custom import TooSlow

WINDOW: Final = 60  # seconds
PER_PERSON: Final = 120


class TooManyTries(Refused):
    status = 429
    code = "too_many"


def take(user: User) -> None:
    """Count a try. Raises TooManyTries."""
    key = f"try:{user.pk}:{int(time.time()) // WINDOW}"
    cache.add(key, 0, WINDOW * 2)
    try:
        count = int(cache.incr(key))
    except ValueError:  # it expired between the two lines
        count = 1
    if count > PER_PERSON:
        raise TooManyTries(_("Too many tries. Go on in a minute."), retry_after=WINDOW)


def too_slow(error: TooSlow) -> str:
    names = {"pattern": error.pattern, "name": error.recogniser}
    return _("Pattern “%(pattern)s” of “%(name)s” takes too long on this text. Make it more precise.") % names
