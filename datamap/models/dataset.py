"""Samples and what their scan found. No cell of a sample is ever in a row, only counts, shares and masked examples."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Job, Project, StoredFile, User, visible_projects
from core.types import Reason
from datamap.rescan import Seen
from datamap.stamps import stamp

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class IdentifyingChoice(models.TextChoices):
    """How a column points at a person. The value NONE says that no identifier was found, never "not personal"."""

    DIRECT = "direct", _("Identifies directly")
    QUASI = "quasi", _("Quasi-identifier")
    NONE = "none", _("No identifier found")

    @property
    def tone(self) -> str:
        return {"direct": "serious", "quasi": "warn", "none": "neutral"}[self.value]


class CategoryChoice(models.TextChoices):
    """The kinds of personal data of core.types.Category, in words."""

    IDENTITY = "identity", _("Identity")
    CONTACT = "contact", _("Contact")
    GOVERNMENT_ID = "government_id", _("Government identifier")
    FINANCIAL = "financial", _("Financial")
    HEALTH = "health", _("Health")
    GENETIC = "genetic", _("Genetic")
    BIOMETRIC = "biometric", _("Biometric")
    LOCATION = "location", _("Location")
    ONLINE_ID = "online_identifier", _("Online identifier")
    BEHAVIOUR = "behaviour", _("Behaviour")
    COMMUNICATION = "communication", _("Communication")
    EMPLOYMENT = "employment", _("Employment")
    EDUCATION = "education", _("Education")
    FAMILY = "family", _("Family")
    CHILDREN = "children", _("Children")
    ETHNICITY = "race_or_ethnicity", _("Race or ethnicity")
    RELIGION = "religion", _("Religion or belief")
    POLITICS = "politics", _("Political opinion")
    UNION = "union", _("Trade-union membership")
    SEX_LIFE = "sex_life", _("Sex life or orientation")
    CRIMINAL = "criminal", _("Criminal offences")
    NONE = "none", _("None")


class Decision(models.TextChoices):
    """What a person made of a finding."""

    OPEN = "", _("Needs a decision")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    CHANGED = "changed", _("Changed")


class ChangeChoice(models.TextChoices):
    """What a scan says otherwise than the one before, worst first."""

    FOUND = "found", _("Newly found")
    NEW = "new", _("New column")
    RECAST = "recast", _("Classed differently")
    LOST = "lost", _("No longer found")
    MOVED = "moved", _("Share or confidence moved")

    @property
    def tone(self) -> str:
        return {"found": "serious", "new": "info", "recast": "warn", "lost": "neutral", "moved": "info"}[self.value]


DECISION_TONES: Final = {"": "info", "accepted": "good", "rejected": "neutral", "changed": "good"}


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def for_user(self, user: User) -> DatasetQuerySet:
        return self.filter(visible_projects(user))


class Dataset(models.Model):
    """One sample file, by the SHA-256 of its content; the file itself goes once it was scanned and measured."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    format = models.CharField(max_length=20, blank=True, default="")
    encoding = models.CharField(max_length=40, blank=True, default="")
    rows = models.PositiveBigIntegerField(default=0)
    sampled = models.PositiveIntegerField(default=0)
    skipped = models.PositiveBigIntegerField(default=0)
    has_header = models.BooleanField(default=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    seconds = models.FloatField(default=0)
    language = models.CharField(max_length=8, blank=True, default="")  # ISO 639-1 by a person's word, "" to detect it
    found_language = models.CharField(max_length=8, blank=True, default="")
    language_share = models.FloatField(default=0)  # of the texts read
    engines = models.JSONField(default=list)  # what took part in the scan, with versions
    compared_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")  # another upload
    compared_at = models.DateTimeField(null=True, blank=True)  # when the scan was that this one is compared with
    left_out = models.JSONField(default=list)  # parts of the file that were not read, as reasons
    gone = models.JSONField(default=list)  # columns of that scan that are no more, as rescan.Seen
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = DatasetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "sha256"], name="dataset_once_per_project"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("datamap:dataset", args=[self.project_id, self.pk])

    @property
    def is_scanned(self) -> bool:
        return self.scanned_at is not None

    @property
    def has_file(self) -> bool:
        return self.file is not None and self.file.is_present


def needs_decision(prefix: str = "") -> Q:
    """Findings that wait for a person, from a row that reaches them by `prefix`: undecided ones that say something
    about people, and decided ones of which the scan now says something else.
    """
    open_ = Q(**{f"{prefix}decision": Decision.OPEN})
    silent = Q(**{f"{prefix}found_identifying": "none", f"{prefix}found_category": "none"})
    suggested = Q(**{f"{prefix}suggested__isnull": False})
    return (open_ & (~silent | suggested)) | Q(**{f"{prefix}doubtful": True})


NEEDS_DECISION: Final = needs_decision()
#: Of those, the ones nobody decided yet: what "accept all" may accept without overturning anybody.
UNDECIDED: Final = NEEDS_DECISION & Q(decision=Decision.OPEN, suggested__isnull=True)
IDENTIFIES: Final = ~Q(identifying=IdentifyingChoice.NONE)


#: Reasons with which a scan turns down what looked like an identifier.
REFUSALS: Final = frozenset({"lexicon.negative", "value.phone_fails", "value.contradicts"})


class FindingQuerySet(models.QuerySet["Finding"]):
    def for_user(self, user: User) -> FindingQuerySet:
        return self.filter(visible_projects(user, "dataset__project__"))


class Finding(models.Model):
    """What a scan found in one column, and what a person made of it.

    `found_*` is the scan's word; `identifying`, `category`, `entity` are the person's where they decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    column = models.CharField(max_length=400)
    type = models.CharField(max_length=60, blank=True, default="")
    is_text = models.BooleanField(default=False)
    found_identifying = models.CharField(max_length=8, choices=IdentifyingChoice)
    found_category = models.CharField(max_length=24, choices=CategoryChoice)
    found_entity = models.CharField(max_length=40, blank=True, default="")
    identifying = models.CharField(max_length=8, choices=IdentifyingChoice)
    category = models.CharField(max_length=24, choices=CategoryChoice)
    entity = models.CharField(max_length=40, blank=True, default="")
    special = models.BooleanField(default=False)
    categories = models.JSONField(default=list)  # special categories that free text holds besides
    confidence = models.FloatField()
    share = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    distinct = models.PositiveBigIntegerField(default=0)
    why = models.JSONField(default=list)  # [{"code": ..., "params": {...}}]
    examples = models.JSONField(default=list)  # masked
    entities = models.JSONField(default=dict)  # free text: entity -> texts that hold it
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default=Decision.OPEN)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    change = models.CharField(max_length=8, choices=ChangeChoice, blank=True, default="")  # since the scan before
    before = models.JSONField(null=True, blank=True)  # that scan's word, as rescan.Seen
    doubtful = models.BooleanField(default=False)  # decided before, and the scan says otherwise since
    suggested = models.JSONField(null=True, blank=True)  # what was decided on such a column in another of the team's

    objects: ClassVar[Any] = FindingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "column"], name="finding_once_per_column"),
        ]

    def __str__(self) -> str:
        return self.column

    @property
    def needs_decision(self) -> bool:
        silent = self.found_identifying == IdentifyingChoice.NONE and self.found_category == CategoryChoice.NONE
        return self.doubtful or (self.decision == Decision.OPEN and (not silent or self.suggested is not None))

    @property
    def stamp(self) -> str:
        """Another one as soon as a scan or a person says otherwise."""
        found = (self.found_identifying, self.found_category, self.found_entity)
        return stamp(*found, self.decision, self.identifying, self.category, self.entity, self.doubtful)

    @property
    def tone(self) -> str:
        return IdentifyingChoice(self.identifying).tone

    @property
    def found_tone(self) -> str:
        return IdentifyingChoice(self.found_identifying).tone

    @property
    def decision_tone(self) -> str:
        return DECISION_TONES[self.decision]

    @property
    def change_tone(self) -> str:
        return ChangeChoice(self.change).tone if self.change else ""

    @property
    def seen_before(self) -> Seen | None:
        return Seen.from_json(self.before) if self.before else None

    @property
    def decision_kept(self) -> bool:
        """The decision was made on the scan before, and nobody decided since."""
        return bool(self.decision and self.before and self.before["decision"])

    @property
    def category_label(self) -> StrOrPromise:
        return CategoryChoice(self.category).label

    @property
    def entity_is_category(self) -> bool:
        """Whether naming both would say the same twice."""
        return self.entity.lower() == self.category

    @property
    def special_labels(self) -> list[str]:
        """The special categories that this column's free text holds."""
        return [str(CategoryChoice(category).label) for category in self.special_within]

    @property
    def special_within(self) -> list[str]:
        """Their keys; none where a person rejected the finding."""
        return self.categories if self.decision != Decision.REJECTED else []

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(Reason(reason["code"], reason.get("params", {})) for reason in self.why)

    @property
    def why_in_words(self) -> list[str]:
        from datamap.wording_scan import why

        return why(self.reasons)

    @property
    def rejected_by_rule(self) -> bool:
        """The scan itself refused something that looked like an identifier."""
        codes = {reason["code"] for reason in self.why}
        return self.found_identifying == IdentifyingChoice.NONE and bool(codes & REFUSALS)

    @property
    def share_percent(self) -> str:
        return percent(self.share)

    @property
    def interval_percent(self) -> str:
        """The interval of the share, or nothing where it rounds to the share itself."""
        low, high = percent(self.low), percent(self.high)
        return "" if low == high else f"{low.removesuffix(' %')} – {high}"


def percent(share: float) -> str:
    """A share for people: whole per cent, tenths below one, never a zero for something that is there."""
    if 0 < share < 0.001:
        return "< 0.1 %"
    return f"{share:.1%}".replace("%", " %") if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")
