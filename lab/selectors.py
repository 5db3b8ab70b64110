"""What pages, the API and the floors above read of the lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.types import Fact, FactValue, Grade, Identifying, Reason, Source
from datamap.models import Dataset, Finding
from lab.models import Kind, Measurement
from lab.reidentification.discover import Column, suggest

if TYPE_CHECKING:
    from core.models import Project, User
    from lab.models import MeasurementQuerySet


def measurements_of(user: User, project: Project) -> MeasurementQuerySet:
    """A project's measurements, newest first."""
    found: MeasurementQuerySet = Measurement.objects.for_user(user).filter(project=project)
    return found.select_related("dataset", "job", "created_by", "cited_by")


def measurable(user: User, project: Project) -> list[Dataset]:
    """Scanned samples whose file is still there."""
    scanned = Dataset.objects.for_user(user).filter(project=project, scanned_at__isnull=False).select_related("file")
    return [dataset for dataset in scanned if dataset.has_file]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column one can measure: its finding, and whether it is proposed."""

    finding: Finding
    suggested: bool


def columns_of(dataset: Dataset) -> list[ColumnChoice]:
    """The columns of a sample, with those proposed as quasi-identifiers marked."""
    findings = list(dataset.findings.all())
    proposed = set(suggested_columns(dataset))
    return [ColumnChoice(finding, finding.column in proposed) for finding in findings]


def suggested_columns(dataset: Dataset) -> tuple[str, ...]:
    """The quasi-identifiers to measure together, from the findings as people decided them."""
    return suggest(
        [
            Column(
                name=finding.column,
                identifying=Identifying(finding.identifying),
                distinct=finding.distinct,
                rows=dataset.sampled or dataset.rows,
                free_text=finding.is_text,
            )
            for finding in dataset.findings.all()
        ]
    )


def gauge_of(dataset: Dataset) -> Measurement | None:
    """The measurement a dataset's page shows: the cited one, else the newest."""
    mine = Measurement.objects.filter(dataset=dataset, kind=Kind.REIDENTIFICATION).select_related("job", "dataset")
    return mine.cited().first() or mine.first()


def lab_facts(project: Project) -> list[Fact]:
    """The figures of the cited measurement that exposes people most. None cited: nothing is known."""
    cited = Measurement.objects.filter(project=project, kind=Kind.REIDENTIFICATION).cited().select_related("dataset")
    worst = max(cited, key=_exposed, default=None)
    if worst is None or worst.result is None:
        return []
    result = worst.result
    values: dict[str, FactValue] = {
        "lab.k": int(result["k"]),
        "lab.uniqueness": float(result["uniqueness"]),
        "lab.average_prosecutor_risk": float(result["average_risk"]),
        "lab.quasi_identifiers": tuple(result["columns"]),
    }
    source = _source(worst)
    reason = Reason("lab.measured", {"dataset": worst.dataset.name, "columns": len(worst.columns)})
    return [Fact(key, value, Grade.TESTED, reason, (source,)) for key, value in values.items()]


def _exposed(measurement: Measurement) -> tuple[float, int]:
    """Orders measurements by how far they expose people: average risk first, then the smaller group."""
    result = measurement.result or {"average_risk": 0.0, "k": 0}
    return float(result["average_risk"]), -int(result["k"])


def _source(measurement: Measurement) -> Source:
    return Source(
        kind="lab",
        ref=str(measurement.pk),
        label=f"{measurement}: {', '.join(measurement.columns)}",
        detail=", ".join(f"{name} {number}" for name, number in sorted(measurement.versions.items())),
        sha256=measurement.input_sha256,
        at=measurement.measured_at.isoformat() if measurement.measured_at else "",
    )
