"""Jobs: the row is the truth. Lost messages, dead workers and doubles change nothing about the result."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from kombu.exceptions import OperationalError

from core import jobs, reaper, registry, storage
from core.models import AuditEvent, Job, JobState, Role, StoredFile
from core.permissions import can_control
from core.services.jobs import cancel_job, retry_job
from tests.factories import JobFactory, ProjectFactory, person

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _kind() -> None:
    registry.register_job_kind(registry.JobKind(name="tests.work", queue="default", label="Work", max_attempts=2))


def work(run: jobs.Run) -> None:
    run.progress(30, "a third")
    with run.finishing("all of it"):
        pass


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_a_job_runs_once_whoever_delivers_it_and_how_often() -> None:
    job, ran = JobFactory(), []

    def once(run: jobs.Run) -> None:
        ran.append(1)
        for _ in range(4):
            jobs.run_job(job.pk, once)  # the same message again, while it runs
        work(run)

    for _ in range(3):
        jobs.run_job(job.pk, once)
    assert ran == [1]
    assert (fresh(job).state, fresh(job).progress, fresh(job).message) == (JobState.DONE, 100, "all of it")


def test_progress_is_seen_while_the_job_runs() -> None:
    job = JobFactory()

    def body(run: jobs.Run) -> None:
        run.progress(55, "halfway")
        assert (fresh(job).progress, fresh(job).message) == (55, "halfway")
        work(run)

    jobs.run_job(job.pk, body)
    assert fresh(job).state == JobState.DONE


def test_a_worker_that_was_thought_dead_commits_nothing() -> None:
    job = JobFactory()

    def overtaken(run: jobs.Run) -> None:
        Job.objects.filter(pk=job.pk).update(lease_owner="another", attempt=2)
        with run.finishing("too late"):
            storage.keep_bytes(name="never.txt", data=b"x")

    jobs.run_job(job.pk, overtaken)
    assert fresh(job).state == JobState.RUNNING
    assert fresh(job).lease_owner == "another"
    assert StoredFile.objects.count() == 0


def expire(job: Job, **changes: Any) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, lease_owner="dead", lease_expires_at=timezone.now() - timedelta(seconds=1), **changes
    )


def test_a_dead_workers_job_is_queued_again() -> None:
    job = JobFactory()
    expire(job, attempt=1)
    reaper.reap()
    assert fresh(job).state == JobState.QUEUED
    jobs.run_job(job.pk, work)
    assert (fresh(job).state, fresh(job).attempt) == (JobState.DONE, 2)


def test_a_job_that_kills_its_workers_fails_in_the_end_and_says_so() -> None:
    job = JobFactory(max_attempts=2)
    before = AuditEvent.objects.filter(event="job.failed").count()
    expire(job, attempt=2)
    reaper.reap()
    assert (fresh(job).state, fresh(job).error_code) == (JobState.FAILED, "worker_lost")
    assert AuditEvent.objects.filter(event="job.failed").count() == before + 1


def test_a_broker_that_is_down_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("no route to broker")

    project = ProjectFactory()
    with monkeypatch.context() as patch:
        patch.setattr(current_app, "send_task", down)
        job = jobs.submit(kind="tests.work", subject=project, by=None, project=project)
        assert (fresh(job).state, fresh(job).sent_at) == (JobState.QUEUED, None)
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_kwargs: sent.extend(args))
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(seconds=30))
    reaper.reap()
    assert sent == [str(job.pk)]
    assert fresh(job).sent_at is not None


def test_a_flushed_broker_is_sent_to_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_kwargs: sent.extend(args))
    JobFactory(sent_at=timezone.now() - timedelta(minutes=5))
    JobFactory(sent_at=timezone.now())
    reaper.reap()
    assert len(sent) == 1


def test_an_expected_failure_is_told_and_not_tried_again() -> None:
    def body(run: jobs.Run) -> None:
        raise jobs.JobFailed("empty", "The file is empty.")

    job = JobFactory()
    jobs.run_job(job.pk, body)
    assert (fresh(job).state, fresh(job).error, fresh(job).attempt) == (JobState.FAILED, "The file is empty.", 1)


def test_any_other_fault_is_tried_again_and_then_told_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    def body(run: jobs.Run) -> None:
        raise ValueError("canary@example.org is no number")

    job = JobFactory(max_attempts=2)
    jobs.run_job(job.pk, body)
    assert fresh(job).state == JobState.QUEUED
    jobs.run_job(job.pk, body)
    assert (fresh(job).state, fresh(job).error_code) == (JobState.FAILED, "internal")
    logged = "".join(str(record.__dict__) for record in caplog.records)
    assert "canary" not in logged + fresh(job).error
    assert "ValueError" in logged


def test_a_task_that_forgets_to_finish_is_a_fault() -> None:
    job = JobFactory(max_attempts=1)
    jobs.run_job(job.pk, lambda run: None)
    assert fresh(job).error_code == "internal"


@pytest.mark.parametrize("where", ["progress", "finishing"])
def test_cancelling_stops_a_running_job_at_its_next_step(where: str) -> None:
    project = ProjectFactory()
    engineer = person(Role.ENGINEER, team=project.team)
    job = JobFactory(project=project)

    def body(run: jobs.Run) -> None:
        cancel_job(actor=engineer, job=fresh(job))
        if where == "progress":
            run.progress(40, "going on")
        with run.finishing("never"):
            pass

    jobs.run_job(job.pk, body)
    assert fresh(job).state == JobState.CANCELLED


def test_a_waiting_job_is_cancelled_at_once_and_its_file_let_go() -> None:
    project = ProjectFactory()
    engineer = person(Role.ENGINEER, team=project.team)
    stored = storage.keep_bytes(name="a.csv", data=b"a,b", retention=storage.UNTIL_SCANNED)
    job = JobFactory(project=project, holds=stored)
    assert cancel_job(actor=engineer, job=job).state == JobState.CANCELLED
    stored.refresh_from_db()
    assert not stored.is_present
    assert not (storage.files_folder() / stored.path).exists()


def test_a_failed_job_can_be_started_again_by_those_who_write() -> None:
    project = ProjectFactory()
    job = JobFactory(project=project, state=JobState.FAILED, error_code="x", error="y", attempt=2)
    with pytest.raises(PermissionDenied):
        retry_job(actor=person(Role.AUDITOR, team=project.team), job=job)
    again = retry_job(actor=person(Role.ENGINEER, team=project.team), job=job)
    assert (again.state, again.error, again.attempt) == (JobState.QUEUED, "", 0)


def test_the_file_goes_with_the_last_job_that_holds_it() -> None:
    stored = storage.keep_bytes(name="a.csv", data=b"a,b", retention=storage.UNTIL_SCANNED)
    first, second = JobFactory(holds=stored), JobFactory(holds=stored)
    finish: Callable[[Job], None] = lambda job: jobs.run_job(job.pk, work)  # noqa: E731
    finish(first)
    stored.refresh_from_db()
    assert stored.is_present
    finish(second)
    stored.refresh_from_db()
    assert not stored.is_present


def test_an_unknown_kind_is_refused_before_anything_is_written() -> None:
    with pytest.raises(KeyError):
        jobs.submit(kind=f"tests.{uuid.uuid4()}", subject=ProjectFactory(), by=None)
    assert Job.objects.count() == 0


def test_who_no_longer_writes_controls_no_job_of_a_project_not_even_their_own() -> None:
    project = ProjectFactory()
    auditor = person(Role.AUDITOR, team=project.team)
    own = JobFactory(project=project, created_by=auditor, state=JobState.FAILED)
    alone = JobFactory(project=None, subject_id=uuid.uuid4(), created_by=auditor)

    assert not can_control(auditor, own)
    assert can_control(auditor, alone)
    assert not can_control(person(Role.ENGINEER), alone)


def test_only_what_happened_is_on_the_trail() -> None:
    project = ProjectFactory()
    engineer = person(Role.ENGINEER, team=project.team)
    stored = storage.keep_bytes(name="a.csv", data=b"a,b", retention=storage.UNTIL_SCANNED)
    job = JobFactory(project=project, holds=stored)
    cancel_job(actor=engineer, job=job)
    cancel_job(actor=engineer, job=fresh(job))
    with pytest.raises(jobs.JobFailed) as caught:
        retry_job(actor=engineer, job=fresh(job))
    done = JobFactory(project=project, state=JobState.DONE)
    cancel_job(actor=engineer, job=done)
    retry_job(actor=engineer, job=done)

    assert caught.value.code == "file_gone"
    assert not fresh(job).can_start_again
    about = AuditEvent.objects.filter(subject_id__in=[str(job.pk), str(done.pk)])
    assert [event.event for event in about] == ["job.cancelled"]
