"""Samples and findings as people and programs meet them: pages, API, permissions, audit, queries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import registry
from core.errors import Refused
from core.models import AuditEvent, Job, JobState, Role
from datamap.models import Dataset, Decision, Finding
from datamap.selectors.facts_scan import scan_facts
from datamap.services import datasets as services
from datamap.services import findings
from tests.factories import person
from tests.integration.datamap.conftest import upload

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from core.models import Project, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(candor_home: Path) -> None:
    """Files of these tests go into a folder of their own."""


@pytest.fixture
def dataset(engineer: User, project: Project) -> Dataset:
    """A scanned sample with 12 findings, 4 of them decided by nobody yet."""
    made = services.add_dataset(actor=engineer, project=project, upload=upload(b"a,b\n1,2\n"))
    Job.objects.filter(pk=str(made.job_id)).update(state=JobState.DONE)
    made.scanned_at, made.rows, made.sampled = made.created_at, 1000, 1000
    made.save()
    Finding.objects.bulk_create([finding(made, n) for n in range(12)])
    return made


def finding(dataset: Dataset, n: int, **fields: Any) -> Finding:
    direct = n % 3 == 0
    identifying, category, entity = ("direct", "contact", "EMAIL_ADDRESS") if direct else ("none", "none", "")
    known = {
        "found_identifying": identifying, "found_category": category, "found_entity": entity,
        "identifying": identifying, "category": category, "entity": entity,
    }  # fmt: skip
    numbers = {"confidence": 0.9 + n / 120, "share": 0.5, "low": 0.45, "high": 0.55}
    why = [{"code": "lexicon.word", "params": {"word": "email"}}]
    row = {"dataset": dataset, "position": n, "column": f"=col{n}", "why": why, "examples": ["a***@b***.com"]}
    return Finding(**{**row, **known, **numbers, **fields})


def events(project: Project) -> list[str]:
    return list(AuditEvent.objects.filter(project_id=project.pk).order_by("at").values_list("event", flat=True))


# --- pages ------------------------------------------------------------------------------------------------------------


def test_an_upload_leads_to_the_samples_page_and_one_event(client: Client, engineer: User, project: Project) -> None:
    client.force_login(engineer)
    answer = client.post(
        reverse("datamap:datasets", args=[project.pk]), {"file": SimpleUploadedFile("../../etc/a.csv", b"a,b\n1,2\n")}
    )

    made = Dataset.objects.get()
    assert answer.headers["Location"] == made.get_absolute_url()
    assert made.name == "a.csv"
    assert events(project) == ["dataset.added"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"%PDF-1.7 ...", "can&#x27;t be scanned"), (b"\x89PNG....", "can&#x27;t be scanned")],
)
def test_what_is_no_sample_is_refused_at_once_with_its_name(
    client: Client, engineer: User, project: Project, content: bytes, said: str
) -> None:
    client.force_login(engineer)
    url = reverse("datamap:datasets", args=[project.pk])
    answer = client.post(url, {"file": SimpleUploadedFile("<script>x.csv", content)})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "<script>x" not in answer.content.decode()
    assert not Dataset.objects.exists()


def test_a_double_click_makes_one_sample(engineer: User, project: Project) -> None:
    first = services.add_dataset(actor=engineer, project=project, upload=upload(b"a,b\n1,2\n"))
    second = services.add_dataset(actor=engineer, project=project, upload=upload(b"a,b\n1,2\n"))

    assert first == second
    assert first.job == second.job
    assert events(project) == ["dataset.added"]


def test_the_page_shows_findings_escaped_and_with_their_reason(
    client: Client, engineer: User, dataset: Dataset
) -> None:
    Finding.objects.filter(position=0).update(column="<script>alert(1)</script>")
    client.force_login(engineer)
    page = client.get(dataset.get_absolute_url() + "?show=all").content.decode()

    assert "<script>alert" not in page
    assert "its name says “email”" in page
    assert "a***@b***.com" in page


@pytest.mark.parametrize(("show", "rows"), [("open", 4), ("identifying", 4), ("all", 12)])
def test_the_three_views(client: Client, engineer: User, dataset: Dataset, show: str, rows: int) -> None:
    client.force_login(engineer)
    page = client.get(
        f"{dataset.get_absolute_url()}?show={show}", headers={"HX-Request": "true", "HX-Target": "findings"}
    )

    assert page.content.decode().count('id="finding-') == rows
    assert "<html" not in page.content.decode()


def test_deciding_in_place_answers_with_the_row(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    row = dataset.findings.get(position=3)
    url = reverse("datamap:finding", args=[dataset.project_id, dataset.pk, row.pk])
    answer = client.post(
        url, {"decision": "changed", "identifying": "quasi", "category": "location"}, headers={"HX-Request": "true"}
    )

    row.refresh_from_db()
    assert (row.identifying, row.category, row.decision, row.found_identifying) == (
        "quasi",
        "location",
        "changed",
        "direct",
    )
    assert "Quasi-identifier" in answer.content.decode()
    assert events(dataset.project)[-1] == "finding.decided"


def test_accepting_above_a_confidence_accepts_no_less_sure_one(engineer: User, dataset: Dataset) -> None:
    count = findings.accept_all_above(actor=engineer, dataset=dataset, confidence=0.95)

    accepted = set(dataset.findings.filter(decision=Decision.ACCEPTED).values_list("position", flat=True))
    assert (count, accepted) == (2, {6, 9})
    assert events(dataset.project)[-1] == "finding.accepted_above"


def test_a_decision_can_be_taken_back(engineer: User, dataset: Dataset) -> None:
    row = dataset.findings.get(position=0)
    findings.decide_finding(actor=engineer, finding=row, decision=Decision.REJECTED)
    again = findings.decide_finding(actor=engineer, finding=row, decision=Decision.OPEN)

    assert (again.identifying, again.decision, again.decided_by) == ("direct", "", None)


def test_exports_hold_no_formula(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    table = client.get(reverse("datamap:findings_csv", args=[dataset.project_id, dataset.pk])).content.decode()
    data = client.get(reverse("datamap:findings_json", args=[dataset.project_id, dataset.pk])).json()

    assert "\r\n'=col0," in table
    assert "\r\n=col0" not in table
    assert data["findings"][0]["column"] == "=col0"
    assert events(dataset.project)[-2:] == ["finding.exported", "finding.exported"]


@pytest.mark.parametrize("name", ["datasets", "dataset", "findings_csv", "findings_json"])
def test_another_team_meets_nothing(client: Client, stranger: User, dataset: Dataset, name: str) -> None:
    client.force_login(stranger)
    arguments = [dataset.project_id] if name == "datasets" else [dataset.project_id, dataset.pk]

    assert client.get(reverse(f"datamap:{name}", args=arguments)).status_code == 404


@pytest.mark.parametrize("role", [Role.DPO, Role.DECIDER, Role.AUDITOR])
def test_who_only_reads_uploads_and_decides_nothing(
    client: Client, project: Project, dataset: Dataset, role: Role, settings: Any
) -> None:
    settings.CANDOR_DEMO = True  # no second factor
    client.force_login(person(role, team=project.team))
    row = dataset.findings.get(position=0)
    page = client.get(dataset.get_absolute_url())
    decide = client.post(reverse("datamap:finding", args=[project.pk, dataset.pk, row.pk]), {"decision": "accepted"})
    send = client.post(reverse("datamap:datasets", args=[project.pk]), {"file": SimpleUploadedFile("b.csv", b"a\n1\n")})

    assert (page.status_code, decide.status_code, send.status_code) == (200, 403, 403)
    assert "Accept" not in page.content.decode()
    assert Dataset.objects.count() == 1


@pytest.mark.parametrize("page", ["datasets", "dataset"])
def test_queries_do_not_grow_with_the_rows(client: Client, engineer: User, dataset: Dataset, page: str) -> None:
    client.force_login(engineer)
    arguments = [dataset.project_id] if page == "datasets" else [dataset.project_id, dataset.pk]
    url = reverse(f"datamap:{page}", args=arguments) + "?show=all"
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    Finding.objects.bulk_create([finding(dataset, n) for n in range(12, 45)])
    for n in range(5):
        services.add_dataset(actor=engineer, project=dataset.project, upload=upload(b"a,b\n%d,2\n" % n))
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) <= len(few) + 1  # the strip of running jobs shows one
    assert len(many) < 40


# --- services and registry -------------------------------------------------------------------------------------------


def test_deleting_a_sample_takes_its_file(engineer: User, dataset: Dataset) -> None:
    stored = dataset.file
    services.delete_dataset(actor=engineer, dataset=dataset)

    assert stored
    stored.refresh_from_db()
    assert not stored.is_present
    assert not Finding.objects.exists()


def test_a_sample_whose_file_went_asks_for_it_again(engineer: User, dataset: Dataset) -> None:
    dataset.file.deleted_at = dataset.created_at  # type: ignore[union-attr]
    dataset.file.save()  # type: ignore[union-attr]

    with pytest.raises(Refused) as caught:
        services.rescan(actor=engineer, dataset=dataset)
    assert caught.value.code == "file_gone"


def test_findings_that_wait_are_work_for_those_who_may_decide(engineer: User, stranger: User, dataset: Dataset) -> None:
    auditor = person(Role.AUDITOR, team=dataset.project.team)

    assert ["4 findings need a decision" in str(item.text) for item in registry.work_for(engineer)].count(True) == 1
    assert not [item for item in registry.work_for(auditor) if "need a decision" in str(item.text)]
    assert not registry.work_for(stranger)


def test_search_finds_columns_of_ones_own_projects_only(engineer: User, stranger: User, dataset: Dataset) -> None:
    assert [hit.text for hit in registry.search(engineer, "col7")] == ["=col7"]
    assert registry.search(stranger, "col7") == []


def test_facts_are_unknown_before_a_scan_and_cite_the_file_after(project: Project, dataset: Dataset) -> None:
    facts = {fact.key: fact for fact in scan_facts(project)}
    Finding.objects.bulk_create(
        [finding(dataset, 20, column="message", is_text=True, entities={"PERSON": 300}, share=0.38)]
    )
    texts = {fact.key: fact for fact in scan_facts(project)}

    assert (facts["scan.datasets"].value, facts["scan.rows"].value, facts["text.columns"].value) == (1, 1000, 0)
    assert "text.share_identified" not in facts
    assert texts["text.share_identified"].value == 0.38
    assert texts["text.entities"].value == ("PERSON",)
    assert texts["text.entities"].sources[0].sha256 == dataset.sha256
    Dataset.objects.update(scanned_at=None)
    assert scan_facts(project) == []


# --- API --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def token(engineer: User) -> dict[str, str]:
    from io import StringIO

    out = StringIO()
    call_command("create_token", engineer.email, "--scopes", "read,write", "--days", "1", stdout=out)
    return {"Authorization": f"Token {out.getvalue().split()[-1]}"}


def test_a_program_uploads_reads_and_decides(
    client: Client, project: Project, dataset: Dataset, token: dict[str, str]
) -> None:
    sent = client.post(
        f"/api/v1/projects/{project.pk}/datasets/", {"file": SimpleUploadedFile("c.csv", b"x,y\n3,4\n")}, headers=token
    )
    listed = client.get(f"/api/v1/projects/{project.pk}/datasets/?ordering=name", headers=token).json()
    found = client.get(f"/api/v1/datasets/{dataset.pk}/findings/?view=open&page_size=2", headers=token).json()
    one = found["results"][0]
    changed = client.patch(
        f"/api/v1/datasets/{dataset.pk}/findings/{one['id']}/",
        json.dumps({"decision": "rejected"}),
        content_type="application/json",
        headers=token,
    ).json()

    assert sent.status_code == 202
    assert set(sent.json()) == {"id", "job"}
    assert listed["count"] == 2
    assert (found["count"], len(found["results"]), one["class"]) == (4, 2, "direct")
    assert (changed["decision"], changed["class"], changed["found"]["class"]) == ("rejected", "none", "direct")


def test_the_api_tells_what_is_wrong_with_a_file(client: Client, project: Project, token: dict[str, str]) -> None:
    url = f"/api/v1/projects/{project.pk}/datasets/"
    pdf = client.post(url, {"file": SimpleUploadedFile("c.pdf", b"%PDF-1")}, headers=token)
    none = client.post(url, {}, headers=token)

    assert (pdf.status_code, pdf.json()["type"]) == (415, "urn:candor:problem:unsupported_format")
    assert none.status_code == 400
    assert pdf.headers["Content-Type"] == "application/problem+json"


def test_the_api_hides_another_teams_samples(
    client: Client, stranger: User, dataset: Dataset, token: dict[str, str]
) -> None:
    Dataset.objects.filter(pk=dataset.pk).update(project=_project_of(stranger))
    for url in (f"/api/v1/datasets/{dataset.pk}/", f"/api/v1/datasets/{dataset.pk}/findings/"):
        assert client.get(url, headers=token).status_code == 404


def _project_of(user: User) -> Project:
    from tests.factories import ProjectFactory

    return ProjectFactory(team=user.memberships.get().team)
