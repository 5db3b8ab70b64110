"""Keeping what somebody is typing. A draft is private and changes nothing others see, so the trail does not list it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.models import FormDraft

if TYPE_CHECKING:
    from django.http import QueryDict

    from core.models import User

MAX_CHARACTERS: Final = 200_000


def keep_draft(*, actor: User, key: str, data: QueryDict) -> FormDraft:
    """Keep a form as typed, in place of an older draft. Raises ValidationError when it is too long."""
    kept = data.copy()
    kept.pop("csrfmiddlewaretoken", None)
    query = kept.urlencode()
    if len(query) > MAX_CHARACTERS:
        raise ValidationError(_("This form is too long to be kept as a draft."))
    draft, _made = FormDraft.objects.update_or_create(user=actor, key=key, defaults={"query": query})
    return draft


def drop_draft(*, actor: User, key: str) -> None:
    FormDraft.objects.filter(user=actor, key=key).delete()
