"""A person's own drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from core.models import FormDraft

if TYPE_CHECKING:
    from core.models import User


def draft_for(user: User, key: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, key=key).first()


def typed(draft: FormDraft) -> QueryDict:
    return QueryDict(draft.query)
