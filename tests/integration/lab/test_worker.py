"""Measurements through a real worker: on request, and after a scan before the sample goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import storage
from core.models import AuditEvent, Job, JobState, Role, StoredFile, User
from datamap.models import Dataset
from datamap.services import datasets
from lab import services
from lab.models import Measurement
from tests.factories import ProjectFactory, person
from tests.integration.lab.factories import CSV, scanned
from tests.support.worker import wait_for, wait_for_job

if TYPE_CHECKING:
    from core.models import Project
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def project(transactional_db: None) -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


def events(project: Project) -> list[str]:
    return list(AuditEvent.objects.filter(project_id=project.pk).order_by("at").values_list("event", flat=True))


def test_a_worker_measures_and_the_trail_says_so(live_worker: Worker, project: Project, engineer: User) -> None:
    made = services.measure_reidentification(actor=engineer, project=project, dataset=scanned(project))
    assert made.job is not None
    job = wait_for_job(made.job)
    assert (job.state, job.error) == (JobState.DONE, ""), live_worker.log.read_text()
    made.refresh_from_db()
    assert made.result is not None
    assert (made.result["k"], made.result["classes"], made.is_cited) == (1, 6, True)
    assert events(project) == ["measurement.requested", "measurement.made"]


def test_a_sample_is_scanned_then_measured_then_deleted(live_worker: Worker, project: Project, engineer: User) -> None:
    stored = storage.keep_bytes(name="customers.csv", data=CSV.encode(), retention=storage.UNTIL_SCANNED)
    dataset = Dataset.objects.create(
        project=project, name="customers.csv", sha256=stored.sha256, size=stored.size, file=stored, created_by=engineer
    )
    datasets.rescan(actor=engineer, dataset=dataset)
    wait_for(lambda: Measurement.objects.measured().exists(), seconds=90, what="the measurement")
    wait_for(lambda: not StoredFile.objects.get(pk=stored.pk).is_present, what="the end of the sample")
    made = Measurement.objects.get()
    assert made.automatic
    assert made.result is not None
    assert made.result["records"] == 40
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert events(project)[-1] == "measurement.made"
    assert {"dataset.scanned", "measurement.requested"} <= set(events(project))
