"""Job kinds that exist for tests of the machinery only; a test's worker is started with them."""

from __future__ import annotations

import time

from core import jobs


@jobs.task("tests.sleep", queue="default", label="Sleeping")
def sleep(run: jobs.Run) -> None:
    """Sleep for params["seconds"], looking up for a cancellation ten times a second."""
    end = time.monotonic() + float(run.params.get("seconds", 0))
    while time.monotonic() < end:
        run.progress(50, "asleep")
        time.sleep(0.1)
    with run.finishing("awake"):
        pass
