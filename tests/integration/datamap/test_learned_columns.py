"""Decisions about columns become suggestions for the team's other samples, and never more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from core.models import AuditEvent, Job, Project, Role
from core.types import Category, Identifying, Reason
from datamap.models import CategoryChoice, Dataset, Decision, Finding, IdentifyingChoice, TeamColumn
from datamap.scanner.types import Finding as Found
from datamap.scanner.types import Scan
from datamap.services import findings, learned, scans, suggested
from datamap.services.findings import Verdict
from tests.factories import JobFactory, ProjectFactory, person
from tests.support.signed_in import signed_in

if TYPE_CHECKING:
    from core.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


def found(name: str, entity: str = "PERSON") -> Found:
    kind = (Identifying.DIRECT, Category.IDENTITY) if entity else (Identifying.NONE, Category.NONE)
    reason = Reason("lexicon.word", {"word": name})
    return Found(name, "varchar", kind[0], entity, kind[1], 0.9, 1.0, 0.9, 1.0, 40, (reason,))


def scanned(project: Project, name: str, *columns: Found, has_header: bool = True) -> Dataset:
    """A sample whose scan found these columns, recorded as a scan is."""
    dataset = Dataset.objects.create(project=project, name=name, sha256=name.ljust(64, "0"), size=1)
    job: Job = JobFactory(kind="datamap.scan_dataset", state="done", project=project, subject_id=dataset.pk)
    scan = Scan("csv", 40, 40, 0, has_header, columns)
    scans.record_findings(job=job, dataset=dataset, scan=scan, encoding="utf-8", seconds=1)
    return dataset


def finding(dataset: Dataset, column: str) -> Finding:
    return Finding.objects.get(dataset=dataset, column=column)


def reject(actor: User, dataset: Dataset, column: str) -> None:
    findings.decide_finding(actor=actor, finding=finding(dataset, column), decision=Decision.REJECTED)


def test_a_rejected_column_is_suggested_in_another_sample_and_still_waits(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "customers.csv", found("Product_Owner")), "Product_Owner")
    other = scanned(ProjectFactory(team=project.team), "orders.csv", found("productOwner"), found("buyer"))
    row = finding(other, "productOwner")
    assert (row.decision, row.identifying, row.needs_decision) == (Decision.OPEN, "direct", True)
    assert row.suggested == {
        "decision": "rejected", "identifying": "none", "category": "none", "entity": "", "dataset": "customers.csv",
    }  # fmt: skip
    said = row.why_in_words[-1]
    assert said.startswith(f"rejected as “Name of a person” in customers.csv by {engineer} on ")
    assert finding(other, "buyer").suggested is None


def test_a_changed_column_is_suggested_as_it_was_changed(project: Project, engineer: User) -> None:
    first = scanned(project, "a.csv", found("ref", ""))
    findings.decide_finding(
        actor=engineer, finding=finding(first, "ref"), decision=Decision.CHANGED,
        identifying=IdentifyingChoice.DIRECT, category=CategoryChoice.HEALTH, entity="PATIENT_NUMBER",
    )  # fmt: skip
    second = scanned(project, "z.csv", found("Ref", ""))
    assert "changed to Health in a.csv" in finding(second, "Ref").why_in_words[-1]
    assert suggested.follow(actor=engineer, dataset=second) == 1
    row = finding(second, "Ref")
    assert (row.decision, row.identifying, row.category, row.entity, row.special) == (
        "changed", "direct", "health", "PATIENT_NUMBER", True,
    )  # fmt: skip
    assert AuditEvent.objects.get(event="finding.decided_many").data["findings"] == 1


def test_another_entity_another_team_or_no_header_gets_no_suggestion(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    assert finding(scanned(project, "z.csv", found("contact", "EMAIL_ADDRESS")), "contact").suggested is None
    assert finding(scanned(ProjectFactory(), "z.csv", found("contact")), "contact").suggested is None
    headless = scanned(project, "q.csv", found("contact"), has_header=False)
    assert finding(headless, "contact").suggested is None
    reject(engineer, scanned(project, "r.csv", found("c1"), has_header=False), "c1")
    assert list(TeamColumn.objects.values_list("column", flat=True)) == ["contact"]


def test_an_acceptance_elsewhere_and_a_decision_taken_back_are_forgotten(project: Project, engineer: User) -> None:
    first, second = (scanned(project, name, found("contact")) for name in ("a.csv", "z.csv"))
    reject(engineer, first, "contact")
    findings.decide_finding(actor=engineer, finding=finding(first, "contact"), decision=Decision.OPEN)
    assert not TeamColumn.objects.exists()
    reject(engineer, first, "contact")
    findings.decide_finding(actor=engineer, finding=finding(second, "contact"), decision=Decision.ACCEPTED)
    assert not TeamColumn.objects.exists()


def test_many_decisions_at_once_are_learned_with_a_few_queries(
    project: Project, engineer: User, django_assert_max_num_queries: object
) -> None:
    dataset = scanned(project, "wide.csv", *(found(f"column_{number}") for number in range(120)))
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        findings.decide_findings(
            actor=engineer, dataset=dataset, findings=dataset.findings.all(), verdict=Verdict(Decision.REJECTED)
        )
    assert TeamColumn.objects.count() == 120


def test_the_latest_decision_stands(project: Project, engineer: User) -> None:
    first, second = (scanned(project, name, found("contact")) for name in ("a.csv", "z.csv"))
    reject(engineer, first, "contact")
    reject(engineer, second, "contact")
    assert TeamColumn.objects.get().dataset == "z.csv"


def test_a_forgotten_column_is_suggested_no_more(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    column = TeamColumn.objects.get()
    signed_in(engineer).post(reverse("datamap:column_forget", args=[project.team_id, column.pk]))
    assert finding(scanned(project, "z.csv", found("contact")), "contact").suggested is None
    assert AuditEvent.objects.get(event="column.forgotten").team_id == project.team_id


def test_erasing_the_project_takes_what_was_learned_in_it(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    project.delete()
    assert not TeamColumn.objects.exists()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("customerName", "Customer_Name", True),
        ("CUSTOMER NAME", "customer-name", True),
        ("Straße", "STRASSE", True),
        ("address1", "address2", False),
        ("q1", "q2", False),
    ],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert (learned.key_of(one) == learned.key_of(other)) == same


def test_the_page_says_what_was_decided_elsewhere_and_decides_all_as_before(project: Project, engineer: User) -> None:
    first = scanned(project, "a.csv", found("contact"), found("owner"), found("ref", ""))
    reject(engineer, first, "contact")
    reject(engineer, first, "owner")
    findings.decide_finding(
        actor=engineer, finding=finding(first, "ref"), decision=Decision.CHANGED, identifying=IdentifyingChoice.DIRECT
    )
    second = scanned(project, "z.csv", found("contact"), found("owner"), found("ref", ""), found("buyer"))
    client = signed_in(engineer)
    page = client.get(f"{second.get_absolute_url()}?show=open").content.decode()
    assert "3 columns were decided in other samples of the team." in page
    assert page.count("Do as before") == 6  # three buttons, each with its label
    assert finding(second, "ref").needs_decision
    answer = client.post(reverse("datamap:suggestions_follow", args=[project.pk, second.pk]), follow=True)
    assert "3 findings are decided as before." in answer.content.decode()
    decided = dict(second.findings.values_list("column", "decision"))
    assert decided == {"contact": "rejected", "owner": "rejected", "ref": "changed", "buyer": ""}


def test_accepting_all_that_are_sure_overturns_nothing_decided_elsewhere(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    second = scanned(project, "z.csv", found("contact"), found("buyer"))
    assert findings.accept_all_above(actor=engineer, dataset=second, confidence=0.5) == 1
    assert finding(second, "contact").decision == Decision.OPEN


def test_rejecting_what_said_nothing_teaches_nothing(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact", "")), "contact")
    assert not TeamColumn.objects.exists()


def test_following_is_for_who_may_write(project: Project, engineer: User, settings: object) -> None:
    settings.CANDOR_DEMO = True  # type: ignore[attr-defined]
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    second = scanned(project, "z.csv", found("contact"))
    reader = signed_in(person(Role.DPO, team=project.team))
    assert reader.post(reverse("datamap:suggestions_follow", args=[project.pk, second.pk])).status_code == 403
    assert "Do as before" not in reader.get(second.get_absolute_url()).content.decode()


def test_a_program_sees_suggestions_and_follows_them(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    second = scanned(project, "z.csv", found("contact"), found("buyer"))
    client, address = signed_in(engineer), f"/api/v1/datasets/{second.pk}/findings/"
    (row,) = client.get(f"{address}?suggested=true").json()["results"]
    assert (row["name"], row["class"], row["suggested"]["decision"]) == ("contact", "direct", "rejected")
    assert [row["name"] for row in client.get(f"{address}?suggested=false").json()["results"]] == ["buyer"]
    assert client.post(f"{address}follow/").json() == {"count": 1}
    assert finding(second, "contact").decision == Decision.REJECTED


def test_files_of_findings_hold_what_is_suggested(project: Project, engineer: User) -> None:
    reject(engineer, scanned(project, "a.csv", found("contact")), "contact")
    second = scanned(project, "z.csv", found("contact"))
    client = signed_in(engineer)
    as_json, as_csv = (
        client.get(reverse(f"datamap:findings_{kind}", args=[project.pk, second.pk])) for kind in ("json", "csv")
    )
    assert as_json.json()["findings"][0]["suggested"]["dataset"] == "a.csv"
    assert "decision rejected; identifying none" in as_csv.content.decode()


def test_a_program_overturns_nothing_that_it_did_not_see(project: Project, engineer: User) -> None:
    dataset = scanned(project, "a.csv", found("contact"))
    client, address = signed_in(engineer), f"/api/v1/datasets/{dataset.pk}/findings/"
    seen = client.get(address).json()["results"][0]["stamp"]
    reject(engineer, dataset, "contact")
    body = {"decision": "accepted", "seen": seen}
    late = client.patch(f"{address}{finding(dataset, 'contact').pk}/", body, content_type="application/json")
    assert late.status_code == 409
    assert finding(dataset, "contact").decision == Decision.REJECTED
