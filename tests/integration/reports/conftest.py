"""What tests of reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import jobs
from core.models import Job, JobState, Role
from pia.workflow import State as AssessmentState
from reports import services, tasks
from reports.models import Report
from tests.support.assessed import World, world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def jobs_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do jobs in the test's own transaction, which progress, written on its own connection, can't see."""
    monkeypatch.setattr(jobs.Run, "progress", lambda *_args: None)


@pytest.fixture
def approved(candor_home: Path) -> World:
    return world(state=AssessmentState.DECIDED, outcome="conditionally_approve")


def run(job: Job) -> Job:
    """Do a job here and now, as a worker would."""
    body = {"reports.render_report": tasks.render_report, "reports.sign_report": tasks.sign_report}[job.kind]
    body(str(job.pk))
    job.refresh_from_db()
    return job


def issued(here: World) -> Report:
    """A sealed report of this assessment."""
    report, job = services.request_report(actor=here[Role.OFFICER], assessment=here.assessment)
    assert run(job).state == JobState.DONE, job.error
    report.refresh_from_db()
    assert report.job
    assert run(report.job).state == JobState.DONE, report.job.error
    found: Report = Report.objects.get(pk=report.pk)
    return found
