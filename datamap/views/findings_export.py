"""Findings as files: of one sample, or of all samples of a project. Masked, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from core import audit
from core.tables import csv_cell
from core.web import AuthedRequest, project_view
from datamap.events import Event
from datamap.models import Dataset
from datamap.selectors.datasets import datasets_of, findings_of
from datamap.views.datasets import dataset_of
from datamap.wording_dataset import reading
from datamap.wording_scan import why

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from core.models import Project
    from datamap.models import Finding

#: What is taken from a row as it is.
_PLAIN: Final = (
    "position", "type", "is_text", "identifying", "entity", "category", "special", "confidence", "share",
    "low", "high", "distinct", "found_identifying", "found_entity", "found_category", "categories", "examples",
    "entities", "decision", "suggested", "change", "doubtful",
)  # fmt: skip
EXPORTED: Final = ("column", "dataset", *_PLAIN, "why", "before", "decided_by", "decided_at")


@project_view
@require_GET
def findings_csv(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """All findings of a sample as a spreadsheet opens them: no cell can be taken for a formula."""
    dataset = dataset_of(request, project, dataset_id)
    return _csv(_download(request, project, dataset, "csv"), dataset.findings.select_related("decided_by", "dataset"))


@project_view
@require_GET
def findings_json(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """The same with the record of the scan, for programs."""
    dataset = dataset_of(request, project, dataset_id)
    rows = dataset.findings.select_related("decided_by", "dataset")
    response = _download(request, project, dataset, "json")
    return _json(response, {"dataset": _about(dataset), "findings": [exported(row) for row in rows]})


@project_view
@require_GET
def project_findings_csv(request: AuthedRequest, project: Project) -> HttpResponse:
    """Every column of every sample of a project in one table."""
    return _csv(_download(request, project, project, "csv"), findings_of(project).select_related("decided_by"))


@project_view
@require_GET
def project_findings_json(request: AuthedRequest, project: Project) -> HttpResponse:
    response = _download(request, project, project, "json")
    rows = findings_of(project).select_related("decided_by")
    datasets = [_about(dataset) for dataset in datasets_of(request.user, project) if dataset.is_scanned]
    return _json(response, {"project": project.name, "datasets": datasets, "findings": [exported(row) for row in rows]})


def exported(finding: Finding) -> dict[str, Any]:
    """One finding, whole: what holds now, what the scan said, what it said before, who decided when."""
    return {
        "column": finding.column,
        "dataset": finding.dataset.name,
        **{name: getattr(finding, name) for name in _PLAIN},
        "why": why(finding.reasons),
        "before": finding.before,
        "decided_by": finding.decided_by.email if finding.decided_by else "",
        "decided_at": finding.decided_at.isoformat() if finding.decided_at else "",
    }


def _about(dataset: Dataset) -> dict[str, Any]:
    """The record of a scan."""
    names = (
        "name", "sha256", "size", "format", "encoding", "rows", "sampled", "skipped", "has_header", "seconds",
        "language", "found_language", "language_share", "engines", "gone",
    )  # fmt: skip
    at = {name: getattr(dataset, name) for name in ("scanned_at", "compared_at")}
    times = {name: value.isoformat() if value else None for name, value in at.items()}
    return {**{name: getattr(dataset, name) for name in names}, **times, "read": reading(dataset)}


def _csv(response: HttpResponse, rows: Iterable[Finding]) -> HttpResponse:
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([csv_cell(name) for name in EXPORTED])
    for finding in rows:
        row = exported(finding)
        writer.writerow([csv_cell(_flat(row[name])) for name in EXPORTED])
    return response


def _json(response: HttpResponse, data: dict[str, Any]) -> HttpResponse:
    response.write(json.dumps(data, ensure_ascii=False, indent=1))
    return response


def _flat(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {count}" for key, count in value.items())
    return value


def _download(request: AuthedRequest, project: Project, subject: Dataset | Project, suffix: str) -> HttpResponse:
    audit.note(actor=request.user, event=Event.FINDINGS_EXPORTED, subject=subject, project=project, format=suffix)
    kind = {"csv": "text/csv; charset=utf-8", "json": "application/json"}[suffix]
    plain = subject.name.rsplit(".", 1)[0] if isinstance(subject, Dataset) else subject.name
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in plain)
    response = HttpResponse(content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="findings-{stem[:80] or "sample"}.{suffix}"'
    return response
