"""An assessment as canonical data: what its version hash is over, and what a report is made of.

`assessment_data(assessment)` answers JSON values only (numbers with fractions as strings where we compute them):

    schema      "candor.assessment/1"
    assessment  id, number, based_on, language, created_by, created_at
    project     the register: id, number, name, team, owner, purpose, ..., purposes[], recipients[], copies[]
    packs       [{id, version, title, short, status, source, licence, sha256}]
    sections    [{id, title}] in reading order, chapters before their sub-sections
    facts       [{key, value, grade, text, reason {code, params}, sources [{kind, ref, label, detail, sha256, at}]}]
    answers     [{pack, item, citation, badge, title, section, question, weight, gate, scope, status, status_label,
                  text, grade, source, author, edited_at, version, applies, counts_as, untriggered[], approved_by,
                  evidence [{number, kind, key, text, label, reference, grade, value, sources, expires_on, cited_by}]}]
    coverage    [{pack, title, weight, shares {tested: "0.250000", ...}, evidenced, gaps [item], gate [item]}]
    risk        scenarios, controls and measures (pia.selectors.risks)
    screening   why an assessment is required: {headline, text, criteria[], lines[], disputes[], rebuttal, ...}, or null

The workflow's own facts (state, advice, decision) are no part of it: they come after, and refer to its hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from pia import facts as gathered
from pia.frameworks.sections import CHAPTERS
from pia.selectors.answers import Cited, Entry, entries
from pia.selectors.coverage import PackCoverage, coverages
from pia.selectors.risks import risk_data
from pia.selectors.screening import screening_data
from pia.wording import fact_text, section_title

if TYPE_CHECKING:
    from django.db.models import Model

    from core.models import Project
    from pia.models import Assessment, FrameworkPack

SCHEMA: Final = "candor.assessment/1"
_PROJECT: Final = (
    "name", "purpose", "phase", "ai_kind", "model_family", "base_model", "training", "public_interface", "decisions",
    "decision_effect", "significant_decision", "oversight", "our_role", "ai_act_role", "regime", "jurisdictions",
    "sector", "people_categories", "people_count", "vulnerable_groups", "vulnerable", "data_source",
    "collected_directly", "scraped", "existing_data", "compatibility", "special_condition", "model_personal_data",
    "model_personal_data_reason", "repository_url", "model_card_url",
)  # fmt: skip
_PURPOSE: Final = ("name", "basis", "balancing", "consent_record")
_RECIPIENT: Final = ("name", "kind", "country", "transfer_tool", "transfer_assessed", "contract")
_COPY: Final = ("kind", "where", "retention_days", "justified_days", "retention_reason", "erasure", "encrypted")


def assessment_data(assessment: Assessment) -> dict[str, Any]:
    """The frozen version once it was submitted, before that the draft as it stands."""
    if assessment.frozen is not None:
        frozen: dict[str, Any] = assessment.frozen
        return frozen
    return live_data(assessment)


def live_data(assessment: Assessment) -> dict[str, Any]:
    """The assessment as it stands now."""
    known = gathered.gather(assessment.project)
    found = entries(assessment, known)
    return {
        "schema": SCHEMA,
        "assessment": _head(assessment),
        "project": project_data(assessment.project),
        "packs": [_pack(pack) for pack in assessment.packs.order_by("key")],
        "sections": _sections(),
        "facts": [{**gathered.as_json(known[key]), "text": fact_text(known[key])} for key in sorted(known)],
        "answers": [_answer(entry) for entry in found],
        "coverage": [_coverage(one) for one in coverages(assessment, found)],
        "risk": risk_data(assessment),
        "screening": screening_data(assessment.project),
    }


def project_data(project: Project) -> dict[str, Any]:
    """The register's entry of a project."""
    return {
        "id": str(project.pk),
        "number": project.number,
        "team": project.team.name,
        "controller": project.team.controller,
        "owner": str(project.owner or ""),
        **_fields(project, _PROJECT),
        "purposes": [_fields(row, _PURPOSE) for row in project.purposes.all()],
        "recipients": [_fields(row, _RECIPIENT) for row in project.recipients.all()],
        "copies": [_fields(row, _COPY) for row in project.copies.all()],
    }


def _fields(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _head(assessment: Assessment) -> dict[str, Any]:
    return {
        "id": str(assessment.pk),
        "number": assessment.number,
        "based_on": str(assessment.based_on_id) if assessment.based_on_id else None,
        "language": assessment.language,
        "created_by": str(assessment.created_by or ""),
        "created_at": assessment.created_at.isoformat(),
    }


def _pack(row: FrameworkPack) -> dict[str, Any]:
    return {
        "id": row.key,
        "version": row.version,
        "title": row.title,
        "short": row.short,
        "status": row.status,
        "source": row.pack.source,
        "licence": row.pack.licence,
        "sha256": row.sha256,
    }


def _sections() -> list[dict[str, str]]:
    numbers = [number for chapter, parts in CHAPTERS.items() for number in (chapter, *parts)]
    return [{"id": number, "title": section_title(number)} for number in numbers]


def _answer(entry: Entry) -> dict[str, Any]:
    answer, item, verdict = entry.answer, entry.item, entry.verdict
    approval = getattr(answer, "approval", None)
    return {
        "pack": answer.pack.key,
        "item": item.id,
        "citation": item.citation,
        "badge": entry.badge,
        "title": item.title,
        "section": item.section,
        "question": item.question,
        "weight": item.weight.value,
        "gate": item.gate,
        "scope": item.scope,
        "status": answer.status,
        "status_label": str(answer.get_status_display()),
        "text": answer.text,
        "grade": verdict.grade.value,
        "source": answer.source,
        "author": str(answer.author or ""),
        "edited_at": answer.edited_at.isoformat() if answer.edited_at else None,
        "version": answer.version,
        "applies": verdict.applies,
        "counts_as": verdict.status.value,
        "untriggered": list(entry.untriggered),
        "approved_by": str(approval.approved_by) if approval and approval.answer_version == answer.version else "",
        "evidence": [_evidence(cited) for cited in entry.cited],
    }


def _evidence(cited: Cited) -> dict[str, Any]:
    row = cited.row
    return {
        "number": row.number,
        "kind": row.kind,
        "key": row.key,
        "text": cited.text,
        "label": row.label,
        "reference": row.reference,
        "grade": row.grade,
        "value": row.value,
        "sources": row.sources,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "cited_by": str(row.cited_by or ""),
    }


def _coverage(one: PackCoverage) -> dict[str, Any]:
    found = one.coverage
    return {
        "pack": one.pack.key,
        "title": one.pack.title,
        "weight": found.weight,
        "shares": {share.value: f"{float(value):.6f}" for share, value in found.shares.items()},
        "evidenced": f"{float(found.evidenced):.6f}",
        "gaps": [verdict.item.id for verdict in found.gaps],
        "gate": [verdict.item.id for verdict in found.gate],
    }
