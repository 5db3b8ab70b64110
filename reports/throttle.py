"""How often a stranger may ask. Counted in the shared cache, by the address the connection came from."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from core.errors import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW: Final = 60  # seconds
PER_ADDRESS: Final = 30
IN_ALL: Final = 300


class TooMany(Refused):
    """Answered 429."""

    status = 429
    code = "too_many"


def take(request: HttpRequest, name: str) -> None:
    """Count this request. Raises TooMany. X-Forwarded-For is not believed: anybody can write it."""
    window = int(time.time()) // WINDOW
    address = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:16]
    for key, limit in ((f"{name}:{address}:{window}", PER_ADDRESS), (f"{name}:all:{window}", IN_ALL)):
        if _count(key) > limit:
            raise TooMany(_("Too many requests. Try again in a minute."), retry_after=WINDOW)


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW * 2)
    try:
        return int(cache.incr(key))
    except ValueError:  # it expired between the two lines
        return 1
