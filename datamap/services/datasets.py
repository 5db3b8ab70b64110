"""The verbs of samples: add, scan again, record what was found, decide, delete."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs, storage
from core.audit import change
from core.errors import Refused
from core.models import UNFINISHED, Job, Project, StoredFile, User
from core.permissions import check_can_write
from core.storage import UNTIL_SCANNED, Retention
from core.types import SPECIAL, Category
from datamap.events import Event
from datamap.models import NEEDS_DECISION, CategoryChoice, Dataset, Decision, Finding, IdentifyingChoice
from datamap.signals import sample_scanned

if TYPE_CHECKING:
    from core.uploads import EncryptedUpload
    from datamap.scanner.types import Finding as Found
    from datamap.scanner.types import Scan

SCAN: Final = "datamap.scan_dataset"
ACCEPT_ABOVE: Final = 0.95
#: First bytes of what is certainly no sample: told at once instead of after a job.
NOT_SAMPLES: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90\x00")


class UnsupportedFormat(Refused):
    """The file is of a kind no scan can read."""

    status = 415
    code = "unsupported_format"


def add_dataset(
    *, actor: User, project: Project, upload: EncryptedUpload, retention: Retention = UNTIL_SCANNED
) -> Dataset:
    """Keep an (already encrypted) sample and queue its scan. The same content again is scanned again, not kept twice.

    Raises PermissionDenied, UnsupportedFormat.
    """
    check_can_write(actor, project)
    _refuse_what_is_no_sample(upload)
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)  # one upload of a content at a time
        known = Dataset.objects.filter(project=project, sha256=upload.sha256).select_related("file", "job").first()
        if known is None:
            return _add_dataset(actor, project, upload, storage.keep(upload, retention))
        if known.job is None or known.job.state not in UNFINISHED:
            _scan_again(actor, known, _file_of(known) or storage.keep(upload, retention))
        return known


def _refuse_what_is_no_sample(upload: EncryptedUpload) -> None:
    with upload.open_plain() as file:
        start = file.read(8)
    if not start.strip():
        raise UnsupportedFormat(_("“%(name)s” is empty.") % {"name": upload.name}, code="empty", status=400)
    if start.startswith(NOT_SAMPLES):
        raise UnsupportedFormat(
            _("“%(name)s” can't be scanned. Give CSV, TSV, JSON Lines, Parquet or plain text.") % {"name": upload.name}
        )


def _add_dataset(actor: User, project: Project, upload: EncryptedUpload, stored: StoredFile) -> Dataset:
    with change(actor=actor, event=Event.DATASET_ADDED, project=project) as log:
        dataset: Dataset = Dataset.objects.create(
            project=project, name=stored.name, sha256=upload.sha256, size=stored.size, file=stored, created_by=actor
        )
        log.about(dataset, sha256=stored.sha256, size=stored.size)
        _submit(actor, dataset, stored)
    return dataset


def rescan(*, actor: User, dataset: Dataset) -> Dataset:
    """Scan a sample again while its file is kept. Raises PermissionDenied, or Refused once the file is gone."""
    check_can_write(actor, dataset.project)
    with transaction.atomic():
        locked = Dataset.objects.select_for_update(of=("self",)).select_related("file", "job").get(pk=dataset.pk)
        if locked.job is not None and locked.job.state in UNFINISHED:
            return locked
        stored = _file_of(locked)
        if stored is None:
            raise Refused(
                _("The sample was deleted after its scan. Upload the same file again to scan it again."),
                code="file_gone",
            )
        _scan_again(actor, locked, stored)
    return locked


def _file_of(dataset: Dataset) -> StoredFile | None:
    return dataset.file if dataset.has_file else None


def _scan_again(actor: User, dataset: Dataset, stored: StoredFile) -> None:
    with change(actor=actor, event=Event.DATASET_RESCANNED, project=dataset.project) as log:
        dataset.file = stored
        log.about(dataset, sha256=dataset.sha256)
        _submit(actor, dataset, stored)


def _submit(actor: User, dataset: Dataset, stored: StoredFile) -> Job:
    dataset.job = jobs.submit(kind=SCAN, subject=dataset, by=actor, project=dataset.project, holds=stored)
    dataset.save(update_fields=["file", "job"])
    return dataset.job


def record_findings(*, job: Job, dataset: Dataset, scan: Scan, encoding: str, seconds: float) -> None:
    """Replace a dataset's findings, keep what people decided, and announce it. Call inside `run.finishing()`."""
    decided = _decisions(dataset)
    with change(actor=job.created_by, event=Event.DATASET_SCANNED, project=dataset.project) as log:
        Finding.objects.filter(dataset=dataset).delete()
        rows = [_row(dataset, position, found, decided) for position, found in enumerate(scan.findings)]
        Finding.objects.bulk_create(rows, batch_size=500)
        dataset.format, dataset.encoding, dataset.seconds = scan.format, encoding, round(seconds, 2)
        dataset.rows, dataset.sampled, dataset.skipped = scan.rows, scan.sampled, scan.skipped
        dataset.has_header, dataset.scanned_at = scan.has_header, timezone.now()
        dataset.save()
        identifying = sum(row.identifying != IdentifyingChoice.NONE for row in rows)
        log.about(dataset, sha256=dataset.sha256, rows=scan.rows, columns=len(rows), identifying=identifying)
        sample_scanned.send(sender=Dataset, dataset=dataset, project=dataset.project, stored_file=dataset.file, job=job)


def _decisions(dataset: Dataset) -> dict[str, Finding]:
    """What people decided by column: on this sample, else on the latest one of the same name in the project."""
    own = list(dataset.findings.exclude(decision=Decision.OPEN))
    if not own and not dataset.is_scanned:
        before = (
            Dataset.objects.filter(project=dataset.project_id, name=dataset.name, scanned_at__isnull=False)
            .exclude(pk=dataset.pk)
            .order_by("-scanned_at")
            .first()
        )
        own = list(before.findings.exclude(decision=Decision.OPEN)) if before else []
    return {finding.column: finding for finding in own}


def _row(dataset: Dataset, position: int, found: Found, decided: dict[str, Finding]) -> Finding:
    row = Finding(
        dataset=dataset,
        position=position,
        column=found.name,
        type=found.type[:60],
        is_text=found.is_text,
        found_identifying=str(found.identifying),
        found_category=str(found.category),
        found_entity=found.entity,
        categories=[str(category) for category in found.categories],
        confidence=found.confidence,
        share=found.share,
        low=found.low,
        high=found.high,
        distinct=found.distinct,
        why=[asdict(reason) for reason in found.why],
        examples=list(found.examples),
        entities=dict(found.entities),
    )
    _settle(row, decided.get(found.name))
    return row


def _settle(row: Finding, before: Finding | None) -> None:
    """The scan's word, or the person's from the scan before."""
    row.identifying, row.category, row.entity = row.found_identifying, row.found_category, row.found_entity
    if before is not None:
        row.decision, row.decided_by_id, row.decided_at = before.decision, before.decided_by_id, before.decided_at
        row.identifying, row.category, row.entity = before.identifying, before.category, before.entity
    row.special = is_special(row)


def is_special(row: Finding) -> bool:
    """Art. 9: by its category, or by what its free text holds unless a person rejected it."""
    within = row.categories if row.decision != Decision.REJECTED else []
    return any(Category(category) in SPECIAL for category in (row.category, *within))


def decide_finding(
    *,
    actor: User,
    finding: Finding,
    decision: Decision,
    identifying: IdentifyingChoice | None = None,
    category: CategoryChoice | None = None,
) -> Finding:
    """Accept, reject or change what was found in a column, or (Decision.OPEN) take a decision back.

    Changing needs a class or a category. Raises PermissionDenied, Refused.
    """
    project = finding.dataset.project
    check_can_write(actor, project)
    if decision == Decision.CHANGED and identifying is None and category is None:
        raise Refused(_("Say what the column is instead."), code="nothing_changed", status=400)
    with change(actor=actor, event=Event.FINDING_DECIDED, project=project) as log:
        row = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        _apply(row, decision, identifying, category)
        row.decided_by, row.decided_at = (actor, timezone.now()) if decision != Decision.OPEN else (None, None)
        row.save()
        log.about(row, decision=str(decision), identifying=row.identifying, category=row.category)
    return row


def _apply(
    row: Finding, decision: Decision, identifying: IdentifyingChoice | None, category: CategoryChoice | None
) -> None:
    row.decision = decision
    row.identifying, row.category, row.entity = row.found_identifying, row.found_category, row.found_entity
    if decision == Decision.REJECTED:
        row.identifying, row.category, row.entity = IdentifyingChoice.NONE, CategoryChoice.NONE, ""
    elif decision == Decision.CHANGED:
        row.identifying = identifying or row.identifying
        row.category = category or row.category
    row.special = is_special(row)


def accept_all_above(*, actor: User, dataset: Dataset, confidence: float = ACCEPT_ABOVE) -> int:
    """Accept every finding that waits and is at least this sure. Returns how many. Raises PermissionDenied."""
    check_can_write(actor, dataset.project)
    with change(actor=actor, event=Event.FINDINGS_ACCEPTED, project=dataset.project) as log:
        waiting = Finding.objects.filter(NEEDS_DECISION, dataset=dataset, confidence__gte=confidence)
        count: int = waiting.update(decision=Decision.ACCEPTED, decided_by=actor, decided_at=timezone.now())
        log.about(dataset, confidence=confidence, accepted=count)
    return count


def delete_dataset(*, actor: User, dataset: Dataset) -> None:
    """Delete a sample's findings and its file, if one is still kept. Raises PermissionDenied, Refused in a scan."""
    project = dataset.project
    check_can_write(actor, project)
    with change(actor=actor, event=Event.DATASET_DELETED, project=project) as log:
        row = Dataset.objects.select_for_update(of=("self",)).select_related("file", "job").get(pk=dataset.pk)
        if row.job is not None and row.job.state in UNFINISHED:
            raise Refused(_("The sample is being scanned. Cancel the scan first."), code="busy")
        log.about(row, sha256=row.sha256, findings=row.findings.count())
        kept = Dataset(pk=row.pk, name=row.name, project=project)
        stored = _file_of(row)
        row.delete()
        log.subject = kept
        if stored is not None:
            storage.delete(stored)
