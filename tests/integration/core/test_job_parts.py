"""A job in parts: whoever does which, however often, and whatever dies, the whole ends once and leaves nothing."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from core import jobs, parts, reaper, registry, services, storage
from core.models import AuditEvent, Job, JobState, Role, StoredFile
from core.services.jobs import cancel_job, retry_job
from tests.factories import JobFactory, ProjectFactory, person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.models import Project, User

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE, PART = "tests.whole", "tests.part"


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was published: every job this test wakes."""
    registry.register_job_kind(registry.JobKind(name=WHOLE, queue="default", label="Whole", max_attempts=2))
    registry.register_job_kind(registry.JobKind(name=PART, queue="default", label="Part", max_attempts=2))
    messages: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_kwargs: messages.extend(args))
    return messages


@pytest.fixture
def project(candor_home: Path) -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


@pytest.fixture
def whole(project: Project) -> Job:
    stored = storage.keep_bytes(name="a.csv", data=b"a,b", retention=storage.UNTIL_SCANNED)
    return JobFactory(kind=WHOLE, project=project, holds=stored)


def in_three(run: jobs.Run) -> None:
    """Adds up the numbers that its parts were given."""
    if not (found := parts.results(run.job, PART)):
        given = [parts.Part(PART, given=str(number).encode()) for number in range(1, 4)]
        run.hand_out(given, progress=(10, 90), message="in three")
    with run.finishing(str(sum(map(int, found)))):
        pass


def echo(run: jobs.Run) -> None:
    run.progress(50)
    with run.finishing():
        parts.keep_result(run.job, parts.given(run.job))


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def handed_out(whole: Job) -> list[Job]:
    jobs.run_job(whole.pk, in_three)
    return list(whole.parts.order_by("number"))


def files() -> list[str]:
    """Files that are kept, as rows and on disk."""
    names = sorted(StoredFile.objects.present().values_list("name", flat=True))
    assert len(list(storage.files_folder().glob("*/*.enc"))) == len(names)
    return names


def test_a_whole_goes_on_when_its_last_part_is_done(whole: Job, sent: list[str]) -> None:
    pieces = handed_out(whole)
    assert (fresh(whole).state, fresh(whole).message, sent) == ("running", "in three", [str(p.pk) for p in pieces])

    for piece in reversed(pieces):
        assert fresh(whole).state == JobState.RUNNING
        jobs.run_job(piece.pk, echo)
    assert (fresh(whole).state, sent[-1]) == (JobState.QUEUED, str(whole.pk))
    jobs.run_job(whole.pk, in_three)

    assert (fresh(whole).state, fresh(whole).message, fresh(whole).progress) == ("done", "6", 100)
    assert not Job.objects.filter(parent__isnull=False).exists()
    assert files() == []


def test_messages_that_come_five_times_change_nothing(whole: Job) -> None:
    for _ in range(5):
        jobs.run_job(whole.pk, in_three)
    pieces = list(whole.parts.all())
    for piece in pieces * 5:
        jobs.run_job(piece.pk, echo)
    for _ in range(5):
        jobs.run_job(whole.pk, in_three)

    assert len(pieces) == 3
    assert (fresh(whole).state, fresh(whole).message) == (JobState.DONE, "6")


def test_its_progress_is_the_mean_of_its_parts(whole: Job) -> None:
    first, second, _third = handed_out(whole)
    jobs.run_job(first.pk, echo)

    def halfway(run: jobs.Run) -> None:
        run.progress(50)
        assert fresh(whole).progress == 10 + 80 * (100 + 50 + 0) // 3 // 100
        echo(run)

    jobs.run_job(second.pk, halfway)
    assert fresh(second).state == JobState.DONE


def test_parts_are_seen_by_nobody(whole: Job, engineer: User) -> None:
    handed_out(whole)
    assert list(Job.objects.for_user(engineer)) == [whole]


def expire(job: Job, **changes: Any) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, lease_owner="dead", lease_expires_at=timezone.now() - timedelta(seconds=1), **changes
    )


def test_a_dead_workers_part_is_done_by_another(whole: Job) -> None:
    pieces = handed_out(whole)
    expire(pieces[1], attempt=1)
    reaper.reap()
    for piece in pieces:
        jobs.run_job(piece.pk, echo)
    jobs.run_job(whole.pk, in_three)
    assert (fresh(whole).state, fresh(whole).message) == (JobState.DONE, "6")


def test_a_worker_that_dies_while_putting_together_is_replaced(whole: Job) -> None:
    for piece in handed_out(whole):
        jobs.run_job(piece.pk, echo)
    expire(whole, attempt=1)
    reaper.reap()
    jobs.run_job(whole.pk, in_three)
    assert (fresh(whole).state, fresh(whole).message) == (JobState.DONE, "6")


def broken(run: jobs.Run) -> None:
    raise jobs.JobFailed("odd", "This part is odd.")


def lost(piece: Job) -> None:
    expire(piece, attempt=2)
    reaper.reap()


@pytest.mark.parametrize(
    ("fault", "code"), [(lambda piece: jobs.run_job(piece.pk, broken), "odd"), (lost, "worker_lost")]
)
def test_a_failed_part_fails_the_whole_once_with_its_reason(
    whole: Job, fault: Callable[[Job], None], code: str
) -> None:
    before = AuditEvent.objects.filter(event="job.failed").count()
    done, failing, _queued = handed_out(whole)
    jobs.run_job(done.pk, echo)
    fault(failing)
    reaper.reap()

    assert (fresh(whole).state, fresh(whole).error_code) == (JobState.FAILED, code)
    assert fresh(whole).error
    assert AuditEvent.objects.filter(event="job.failed").count() == before + 1
    assert not whole.parts.exists()
    assert files() == ["a.csv"]  # kept, so that it can be started again


def test_a_failed_whole_can_be_started_again(whole: Job, engineer: User) -> None:
    jobs.run_job(handed_out(whole)[0].pk, broken)
    retry_job(actor=engineer, job=fresh(whole))
    for piece in handed_out(whole):
        jobs.run_job(piece.pk, echo)
    jobs.run_job(whole.pk, in_three)

    assert (fresh(whole).state, fresh(whole).message) == (JobState.DONE, "6")
    assert files() == []


def test_cancelling_the_whole_stops_every_part(whole: Job, engineer: User) -> None:
    done, running, queued = handed_out(whole)
    jobs.run_job(done.pk, echo)

    def cancelled_meanwhile(run: jobs.Run) -> None:
        run.progress(20)
        assert cancel_job(actor=engineer, job=fresh(whole)).state == JobState.CANCELLED
        assert list(whole.parts.all()) == [running]
        run.progress(40)
        raise AssertionError("it went on")

    jobs.run_job(running.pk, cancelled_meanwhile)
    jobs.run_job(queued.pk, echo)

    assert fresh(whole).state == JobState.CANCELLED
    assert not whole.parts.exists()
    assert files() == []


def test_a_part_that_ends_after_its_whole_was_cancelled_keeps_nothing(whole: Job) -> None:
    piece = handed_out(whole)[0]

    def late(run: jobs.Run) -> None:
        Job.objects.filter(pk=whole.pk).update(state=JobState.CANCELLED)  # nobody has told the part yet
        with run.finishing():
            parts.keep_result(run.job, b"too late")

    jobs.run_job(piece.pk, late)
    reaper.reap()
    assert not whole.parts.exists()
    assert StoredFile.objects.present().filter(name="result").count() == 0


def test_a_whole_cancelled_while_it_puts_together_leaves_nothing(whole: Job, engineer: User) -> None:
    for piece in handed_out(whole):
        jobs.run_job(piece.pk, echo)

    def cancelled_meanwhile(run: jobs.Run) -> None:
        cancel_job(actor=engineer, job=fresh(whole))
        in_three(run)

    jobs.run_job(whole.pk, cancelled_meanwhile)
    assert fresh(whole).state == JobState.CANCELLED
    assert files() == []


@pytest.mark.parametrize("end", [JobState.CANCELLED, JobState.FAILED])
def test_the_reaper_finishes_what_a_fault_interrupted(whole: Job, end: JobState) -> None:
    pieces = handed_out(whole)
    Job.objects.filter(pk=whole.pk).update(state=end)  # and the process died before it told the parts
    expire(pieces[0], attempt=1)
    reaper.reap()
    reaper.reap()
    assert not whole.parts.exists()


def test_a_whole_that_waits_for_nothing_is_woken(whole: Job, sent: list[str]) -> None:
    pieces = handed_out(whole)
    Job.objects.filter(pk__in=[piece.pk for piece in pieces]).update(state=JobState.DONE)
    reaper.reap()
    assert (fresh(whole).state, sent[-1]) == (JobState.QUEUED, str(whole.pk))


def test_erasing_the_project_takes_everything_of_its_parts(whole: Job, project: Project) -> None:
    done, running, _queued = handed_out(whole)
    jobs.run_job(done.pk, echo)
    owner = person(Role.OWNER, team=project.team)

    def erased_meanwhile(run: jobs.Run) -> None:
        services.erase_project(actor=owner, project=project)
        echo(run)

    jobs.run_job(running.pk, erased_meanwhile)
    assert not Job.objects.exists()
    assert StoredFile.objects.present().count() == 0
    assert files() == []


def test_parts_may_be_handed_out_twice_in_a_row(whole: Job) -> None:
    def in_two_turns(run: jobs.Run) -> None:
        found = parts.results(run.job, PART)
        if len(found) < 4:
            given = [parts.Part(PART, given=b"1"), parts.Part(PART, given=b"2", result=b"9")]
            run.hand_out(given, progress=(10 + len(found), 50), message="again")
        with run.finishing(" ".join(result.decode() for result in found)):
            pass

    for _ in range(3):
        jobs.run_job(whole.pk, in_two_turns)
        for piece in list(whole.parts.filter(state=JobState.QUEUED)):
            jobs.run_job(piece.pk, echo)
    assert (fresh(whole).state, fresh(whole).message) == (JobState.DONE, "1 9 1 9")


def test_a_wholes_worker_that_was_thought_dead_hands_out_nothing(whole: Job) -> None:
    def overtaken(run: jobs.Run) -> None:
        Job.objects.filter(pk=whole.pk).update(lease_owner="another", attempt=2)
        in_three(run)

    jobs.run_job(whole.pk, partial(overtaken))
    assert not whole.parts.exists()
    assert fresh(whole).lease_owner == "another"


def test_a_cancel_while_the_last_part_wakes_the_whole_is_heard(whole: Job, engineer: User) -> None:
    first, second, last = handed_out(whole)
    jobs.run_job(first.pk, echo)
    jobs.run_job(second.pk, echo)

    def cancelling() -> None:
        try:
            cancel_job(actor=engineer, job=fresh(whole))
        finally:
            connection.close()

    person_ = threading.Thread(target=cancelling)

    def waking(run: jobs.Run) -> None:
        with run.finishing():
            parts.keep_result(run.job, b"3")
            Job.objects.select_for_update().get(pk=whole.pk)
            person_.start()
            time.sleep(0.3)  # it waits for this transaction, which wakes the whole

    jobs.run_job(last.pk, waking)
    person_.join(timeout=20)

    assert fresh(whole).state == JobState.CANCELLED
    assert not whole.parts.exists()
    assert files() == []
