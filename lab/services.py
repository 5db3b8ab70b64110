"""Asking for measurements, recording what they found, citing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs, permissions
from core.audit import change
from core.errors import Refused
from datamap.models import Dataset
from lab import selectors
from lab.events import Event
from lab.models import Kind, Measurement
from lab.reidentification.measure import THRESHOLD
from lab.signals import measured

if TYPE_CHECKING:
    from core.models import Project, StoredFile, User

REIDENTIFICATION: Final = "lab.measure_reidentification"
MAX_COLUMNS: Final = 12
MAX_THRESHOLD: Final = 1000


def measure_reidentification(
    *,
    actor: User,
    project: Project,
    dataset: Dataset,
    columns: Sequence[str] | None = None,
    threshold: int = THRESHOLD,
) -> Measurement:
    """Queue a measurement of a sample that is still kept. Without columns, the proposed quasi-identifiers.

    Raises PermissionDenied, Refused (file gone, no or unknown columns, threshold out of range).
    """
    permissions.check_can_write(actor, project)
    stored = dataset.file
    if stored is None or not dataset.has_file:
        raise Refused(_("The sample was deleted. Upload the same file again to measure it."), code="file_gone")
    if not dataset.rows:
        raise Refused(_("The sample has no rows to measure."), code="no_rows", status=400)
    chosen = tuple(dict.fromkeys(columns)) if columns is not None else selectors.suggested_columns(dataset)
    _check_choice(dataset, chosen, threshold)
    return _request(actor, project, dataset, stored, chosen, threshold=threshold, automatic=False)


def measure_scanned(
    *, actor: User | None, project: Project, dataset: Dataset, stored: StoredFile
) -> Measurement | None:
    """Queue the default measurement of a sample that was just scanned; None without rows or quasi-identifiers."""
    columns = selectors.suggested_columns(dataset)
    if not columns or not dataset.rows:
        return None
    return _request(actor, project, dataset, stored, columns, threshold=THRESHOLD, automatic=True)


def _check_choice(dataset: Dataset, columns: Sequence[str], threshold: int) -> None:
    if not columns:
        raise Refused(_("Choose at least one column."), code="no_columns", status=400)
    if len(columns) > MAX_COLUMNS:
        raise Refused(
            _("Choose at most %(count)d columns.") % {"count": MAX_COLUMNS}, code="too_many_columns", status=400
        )
    known = set(dataset.findings.values_list("column", flat=True))
    if not set(columns) <= known:
        raise Refused(_("The sample has no such column."), code="no_such_column", status=400)
    if not 2 <= threshold <= MAX_THRESHOLD:
        raise Refused(
            _("The group size is a number from 2 to %(most)d.") % {"most": MAX_THRESHOLD}, code="threshold", status=400
        )


def _request(
    actor: User | None,
    project: Project,
    dataset: Dataset,
    stored: StoredFile,
    columns: Sequence[str],
    *,
    threshold: int,
    automatic: bool,
) -> Measurement:
    with change(actor=actor, event=Event.MEASUREMENT_REQUESTED, project=project) as log:
        measurement = Measurement.objects.create(
            project=project,
            dataset=dataset,
            kind=Kind.REIDENTIFICATION,
            parameters={"columns": list(columns), "threshold": threshold},
            automatic=automatic,
            input_sha256=dataset.sha256,
            created_by=actor,
        )
        measurement.job = jobs.submit(
            kind=REIDENTIFICATION, subject=measurement, by=actor, project=project, holds=stored
        )
        measurement.save(update_fields=["job"])
        log.about(measurement, columns=len(columns), threshold=threshold, automatic=automatic)
    return measurement


def record_reidentification(*, actor: User | None, measurement: Measurement, figures: dict[str, Any]) -> Measurement:
    """Keep what the engine found. The first result of a sample is cited at once: a figure nobody sees helps nobody."""
    with change(actor=actor, event=Event.MEASUREMENT_MADE, project=measurement.project) as log:
        _lock(measurement)
        measurement.versions = figures.pop("versions")
        measurement.seed = figures.pop("seed")
        measurement.result = figures
        measurement.measured_at = timezone.now()
        if not _rivals(measurement).cited().exists():
            measurement.cited_at = measurement.measured_at
        measurement.save()
        log.about(measurement, k=figures["k"], records=figures["records"], exposure=figures["exposure"])
        measured.send(sender=Measurement, measurement=measurement, project=measurement.project)
    return measurement


def cite_measurement(*, actor: User, measurement: Measurement) -> Measurement:
    """Make this the measurement of its sample whose figures stand beside questions and risks.

    Raises PermissionDenied, Refused (not measured yet).
    """
    permissions.check_can_write(actor, measurement.project)
    if not measurement.is_measured:
        raise Refused(_("There is no result to cite yet."), code="not_measured")
    with change(actor=actor, event=Event.MEASUREMENT_CITED, project=measurement.project) as log:
        _lock(measurement)
        _rivals(measurement).update(cited_at=None, cited_by=None)
        measurement.cited_at, measurement.cited_by = timezone.now(), actor
        measurement.save(update_fields=["cited_at", "cited_by"])
        log.about(measurement, columns=len(measurement.columns))
        measured.send(sender=Measurement, measurement=measurement, project=measurement.project)
    return measurement


def _lock(measurement: Measurement) -> None:
    """One at a time per sample, so that exactly one measurement ends up cited."""
    Dataset.objects.select_for_update().get(pk=measurement.dataset_id)


def _rivals(measurement: Measurement) -> Any:
    same = Measurement.objects.filter(dataset=measurement.dataset_id, kind=measurement.kind)
    return same.exclude(pk=measurement.pk)
