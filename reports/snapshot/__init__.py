"""What a report says, frozen: JSON values only, read once, worded in the report's language.

`data` is the assessed version itself, as `pia.selectors.snapshot` publishes it: its SHA-256 (RFC 8785) is
`version_sha256`, so anybody can compute from the attachment what was decided on. The other parts are the same facts,
and those that come after (decision, seal, audit head), in the words the pages print.
"""

from __future__ import annotations

import hashlib
from datetime import UTC
from importlib.metadata import version
from typing import Any, Final

import rfc8785
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pia.models.assessment import Assessment
from pia.selectors.snapshot import assessment_data
from reports import seal_keys
from reports.models import Report
from reports.snapshot import answers, data, people, register, risks
from reports.snapshot.evidence import Register
from reports.templatetags.report_words import day

SCHEMA: Final = "candor.report/1"
#: Libraries whose version bears on what a report says.
_TOOLS: Final = (
    ("presidio-analyzer", "Presidio"), ("spacy", "spaCy"), ("duckdb", "DuckDB"), ("sqlglot", "SQLGlot"),
    ("weasyprint", "WeasyPrint"), ("pyhanko", "pyHanko"),
)  # fmt: skip


def freeze(report: Report) -> dict[str, Any]:
    """Everything the report will say. Sets language, version hash, approval and statement of `report` on the way."""
    assessment = report.assessment
    report.language = assessment.language
    with override(report.language):
        version_data = assessment_data(assessment)
        report.version_sha256 = assessment.version_sha256 or digest(version_data)
        decided = people.decision(assessment)
        report.approved = decided is not None and decided["approves"]
        report.statement = statement(report, decided)
        return {"schema": SCHEMA, "data": version_data, **_worded(report, assessment, version_data, decided)}


def digest(value: Any) -> str:
    """SHA-256 (hex) of the canonical JSON."""
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def statement(report: Report, decided: dict[str, Any] | None) -> str:
    """The sentence the seal carries: who decided what on which version."""
    words = {"number": report.number, "version": report.assessment.number, "hash": report.version_sha256[:8]}
    if decided is None:
        state = report.assessment.get_state_display()
        return _("%(number)s, version %(version)s (%(hash)s…): not approved, nobody has decided. State: %(state)s.") % {
            **words, "state": state,
        }  # fmt: skip
    return _("%(number)s, version %(version)s (%(hash)s…): %(outcome)s. Decided by %(by)s on %(at)s.") % {
        **words, "outcome": decided["label"], "by": decided["by"], "at": day(decided["at"]),
    }  # fmt: skip


def _worded(
    report: Report, assessment: Assessment, version_data: dict[str, Any], decided: dict[str, Any] | None
) -> dict[str, Any]:
    evidence = Register()
    scans = data.scans(assessment.project, evidence)
    lab = data.lab(assessment.project, evidence)
    answered = answers.answers(version_data, evidence)
    frameworks = answers.frameworks(version_data)
    risk = risks.risks(assessment, version_data)
    return {
        "report": _head(report),
        "project": register.project(version_data["project"]),
        "assessment": _version(report, assessment),
        "asked": people.asked(assessment),
        "headline": risk["headline"],
        "findings": [*data.findings(scans, lab), *answers.findings(frameworks)],
        "frameworks": frameworks,
        "answers": answered,
        "risks": risk["risks"],
        "measures": risk["measures"],
        "inventory": data.inventory(assessment.project),
        "flows": data.flows(assessment.project),
        "scans": scans,
        "lab": lab,
        "advice": people.advice(assessment, decided),
        "views": people.views(assessment),
        "decision": decided,
        "people": people.people(assessment),
        "evidence": evidence.rows,
        "tools": _tools(),
        "audit": {"seq": report.audit_seq, "hash": report.audit_hash},
    }


def _head(report: Report) -> dict[str, Any]:
    return {
        "number": report.number,
        "kind": report.kind,
        "language": report.language,
        "requested_at": report.requested_at.astimezone(UTC).isoformat(),
        "requested_by": str(report.requested_by or ""),
        "installation": seal_keys.installation(),
        "verify_url": f"{settings.CANDOR_URL}{reverse('reports:verify_token', args=[report.verify_token])}",
        "approved": report.approved,
        "classification": _("Confidential"),
        "candor": _candor(),
    }


def _version(report: Report, assessment: Assessment) -> dict[str, Any]:
    before = assessment.based_on
    at = (before.submitted_at or before.created_at) if before else None
    return {
        "id": str(assessment.pk),
        "version": assessment.number,
        "state": assessment.state,
        "state_label": str(assessment.get_state_display()),
        "version_sha256": report.version_sha256,
        "replaces": {"version": before.number, "at": at.isoformat()} if before and at else None,
    }


def _tools() -> list[dict[str, str]]:
    return [{"name": "Candor", "version": _candor()}, *({"name": n, "version": version(p)} for p, n in _TOOLS)]


def _candor() -> str:
    return str(settings.CANDOR_VERSION)
