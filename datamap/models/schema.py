"""Schemas, their versions and their fields. The uploaded file goes once it was read; what stays is its structure."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Job, JobState, Project, StoredFile, User, visible_projects
from datamap.models.dataset import CategoryChoice, IdentifyingChoice
from datamap.stamps import stamp

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SchemaQuerySet(models.QuerySet["Schema"]):
    def for_user(self, user: User) -> SchemaQuerySet:
        return self.filter(visible_projects(user))


class Schema(models.Model):
    """One schema of a project under its name; `current` is its newest version that could be read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="schemas")
    name = models.CharField(max_length=200)
    current = models.ForeignKey("SchemaVersion", on_delete=models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = SchemaQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "name"], name="schema_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("datamap:schema", args=[self.project_id, self.pk])


class SchemaVersionQuerySet(models.QuerySet["SchemaVersion"]):
    def for_user(self, user: User) -> SchemaVersionQuerySet:
        return self.filter(visible_projects(user, "schema__project__"))


class SchemaVersion(models.Model):
    """One upload. `entities` lists its tables with kind, line and description; `unparsed` what was left out and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    schema = models.ForeignKey(Schema, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    format = models.CharField(max_length=20, blank=True, default="")
    dialect = models.CharField(max_length=20, blank=True, default="")
    entities = models.JSONField(default=list)
    unparsed = models.JSONField(default=list)
    field_count = models.PositiveIntegerField(default=0)
    new_personal = models.PositiveIntegerField(default=0)
    renames = models.JSONField(default=list)  # what people said of guessed renamings, as renames.Said
    parsed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = SchemaVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["schema", "number"], name="schema_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.schema.name} v{self.number}"

    @property
    def is_parsed(self) -> bool:
        return self.parsed_at is not None

    @property
    def failed(self) -> bool:
        return self.job is not None and self.job.state == JobState.FAILED and not self.is_parsed


#: A field with something of a person in it, by proposal or by a person's word.
PERSONAL = ~Q(category=CategoryChoice.NONE) | ~Q(identifying=IdentifyingChoice.NONE)


#: A field that waits for a person: something of people in it, and nobody said so yet.
FIELD_OPEN = PERSONAL & Q(decided_at__isnull=True)


class SchemaFieldQuerySet(models.QuerySet["SchemaField"]):
    def for_user(self, user: User) -> SchemaFieldQuerySet:
        return self.filter(visible_projects(user, "version__schema__project__"))

    def current(self) -> SchemaFieldQuerySet:
        """Fields of the newest readable version of each schema."""
        return self.filter(version__schema__current=models.F("version"))


class SchemaField(models.Model):
    """One field with its proposed category. `category` and `identifying` hold a person's word where there is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SchemaVersion, on_delete=models.CASCADE, related_name="fields")
    position = models.PositiveIntegerField()
    entity = models.CharField(max_length=400)
    path = models.CharField(max_length=400)
    type = models.CharField(max_length=400, blank=True, default="")
    nullable = models.BooleanField(null=True)
    description = models.TextField(blank=True, default="")
    key = models.CharField(max_length=10, blank=True, default="")
    references = models.CharField(max_length=400, blank=True, default="")
    found_category = models.CharField(max_length=24, choices=CategoryChoice, default=CategoryChoice.NONE)
    found_identifying = models.CharField(max_length=8, choices=IdentifyingChoice, default=IdentifyingChoice.NONE)
    found_entity = models.CharField(max_length=40, blank=True, default="")
    confidence = models.FloatField(default=0)
    why = models.JSONField(default=list)  # [{"code": ..., "params": {...}}]
    category = models.CharField(max_length=24, choices=CategoryChoice, default=CategoryChoice.NONE)
    identifying = models.CharField(max_length=8, choices=IdentifyingChoice, default=IdentifyingChoice.NONE)
    special = models.BooleanField(default=False)  # Art. 9 or 10
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SchemaFieldQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        indexes: ClassVar = [models.Index(fields=["version", "entity"], name="field_by_entity")]

    def __str__(self) -> str:
        return f"{self.entity}.{self.path}"

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def stamp(self) -> str:
        """Another one as soon as somebody says otherwise."""
        return stamp(self.found_category, self.found_identifying, self.category, self.identifying, self.is_decided)

    @property
    def needs_decision(self) -> bool:
        silent = self.category == CategoryChoice.NONE and self.identifying == IdentifyingChoice.NONE
        return not self.is_decided and not silent

    @property
    def category_label(self) -> StrOrPromise:
        return CategoryChoice(self.category).label

    @property
    def identifying_tone(self) -> str:
        return IdentifyingChoice(self.identifying).tone
