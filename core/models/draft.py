"""What a person has typed into a long form and not saved yet."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from core.models.people import User


class FormDraft(models.Model):
    """One draft per person and form. It is theirs alone, and goes when the form is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=80)
    query = models.TextField(help_text="The form as it was sent, URL-encoded, without its token.")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return self.key
