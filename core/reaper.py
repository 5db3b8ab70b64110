"""Bringing back what a dead worker or a lost message left behind; the beat calls it every 15 s."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from core import parts, storage
from core.jobs import publish
from core.models import Job, JobState

RESEND_AFTER: Final = timedelta(seconds=60)


def reap() -> int:
    """Bring back what a dead worker or a lost message left behind. Returns the number of jobs touched."""
    return _reap_expired() + parts.tidy() + _resend()


def _reap_expired() -> int:
    with transaction.atomic():
        expired = list(
            Job.objects.select_for_update(skip_locked=True).filter(state=JobState.RUNNING, lease_expires_at__lt=Now())
        )
        for job in expired:
            _recover(job)
    return len(expired)


def _recover(job: Job) -> None:
    job.lease_owner, job.lease_expires_at = "", None
    if job.cancel_requested:
        job.state, job.finished_at = JobState.CANCELLED, timezone.now()
    elif job.attempt >= job.max_attempts:
        job.state, job.finished_at, job.error_code = JobState.FAILED, timezone.now(), "worker_lost"
        job.error = _("The worker stopped %(attempts)s times while doing this.") % {"attempts": job.attempt}
        parts.tell_failed(job, code=job.error_code, text=job.error)
    else:
        job.state, job.sent_at = JobState.QUEUED, None
    job.save()
    if job.state == JobState.CANCELLED and job.holds_id:
        held = job.holds_id
        transaction.on_commit(lambda: storage.release(held))


def _resend() -> int:
    waiting = Job.objects.filter(state=JobState.QUEUED)
    never_sent = waiting.filter(sent_at=None, created_at__lt=Now() - timedelta(seconds=2))
    long_ago = waiting.filter(sent_at__lt=Now() - RESEND_AFTER)
    again = list(never_sent.order_by("created_at")[:500]) + list(long_ago.order_by("created_at")[:500])
    for job in again:
        publish(job)
    return len(again)
