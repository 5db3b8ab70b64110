"""What samples say about a project, as facts with their provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Sum

from core.types import Fact, Grade, Reason, Source
from datamap.models import Dataset, Decision, Finding

if TYPE_CHECKING:
    from core.models import Project


def scan_facts(project: Project) -> list[Fact]:
    """scan.datasets, scan.rows and what free text holds. Nothing before the first scan: unknown, not zero."""
    datasets = list(Dataset.objects.filter(project=project, scanned_at__isnull=False).order_by("-scanned_at"))
    if not datasets:
        return []
    sources = tuple(_source(dataset) for dataset in datasets)
    rows = Dataset.objects.filter(pk__in=[dataset.pk for dataset in datasets]).aggregate(rows=Sum("rows"))["rows"] or 0
    facts = [
        Fact("scan.datasets", len(datasets), Grade.TESTED, Reason("scan.datasets", {"count": len(datasets)}), sources),
        Fact("scan.rows", int(rows), Grade.TESTED, Reason("scan.rows", {"count": int(rows)}), sources),
    ]
    return facts + _text_facts(project)


def _text_facts(project: Project) -> list[Fact]:
    texts = list(
        Finding.objects.filter(dataset__project=project, is_text=True)
        .exclude(decision=Decision.REJECTED)
        .select_related("dataset")
    )
    facts = [
        Fact(
            "text.columns",
            len(texts),
            Grade.TESTED,
            Reason("text.columns", {"count": len(texts)}),
            tuple(_column(finding) for finding in texts),
        )
    ]
    if not texts:
        return facts
    worst = max(texts, key=lambda finding: finding.share)
    entities = sorted({entity for finding in texts for entity in finding.entities})
    reason = Reason("text.share_identified", {"share": worst.share, "low": worst.low, "high": worst.high})
    facts.append(Fact("text.share_identified", worst.share, Grade.TESTED, reason, (_column(worst),)))
    facts.append(
        Fact(
            "text.entities",
            tuple(entities),
            Grade.TESTED,
            Reason("text.entities", {"entities": ", ".join(entities)}),
            tuple(_column(finding) for finding in texts if finding.entities),
        )
    )
    return facts


def _source(dataset: Dataset) -> Source:
    at = dataset.scanned_at.isoformat() if dataset.scanned_at else ""
    return Source("scan", str(dataset.pk), dataset.name, sha256=dataset.sha256, at=at)


def _column(finding: Finding) -> Source:
    dataset = finding.dataset
    at = dataset.scanned_at.isoformat() if dataset.scanned_at else ""
    detail = f"{round(100 * finding.share)} % · {round(finding.confidence, 2)}"
    return Source("scan", str(finding.pk), f"{dataset.name}, {finding.column}", detail, dataset.sha256, at)
