"""Refusals a person can understand: pages show the text, the API answers a problem document with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):
    """Something that can't be done as things stand. Subclass to name the case; `extra` goes into the API's answer."""

    status = 409
    code = "refused"

    def __init__(self, text: StrOrPromise, *, code: str | None = None, status: int | None = None, **extra: Any) -> None:
        super().__init__(str(text))
        self.text = str(text)
        self.code = code or self.code
        self.status = status or self.status
        self.extra = extra


class Conflict(Refused):
    """Somebody else changed it meanwhile; `extra` holds both versions so that nothing is lost."""

    code = "conflict"


class Gone(Refused):
    """Somebody deleted it meanwhile."""

    status = 404
    code = "gone"

    def __init__(self) -> None:
        super().__init__(_("Somebody deleted this meanwhile."))
