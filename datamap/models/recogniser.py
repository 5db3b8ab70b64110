"""What a team taught its scanner: recognisers, words, and what its people decided about columns."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Project, Team, User, visible_projects
from core.types import Category, Identifying
from datamap.models.dataset import DECISION_TONES, CategoryChoice, Decision, IdentifyingChoice
from datamap.scanner.options import Pattern, Recogniser

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TeamQuerySet(models.QuerySet[Any]):
    """Rows that belong to a team."""

    def for_user(self, user: User) -> TeamQuerySet:
        return self.filter(visible_projects(user, ""))


class TeamRecogniser(models.Model):
    """Patterns and words that name an entity in every scan of a team's projects."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="recognisers")
    name = models.CharField(_("name"), max_length=80)
    entity = models.CharField(_("entity"), max_length=40)
    category = models.CharField(_("category"), max_length=24, choices=CategoryChoice)
    identifying = models.CharField(_("how it points at a person"), max_length=8, choices=IdentifyingChoice)
    patterns = models.JSONField(_("patterns"), default=list)  # [{"name", "regex", "score"}]
    deny_list = models.JSONField(_("words"), default=list)
    deny_list_score = models.FloatField(_("score of a word"), default=1.0)
    context = models.JSONField(_("context words"), default=list)
    languages = models.JSONField(_("languages"), default=list)  # ISO 639-1; none for every language
    enabled = models.BooleanField(_("used in scans"), default=True)
    version = models.CharField(max_length=12)  # custom.version: what a scan records
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name")]
        constraints: ClassVar = [
            models.UniqueConstraint("team", Lower("name"), name="recogniser_name_once_per_team"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("datamap:recogniser", args=[self.team_id, self.pk])

    def as_recogniser(self) -> Recogniser:
        """As the scanner takes it."""
        return Recogniser(
            name=self.name,
            entity=self.entity,
            category=Category(self.category),
            identifying=Identifying(self.identifying),
            patterns=tuple(Pattern(it["name"], it["regex"], float(it["score"])) for it in self.patterns),
            deny_list=tuple(self.deny_list),
            context=tuple(self.context),
            languages=tuple(self.languages),
            deny_list_score=self.deny_list_score,
        )

    @property
    def category_label(self) -> StrOrPromise:
        return CategoryChoice(self.category).label

    @property
    def tone(self) -> str:
        return IdentifyingChoice(self.identifying).tone


class WordList(models.TextChoices):
    """Which of a team's two lists a word is on."""

    ALLOW = "allow", _("Names nobody")
    DENY = "deny", _("Always found")


class TeamWord(models.Model):
    """A text that scans of a team's projects never take for an identifier, or always."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="words")
    list = models.CharField(max_length=5, choices=WordList)
    text = models.CharField(_("text"), max_length=100)
    entity = models.CharField(_("entity"), max_length=40, blank=True, default="")  # of a word that is always found
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("text")]
        constraints: ClassVar = [
            models.UniqueConstraint("team", "list", Lower("text"), name="word_once_per_list"),
        ]

    def __str__(self) -> str:
        return f"{self.get_list_display()} {self.entity}".strip()  # the audit trail names no text


class TeamColumn(models.Model):
    """What a person decided about a column, as a suggestion for columns of that name in the team's other samples."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="learned_columns")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")  # it goes with its project
    key = models.CharField(max_length=400)  # the name's words, however they are written
    column = models.CharField(max_length=400)
    dataset = models.CharField(max_length=255)  # the sample's name
    found_entity = models.CharField(max_length=40, blank=True, default="")
    decision = models.CharField(max_length=10, choices=Decision)
    identifying = models.CharField(max_length=8, choices=IdentifyingChoice)
    category = models.CharField(max_length=24, choices=CategoryChoice)
    entity = models.CharField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    objects: ClassVar[Any] = TeamQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-decided_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "key", "found_entity"], name="column_learned_once"),
        ]

    def __str__(self) -> str:
        return self.column

    @property
    def decision_tone(self) -> str:
        return DECISION_TONES[self.decision]

    @property
    def category_label(self) -> StrOrPromise:
        return CategoryChoice(self.category).label
