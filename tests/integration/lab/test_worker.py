"""A measurement through a real worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.models import AuditEvent, JobState, Role
from lab import services
from tests.factories import ProjectFactory, person
from tests.integration.lab.factories import scanned
from tests.support.worker import wait_for_job

if TYPE_CHECKING:
    from tests.support.worker import Worker


@pytest.mark.slow
@pytest.mark.usefixtures("transactional_db")
def test_a_worker_measures_and_the_trail_says_so(live_worker: Worker) -> None:
    project = ProjectFactory()
    engineer = person(Role.ENGINEER, team=project.team)
    made = services.measure_reidentification(actor=engineer, project=project, dataset=scanned(project))
    assert made.job is not None
    job = wait_for_job(made.job)
    assert (job.state, job.error) == (JobState.DONE, ""), live_worker.log.read_text()
    made.refresh_from_db()
    assert made.result is not None
    assert (made.result["k"], made.result["classes"], made.is_cited) == (1, 6, True)
    events = list(AuditEvent.objects.filter(project_id=project.pk).order_by("at").values_list("event", flat=True))
    assert events == ["measurement.requested", "measurement.made"]
