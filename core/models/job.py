"""Long work as rows: the row is the truth, a message is only a wake-up."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.people import User
from core.models.project import Project, visible_projects
from core.models.stored_file import StoredFile

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class JobState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


UNFINISHED: Final = (JobState.QUEUED, JobState.RUNNING)

TONES: Final[dict[str, str]] = {
    JobState.QUEUED: "neutral",
    JobState.RUNNING: "info",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "neutral",
}


class JobQuerySet(models.QuerySet["Job"]):
    def for_user(self, user: User) -> JobQuerySet:
        """Whole jobs: parts of one are nobody's business."""
        return self.filter(visible_projects(user) | Q(project=None, created_by=user), parent=None)

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=UNFINISHED)


class Job(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="jobs")
    params = models.JSONField(default=dict)
    holds = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="jobs")
    state = models.CharField(max_length=12, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    error = models.CharField(max_length=1000, blank=True, default="")
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    cancel_requested = models.BooleanField(default=False)
    lease_owner = models.CharField(max_length=120, blank=True, default="")
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    number = models.PositiveSmallIntegerField(default=0)  # of a part among its siblings
    result = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="result_of")  # of a part
    parts_from = models.PositiveSmallIntegerField(default=0)  # the progress that the parts make together,
    parts_to = models.PositiveSmallIntegerField(default=0)  # in per cent of the whole; 0 without parts
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(fields=["state", "lease_expires_at"], name="job_by_lease"),
            models.Index(fields=["subject_id", "kind"], name="job_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def is_over(self) -> bool:
        """It ended without a result."""
        return self.state in (JobState.FAILED, JobState.CANCELLED)

    @property
    def can_start_again(self) -> bool:
        return self.is_over and (self.holds is None or self.holds.is_present)

    @property
    def seconds(self) -> float | None:
        """How long the last attempt took, once it ended."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at and self.started_at else None

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def label(self) -> StrOrPromise:
        from core.registry import job_kind

        return job_kind(self.kind).label
