"""What a person saw when they decided: a few characters that change with what a row says."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from core.models import User


class Stamped(Protocol):
    """A row that people decide on."""

    @property
    def stamp(self) -> str: ...


def stamp(*said: object) -> str:
    """Eight hexadecimal digits. No secret, and no proof: they only tell two states of one row apart."""
    return f"{zlib.crc32(repr(tuple(map(str, said))).encode()):08x}"


def check_seen(seen: str, before: str, decided: Stamped) -> None:
    """Raises Conflict where a person overturns what they did not see. `seen` is empty for who was shown nothing."""
    if seen not in ("", before) and decided.stamp != before:
        raise Conflict(
            _("“%(name)s” has changed since you opened this page. It is shown as it is now: look before you decide.")
            % {"name": decided}
        )


def check_opened(rows: QuerySet[Any], actor: User, opened: datetime | None) -> None:
    """Raises Conflict where others decided some of these rows since the person opened the page (None: no page)."""
    fresh = rows.filter(decided_at__gt=opened).exclude(decided_by=actor).count() if opened else 0
    if fresh:
        raise Conflict(
            ngettext(
                "Nothing was decided: somebody else decided %(count)d of them since you opened this page. Look again.",
                "Nothing was decided: somebody else decided %(count)d of them since you opened this page. Look again.",
                fresh,
            )
            % {"count": fresh}
        )
