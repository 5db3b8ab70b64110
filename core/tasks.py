"""The beat's own tasks: housekeeping that needs no job row."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from core import reaper, storage
from core.models import IdempotencyKey


@shared_task(name="core.reap_jobs", ignore_result=True)
def reap_jobs() -> None:
    """Every 15 s: re-send what waits, take back expired leases."""
    reaper.reap()


@shared_task(name="core.sweep_files", ignore_result=True)
def sweep_files() -> None:
    """Every 5 min: delete samples past their time and ciphertext nobody knows."""
    storage.sweep()


@shared_task(name="core.sweep_keys", ignore_result=True)
def sweep_keys() -> None:
    """Daily: forget answers kept for an Idempotency-Key."""
    IdempotencyKey.objects.filter(created_at__lt=Now() - timedelta(days=1)).delete()
