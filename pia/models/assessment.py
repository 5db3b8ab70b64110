"""Assessments of a project: the packs they answer, the answers with their history, evidence and comments."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Project, User, visible_projects
from core.types import Grade
from pia.frameworks import coverage
from pia.packs import pack_of
from pia.workflow import EDITABLE, State

if TYPE_CHECKING:
    from pia.frameworks.pack import Pack


class FrameworkPack(models.Model):
    """One framework in one version as it was loaded: what an assessment was asked stays readable for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    short = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    jurisdiction = models.CharField(max_length=40)
    sector = models.CharField(max_length=40, blank=True, default="")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["key", "-loaded_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "version"], name="pack_once_per_version")]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"

    @property
    def pack(self) -> Pack:
        """The pack as values; parsed once per content."""
        return pack_of(self)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def for_user(self, user: User) -> AssessmentQuerySet:
        return self.filter(visible_projects(user)).select_related("project__team")


STATE_TONES: Final[dict[str, str]] = {
    State.DRAFT: "neutral",
    State.IN_REVIEW: "info",
    State.ADVISED: "info",
    State.DECIDED: "good",
    State.ACTIVE: "good",
    State.STALE: "serious",
    State.SUPERSEDED: "neutral",
    State.ARCHIVED: "neutral",
}


class Assessment(models.Model):
    """One version of a project's assessment. Submitting sets `frozen` and `version_sha256`, which bind what follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="assessments")
    number = models.PositiveIntegerField()
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="successors")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    packs = models.ManyToManyField(FrameworkPack, related_name="assessments")
    language = models.CharField(max_length=8, default="en")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="assessments")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    version_sha256 = models.CharField(max_length=64, blank=True, default="")
    frozen = models.JSONField(null=True, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    stale_from = models.CharField(max_length=12, blank=True, default="")

    objects: ClassVar[Any] = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "number"], name="assessment_number_once_per_project")
        ]

    def __str__(self) -> str:
        return f"{self.project.name}, v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("pia:assessment", args=[self.project_id, self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def tone(self) -> str:
        return STATE_TONES[State(self.state)]

    def author_ids(self) -> set[uuid.UUID]:
        """Everybody who wrote an answer of it, now or in an earlier version."""
        found = AnswerRevision.objects.filter(answer__assessment=self).values_list("author", flat=True)
        return {pk for pk in found if pk is not None}


class AnswerStatus(models.TextChoices):
    """A person's judgement; the machine proposes facts, never this."""

    MET = coverage.Status.MET.value, _("Met")
    PARTIAL = coverage.Status.PARTIAL.value, _("Partial")
    UNMET = coverage.Status.UNMET.value, _("Unmet")
    NOT_APPLICABLE = coverage.Status.NOT_APPLICABLE.value, _("Not applicable")
    UNANSWERED = coverage.Status.UNANSWERED.value, _("Unanswered")


STATUS_TONES: Final[dict[str, str]] = {
    AnswerStatus.MET: "good",
    AnswerStatus.PARTIAL: "warn",
    AnswerStatus.UNMET: "bad",
    AnswerStatus.NOT_APPLICABLE: "neutral",
    AnswerStatus.UNANSWERED: "warn",
}


class AnswerSource(models.TextChoices):
    PERSON = "person", _("Person")
    IMPORTED = "imported", _("Imported")
    CARRIED_OVER = "carried_over", _("Carried over")


class GradeChoice(models.TextChoices):
    ASSERTED = Grade.ASSERTED.value, _("Asserted")
    DOCUMENTED = Grade.DOCUMENTED.value, _("Documented")
    TESTED = Grade.TESTED.value, _("Tested")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def for_user(self, user: User) -> AnswerQuerySet:
        return self.filter(visible_projects(user, prefix="assessment__project__"))

    def with_pack(self) -> AnswerQuerySet:
        """Each with its pack, but for the pack's content: that is the same for all, and read once per process."""
        return self.select_related("pack").defer("pack__content")


class Answer(models.Model):
    """What an assessment says to one item. `version` grows with each save, so nobody overwrites unread words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    pack = models.ForeignKey(FrameworkPack, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=80)
    text = models.TextField(_("answer"), max_length=20000, blank=True, default="")
    status = models.CharField(_("status"), max_length=16, choices=AnswerStatus, default=AnswerStatus.UNANSWERED)
    grade = models.CharField(max_length=12, choices=GradeChoice, default=GradeChoice.ASSERTED)
    source = models.CharField(max_length=12, choices=AnswerSource, default=AnswerSource.PERSON)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="answers")
    version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "pack", "item"], name="one_answer_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.pack.key}:{self.item}"

    @property
    def tone(self) -> str:
        return STATUS_TONES[self.status]


class AnswerRevision(models.Model):
    """An answer as one person left it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    status = models.CharField(max_length=16, choices=AnswerStatus)
    grade = models.CharField(max_length=12, choices=GradeChoice)
    source = models.CharField(max_length=12, choices=AnswerSource)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "version"], name="one_revision_per_version")]

    def __str__(self) -> str:
        return f"{self.answer} v{self.version}"


class EvidenceKind(models.TextChoices):
    FACT = "fact", _("Fact")
    DOCUMENT = "document", _("Document")


class AnswerEvidence(models.Model):
    """A numbered citation. A fact is kept as it was when it was cited, so that a later change shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EvidenceKind, default=EvidenceKind.FACT)
    key = models.CharField(max_length=80, blank=True, default="")
    value = models.JSONField(null=True)
    reason = models.JSONField(default=dict)  # {"code", "params"}: worded when it is read
    sources = models.JSONField(default=list)
    grade = models.CharField(max_length=12, choices=GradeChoice)
    label = models.CharField(_("what it is"), max_length=200, blank=True, default="")
    reference = models.CharField(_("where it is"), max_length=500, blank=True, default="")
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    cited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    cited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "number"], name="evidence_number_once"),
            models.UniqueConstraint(
                fields=["answer", "key"], name="fact_cited_once", condition=models.Q(kind=EvidenceKind.FACT)
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] {self.key or self.label}"

    @property
    def is_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()


class Comment(models.Model):
    """Something somebody said about a question, or about the assessment as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    text = models.TextField(_("comment"), max_length=4000)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["at"]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class SectionAssignment(models.Model):
    """Who is to answer a sub-section."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    section = models.CharField(max_length=8)
    assignee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assigned_sections")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "section"], name="one_assignee_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.assignee}"


class NotApplicableApproval(models.Model):
    """A second person agrees that an item does not apply. It holds for the version of the answer it was given to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="approval")
    answer_version = models.PositiveIntegerField()
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.answer} v{self.answer_version}"
