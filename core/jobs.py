"""Long work. A row is the truth, a message only a wake-up.

`submit()` writes the row in the caller's transaction and publishes on commit; a broker that is down loses
nothing, because the reaper re-sends what is still queued. A worker claims the row's lease with one UPDATE and
renews it from a heartbeat thread; a result commits only where lease owner and attempt still match (fencing).
Cancelling is cooperative. A job may hand out parts of itself to other workers: see `core.parts`.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from celery import current_app, shared_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Model, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from core import parts, registry, storage, tracing
from core.models import Job, JobState, Project, StoredFile, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django_stubs_ext import StrOrPromise

    from core.types import Json

logger = logging.getLogger(__name__)

Subject = TypeVar("Subject", bound=Model)


class Cancelled(Exception):
    """Somebody asked for this job to stop."""


class LeaseLost(Exception):
    """Another worker holds this job now: whatever was computed here is dropped."""


class HandedOut(Exception):
    """This turn of a job has ended; it goes on when the parts it handed out are done."""


class JobFailed(Exception):
    """An expected failure: told to the person as it is, not tried again. The text holds no cell."""

    def __init__(self, code: str, text: StrOrPromise) -> None:
        super().__init__(code)
        self.code = code
        self.text = str(text)


# --- submitting -----------------------------------------------------------------------------------


def submit(
    *,
    kind: str,
    subject: Model,
    by: User | None,
    project: Project | None = None,
    holds: StoredFile | None = None,
    params: dict[str, Json] | None = None,
) -> Job:
    """Queue a job in the caller's transaction; the message goes out on commit. Raises KeyError for an unknown kind."""
    job = Job.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        project=project,
        params=params or {},
        holds=holds,
        max_attempts=registry.job_kind(kind).max_attempts,
        created_by=by,
    )
    transaction.on_commit(lambda: publish(job), robust=True)
    return job


def publish(job: Job) -> None:
    """Wake a worker. A broker that is down is logged and forgiven: the reaper sends again."""
    try:
        current_app.send_task(
            job.kind, args=[str(job.pk)], queue=registry.job_kind(job.kind).queue, retry=False, ignore_result=True
        )
    except Exception as error:  # noqa: BLE001 - each transport raises its own; the row is safe whatever it was
        logger.warning("job_not_sent", extra={"job": str(job.pk), "kind": job.kind, "error": type(error).__name__})
    else:
        Job.objects.filter(pk=job.pk).update(sent_at=Now())


# --- running --------------------------------------------------------------------------------------


def task(
    name: str,
    *,
    queue: str = "default",
    label: StrOrPromise,
    max_attempts: int = 3,
    url: Callable[[Job], str] | None = None,
) -> Callable[[Callable[[Run], None]], Any]:
    """Make a function the body of a job kind: it gets a `Run`, and ends inside `run.finishing()`."""

    def decorate(body: Callable[[Run], None]) -> Any:
        registry.register_job_kind(
            registry.JobKind(name=name, queue=queue, label=label, max_attempts=max_attempts, url=url)
        )

        def execute(job_id: str) -> None:
            run_job(uuid.UUID(job_id), body)

        execute.__doc__ = body.__doc__
        # A worker that acknowledges early takes one message more than it can work on, and keeps it from idle ones. What
        # survives a dead worker is the lease all the same: a message that comes again finds the job taken or done.
        return shared_task(name=name, ignore_result=True, acks_late=queue == "scan")(execute)

    return decorate


def run_job(job_id: uuid.UUID, body: Callable[[Run], None]) -> None:
    """Claim, run, and record the end. A job that is taken, finished or gone is left alone."""
    owner = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        lease_owner=owner,
        lease_expires_at=Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS),
        attempt=F("attempt") + 1,
        started_at=Case(When(parts_to__gt=0, then=F("started_at")), default=Now()),  # one turn of several
    )
    if not claimed:
        return
    run = Run(Job.objects.select_related("project", "created_by", "holds").get(pk=job_id))
    with run.heartbeat():
        _run(run, body)


def _run(run: Run, body: Callable[[Run], None]) -> None:
    try:
        body(run)
        if not run.finished:
            raise RuntimeError(f"{run.job.kind} ended outside run.finishing()")
    except Cancelled:
        run.close(JobState.CANCELLED)
    except HandedOut:
        run.finished = True
    except LeaseLost:
        logger.warning("job_lease_lost", extra={"job": str(run.job.pk), "kind": run.job.kind})
    except JobFailed as error:
        run.close(JobState.FAILED, code=error.code, text=error.text)
    except Exception as error:  # noqa: BLE001 - any other fault is ours: tried again, then told with a reference
        _stumble(run, error)


def _stumble(run: Run, error: Exception) -> None:
    reference = tracing.reference()
    details = {
        "job": str(run.job.pk),
        "kind": run.job.kind,
        "reference": reference,
        "trace": tracing.without_values(error),
    }
    logger.error("job_error", extra=details)
    if run.job.attempt < run.job.max_attempts:
        run.requeue()
    else:
        run.close(JobState.FAILED, code="internal", text=_internal(reference))


def _internal(reference: str) -> str:
    return _("Something went wrong on our side. The log has the details under reference %(reference)s.") % {
        "reference": reference
    }


class Run:
    """One attempt at one job, held under a lease."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False
        self._own: BaseDatabaseWrapper = connection.copy()  # progress is visible whatever the main connection is doing
        self._own.inc_thread_sharing()
        self._lock = threading.Lock()
        self._in_result = False

    @property
    def params(self) -> dict[str, Any]:
        return dict(self.job.params)

    def seconds(self) -> float:
        """How long the job has been at work, over all its turns."""
        return (timezone.now() - self.job.started_at).total_seconds() if self.job.started_at else 0.0

    def subject(self, model: type[Subject]) -> Subject:
        """Load what the job is about. Raises JobFailed if it was deleted meanwhile."""
        found = model._default_manager.filter(pk=self.job.subject_id).first()
        if found is None:
            raise JobFailed("gone", _("What this job was about no longer exists."))
        return found

    def progress(self, percent: int, message: StrOrPromise = "") -> None:
        """Say how far it is, 0-100; a negative percent only checks. Raises Cancelled or LeaseLost."""
        if self._in_result:
            raise RuntimeError("progress inside finishing() would wait for itself")
        self._touch(None if percent < 0 else min(percent, 99), str(message)[:300])

    @contextmanager
    def finishing(self, message: StrOrPromise = "") -> Iterator[None]:
        """The result's transaction: it commits only if the lease still holds, and the job is done with it."""
        with transaction.atomic():
            self._held()
            self._in_result = True
            try:
                yield
            finally:
                self._in_result = False
            self._mine().update(
                state=JobState.DONE,
                progress=100,
                message=str(message)[:300],
                finished_at=Now(),
                lease_owner="",
                error_code="",
                error="",
            )
            if self.job.parent_id and not parts.is_wanted(self.job):
                raise Cancelled
            if self.job.parts_to:
                parts.forget(self.job.parts)
        self.finished = True
        self._release()

    def hand_out(self, work: Sequence[parts.Part], *, progress: tuple[int, int], message: StrOrPromise) -> NoReturn:
        """End this turn: the parts are done next, by whoever is free, then the job's body is called again.

        `progress` is what the parts make together, from and to, in per cent. Raises HandedOut, Cancelled or LeaseLost.
        """
        with transaction.atomic():
            held = self._held()
            waiting = parts.create(held, work)
            self._mine().update(
                lease_owner="",
                lease_expires_at=None,
                attempt=0,
                progress=progress[0],
                parts_from=progress[0],
                parts_to=progress[1],
                message=str(message)[:300],
            )
            for part in waiting:
                transaction.on_commit(partial(publish, part), robust=True)
        raise HandedOut

    def _held(self) -> Job:
        """The job's row, locked. Raises Cancelled or LeaseLost."""
        held: Job | None = self._mine().select_for_update(of=("self",)).first()
        if held is None:
            raise LeaseLost
        if held.cancel_requested:
            raise Cancelled
        return held

    def close(self, state: JobState, *, code: str = "", text: str = "") -> None:
        """End without a result, if the job is still ours."""
        with transaction.atomic():
            closed = self._mine().update(
                state=state,
                error_code=code,
                error=text[:1000],
                finished_at=Now(),
                lease_owner="",
                lease_expires_at=None,
            )
            if closed and state == JobState.FAILED:
                parts.tell_failed(self.job, code=code, text=text[:1000])
        if closed:
            self._release()
            if self.job.parts_to:
                parts.stop(self.job)
            if self.job.parent_id:
                parts.tidy_after(self.job)

    def requeue(self) -> None:
        if self._mine().update(state=JobState.QUEUED, lease_owner="", lease_expires_at=None, sent_at=None):
            publish(self.job)

    @contextmanager
    def heartbeat(self) -> Iterator[None]:
        """Renew the lease from a thread until the block ends."""
        stop = threading.Event()

        def beat() -> None:
            while not stop.wait(settings.JOB_HEARTBEAT_SECONDS):
                try:
                    self._touch(None, "")
                except (Cancelled, LeaseLost):
                    return  # the job's own thread finds out at its next progress() or finishing()
                except Exception as error:  # noqa: BLE001 - a database that is away for a moment: try again next beat
                    logger.warning("heartbeat_missed", extra={"job": str(self.job.pk), "error": type(error).__name__})
                    with self._lock:
                        self._own.close()

        thread = threading.Thread(target=beat, name=f"lease-{self.job.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(timeout=5)
            with self._lock:
                self._own.close()

    def _mine(self) -> Any:
        return Job.objects.filter(
            pk=self.job.pk, state=JobState.RUNNING, lease_owner=self.job.lease_owner, attempt=self.job.attempt
        )

    def _touch(self, percent: int | None, message: str) -> None:
        with self._lock, self._own.cursor() as cursor:
            cursor.execute(
                "UPDATE core_job SET lease_expires_at = now() + %s::interval, progress = coalesce(%s, progress),"
                " message = CASE WHEN %s = '' THEN message ELSE %s END"
                " WHERE id = %s AND state = 'running' AND lease_owner = %s AND attempt = %s RETURNING cancel_requested",
                [
                    f"{settings.JOB_LEASE_SECONDS} seconds",
                    percent,
                    message,
                    message,
                    self.job.pk,
                    self.job.lease_owner,
                    self.job.attempt,
                ],
            )
            row = cursor.fetchone()
            if row is not None and percent is not None and self.job.parent_id:
                cursor.execute(parts.PROGRESS, [self.job.parent_id, self.job.kind, self.job.parent_id])
        if row is None:
            raise LeaseLost
        if row[0]:
            raise Cancelled

    def _release(self) -> None:
        if self.job.holds_id:
            storage.release(self.job.holds_id)
