"""What the data map hears from the ground floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.dispatch import receiver

from core import storage
from core.models import StoredFile
from core.signals import project_erasing
from datamap.models import Dataset, SchemaVersion

if TYPE_CHECKING:
    from core.models import Project


@receiver(project_erasing)
def forget_samples(project: Project, **_kwargs: Any) -> None:
    """A project that is erased takes its samples with it, and schema files that still wait to be read."""
    samples = Dataset.objects.filter(project=project).values("file")
    schemas = SchemaVersion.objects.filter(schema__project=project).values("file")
    for stored in StoredFile.objects.present().filter(Q(pk__in=samples) | Q(pk__in=schemas)):
        storage.delete(stored)
