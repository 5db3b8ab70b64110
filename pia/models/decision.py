"""What people said about a frozen version: data subjects, the DPO, the controller; and why an approval went stale."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import User
from pia.models.assessment import Assessment
from pia.workflow import Outcome


class Views(models.Model):
    """Data subjects' views (Art. 35(9)): what they said and what departs from it, or why they were not asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="views")
    sought = models.BooleanField(_("their views were sought"), default=False)
    how = models.CharField(_("whom we asked, and how"), max_length=300, blank=True, default="")
    summary = models.TextField(_("what they said"), max_length=8000, blank=True, default="")
    departure = models.TextField(_("what departs from it, and why"), max_length=8000, blank=True, default="")
    not_sought_reason = models.TextField(_("why they were not asked"), max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "views"

    def __str__(self) -> str:
        return f"{self.assessment}"

    @property
    def complete(self) -> bool:
        return bool(self.summary.strip() if self.sought else self.not_sought_reason.strip())


class Opinion(models.TextChoices):
    FAVOURABLE = "favourable", _("In favour")
    CONDITIONS = "conditions", _("In favour, on conditions")
    AGAINST = "against", _("Against")


class Advice(models.Model):
    """The data protection officer's advice on one frozen version (Art. 35(2))."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="advices")
    opinion = models.CharField(_("opinion"), max_length=12, choices=Opinion)
    text = models.TextField(_("advice"), max_length=20000)
    version_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="advices")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.get_opinion_display()}"


class Decision(models.Model):
    """The controller's decision on one frozen version, named by its hash (Art. 35(1), 36)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=24, choices=Outcome)
    reason = models.TextField(_("reasons"), max_length=20000)
    departure = models.TextField(_("why the advice is not followed"), max_length=20000, blank=True, default="")
    conditions = models.TextField(_("conditions"), max_length=20000, blank=True, default="")
    version_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="decisions")
    at = models.DateTimeField(auto_now_add=True)
    # Prior consultation, where that is the outcome: eight weeks, six more if the authority says so.
    consulted_on = models.DateField(_("sent to the authority on"), null=True, blank=True)
    extended = models.BooleanField(_("the authority extended by six weeks"), default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("the authority's answer"), max_length=20000, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}"

    @property
    def approves(self) -> bool:
        return self.outcome in (Outcome.APPROVE, Outcome.CONDITIONALLY_APPROVE)


class Staleness(models.Model):
    """Why an approval no longer covers what is there, and what a reviewer answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="staleness")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(max_length=4000, blank=True, default="")
    answered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at"]
        verbose_name_plural = "staleness"

    def __str__(self) -> str:
        return self.code
