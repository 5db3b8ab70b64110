"""Deciding findings through pages and programs: several at once, above a confidence, by filter; and as files."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, Role
from datamap.models import Dataset, Decision, Finding
from datamap.selectors.findings import overview_of, sure_counts
from datamap.services import datasets as services
from datamap.services import findings
from tests.factories import person
from tests.integration.datamap.conftest import upload
from tests.integration.datamap.factories import DatasetFactory, FindingFactory

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from core.models import Project, User

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "findings"}


@pytest.fixture
def dataset(project: Project) -> Dataset:
    """Ten columns, ever surer: 0.90, 0.91 ... 0.99."""
    made = DatasetFactory(project=project, name="=people.csv", rows=10, sampled=10)
    Dataset.objects.filter(pk=made.pk).update(scanned_at=made.created_at)
    for n in range(10):
        FindingFactory(dataset=made, position=n, column=f"=c{n}", confidence=round(0.9 + n / 100, 3))
    made.refresh_from_db()
    return made


def url(dataset: Dataset, name: str, query: str = "") -> str:
    return reverse(f"datamap:{name}", args=[dataset.project_id, dataset.pk]) + query


def events(dataset: Dataset) -> list[str]:
    return list(AuditEvent.objects.filter(project_id=dataset.project_id).order_by("at").values_list("event", flat=True))


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


# --- several at once --------------------------------------------------------------------------------------------------


def test_ticked_findings_are_changed_as_one_event(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    chosen = list(dataset.findings.values_list("pk", flat=True)[:3])
    form = {"decision": "changed", "finding": chosen, "entity": "PERSON", "category": "identity"}
    answer = client.post(url(dataset, "findings_decide", "?show=all&page=2"), form)

    assert answer.headers["Location"] == f"{dataset.get_absolute_url()}?show=all&page=2"
    assert dataset.findings.filter(entity="PERSON", category="identity", decision="changed").count() == 3
    assert events(dataset) == ["finding.decided_many"]


def test_all_that_the_filter_shows_are_meant_not_the_page_alone(
    client: Client, engineer: User, dataset: Dataset
) -> None:
    client.force_login(engineer)
    client.post(url(dataset, "findings_decide", "?show=all&q=c3"), {"decision": "rejected", "all": "1"})

    assert list(dataset.findings.filter(decision="rejected").values_list("column", flat=True)) == ["=c3"]


@pytest.mark.parametrize(
    "form",
    [
        {"decision": "accepted"},
        {"decision": "accepted", "finding": ["not-an-id", "1" * 400]},
        {"decision": "sold", "all": "1"},
        {"decision": "changed", "all": "1"},
        {"decision": "changed", "all": "1", "entity": "<script>"},
    ],
)
def test_what_says_nothing_decides_nothing(
    client: Client, engineer: User, dataset: Dataset, form: dict[str, Any]
) -> None:
    client.force_login(engineer)
    answer = client.post(url(dataset, "findings_decide"), form, follow=True)

    assert answer.status_code == 200
    assert set(dataset.findings.values_list("decision", flat=True)) == {""}


def test_another_samples_findings_are_passed_over(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    other = FindingFactory()
    client.post(url(dataset, "findings_decide"), {"decision": "rejected", "finding": [other.pk]})

    other.refresh_from_db()
    assert other.decision == ""


# --- all that are sure ------------------------------------------------------------------------------------------------


def test_what_the_page_promises_is_what_is_accepted(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    promised = overview_of(dataset).sure[95]
    client.post(url(dataset, "findings_accept"), {"above": "0.95", "expected": promised})

    assert promised == 5
    assert dataset.findings.filter(decision="accepted", confidence__gte=0.95).count() == 5
    assert dataset.findings.filter(decision="accepted").count() == 5


@pytest.mark.parametrize("form", [{"above": "0.95", "expected": "9"}, {"above": "2"}, {"above": "nan"}, {"above": "x"}])
def test_a_promise_that_fails_accepts_nothing(
    client: Client, engineer: User, dataset: Dataset, form: dict[str, str]
) -> None:
    client.force_login(engineer)
    answer = client.post(url(dataset, "findings_accept"), form, follow=True)

    assert "notice-bad" in said(answer) or "tag-bad" in said(answer) or "alert" in said(answer)
    assert not dataset.findings.filter(decision="accepted").exists()


def test_counts_are_those_of_the_comparison_itself() -> None:
    known = [0.0, 0.29, 0.2999, 0.57, 0.58, 0.95, 1.0]
    counts = sure_counts(known)

    assert counts == tuple(sum(one >= step / 100 for one in known) for step in range(101))


@pytest.mark.parametrize("role", [Role.DPO, Role.DECIDER, Role.AUDITOR, Role.OWNER])
@pytest.mark.parametrize("name", ["findings_decide", "findings_accept", "dataset_rescan"])
def test_who_only_reads_is_refused_whatever_they_send(
    client: Client, project: Project, dataset: Dataset, role: Role, name: str, settings: Any
) -> None:
    settings.CANDOR_DEMO = True  # no second factor
    client.force_login(person(role, team=project.team))
    for form in ({}, {"decision": "accepted", "all": "1"}, {"language": "xx"}):
        assert client.post(url(dataset, name), form).status_code == 403


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?show=all", 10),
        ("?show=text", 0),
        ("?show=nonsense", 10),
        ("?q=C7", 1),
        ("?show=all&order=-confidence", 10),
        ("?order=)%3B--", 10),
    ],
)
def test_findings_are_filtered_searched_and_ordered(
    client: Client, engineer: User, dataset: Dataset, query: str, rows: int
) -> None:
    client.force_login(engineer)
    answer = client.get(dataset.get_absolute_url() + query, headers=HTMX)

    assert said(answer).count('id="finding-') == rows
    if "-confidence" in query:
        assert said(answer).index("=c9") < said(answer).index("=c0")


def test_three_hundred_columns_cost_no_more_queries_and_an_answer_stays_small(
    client: Client, engineer: User, dataset: Dataset
) -> None:
    client.force_login(engineer)
    page = f"{dataset.get_absolute_url()}?show=all"
    client.get(page, headers=HTMX)
    with CaptureQueriesContext(connection) as few:
        client.get(page, headers=HTMX)
    for n in range(10, 300):
        FindingFactory(dataset=dataset, position=n, column=f"column_{n}")
    with CaptureQueriesContext(connection) as many:
        answer = client.get(page, headers=HTMX)

    assert len(many) <= len(few) + 1  # the small map of pages
    assert said(answer).count('id="finding-') == 12
    assert len(answer.content) < 44_000
    assert len(client.get(page).content) < 64_000


def test_deciding_in_place_also_brings_the_counts(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    row = dataset.findings.all()[0]
    page = f"http://testserver{dataset.get_absolute_url()}?show=direct"
    answer = client.post(
        reverse("datamap:finding", args=[dataset.project_id, dataset.pk, row.pk]),
        {"decision": "accepted"},
        headers={"HX-Request": "true", "HX-Current-URL": page},
    )

    assert said(answer).lstrip().startswith("<tbody")
    assert "Needs a decision 9" in said(answer)
    assert 'href="?show=direct" aria-current' in said(answer)


@pytest.mark.parametrize(("mine", "status", "kept"), [("accepted", 409, "rejected"), ("rejected", 200, "rejected")])
def test_who_overturns_what_they_did_not_see_is_told(
    client: Client, engineer: User, dataset: Dataset, mine: str, status: int, kept: str
) -> None:
    client.force_login(engineer)
    row = dataset.findings.all()[0]
    address = reverse("datamap:finding", args=[dataset.project_id, dataset.pk, row.pk]) + f"?seen={row.stamp}"
    client.post(address, {"decision": "rejected"}, headers={"HX-Request": "true"})
    answer = client.post(address, {"decision": mine}, headers={"HX-Request": "true"})
    row.refresh_from_db()

    assert (answer.status_code, row.decision) == (status, kept)
    assert ("has changed since you opened this page" in said(answer)) == (status == 409)
    assert f"?seen={row.stamp}" in said(answer)
    assert client.post(address, {"decision": mine}).status_code == 302


@pytest.mark.parametrize(("back", "decided"), [(60, 1), (-60, 3)])
def test_many_at_once_overturn_nothing_that_others_decided_since(
    client: Client, engineer: User, dataset: Dataset, back: int, decided: int
) -> None:
    rows = list(dataset.findings.all()[:3])
    findings.decide_finding(actor=_colleague(dataset), finding=rows[1], decision=Decision.REJECTED)
    client.force_login(engineer)
    opened = (timezone.now() - timedelta(seconds=back)).isoformat()
    form = {"decision": "accepted", "finding": [row.pk for row in rows], "opened": opened}
    answer = client.post(url(dataset, "findings_decide"), form, follow=True)

    assert ("somebody else decided 1 of them" in said(answer)) == (decided == 1)
    assert dataset.findings.exclude(decision="").count() == decided


def _colleague(dataset: Dataset) -> User:
    return person(Role.ENGINEER, team=dataset.project.team)


def test_a_nonsensical_decision_is_refused(client: Client, engineer: User, dataset: Dataset) -> None:
    client.force_login(engineer)
    row = dataset.findings.all()[0]
    address = reverse("datamap:finding", args=[dataset.project_id, dataset.pk, row.pk])

    assert client.post(address, {"decision": "sold"}, headers={"HX-Request": "true"}).status_code == 422


# --- language ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("candor_home")
def test_a_language_is_chosen_at_upload_and_changed_at_a_rescan(
    client: Client, engineer: User, project: Project, candor_home: Path
) -> None:
    made = services.add_dataset(actor=engineer, project=project, upload=upload(b"a,b\n1,2\n"), language="fr")
    assert made.language == "fr"
    assert made.job
    made.job.state = "done"
    made.job.save()
    client.force_login(engineer)
    client.post(url(made, "dataset_rescan"), {"language": "de"})
    made.refresh_from_db()
    assert made.language == "de"
    made.job.state = "done"
    made.job.save()
    client.post(url(made, "dataset_rescan"), {"language": "klingon"})
    made.refresh_from_db()

    assert made.language == "de"
    assert events(made) == ["dataset.added", "dataset.rescanned"]


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("whole", [False, True])
def test_a_file_holds_everything_and_no_formula(
    client: Client,
    engineer: User,
    dataset: Dataset,
    kind: str,
    whole: bool,  # noqa: FBT001
) -> None:
    client.force_login(engineer)
    Finding.objects.filter(position=0).update(
        change="moved", before={"column": "=c0", "share": 0.1}, decision="rejected"
    )
    name = f"project_findings_{kind}" if whole else f"findings_{kind}"
    address = reverse(f"datamap:{name}", args=[dataset.project_id, *([] if whole else [dataset.pk])])
    answer = client.get(address)

    assert events(dataset)[-1] == "finding.exported"
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        lines = said(answer).splitlines()
        assert len(lines) == 11
        assert lines[1].startswith("'=c0,'=people.csv,0,varchar")
        assert "its name says “email”" in lines[1]
    else:
        row = json.loads(answer.content)["findings"][0]
        assert (row["column"], row["change"], row["before"]["share"], row["decision"]) == (
            "=c0",
            "moved",
            0.1,
            "rejected",
        )
        assert row["found_entity"] == "EMAIL_ADDRESS"


# --- programs ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def token(engineer: User) -> dict[str, str]:
    out = StringIO()
    call_command("create_token", engineer.email, "--scopes", "read,write", "--days", "1", stdout=out)
    return {"Authorization": f"Token {out.getvalue().split()[-1]}"}


def test_a_program_decides_several_and_reads_a_whole_project(
    client: Client, dataset: Dataset, token: dict[str, str]
) -> None:
    ids = [str(pk) for pk in dataset.findings.values_list("pk", flat=True)[:2]]

    def send(what: str, data: dict[str, Any]) -> Any:
        address = f"/api/v1/datasets/{dataset.pk}/findings/{what}/"
        return client.post(address, json.dumps(data), content_type="application/json", headers=token)

    assert send("decide", {"decision": "rejected", "findings": ids}).json() == {"count": 2}
    assert send("decide", {"decision": "accepted"}).status_code == 400
    assert send("decide", {"decision": "accepted", "view": "open", "findings": ids}).status_code == 400
    assert send("accept", {"above": 0.98, "expected": 1}).json()["type"] == "urn:candor:problem:findings_changed"
    assert send("accept", {"above": 0.98, "expected": 2}).json() == {"count": 2}
    assert send("decide", {"decision": "accepted", "view": "undecided"}).json() == {"count": 6}
    listed = client.get(f"/api/v1/projects/{dataset.project_id}/findings/?decision=rejected", headers=token).json()
    assert (listed["count"], listed["results"][0]["change"]) == (2, "")
    about = client.get(f"/api/v1/datasets/{dataset.pk}/", headers=token).json()
    assert about["read"] == ["All 10 rows were read."]
    assert {"language", "found_language", "language_share", "engines", "gone", "compared_at"} <= set(about)


def test_a_program_cannot_reach_another_teams_findings(client: Client, token: dict[str, str]) -> None:
    other = FindingFactory().dataset
    for what in ("decide", "accept"):
        address = f"/api/v1/datasets/{other.pk}/findings/{what}/"
        assert client.post(address, "{}", content_type="application/json", headers=token).status_code == 404
    assert client.get(f"/api/v1/projects/{other.project_id}/findings/", headers=token).status_code == 404
