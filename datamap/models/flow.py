"""The flow graph: where personal data is (elements), who may look at it there (boundaries), how it moves (flows)."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import DataCopy, Project, Purpose, Recipient, User, visible_projects
from datamap.models.dataset import Dataset
from datamap.models.schema import Schema


class ElementKind(models.TextChoices):
    SUBJECTS = "subjects", _("People")
    PROCESS = "process", _("Process")
    MODEL = "model", _("Model")
    STORE = "store", _("Store")
    RECIPIENT = "recipient", _("Recipient")


class BoundaryKind(models.TextChoices):
    """What changes when data crosses the line."""

    ORGANISATION = "organisation", _("Organisation")
    COUNTRY = "country", _("Country")
    ENVIRONMENT = "environment", _("Environment")
    OUTSIDE = "outside", _("Outside of any organisation")


class Stage(models.TextChoices):
    """The life of data, in order."""

    COLLECTION = "collection", _("Collection")
    STORAGE = "storage", _("Storage")
    TRAINING = "training", _("Training")
    USE = "use", _("Use")
    SHARING = "sharing", _("Sharing")
    DELETION = "deletion", _("Deletion")


class Protection(models.TextChoices):
    """How data is guarded on its way, strongest last."""

    UNKNOWN = "", _("Not known yet")
    NONE = "none", _("None")
    IN_TRANSIT = "in_transit", _("Encrypted in transit")
    END_TO_END = "end_to_end", _("Encrypted end to end")
    PSEUDONYMISED = "pseudonymised", _("Pseudonymised and encrypted")
    ANONYMISED = "anonymised", _("Anonymised")


PROTECTION_TONES: Final = {
    "": "info",
    "none": "bad",
    "in_transit": "good",
    "end_to_end": "good",
    "pseudonymised": "good",
    "anonymised": "good",
}


class _OfProject(models.QuerySet[Any]):
    def for_user(self, user: User) -> Any:
        return self.filter(visible_projects(user))


class Boundary(models.Model):
    """A trust boundary: an organisation, a country, an environment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="boundaries")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=BoundaryKind, default=BoundaryKind.ORGANISATION)
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    is_ours = models.BooleanField(_("under our control"), default=False)

    objects: ClassVar[Any] = _OfProject.as_manager()

    class Meta:
        ordering: ClassVar = ["-is_ours", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "name"], name="boundary_name_once")]

    def __str__(self) -> str:
        return self.name


class DataElement(models.Model):
    """A node of the graph. Its origin, where it was drafted from one, keeps a second draft from doubling it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="elements")
    kind = models.CharField(_("kind"), max_length=12, choices=ElementKind)
    name = models.CharField(_("name"), max_length=160)
    boundary = models.ForeignKey(
        Boundary, on_delete=models.SET_NULL, null=True, blank=True, related_name="elements", verbose_name=_("boundary")
    )
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    retention_days = models.PositiveIntegerField(_("kept for (days)"), null=True, blank=True)
    schema = models.ForeignKey(
        Schema, on_delete=models.SET_NULL, null=True, blank=True, related_name="elements", verbose_name=_("schema")
    )
    dataset = models.ForeignKey(
        Dataset, on_delete=models.SET_NULL, null=True, blank=True, related_name="elements", verbose_name=_("sample")
    )
    copy = models.ForeignKey(DataCopy, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = _OfProject.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "origin"], condition=~models.Q(origin=""), name="element_drafted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Flow(models.Model):
    """Data on its way from one element to another: which, what for, on what basis, how guarded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="flows")
    source = models.ForeignKey(DataElement, on_delete=models.CASCADE, related_name="leaving", verbose_name=_("from"))
    target = models.ForeignKey(DataElement, on_delete=models.CASCADE, related_name="arriving", verbose_name=_("to"))
    name = models.CharField(_("what flows"), max_length=160)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    categories = models.JSONField(_("categories"), default=list, blank=True)
    stage = models.CharField(_("stage of life"), max_length=12, choices=Stage, default=Stage.USE)
    purpose = models.ForeignKey(
        Purpose, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("purpose")
    )
    protection = models.CharField(
        _("protection"), max_length=16, choices=Protection, blank=True, default=Protection.UNKNOWN
    )
    origin = models.CharField(max_length=160, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = _OfProject.as_manager()

    class Meta:
        ordering: ClassVar = ["created_at", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "origin"], condition=~models.Q(origin=""), name="flow_drafted_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def protection_tone(self) -> str:
        return PROTECTION_TONES[self.protection]

    @property
    def crosses(self) -> bool:
        """Whether it passes a trust boundary."""
        return self.source.boundary_id != self.target.boundary_id
