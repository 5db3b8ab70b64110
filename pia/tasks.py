"""The beat's own task of this floor."""

from __future__ import annotations

from celery import shared_task

from pia.services.workflow import watch


@shared_task(name="pia.watch_approvals", ignore_result=True)
def watch_approvals() -> None:
    """Hourly: an overdue condition or review turns its approval stale."""
    watch()
