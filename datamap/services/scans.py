"""Recording a scan: the findings, what they say otherwise than the scan before, and the decisions that live on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from core.audit import change
from datamap import rescan
from datamap.events import Event
from datamap.models import Dataset, Decision, Finding, IdentifyingChoice
from datamap.services.findings import hold, is_special
from datamap.services.learned import suggest
from datamap.signals import sample_scanned

if TYPE_CHECKING:
    from core.models import Job
    from datamap.scanner.types import Finding as Found
    from datamap.scanner.types import Scan

#: Samples of a project that are looked through for an earlier file of the same series.
LOOKED_BACK: Final = 50
#: Characters of a column's name that are kept.
NAME: Final = 400


def record_findings(*, job: Job, dataset: Dataset, scan: Scan, encoding: str, seconds: float) -> None:
    """Replace a dataset's findings, keep what people decided, and announce it. Call inside `run.finishing()`."""
    with change(actor=job.created_by, event=Event.DATASET_SCANNED, project=dataset.project) as log:
        dataset = hold(dataset)
        names = tuple(_names(scan.findings))
        other, before = _scan_before(dataset, names)
        rows = [
            _row(dataset, place, *found, before) for place, found in enumerate(zip(names, scan.findings, strict=True))
        ]
        if scan.has_header:
            suggest(dataset.project.team_id, rows)
        Finding.objects.filter(dataset=dataset).delete()
        Finding.objects.bulk_create(rows, batch_size=500)
        _compare(dataset, other, before, names)
        _describe(dataset, scan, encoding, seconds)
        dataset.save()
        identifying = sum(row.identifying != IdentifyingChoice.NONE for row in rows)
        log.about(dataset, sha256=dataset.sha256, rows=scan.rows, columns=len(rows), identifying=identifying)
        sample_scanned.send(sender=Dataset, dataset=dataset, project=dataset.project, stored_file=dataset.file, job=job)


def _names(findings: Sequence[Found]) -> Iterator[str]:
    """Columns' names as they fit a row, each once: a longer one is cut, a second of the same gets a number."""
    taken: set[str] = set()
    for found in findings:
        name, number = found.name[:NAME], 1
        while name in taken:
            number += 1
            name = f"{found.name[: NAME - 8]} ({number})"
        taken.add(name)
        yield name


def _scan_before(dataset: Dataset, columns: Sequence[str]) -> tuple[Dataset | None, dict[str, Finding]]:
    """What this scan is compared with: the sample's own findings, else those of the latest file of its series."""
    own = {finding.column: finding for finding in dataset.findings.all()}
    if dataset.is_scanned:
        return dataset, own
    scanned = Dataset.objects.filter(project=dataset.project_id, scanned_at__isnull=False).exclude(pk=dataset.pk)
    wanted = rescan.series(dataset.name)
    for other in scanned.order_by("-scanned_at")[:LOOKED_BACK]:
        if other.name != dataset.name and rescan.series(other.name) != wanted:
            continue
        found = {finding.column: finding for finding in other.findings.all()}
        if other.name == dataset.name or rescan.alike(found, columns):
            return other, found
    return None, {}


def _compare(dataset: Dataset, other: Dataset | None, before: dict[str, Finding], columns: Sequence[str]) -> None:
    """Note with which scan this one was compared, and the columns that are gone since."""
    dataset.compared_to = other if other is not None and other.pk != dataset.pk else None
    dataset.compared_at = other.scanned_at if other is not None else None
    dataset.gone = [seen.to_json() for seen in rescan.gone(map(_seen, before.values()), columns)]


def _describe(dataset: Dataset, scan: Scan, encoding: str, seconds: float) -> None:
    """The record of the scan itself."""
    dataset.format, dataset.encoding, dataset.seconds = scan.format, encoding, round(seconds, 2)
    dataset.rows, dataset.sampled, dataset.skipped = scan.rows, scan.sampled, scan.skipped
    dataset.has_header, dataset.scanned_at = scan.has_header, timezone.now()
    dataset.found_language, dataset.language_share = scan.language[:8], round(scan.language_share, 3)
    dataset.engines, dataset.left_out = list(scan.engines), [asdict(reason) for reason in scan.left_out]


def _row(dataset: Dataset, position: int, name: str, found: Found, known: dict[str, Finding]) -> Finding:
    row = Finding(
        dataset=dataset,
        position=position,
        column=name,
        type=found.type[:60],
        is_text=found.is_text,
        found_identifying=str(found.identifying),
        found_category=str(found.category),
        found_entity=found.entity[:40],
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
    before = known.get(name)
    if before is not None and before.dataset_id == dataset.pk:
        row.pk = before.pk  # what cites the finding finds it again
    _settle(row, before, compared=bool(known))
    return row


def _settle(row: Finding, before: Finding | None, *, compared: bool) -> None:
    """The scan's word, or the person's from the scan before; and what is different from then."""
    row.identifying, row.category, row.entity = row.found_identifying, row.found_category, row.found_entity
    if compared:
        seen = _seen(before) if before is not None else None
        row.change = str(rescan.change_of(seen, _seen(row)))
        row.before = seen.to_json() if seen is not None else None
    if before is not None and before.decision != Decision.OPEN:
        row.decision, row.decided_by_id, row.decided_at = before.decision, before.decided_by_id, before.decided_at
        row.identifying, row.category, row.entity = before.identifying, before.category, before.entity
        row.doubtful = before.doubtful or row.change in rescan.UNSETTLING
    row.special = is_special(row)


def _seen(row: Finding) -> rescan.Seen:
    """The scan's own word in a finding."""
    return rescan.Seen(
        column=row.column,
        identifying=row.found_identifying,
        category=row.found_category,
        entity=row.found_entity,
        confidence=row.confidence,
        share=row.share,
        low=row.low,
        high=row.high,
        decision=row.decision,
    )
