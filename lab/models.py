"""Measurements: what was asked, of which file, with which software, and what came out."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Job, JobState, Project, User, visible_projects
from datamap.models import Dataset


class Kind(models.TextChoices):
    REIDENTIFICATION = "reidentification", _("Re-identification")


class ExposureChoice(models.TextChoices):
    """How easily people are singled out on the columns measured."""

    LOW = "low", _("Low exposure")
    MEDIUM = "medium", _("Medium exposure")
    HIGH = "high", _("High exposure")


TONES: Final[dict[str, str]] = {
    ExposureChoice.LOW: "good",
    ExposureChoice.MEDIUM: "warn",
    ExposureChoice.HIGH: "serious",
}


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def for_user(self, user: User) -> MeasurementQuerySet:
        return self.filter(visible_projects(user))

    def measured(self) -> MeasurementQuerySet:
        return self.filter(measured_at__isnull=False)

    def cited(self) -> MeasurementQuerySet:
        return self.measured().filter(cited_at__isnull=False)


class Measurement(models.Model):
    """One measurement. `cited_at` marks the one whose figures stand beside questions: one per dataset and kind.

    `result` holds counts, shares and column names, never a cell.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="measurements")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="measurements")
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.REIDENTIFICATION)
    parameters = models.JSONField(default=dict)  # {"columns": [...], "threshold": 11}
    automatic = models.BooleanField(default=False)  # asked for by the scan, not by a person
    input_sha256 = models.CharField(max_length=64)
    seed = models.BigIntegerField(null=True, blank=True)
    versions = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    measured_at = models.DateTimeField(null=True, blank=True)
    cited_at = models.DateTimeField(null=True, blank=True)
    cited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = MeasurementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dataset", "kind"], name="one_cited_per_dataset", condition=models.Q(cited_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return str(_("%(kind)s of %(dataset)s") % {"kind": Kind(self.kind).label, "dataset": self.dataset.name})

    def get_absolute_url(self) -> str:
        return reverse("lab:measurement", args=[self.project_id, self.pk])

    @property
    def columns(self) -> list[str]:
        return list(self.parameters.get("columns", []))

    @property
    def is_measured(self) -> bool:
        return self.measured_at is not None

    @property
    def is_cited(self) -> bool:
        return self.cited_at is not None

    @property
    def state(self) -> str:
        """measured, or the state of the job that is to measure it."""
        if self.is_measured:
            return "measured"
        return self.job.state if self.job else JobState.FAILED

    @property
    def exposure(self) -> ExposureChoice | None:
        return ExposureChoice(self.result["exposure"]) if self.result else None

    @property
    def tone(self) -> str:
        return TONES[self.exposure] if self.exposure else "neutral"
