"""The screening of a project: what people answered, what they disputed, and how the presumption was rebutted."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Project, User, visible_projects


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def for_user(self, user: User) -> ScreeningQuerySet:
        return self.filter(visible_projects(user))


class Screening(models.Model):
    """One per project. `result` is the verdict as it stood when it was completed; a later answer opens it again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="screening")
    version = models.PositiveIntegerField(default=0)
    justification = models.TextField(_("why no assessment is made"), max_length=4000, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    completed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = ScreeningQuerySet.as_manager()

    def __str__(self) -> str:
        return str(_("Screening of %(project)s") % {"project": self.project})

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None


class ScreeningAnswer(models.Model):
    """A person's answer to one question: yes, no, unsure or an option; a list where several may be ticked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.JSONField()
    note = models.TextField(max_length=2000, blank=True, default="")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["screening", "question"], name="screening_question_answered_once")
        ]

    def __str__(self) -> str:
        return self.question


class ScreeningDispute(models.Model):
    """A person said otherwise than the facts, and why. Rows are only added: a dispute stays visible when it is over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="disputes")
    question = models.CharField(max_length=40)
    proposed = models.JSONField()
    given = models.JSONField()
    facts = models.JSONField(default=list)
    reason = models.TextField(max_length=2000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.question


class ScreeningRebuttal(models.Model):
    """Why the WP248 presumption does not hold here, and what the data protection officer thinks of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="rebuttals")
    criteria = models.JSONField(default=list)  # those met when it was written
    reason = models.TextField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    agrees = models.BooleanField(null=True, blank=True)
    view = models.TextField(max_length=4000, blank=True, default="")
    viewed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    viewed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.reason[:60]

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None

    @property
    def has_view(self) -> bool:
        return self.viewed_at is not None
