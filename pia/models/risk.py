"""Risks of an assessment, the controls that stand against them, and the measures that are planned."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import User, visible_projects
from core.types import Grade
from pia.models.assessment import Assessment
from pia.risk import values as risk
from pia.risk.measures import MeasureKind
from pia.workflow import IN_FORCE, State

if TYPE_CHECKING:
    from datetime import date

STAGES: Final = ("inherent", "current", "residual")


class Band(models.TextChoices):
    CLOSED = risk.Band.CLOSED.value, _("Closed")
    LOW = risk.Band.LOW.value, _("Low")
    MEDIUM = risk.Band.MEDIUM.value, _("Medium")
    HIGH = risk.Band.HIGH.value, _("High")


class EvidenceGrade(models.TextChoices):
    ASSERTED = Grade.ASSERTED.value, _("Asserted: somebody says so")
    DOCUMENTED = Grade.DOCUMENTED.value, _("Documented: a policy, contract or configuration shows it")
    TESTED = Grade.TESTED.value, _("Tested: a test or measurement shows that it works")


class RiskQuerySet(models.QuerySet["Risk"]):
    def for_user(self, user: User) -> RiskQuerySet:
        return self.filter(visible_projects(user, prefix="assessment__project__"))

    def listed(self) -> RiskQuerySet:
        """Those that still apply: generated and still spoken for, or somebody's own."""
        return self.filter(applies=True)


class Risk(models.Model):
    """One scenario of one assessment: generated from facts, or a person's own. A refresh never touches their words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="risks")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    kind = models.CharField(_("what happens"), max_length=40, default=risk.Kind.OWN.value)
    threat = models.CharField(_("through whom"), max_length=40, default=risk.Threat.LIMITED_INSIDER.value)
    generated = models.BooleanField(default=False)
    applies = models.BooleanField(default=True)
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    description = models.TextField(_("description"), max_length=4000, blank=True, default="")
    affected = models.CharField(_("people affected"), max_length=300, blank=True, default="")
    argument = models.TextField(
        _("why maximum harm may stay at negligible likelihood"), max_length=4000, blank=True, default=""
    )
    owner = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="risks")
    because = models.JSONField(default=list)
    fact_keys = models.JSONField(default=list)
    flows = models.JSONField(default=list)
    # Effective levels (an override's where there is one), as columns so that a portfolio can count them.
    inherent_severity = models.PositiveSmallIntegerField(default=0)
    inherent_likelihood = models.PositiveSmallIntegerField(default=0)
    inherent_band = models.CharField(max_length=8, choices=Band, default=Band.CLOSED)
    current_severity = models.PositiveSmallIntegerField(default=0)
    current_likelihood = models.PositiveSmallIntegerField(default=0)
    current_band = models.CharField(max_length=8, choices=Band, default=Band.CLOSED)
    residual_severity = models.PositiveSmallIntegerField(default=0)
    residual_likelihood = models.PositiveSmallIntegerField(default=0)
    residual_band = models.CharField(max_length=8, choices=Band, default=Band.CLOSED)
    computed = models.JSONField(default=dict)  # stage -> {severity, likelihood, band, each with its reasons}
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = RiskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "key"], name="risk_once_per_assessment"),
            models.UniqueConstraint(fields=["assessment", "number"], name="risk_number_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def letter(self) -> str:
        """What the matrix calls it: A to Z, then numbers."""
        return chr(64 + self.number) if self.number <= 26 else str(self.number)

    @property
    def project(self) -> Any:
        return self.assessment.project


class RiskOverride(models.Model):
    """A person's level in place of the computed one, for one stage; both are kept, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="overrides")
    stage = models.CharField(
        max_length=10,
        choices=[("inherent", _("Inherent")), ("current", _("Now")), ("residual", _("Target"))],
    )
    severity = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    computed_severity = models.PositiveSmallIntegerField()
    computed_likelihood = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=4000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["risk", "stage"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["risk", "stage"], name="one_override_per_stage")]

    def __str__(self) -> str:
        return f"{self.risk}: {self.severity}/{self.likelihood}"


class MeasureStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


#: A promise: with an owner and a date, such a measure lowers the target.
COMMITTED: Final = (MeasureStatus.PLANNED, MeasureStatus.IN_PROGRESS)

MEASURE_TONES: Final[dict[str, str]] = {
    MeasureStatus.PROPOSED: "neutral",
    MeasureStatus.PLANNED: "info",
    MeasureStatus.IN_PROGRESS: "warn",
    MeasureStatus.DONE: "good",
    MeasureStatus.DROPPED: "neutral",
}


class MeasureQuerySet(models.QuerySet["Measure"]):
    def for_user(self, user: User) -> MeasureQuerySet:
        return self.filter(visible_projects(user, prefix="assessment__project__"))

    def unfinished(self) -> MeasureQuerySet:
        return self.filter(status__in=(MeasureStatus.PROPOSED, *COMMITTED))

    def binding(self) -> MeasureQuerySet:
        """Each commitment once: of the version in force where there is one, else of the one under way."""
        in_force = Assessment.objects.filter(project=models.OuterRef("assessment__project"), state__in=IN_FORCE)
        copied = models.Q(assessment__state__in=(State.DRAFT, State.IN_REVIEW, State.ADVISED)) & models.Exists(in_force)
        return self.exclude(copied).exclude(assessment__state__in=(State.SUPERSEDED, State.ARCHIVED))

    def overdue(self, today: date) -> MeasureQuerySet:
        return self.filter(status__in=COMMITTED, due__lt=today)


class Measure(models.Model):
    """Something that will lower named risks, once its owner has done it by its date."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("kind"), max_length=30, choices=[(kind.value, kind.value) for kind in MeasureKind])
    title = models.CharField(_("title"), max_length=200, blank=True, default="")
    description = models.TextField(_("what exactly"), max_length=4000, blank=True, default="")
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="measures", verbose_name=_("owner")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=MeasureStatus, default=MeasureStatus.PROPOSED)
    cost_note = models.CharField(_("cost"), max_length=300, blank=True, default="")
    evidence = models.TextField(_("evidence that it is done"), max_length=4000, blank=True, default="")
    evidence_grade = models.CharField(max_length=12, choices=EvidenceGrade, default=EvidenceGrade.ASSERTED)
    risks = models.ManyToManyField(Risk, blank=True, related_name="measures", verbose_name=_("risks it acts on"))
    details = models.JSONField(default=dict)  # epsilon, delta, k, l, readers: what the catalogue assumes otherwise
    done_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = MeasureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "created_at"]

    def __str__(self) -> str:
        return self.title or self.kind

    @property
    def committed(self) -> bool:
        """Whether it counts towards the target: planned or under way, with an owner and a date."""
        return self.status in COMMITTED and self.owner_id is not None and self.due is not None

    @property
    def is_open(self) -> bool:
        return self.status in (MeasureStatus.PROPOSED, *COMMITTED)

    @property
    def is_overdue(self) -> bool:
        return self.status in COMMITTED and self.due is not None and self.due < timezone.localdate()

    @property
    def tone(self) -> str:
        return "bad" if self.is_overdue else MEASURE_TONES[self.status]

    @property
    def project(self) -> Any:
        return self.assessment.project


class ControlQuerySet(models.QuerySet["Control"]):
    def for_user(self, user: User) -> ControlQuerySet:
        return self.filter(visible_projects(user, prefix="assessment__project__"))


class Control(models.Model):
    """Something that is in place today, with the evidence that decides whether it counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="controls")
    kind = models.CharField(_("kind"), max_length=30, choices=[(kind.value, kind.value) for kind in risk.ControlKind])
    description = models.TextField(_("how it is done here"), max_length=4000, blank=True, default="")
    grade = models.CharField(_("evidence"), max_length=12, choices=EvidenceGrade, default=EvidenceGrade.ASSERTED)
    evidence = models.TextField(_("where the evidence is"), max_length=4000, blank=True, default="")
    risks = models.ManyToManyField(Risk, blank=True, related_name="controls", verbose_name=_("risks it acts on"))
    details = models.JSONField(default=dict)
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, null=True, blank=True, related_name="controls")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = ControlQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.kind

    @property
    def tone(self) -> str:
        return {Grade.ASSERTED: "neutral", Grade.DOCUMENTED: "info", Grade.TESTED: "good"}[Grade(self.grade)]
