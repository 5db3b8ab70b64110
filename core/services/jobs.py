"""What people do with jobs: stop one, and begin it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, jobs, parts, permissions, rows, storage
from core.events import Event
from core.models import Job, JobState

if TYPE_CHECKING:
    from core.models import User


def cancel_job(*, actor: User, job: Job) -> Job:
    """Ask a job to stop: at once if it waits, at its next step if it runs. A finished job stays as it is."""
    permissions.check_can_control(actor, job)
    with transaction.atomic():
        held = rows.held(Job.objects.all(), job.pk)
        if not (held.is_finished or held.cancel_requested):
            with audit.change(actor=actor, event=Event.JOB_CANCELLED, project=job.project) as log:
                log.about(job, kind=job.kind)
                _cancel(held)
    job.refresh_from_db()
    if job.state == JobState.CANCELLED:
        parts.stop(job)
        if job.holds_id:
            storage.release(job.holds_id)
    return job


def _cancel(held: Job) -> None:
    """At once where nobody is at work on it: it waits for a worker, or for its parts."""
    resting = held.lease_expires_at is None and held.parts_to > 0
    if held.state == JobState.QUEUED or resting:
        held.state, held.finished_at = JobState.CANCELLED, timezone.now()
    else:
        held.cancel_requested = True
    held.save(update_fields=["state", "finished_at", "cancel_requested"])


def retry_job(*, actor: User, job: Job) -> Job:
    """Queue a failed or cancelled job again. Raises JobFailed if the file it needs is gone."""
    permissions.check_can_control(actor, job)
    with transaction.atomic():
        held = rows.held(Job.objects.all(), job.pk)
        if held.can_start_again:
            parts.forget(held.parts.filter(parts.ENDED))
            with audit.change(actor=actor, event=Event.JOB_RETRIED, project=job.project) as log:
                log.about(job, kind=job.kind)
                _start_again(held)
        elif held.is_over:
            raise jobs.JobFailed("file_gone", _("The file was deleted meanwhile. Upload it again."))
    job.refresh_from_db()
    return job


def _start_again(held: Job) -> None:
    Job.objects.filter(pk=held.pk).update(
        state=JobState.QUEUED,
        attempt=0,
        progress=0,
        message="",
        error="",
        error_code="",
        cancel_requested=False,
        finished_at=None,
        parts_to=0,
    )
    transaction.on_commit(lambda: jobs.publish(held), robust=True)
