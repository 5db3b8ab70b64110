"""The verbs of reports: freeze and queue, keep what was drawn, seal it, hand it out."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

import rfc8785
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import audit, jobs, storage
from core.errors import Refused
from pia.services.risks import locked
from reports import seal_keys, snapshot
from reports.events import Event
from reports.models import RENDER, SEAL, Kind, Report, ReportRevision
from reports.permissions import check_can_download_reports, check_can_issue_reports
from reports.signing import signer, verify

if TYPE_CHECKING:
    from core.models import Job, StoredFile, User
    from pia.models.assessment import Assessment

_NUMBERING: Final = 0x5EA1  # advisory lock: numbers of a year have no gaps and no twins


class NotReady(Refused):
    """The file is not there yet, or never will be."""

    code = "not_ready"


def request_report(*, actor: User, assessment: Assessment, kind: str = Kind.PDF) -> tuple[Report, Job]:
    """Freeze the facts as they are now and queue the drawing.

    Raises PermissionDenied, or Refused for an unknown kind.
    """
    project = assessment.project
    check_can_issue_reports(actor, project)
    if kind not in Kind.values:
        raise Refused(_("There is no report of the kind “%(kind)s”.") % {"kind": kind}, code="unknown_kind", status=400)
    with audit.change(actor=actor, event=Event.REPORT_REQUESTED, project=project) as log:
        assessment = locked(assessment)  # as it is now, and still while its facts are frozen
        report = _numbered(Report(project=project, assessment=assessment, kind=kind, requested_by=actor))
        frozen = snapshot.freeze(report)
        canonical = rfc8785.dumps(frozen).decode()
        report.snapshot = canonical
        report.snapshot_sha256 = hashlib.sha256(canonical.encode()).hexdigest()
        report.save()
        report.job = jobs.submit(kind=RENDER, subject=report, by=actor, project=project)
        report.save(update_fields=["job"])
        log.about(
            report,
            kind=kind,
            assessment=str(assessment.pk),
            snapshot_sha256=report.snapshot_sha256,
            approved=report.approved,
        )
    return report, report.job


def _numbered(report: Report) -> Report:
    """Number, date and audit head; the lock holds until the transaction ends."""
    report.requested_at = timezone.now().replace(microsecond=0)
    report.year = report.requested_at.astimezone(UTC).year
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING])
    last = Report.objects.filter(year=report.year).aggregate(last=Max("serial"))["last"]
    report.serial = (last or 0) + 1
    head = audit.head()
    report.audit_seq, report.audit_hash = head.seq, head.hash
    return report


def keep_rendition(*, actor: User | None, report: Report, pdf: bytes, pages: int) -> None:
    """Keep the drawn, unsealed file and queue the seal. A second delivery changes nothing."""
    if report.revisions.filter(number=0).exists():
        return
    with audit.change(actor=actor, event=Event.REPORT_RENDERED, project=report.project) as log:
        revision = _keep(report, number=0, pdf=pdf)
        report.pages = pages
        report.job = jobs.submit(kind=SEAL, subject=report, by=actor, project=report.project)
        report.save(update_fields=["pages", "job"])
        log.about(report, sha256=revision.sha256, pages=pages)


def sealed_bytes(report: Report) -> bytes:
    """The drawn file with the installation's seal; nothing is stored yet."""
    drawn = report.revisions.get(number=0)
    with override(report.language):
        place = _("Server of %(installation)s") % {"installation": seal_keys.installation()}
    statement = signer.Statement(reason=report.statement, place=place)
    return signer.seal(storage.read_bytes(drawn.file), seal_keys.credential(), statement)


def keep_sealed(*, actor: User | None, report: Report, pdf: bytes) -> None:
    """Keep the sealed file and remember that the audit head left the house. A second delivery changes nothing."""
    if report.revisions.filter(number=1).exists():
        return
    found = verify.examine(pdf, seal_keys.anchors())
    if verify.judge(found, verify.Expected(report.snapshot_sha256, 1)) is not verify.Verdict.VALID:
        raise jobs.JobFailed("bad_seal", _("The seal did not verify, so the report was not issued."))
    with audit.change(actor=actor, event=Event.REPORT_SEALED, project=report.project) as log:
        revision = _keep(report, number=1, pdf=pdf, signers=[asdict(seal) for seal in found.signers])
        audit.anchor(head=audit.Head(report.audit_seq, report.audit_hash), where=report.number)
        log.about(report, sha256=revision.sha256, audit_seq=report.audit_seq, approved=report.approved)


def _keep(report: Report, *, number: int, pdf: bytes, signers: list[dict[str, Any]] | None = None) -> ReportRevision:
    stored = storage.keep_bytes(name=report.file_name, data=pdf, retention=storage.FOREVER)
    return ReportRevision.objects.create(
        report=report,
        number=number,
        file=stored,
        sha256=stored.sha256,
        size=stored.size,
        signatures=len(signers or []),
        signers=signers or [],
    )


def download(*, actor: User, report: Report) -> StoredFile:
    """The sealed file, and a line in the audit trail that it was taken.

    Raises PermissionDenied, or NotReady while there is none.
    """
    check_can_download_reports(actor, report.project)
    sealed = report.sealed
    if sealed is None:
        raise NotReady(_("This report has no sealed file yet."))
    audit.note(actor=actor, event=Event.REPORT_DOWNLOADED, subject=report, project=report.project, sha256=sealed.sha256)
    return sealed.file
