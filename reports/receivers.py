"""What reports do when something happens below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from core import storage
from core.signals import project_erasing
from reports.models import ReportRevision

if TYPE_CHECKING:
    from core.models import Project


@receiver(project_erasing)
def let_go_of_files(project: Project, **_kwargs: Any) -> None:
    """An erased project takes the bytes of its reports along; the audit trail keeps their hashes."""
    for revision in ReportRevision.objects.filter(report__project=project).select_related("file"):
        storage.delete(revision.file)
