"""The lab listens: a sample that was scanned is measured before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from datamap.signals import sample_scanned
from lab import services

if TYPE_CHECKING:
    from core.models import Job, Project, StoredFile
    from datamap.models import Dataset


@receiver(sample_scanned, dispatch_uid="lab.measure_scanned")
def measure_scanned(*, dataset: Dataset, project: Project, stored_file: StoredFile, job: Job, **_kwargs: Any) -> None:
    """Runs inside the scan's result transaction: the file is held before the scan lets go of it."""
    services.measure_scanned(actor=job.created_by, project=project, dataset=dataset, stored=stored_file)
