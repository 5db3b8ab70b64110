"""Waiting for real jobs: the demonstration fails loudly where one of them does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from core.models import UNFINISHED, Job, JobState

if TYPE_CHECKING:
    from core.models import Project

PAUSE: Final = 0.3  # seconds between looks


class DemoFailed(Exception):
    """A job of the demonstration failed, or no worker took it in time."""


def wait_for_jobs(project: Project, *, seconds: float = 300) -> None:
    """Return when no job of the project waits or runs. Raises DemoFailed."""
    deadline = time.monotonic() + seconds
    while Job.objects.filter(project=project, state__in=UNFINISHED).exists():
        if time.monotonic() > deadline:
            raise DemoFailed(f"the jobs of “{project}” did not end within {seconds:.0f} s; is a worker running?")
        time.sleep(PAUSE)
    failed = Job.objects.filter(project=project, state=JobState.FAILED).first()
    if failed is not None:
        raise DemoFailed(f"{failed.kind}: {failed.error}")
