"""A job in parts: work that several workers share, and put together by the job they are parts of.

`Run.hand_out()` ends a turn of a job and queues its parts; the job waits (running, but under nobody's lease) until the
last of them is done, and then has its next turn, in which it reads their results. A part is a job like any other, with
its own lease, attempts and fencing, but it is seen nowhere: people see, cancel and retry the whole. What a part needs
and what it found is kept encrypted, and gone when the whole has ended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from core import audit, registry, storage
from core.events import Event
from core.models import UNFINISHED, Job, JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import StoredFile
    from core.types import Json

#: Parts that nobody waits for any more.
ENDED: Final = Q(parent__isnull=False) & ~Q(parent__state__in=UNFINISHED)
#: Sets the progress of a whole that waits to the mean of its parts' (of one kind). Parameters: whole, kind, whole.
PROGRESS: Final = """
    UPDATE core_job SET progress = greatest(progress, parts_from + (parts_to - parts_from) * done.mean / 100)
    FROM (SELECT avg(progress)::int AS mean FROM core_job WHERE parent_id = %s AND kind = %s) AS done
    WHERE id = %s AND state = 'running' AND lease_owner = ''
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part to be done: `params` hold no cell, what does is `given` or the file it `holds`. With `result`, done."""

    kind: str
    params: dict[str, Json] = field(default_factory=dict)
    given: bytes = b""
    holds: StoredFile | None = None
    result: bytes = b""


def create(whole: Job, parts: Sequence[Part]) -> list[Job]:
    """Write the rows of a job's parts. Returns those that wait for a worker. Call inside a transaction."""
    before = whole.parts.count()
    rows = [_row(whole, number, part) for number, part in enumerate(parts, start=before)]
    Job.objects.bulk_create(rows)
    return [row for row in rows if row.state == JobState.QUEUED]


def _row(whole: Job, number: int, part: Part) -> Job:
    return Job(
        parent=whole,
        number=number,
        kind=part.kind,
        subject_type=whole.subject_type,
        subject_id=whole.subject_id,
        project_id=whole.project_id,
        created_by_id=whole.created_by_id,
        params=part.params,
        holds=_kept("given", part.given) if part.given else part.holds,
        result=_kept("result", part.result) if part.result else None,
        state=JobState.DONE if part.result else JobState.QUEUED,
        progress=100 if part.result else 0,
        max_attempts=registry.job_kind(part.kind).max_attempts,
    )


def results(whole: Job, kind: str) -> list[bytes]:
    """What the parts of one kind found, in the order they were handed out; empty where there are none."""
    found = whole.parts.filter(kind=kind).select_related("result").order_by("number")
    return [storage.read_bytes(part.result) for part in found if part.result]


def has(whole: Job, kind: str) -> bool:
    return whole.parts.filter(kind=kind).exists()


def given(part: Job) -> bytes:
    """What a part was given to work on."""
    if part.holds is None:
        raise ValueError("this part was given nothing")
    return storage.read_bytes(part.holds)


def keep_result(part: Job, data: bytes) -> None:
    """Keep what a part found until the whole has used it. Call inside the part's `run.finishing()`."""
    Job.objects.filter(pk=part.pk).update(result=_kept("result", data))


def _kept(name: str, data: bytes) -> StoredFile:
    return storage.keep_bytes(name=name, data=data, retention=storage.UNTIL_SCANNED)


def is_wanted(part: Job) -> bool:
    """After a part is done, in its transaction: wake the whole if it was the last. False if the whole has ended."""
    whole = _waiting(part)
    if whole is None:
        return False
    if not whole.parts.filter(state__in=UNFINISHED).exists():
        wake(whole)
    return True


def wake(whole: Job) -> None:
    """Queue a job whose parts are done for its next turn."""
    from core.jobs import publish  # noqa: PLC0415 - jobs stands on parts

    Job.objects.filter(pk=whole.pk).update(state=JobState.QUEUED, sent_at=None, attempt=0)
    transaction.on_commit(lambda: publish(whole), robust=True)


def tell_failed(job: Job, *, code: str, text: str) -> None:
    """A job failed for good; so has the whole it is a part of, with its reason. Call inside the transaction."""
    whole = job
    if job.parent_id:
        waiting = _waiting(job)
        if waiting is None:
            return
        whole = waiting
        Job.objects.filter(pk=whole.pk).update(state=JobState.FAILED, error_code=code, error=text, finished_at=Now())
        transaction.on_commit(lambda: stop(whole), robust=True)
    audit.note(actor=None, event=Event.JOB_FAILED, subject=whole, project=whole.project, kind=whole.kind, code=code)


def _waiting(part: Job) -> Job | None:
    """The whole of a part, locked, if it waits for its parts."""
    found: Job | None = (
        Job.objects.select_for_update(of=("self",))
        .select_related("project")
        .filter(parts=part, state=JobState.RUNNING, lease_expires_at=None)
        .first()
    )
    return found


def stop(whole: Job) -> None:
    """The whole has ended: its parts go, and running ones at their next step."""
    whole.parts.filter(state=JobState.RUNNING).update(cancel_requested=True)
    forget(whole.parts.exclude(state=JobState.RUNNING))


def tidy_after(part: Job) -> None:
    """A part has ended: it goes at once if nobody waits for it any more."""
    forget(Job.objects.filter(ENDED, pk=part.pk))


def forget(parts: Any) -> None:
    """Delete parts (a query) with what they were given and found. What they held of the whole is let go."""
    with transaction.atomic():
        gone = list(parts.select_for_update(of=("self",)).select_related("holds", "result", "parent"))
        Job.objects.filter(pk__in=[part.pk for part in gone]).delete()
        for part in gone:
            _forget_files(part)


def _forget_files(part: Job) -> None:
    own = [part.result]
    if part.holds is not None and part.parent is not None and part.holds_id == part.parent.holds_id:
        storage.release(part.holds.pk)
    else:
        own.append(part.holds)
    for stored in own:
        if stored is not None:
            storage.delete(stored)
            stored.delete()


def tidy() -> int:
    """What a fault left behind: parts of a whole that has ended, and a whole that waits for nothing. How many."""
    strays = Job.objects.filter(ENDED)
    strays.filter(state=JobState.RUNNING, cancel_requested=False).update(cancel_requested=True)
    left = strays.exclude(state=JobState.RUNNING)
    count = left.count()
    if count:
        forget(left)
    waiting = Job.objects.filter(state=JobState.RUNNING, lease_expires_at=None, parts_to__gt=0)
    for whole in waiting.exclude(parts__state__in=UNFINISHED):
        with transaction.atomic():
            count += _recover(whole)
    return count


def _recover(whole: Job) -> int:
    failed = whole.parts.filter(state=JobState.FAILED).first()
    if failed is not None:
        tell_failed(failed, code=failed.error_code, text=failed.error)
    elif Job.objects.select_for_update().filter(pk=whole.pk, state=JobState.RUNNING, lease_expires_at=None).exists():
        wake(whole)
    else:
        return 0
    return 1
