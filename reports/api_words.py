"""A verification as JSON, the same for the API and the command."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from reports import verification, words

if TYPE_CHECKING:
    from reports.models import Report
    from reports.verification import Answer


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "verdict": answer.verdict.value,
        "reason": answer.reason,
        "detail": str(words.REASONS[answer.reason]),
        "approved": answer.approved,
        "signers": [asdict(signer) for signer in answer.signers],
        "sha256": answer.sha256,
        "facts_match": answer.facts_match,
        "report": report_json(answer.report) if answer.report else None,
    }


def report_json(report: Report) -> dict[str, Any]:
    """What anybody may know who holds the file or its QR code: no name of a project, nothing of its content."""
    sealed = report.sealed
    return {
        "number": report.number,
        "version": report.assessment.number,
        "issued_at": report.requested_at.isoformat(),
        "approved": report.approved,
        "standing": verification.standing(report)[0].value,
        "statement": report.statement,
        "sha256": sealed.sha256 if sealed else None,
        "version_sha256": report.version_sha256,
        "snapshot_sha256": report.snapshot_sha256,
        "audit_head": {"seq": report.audit_seq, "hash": report.audit_hash},
    }
