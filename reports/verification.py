"""What the verify page, the API and the command answer about a file. Metadata only, never a report's content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import sandbox
from pia.workflow import State as AssessmentState
from reports import seal_keys
from reports.models import Report, ReportRevision
from reports.signing.verify import Examination, Expected, Signer, Verdict, judge

if TYPE_CHECKING:
    from core.uploads import EncryptedUpload

#: A file larger than this is no report of ours.
MAX_BYTES: Final = 50 << 20
LIMITS: Final = sandbox.Limits(cpu=20, memory=1 << 30, wall=20)


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with all that may be said to anybody who holds the file.

    `reason` is a code: as_issued, not_latest, needs_review, seal_missing, not_our_bytes, no_record, changed, other_key,
    no_signature, not_a_pdf, unreadable, too_hard.
    """

    verdict: Verdict
    reason: str
    sha256: str
    signers: tuple[Signer, ...] = ()
    report: Report | None = None
    facts_match: bool | None = None

    @property
    def approved(self) -> bool:
        """Whether the file is ours and tells of an approval; false for anything that was changed."""
        trusted = {Verdict.VALID, Verdict.SUPERSEDED, Verdict.STALE}
        return self.report is not None and self.report.approved and self.verdict in trusted


def verify_upload(upload: EncryptedUpload) -> Answer:
    """Compare with what was issued, which is instant; examine in a limited process only what is unknown."""
    return _known(upload.sha256) or _unknown(upload.sha256, {"file": upload.handle().to_json()})


def verify_file(path: str, data: bytes) -> Answer:
    """The same for a file on this machine."""
    digest = hashlib.sha256(data).hexdigest()
    return _known(digest) or _unknown(digest, {"path": path})


def by_token(token: str) -> Report | None:
    """The report a QR code leads to, once it is sealed."""
    found: Report | None = Report.objects.filter(verify_token=token).select_related("project", "assessment").first()
    return found if found and found.sealed else None


def standing(report: Report) -> tuple[Verdict, str]:
    """Whether a report that is genuine is still the current word."""
    if report.assessment.state == AssessmentState.SUPERSEDED or _replaced(report):
        return Verdict.SUPERSEDED, "not_latest"
    if report.approved and report.assessment.state == AssessmentState.STALE:
        return Verdict.STALE, "needs_review"
    return Verdict.VALID, "as_issued"


def _replaced(report: Report) -> bool:
    """A later sealed report of the project says something else on the same version, or approves a newer one."""
    later = Report.objects.sealed().filter(project=report.project_id, requested_at__gte=report.requested_at)
    later = later.exclude(pk=report.pk).select_related("assessment")
    return any(_outdates(other, report) for other in later)


def _outdates(other: Report, report: Report) -> bool:
    if other.assessment_id == report.assessment_id:
        changed = (other.version_sha256, other.approved) != (report.version_sha256, report.approved)
        return changed and (other.requested_at, other.serial) > (report.requested_at, report.serial)
    return other.approved and other.assessment.number > report.assessment.number


def _known(digest: str) -> Answer | None:
    revision = (
        ReportRevision.objects.filter(sha256=digest).select_related("report__project", "report__assessment").first()
    )
    if revision is None:
        return None
    report = revision.report
    if not revision.signatures:
        return Answer(Verdict.UNSIGNED, "seal_missing", digest, report=report, facts_match=True)
    verdict, reason = standing(report)
    signers = tuple(Signer(**signer) for signer in revision.signers)
    return Answer(verdict, reason, digest, signers, report, facts_match=True)


def _unknown(digest: str, source: dict[str, Any]) -> Answer:
    try:
        answer = sandbox.call(
            "reports.signing.run:examine", {**source, "anchors": list(seal_keys.anchors())}, limits=LIMITS
        )
    except sandbox.SandboxError:
        return Answer(Verdict.ALTERED, "too_hard", digest)
    found = Examination(**{**answer, "signers": tuple(Signer(**signer) for signer in answer["signers"])})
    return _judged(found, digest)


def _judged(found: Examination, digest: str) -> Answer:
    """The file's bytes are none of ours: whatever it holds, it is not valid."""
    report = (
        Report.objects.filter(snapshot_sha256=found.snapshot_sha256).select_related("project", "assessment").first()
        if found.snapshot_sha256
        else None
    )
    sealed = report.sealed if report else None
    expected = Expected(report.snapshot_sha256, sealed.signatures) if report and sealed else None
    verdict = judge(found, expected)
    if verdict is Verdict.VALID:
        verdict = Verdict.ALTERED if report else Verdict.INCOMPLETE
        reason = "not_our_bytes" if report else "no_record"
    else:
        reason = _why(verdict, found)
    return Answer(verdict, reason, digest, found.signers, report, facts_match=report is not None)


def _why(verdict: Verdict, found: Examination) -> str:
    if found.problem in ("not_a_pdf", "unreadable"):
        return found.problem
    return {
        Verdict.ALTERED: "changed",
        Verdict.UNKNOWN_ISSUER: "other_key",
        Verdict.UNSIGNED: "no_signature",
        Verdict.INCOMPLETE: "seal_missing",
    }[verdict]
