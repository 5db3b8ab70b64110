"""What left the house: reports, every revision of their bytes, and the certificates their seals lead back to."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Job, JobState, Project, StoredFile, User, visible_projects
from pia.models.assessment import Assessment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(models.TextChoices):
    PDF = "pdf", _("Assessment report (PDF)")


class State(models.TextChoices):
    """Where a report stands; read from its job and its revisions, never stored."""

    WAITING = "waiting", _("Waiting")
    RENDERING = "rendering", _("Being drawn")
    SEALING = "sealing", _("Being sealed")
    SEALED = "sealed", _("Sealed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


TONES: Final[dict[str, str]] = {
    State.WAITING: "neutral",
    State.RENDERING: "info",
    State.SEALING: "info",
    State.SEALED: "good",
    State.FAILED: "bad",
    State.CANCELLED: "neutral",
}


def new_token() -> str:
    """What the QR code leads to: 128 bits nobody guesses."""
    return secrets.token_urlsafe(16)


class ReportQuerySet(models.QuerySet["Report"]):
    def for_user(self, user: User) -> ReportQuerySet:
        return self.filter(visible_projects(user)).select_related("project__team", "assessment", "job", "requested_by")

    def sealed(self) -> ReportQuerySet:
        return self.filter(revisions__signatures__gt=0).distinct()


class Report(models.Model):
    """One report: a pure function of its frozen snapshot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reports")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PDF)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    language = models.CharField(max_length=8, default="en")
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64, db_index=True)
    version_sha256 = models.CharField(max_length=64)
    approved = models.BooleanField(default=False)
    statement = models.CharField(max_length=300)
    verify_token = models.CharField(max_length=32, unique=True, default=new_token)
    audit_seq = models.BigIntegerField()
    audit_hash = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField()

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "serial"], name="report_number_once")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.project_id, self.pk])

    @property
    def number(self) -> str:
        return f"PIA-{self.year}-{self.serial:03d}"

    @property
    def file_name(self) -> str:
        return f"{self.number}-v{self.assessment.number}.pdf"

    @property
    def sealed(self) -> ReportRevision | None:
        """The newest revision that carries a signature."""
        signed = [revision for revision in self.revisions.all() if revision.signatures]
        return max(signed, key=lambda revision: revision.number, default=None)

    @property
    def state(self) -> State:
        if self.sealed:
            return State.SEALED
        if self.job is None:
            return State.FAILED
        if self.job.state in (JobState.FAILED, JobState.CANCELLED):
            return State(self.job.state)
        if self.job.kind == SEAL:
            return State.SEALING
        return State.WAITING if self.job.state == JobState.QUEUED else State.RENDERING

    @property
    def state_label(self) -> StrOrPromise:
        return self.state.label

    @property
    def tone(self) -> str:
        return TONES[self.state]


#: Job kinds, named here because a report's state is read from them.
RENDER: Final = "reports.render_report"
SEAL: Final = "reports.sign_report"


class ReportRevision(models.Model):
    """The bytes of a report at one stage: 0 as drawn, 1 sealed. Kept for ever, to tell a cut-back copy."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    signatures = models.PositiveSmallIntegerField(default=0)
    signers = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["report", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="one_revision_of_a_number")]

    def __str__(self) -> str:
        return f"{self.report} r{self.number}"


class SealAnchor(models.Model):
    """A certificate seals lead back to. Public, so that verifying needs no access to the keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pem = models.TextField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
