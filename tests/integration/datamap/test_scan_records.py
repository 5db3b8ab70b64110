"""What is kept of a scan: its record, what changed since the scan before, and decisions that live on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.models import AuditEvent, JobState
from core.types import Category, Identifying, Reason
from datamap.models import Dataset, Decision, Finding
from datamap.scanner.types import Finding as Found
from datamap.scanner.types import Scan
from datamap.services import findings, scans
from tests.factories import JobFactory, person
from tests.integration.datamap.factories import DatasetFactory

if TYPE_CHECKING:
    from core.models import Project, User

pytestmark = pytest.mark.django_db


def found(name: str, identifying: str = "none", entity: str = "", share: float = 0.5) -> Found:
    category = Category.NONE if identifying == "none" else Category.CONTACT
    why = (Reason("lexicon.word", {"word": name[:20]}),)
    return Found(
        name, "varchar", Identifying(identifying), entity, category, 0.9, share, share - 0.01, share + 0.01, 9, why
    )


MAIL = found("mail", "direct", "EMAIL_ADDRESS")
SHIP = found("ship")


def record(dataset: Dataset, *columns: Found) -> dict[str, Finding]:
    """Findings of a scan by column, as its job keeps them."""
    scan = Scan(
        "csv",
        1000,
        800,
        2,
        has_header=True,
        findings=columns,
        language="fr",
        language_share=0.9312,
        engines=("spacy 3.8.0",),
    )
    job = JobFactory(project=dataset.project, kind="datamap.scan_dataset", state=JobState.RUNNING)
    scans.record_findings(job=job, dataset=dataset, scan=scan, encoding="latin-1", seconds=1.234)
    dataset.refresh_from_db()
    return {finding.column: finding for finding in dataset.findings.all()}


def test_the_record_says_what_was_read_by_what(project: Project) -> None:
    dataset = DatasetFactory(project=project)
    record(dataset, MAIL)
    dataset.refresh_from_db()

    assert (dataset.rows, dataset.sampled, dataset.skipped, dataset.encoding) == (1000, 800, 2, "latin-1")
    assert (dataset.found_language, dataset.language_share, dataset.seconds) == ("fr", 0.931, 1.23)
    assert dataset.engines == ["spacy 3.8.0"]


def test_a_first_scan_has_nothing_to_differ_from(project: Project) -> None:
    dataset = DatasetFactory(project=project)
    rows = record(dataset, MAIL, SHIP)

    assert {(row.change, row.before) for row in rows.values()} == {("", None)}
    assert (dataset.compared_at, dataset.gone) == (None, [])


def test_a_rescan_tells_what_is_new_gone_found_and_lost(project: Project) -> None:
    dataset = DatasetFactory(project=project)
    first = record(dataset, MAIL, SHIP, found("old", "direct", "PERSON"), found("city", "quasi", "LOCATION"))
    at = dataset.scanned_at
    again = record(
        dataset,
        replace(MAIL, share=0.9, low=0.89, high=0.91),
        replace(found("ship", "direct", "PERSON")),
        found("city"),
        found("extra"),
    )

    assert {name: row.change for name, row in again.items()} == {
        "mail": "moved",
        "ship": "found",
        "city": "lost",
        "extra": "new",
    }
    assert [row["column"] for row in dataset.gone] == ["old"]
    assert (dataset.compared_at, dataset.compared_to) == (at, None)
    assert again["mail"].seen_before
    assert again["mail"].seen_before.share == 0.5
    assert again["mail"].pk == first["mail"].pk
    assert AuditEvent.objects.filter(event="dataset.scanned", subject_id=str(dataset.pk)).count() == 2


def test_a_decision_lives_on_and_is_doubted_when_the_scan_says_otherwise(engineer: User, project: Project) -> None:
    dataset = DatasetFactory(project=project)
    for row in record(dataset, MAIL, SHIP).values():
        findings.decide_finding(actor=engineer, finding=row, decision=Decision.ACCEPTED)
    again = record(dataset, MAIL, found("ship", "direct", "PERSON"))

    assert (again["mail"].decision, again["mail"].doubtful, again["mail"].needs_decision) == ("accepted", False, False)
    assert (again["ship"].decision, again["ship"].doubtful, again["ship"].needs_decision) == ("accepted", True, True)
    assert again["ship"].decided_by == engineer
    assert findings.accept_all_above(actor=engineer, dataset=dataset, confidence=0) == 0  # nobody is overturned
    decided = findings.decide_finding(actor=engineer, finding=again["ship"], decision=Decision.ACCEPTED)
    assert (decided.identifying, decided.needs_decision) == ("direct", False)


@pytest.mark.parametrize(
    ("name", "columns", "compared"),
    [
        ("customers.csv", ("other",), True),  # the same name always
        ("customers-2026-11.csv", ("mail", "ship", "extra"), True),  # the next of its series
        ("customers-2026-11.csv", ("x", "y", "z"), False),  # of its series by name, another table
        ("orders.csv", ("mail", "ship"), False),
    ],
)
def test_a_newer_upload_is_compared_with_the_one_before(
    engineer: User,
    project: Project,
    name: str,
    columns: tuple[str, ...],
    compared: bool,  # noqa: FBT001
) -> None:
    before = DatasetFactory(project=project, name="customers.csv")
    row = record(before, MAIL, SHIP)["mail"]
    findings.decide_finding(actor=engineer, finding=row, decision=Decision.REJECTED)
    newer = DatasetFactory(project=project, name=name)
    rows = record(newer, *(replace(MAIL, name=column) for column in columns))

    assert (newer.compared_to == before) is compared
    if compared and "mail" in rows:
        assert rows["mail"].decision == Decision.REJECTED
        assert rows["mail"].pk != row.pk


def test_another_projects_scans_say_nothing(project: Project) -> None:
    record(DatasetFactory(name="customers.csv"), MAIL)
    dataset = DatasetFactory(project=project, name="customers.csv")
    record(dataset, MAIL)

    assert dataset.compared_at is None


def test_names_longer_than_a_row_holds_are_cut_and_stay_apart(project: Project) -> None:
    long = "é" * 500
    rows = record(DatasetFactory(project=project), found(long + "a"), found(long + "b"), found("🦊‮x"))

    assert [len(name) for name in rows] == [400, 396, 3]


def test_several_are_decided_as_one_event(engineer: User, project: Project) -> None:
    dataset = DatasetFactory(project=project)
    record(dataset, MAIL, SHIP, found("name", "direct", "PERSON"))
    verdict = findings.Verdict(Decision.CHANGED, entity="USERNAME")
    count = findings.decide_findings(
        actor=engineer, dataset=dataset, findings=dataset.findings.exclude(column="ship"), verdict=verdict
    )

    assert count == 2
    assert set(dataset.findings.values_list("column", "entity")) == {
        ("mail", "USERNAME"),
        ("name", "USERNAME"),
        ("ship", ""),
    }
    assert AuditEvent.objects.filter(event="finding.decided_many").count() == 1


def test_several_of_another_sample_are_out_of_reach(engineer: User, project: Project) -> None:
    dataset, other = DatasetFactory(project=project), DatasetFactory()
    record(other, MAIL)
    verdict = findings.Verdict(Decision.REJECTED)

    assert (
        findings.decide_findings(actor=engineer, dataset=dataset, findings=other.findings.all(), verdict=verdict) == 0
    )


def test_accepting_another_number_than_told_is_refused(engineer: User, project: Project) -> None:
    from core.errors import Refused

    dataset = DatasetFactory(project=project)
    record(dataset, MAIL)
    with pytest.raises(Refused) as caught:
        findings.accept_all_above(actor=engineer, dataset=dataset, confidence=0.5, expected=3)

    assert caught.value.code == "findings_changed"
    assert dataset.findings.get().decision == ""
    assert findings.accept_all_above(actor=engineer, dataset=dataset, confidence=0.5, expected=1) == 1


def test_who_only_reads_decides_nothing(project: Project) -> None:
    from django.core.exceptions import PermissionDenied

    from core.models import Role

    auditor = person(Role.AUDITOR, team=project.team)
    dataset = DatasetFactory(project=project)
    with pytest.raises(PermissionDenied):
        findings.decide_findings(
            actor=auditor,
            dataset=dataset,
            findings=dataset.findings.all(),
            verdict=findings.Verdict(Decision.ACCEPTED),
        )
