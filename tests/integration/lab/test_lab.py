"""The lab: who may measure, what is recorded, what is announced upward, what other teams see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from core import storage
from core.errors import Refused
from core.models import AuditEvent, Job, JobState, Project, Role, StoredFile, User
from core.permissions import can_control
from datamap.models import Dataset
from datamap.signals import sample_scanned
from lab import selectors, services
from lab.models import Measurement
from lab.registered import measure_state
from lab.signals import measured
from lab.tasks import measure_reidentification
from tests.factories import ProjectFactory, TeamFactory, person
from tests.integration.lab.factories import CSV, QUASI, FindingFactory, scanned
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("candor_home")]


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


@pytest.fixture
def dataset(project: Project) -> Dataset:
    return scanned(project)


FIGURES: dict[str, Any] = {
    "columns": list(QUASI), "records": 40, "classes": 6, "k": 1, "unique": 3, "threshold": 11, "at_risk": 5,
    "uniqueness": 0.075, "highest_risk": 1.0, "average_risk": 0.15, "share_at_risk": 0.125,
    "bands": [{"low": 1, "high": 1, "classes": 3, "records": 3}, {"low": 2, "high": 0, "classes": 3, "records": 37}],
    "identifying_sets": [{"columns": ["city", "job"], "unique": 3, "share": 0.075}],
    "exposure": "high", "because": [{"code": "reid.sample_only", "params": {}}],
    "versions": {"duckdb": "2.0.0"}, "seed": 1,
}  # fmt: skip


def recorded(measurement: Measurement, **changes: Any) -> Measurement:
    figures = json.loads(json.dumps({**FIGURES, **changes}))
    return services.record_reidentification(actor=measurement.created_by, measurement=measurement, figures=figures)


def test_a_measurement_is_a_row_a_job_and_one_event(engineer: User, project: Project, dataset: Dataset) -> None:
    before = AuditEvent.objects.count()
    made = services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    assert made.columns == list(QUASI)
    assert made.job is not None
    assert (made.job.kind, made.job.state, made.job.holds) == (services.REIDENTIFICATION, JobState.QUEUED, dataset.file)
    assert made.input_sha256 == dataset.sha256
    assert AuditEvent.objects.count() == before + 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO, Role.DECIDER, Role.OWNER])
def test_who_only_reads_measures_nothing(role: Role, project: Project, dataset: Dataset) -> None:
    with pytest.raises(PermissionDenied):
        services.measure_reidentification(actor=person(role, team=project.team), project=project, dataset=dataset)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"columns": []}, "no_columns"),
        ({"columns": ["city", "nothing"]}, "no_such_column"),
        ({"columns": [f"c{n}" for n in range(13)]}, "too_many_columns"),
        ({"columns": ["city"], "threshold": 1}, "threshold"),
    ],
)
def test_what_can_not_be_measured_is_refused(
    engineer: User, project: Project, dataset: Dataset, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        services.measure_reidentification(actor=engineer, project=project, dataset=dataset, **fields)
    assert refused.value.code == code
    assert not Job.objects.exists()


def test_a_deleted_sample_is_not_measured(engineer: User, project: Project, dataset: Dataset) -> None:
    assert dataset.file is not None
    storage.delete(dataset.file)
    with pytest.raises(Refused) as refused:
        services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    assert refused.value.code == "file_gone"


def announce(dataset: Dataset, engineer: User) -> Job:
    scan = Job.objects.create(
        kind="datamap.scan_dataset", subject_type="datamap.dataset", subject_id=dataset.pk, project=dataset.project,
        holds=dataset.file, created_by=engineer,
    )  # fmt: skip
    with transaction.atomic():
        sample_scanned.send(
            sender=Dataset, dataset=dataset, project=dataset.project, stored_file=dataset.file, job=scan
        )
    return scan


def test_a_scanned_sample_is_measured_before_it_goes(engineer: User, dataset: Dataset) -> None:
    StoredFile.objects.update(transient=True)
    scan = announce(dataset, engineer)
    made = Measurement.objects.get()
    assert made.automatic
    assert made.columns == list(QUASI)
    Job.objects.filter(pk=scan.pk).update(state=JobState.DONE)
    assert dataset.file is not None
    storage.release(dataset.file.pk)
    assert StoredFile.objects.get().is_present  # the queued measurement holds it


def test_a_sample_without_rows_is_left_alone(engineer: User, dataset: Dataset) -> None:
    Dataset.objects.update(rows=0)
    dataset.refresh_from_db()
    announce(dataset, engineer)
    assert not Measurement.objects.exists()
    with pytest.raises(Refused, match="no rows"):
        services.measure_reidentification(actor=engineer, project=dataset.project, dataset=dataset)


def test_a_sample_without_quasi_identifiers_is_left_alone(engineer: User, dataset: Dataset) -> None:
    dataset.findings.update(identifying="none")
    announce(dataset, engineer)
    assert not Measurement.objects.exists()


def test_a_person_s_decision_about_a_column_changes_what_is_measured(dataset: Dataset) -> None:
    dataset.findings.filter(column="job").update(identifying="none")
    FindingFactory(dataset=dataset, column="note", is_text=True)
    assert selectors.suggested_columns(dataset) == ("city", "birth_year")


def test_the_first_result_becomes_a_fact_with_its_source(engineer: User, project: Project, dataset: Dataset) -> None:
    assert selectors.lab_facts(project) == []
    made = recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    facts = {fact.key: fact for fact in selectors.lab_facts(project)}
    assert facts["lab.k"].value == 1
    assert facts["lab.quasi_identifiers"].value == QUASI
    assert facts["lab.average_prosecutor_risk"].value == pytest.approx(0.15)
    (source,) = facts["lab.k"].sources
    assert (source.kind, source.ref, source.sha256) == ("lab", str(made.pk), dataset.sha256)


def test_citing_another_measurement_moves_the_facts_and_is_announced(
    engineer: User, project: Project, dataset: Dataset
) -> None:
    first = recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    second = recorded(
        services.measure_reidentification(actor=engineer, project=project, dataset=dataset, columns=["city"]),
        columns=["city"], k=2, average_risk=0.075,
    )  # fmt: skip
    assert (first.is_cited, second.is_cited) == (True, False)
    heard: list[Measurement] = []

    def hear(measurement: Measurement, **_kwargs: Any) -> None:
        heard.append(measurement)

    measured.connect(hear)
    try:
        before = AuditEvent.objects.count()
        services.cite_measurement(actor=engineer, measurement=second)
    finally:
        measured.disconnect(hear)
    assert heard == [second]
    assert AuditEvent.objects.count() == before + 1
    assert {fact.key: fact.value for fact in selectors.lab_facts(project)}["lab.k"] == 2
    first.refresh_from_db()
    assert not first.is_cited


def test_the_worst_sample_speaks_for_the_project(engineer: User, project: Project, dataset: Dataset) -> None:
    other = scanned(project, csv=CSV + "Lyon,nurse,1980,x@example.org\n")
    recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    recorded(services.measure_reidentification(actor=engineer, project=project, dataset=other), average_risk=0.9)
    assert {fact.key: fact.value for fact in selectors.lab_facts(project)}["lab.average_prosecutor_risk"] == 0.9


def test_what_is_not_measured_can_not_be_cited(engineer: User, project: Project, dataset: Dataset) -> None:
    made = services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    with pytest.raises(Refused):
        services.cite_measurement(actor=engineer, measurement=made)


@pytest.fixture
def stranger() -> User:
    return person(Role.ENGINEER, team=TeamFactory())


def test_another_team_meets_404_everywhere(engineer: User, stranger: User, project: Project, dataset: Dataset) -> None:
    made = recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    client = signed_in(stranger)
    for name, args in [("index", []), ("measurement", [made.pk]), ("measure", [dataset.pk])]:
        assert client.get(reverse(f"lab:{name}", args=[project.pk, *args])).status_code == 404
    assert client.post(reverse("lab:cite", args=[project.pk, made.pk])).status_code == 404
    assert client.get(f"/api/v1/projects/{project.pk}/measurements/").status_code == 404
    assert client.get(f"/api/v1/measurements/{made.pk}/").status_code == 404


def test_a_dataset_of_another_project_is_not_measured_through_one_s_own(stranger: User, dataset: Dataset) -> None:
    own = ProjectFactory(team=stranger.memberships.get().team)
    client = signed_in(stranger)
    assert client.post(reverse("lab:measure", args=[own.pk, dataset.pk]), {"columns": "city"}).status_code == 404
    answer = client.post(
        f"/api/v1/projects/{own.pk}/measurements/", {"dataset": str(dataset.pk)}, content_type="application/json"
    )
    assert answer.status_code == 404
    assert not Measurement.objects.exists()


def test_the_pages_show_result_chart_and_table(engineer: User, project: Project, dataset: Dataset) -> None:
    made = recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    client = signed_in(engineer)
    page = client.get(reverse("lab:index", args=[project.pk])).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert "7.5\u00a0%" in page
    assert "Cited as evidence" in page
    detail = client.get(reverse("lab:measurement", args=[project.pk, made.pk])).content.decode()
    assert "city, job" in detail
    form = client.get(reverse("lab:measure", args=[project.pk, dataset.pk])).content.decode()
    assert form.count("checked") == 3


def test_the_form_queues_a_measurement(engineer: User, project: Project, dataset: Dataset) -> None:
    address = reverse("lab:measure", args=[project.pk, dataset.pk])
    refused = signed_in(engineer).post(address, {"threshold": "11"})
    assert refused.status_code == 422
    sent = signed_in(engineer).post(address, {"columns": ["city", "job"], "threshold": "5"})
    assert sent.status_code == 302
    assert Measurement.objects.get().parameters == {"columns": ["city", "job"], "threshold": 5}


def test_a_program_measures_and_reads_the_result(engineer: User, project: Project, dataset: Dataset) -> None:
    client = signed_in(engineer)
    answer = client.post(
        f"/api/v1/projects/{project.pk}/measurements/",
        {"dataset": str(dataset.pk), "columns": ["city", "job"]},
        content_type="application/json",
    )
    assert answer.status_code == 202
    made = Measurement.objects.get(pk=answer.json()["id"])
    assert str(made.job_id) == answer.json()["job"]
    recorded(made)
    read = client.get(f"/api/v1/measurements/{made.pk}/").json()
    assert (read["state"], read["cited"], read["result"]["k"]) == ("measured", True, 1)
    listed = client.get(f"/api/v1/projects/{project.pk}/measurements/", {"dataset": str(dataset.pk)}).json()
    assert [row["id"] for row in listed["results"]] == [str(made.pk)]


def test_a_program_cites(engineer: User, stranger: User, project: Project, dataset: Dataset) -> None:
    recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    second = recorded(services.measure_reidentification(actor=engineer, project=project, dataset=dataset))
    address = f"/api/v1/measurements/{second.pk}/cite/"
    assert signed_in(stranger).post(address).status_code == 404
    assert signed_in(engineer).post(address).json()["cited"] is True
    assert Measurement.objects.cited().get() == second


def test_the_step_says_what_is_missing_and_what_is_there(engineer: User, project: Project) -> None:
    state = measure_state(engineer, project)
    assert (state.state, len(state.missing)) == ("todo", 1)
    made = services.measure_reidentification(actor=engineer, project=project, dataset=scanned(project))
    assert measure_state(engineer, project).state == "doing"
    recorded(made)
    Job.objects.update(state=JobState.DONE)
    assert (measure_state(engineer, project).state, measure_state(engineer, project).summary) == ("done", "1 result")


def test_the_sample_s_page_waits_for_the_result_and_then_shows_it(
    engineer: User, stranger: User, project: Project, dataset: Dataset
) -> None:
    page, tile = dataset.get_absolute_url(), reverse("lab:gauge", args=[project.pk, dataset.pk])
    assert "no quasi-identifiers found" in signed_in(engineer).get(page).content.decode()
    made = services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    assert tile in signed_in(engineer).get(page).content.decode()  # it asks again
    recorded(made)
    shown = signed_in(engineer).get(tile).content.decode()
    assert "Singled out by 2 columns" in shown
    assert tile not in shown
    assert signed_in(stranger).get(tile).status_code == 404


def test_a_program_that_asks_for_nothing_measurable_gets_a_problem(
    engineer: User, project: Project, dataset: Dataset
) -> None:
    answer = signed_in(engineer).post(
        f"/api/v1/projects/{project.pk}/measurements/",
        {"dataset": str(dataset.pk), "columns": ["nothing"]},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:candor:problem:no_such_column")


@pytest.mark.django_db(transaction=True)
def test_the_job_reads_the_encrypted_file_and_keeps_only_figures(
    candor_home: Path, engineer: User, project: Project
) -> None:
    dataset = scanned(project, actor=engineer)
    made = services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    assert made.job is not None
    measure_reidentification(str(made.job.pk))
    job = Job.objects.get(pk=made.job.pk)
    assert (job.state, job.error) == (JobState.DONE, "")
    made.refresh_from_db()
    assert made.result is not None
    assert (made.result["records"], made.result["classes"], made.result["k"]) == (40, 6, 1)
    assert made.result["average_risk"] == pytest.approx(6 / 40)
    assert made.result["unique"] == 3
    assert "duckdb" in made.versions
    kept = json.dumps([made.result, made.parameters, job.params, job.message])
    assert not any(cell in kept for cell in ("Lyon", "Porto", "Gdynia", "nurse", "canary", "1961"))
    assert not any(b"canary" in path.read_bytes() for path in candor_home.rglob("*") if path.is_file())


@pytest.mark.django_db(transaction=True)
def test_a_file_that_went_meanwhile_fails_the_job_in_words(engineer: User, project: Project) -> None:
    dataset = scanned(project, actor=engineer)
    made = services.measure_reidentification(actor=engineer, project=project, dataset=dataset)
    assert dataset.file is not None and made.job is not None
    storage.delete(dataset.file)
    measure_reidentification(str(made.job.pk))
    job = Job.objects.get(pk=made.job.pk)
    assert (job.state, job.error_code) == (JobState.FAILED, "file_gone")
    assert can_control(engineer, job)
