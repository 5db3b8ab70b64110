"""The verbs of samples: add, scan again, delete. What a scan found is recorded by `scans`, decided by `findings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from core import jobs, storage
from core.audit import change
from core.errors import Refused
from core.models import UNFINISHED, Job, Project, StoredFile, User
from core.permissions import check_can_write
from core.rows import held
from core.storage import UNTIL_SCANNED, Retention
from datamap.events import Event
from datamap.models import Dataset

if TYPE_CHECKING:
    from core.uploads import EncryptedUpload

SCAN: Final = "datamap.scan_dataset"
#: First bytes of what is certainly no sample: told at once instead of after a job.
NOT_SAMPLES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90\x00")


class UnsupportedFormat(Refused):
    """The file is of a kind no scan can read."""

    status = 415
    code = "unsupported_format"


def add_dataset(
    *,
    actor: User,
    project: Project,
    upload: EncryptedUpload,
    retention: Retention = UNTIL_SCANNED,
    language: str = "",
) -> Dataset:
    """Keep an (already encrypted) sample and queue its scan. The same content again is scanned again, not kept twice.

    `language` (ISO 639-1) is that of its texts, "" to detect it. Raises PermissionDenied, UnsupportedFormat.
    """
    check_can_write(actor, project)
    _refuse_what_is_no_sample(upload)
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)  # one upload of a content at a time
        known = Dataset.objects.filter(project=project, sha256=upload.sha256).select_related("file", "job").first()
        if known is None:
            return _add_dataset(actor, project, upload, storage.keep(upload, retention), language)
        if known.job is None or known.job.state not in UNFINISHED:
            there = _file_of(known)
            stored = storage.keep_for(there, retention) if there else storage.keep(upload, retention)
            _scan_again(actor, known, stored, language)
        return known


def _refuse_what_is_no_sample(upload: EncryptedUpload) -> None:
    with upload.open_plain() as file:
        start = file.read(8)
    if not start.strip():
        raise UnsupportedFormat(_("“%(name)s” is empty.") % {"name": upload.name}, code="empty", status=400)
    if start.startswith(NOT_SAMPLES):
        raise UnsupportedFormat(
            _("“%(name)s” can't be scanned. Give CSV, JSON, Excel, Parquet, Avro or plain text.")
            % {"name": upload.name}
        )


def _add_dataset(actor: User, project: Project, upload: EncryptedUpload, stored: StoredFile, language: str) -> Dataset:
    with change(actor=actor, event=Event.DATASET_ADDED, project=project) as log:
        dataset: Dataset = Dataset.objects.create(
            project=project,
            name=stored.name,
            sha256=upload.sha256,
            size=stored.size,
            file=stored,
            language=language,
            created_by=actor,
        )
        log.about(dataset, sha256=stored.sha256, size=stored.size, language=language)
        _submit(actor, dataset, stored)
    return dataset


def rescan(*, actor: User, dataset: Dataset, language: str | None = None) -> Dataset:
    """Scan a sample again while its file is kept, in another language if one is given ("" detects it).

    Raises PermissionDenied, or Refused once the file is gone.
    """
    check_can_write(actor, dataset.project)
    with transaction.atomic():
        locked = held(Dataset.objects.select_related("file", "job"), dataset.pk)
        if locked.job is not None and locked.job.state in UNFINISHED:
            return locked
        stored = _file_of(locked)
        if stored is None:
            raise Refused(
                _("The sample was deleted after its scan. Upload the same file again to scan it again."),
                code="file_gone",
            )
        _scan_again(actor, locked, stored, locked.language if language is None else language)
    return locked


def _file_of(dataset: Dataset) -> StoredFile | None:
    return dataset.file if dataset.has_file else None


def _scan_again(actor: User, dataset: Dataset, stored: StoredFile, language: str) -> None:
    with change(actor=actor, event=Event.DATASET_RESCANNED, project=dataset.project) as log:
        dataset.file, dataset.language = stored, language
        log.about(dataset, sha256=dataset.sha256, language=language)
        _submit(actor, dataset, stored)


def _submit(actor: User, dataset: Dataset, stored: StoredFile) -> Job:
    dataset.job = jobs.submit(kind=SCAN, subject=dataset, by=actor, project=dataset.project, holds=stored)
    dataset.save(update_fields=["file", "job", "language"])
    return dataset.job


def delete_dataset(*, actor: User, dataset: Dataset) -> None:
    """Delete a sample's findings and its file, if one is still kept. Raises PermissionDenied, Refused in a scan."""
    project = dataset.project
    check_can_write(actor, project)
    with change(actor=actor, event=Event.DATASET_DELETED, project=project) as log:
        row = held(Dataset.objects.select_related("file", "job"), dataset.pk)
        if row.job is not None and row.job.state in UNFINISHED:
            raise Refused(_("The sample is being scanned. Cancel the scan first."), code="busy")
        log.about(row, sha256=row.sha256, findings=row.findings.count())
        kept = Dataset(pk=row.pk, name=row.name, project=project)
        stored = _file_of(row)
        row.delete()
        log.subject = kept
        if stored is not None:
            storage.delete(stored)
