"""A real Celery worker, in its own process, on the test database."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from kombu import pools
from psycopg.conninfo import make_conninfo

from config import env
from config.celery import app
from core.models import UNFINISHED, Job

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
READY = "ready."


def wait_for(condition: Callable[[], object], *, seconds: float = 30, what: str = "the condition") -> None:
    """Return when `condition` holds. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not hold within {seconds} s")
        time.sleep(0.05)


def wait_for_job(job: Job, *, seconds: float = 60) -> Job:
    """Return the job when it has ended, however it ended. Raises TimeoutError."""

    def ended() -> bool:
        job.refresh_from_db()
        return job.state not in UNFINISHED

    wait_for(ended, seconds=seconds, what=f"the end of {job.kind}")
    return job


def database_url() -> str:
    """The test database's address, for another process."""
    known = connection.settings_dict
    pairs = {"dbname": known["NAME"], "host": known["HOST"], "port": known["PORT"]}
    return make_conninfo("", user=known["USER"], password=known["PASSWORD"], **pairs)


def environment(**extra: str) -> dict[str, str]:
    """What another process of the application needs to work on the test database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database_url(),
        "CANDOR_TEST_HOME": str(settings.CANDOR_HOME),
        "CELERY_BROKER_URL": "pgmq://",
        **extra,
    }


class Worker:
    """Starts, kills and restarts one worker process."""

    def __init__(
        self, log: Path, *, queues: str = "default,scan,report,sign", concurrency: int = 2, **extra: str
    ) -> None:
        self.log = log
        self.queues = queues
        self.concurrency = concurrency
        self.extra = extra
        self.home = ""
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it unless it runs; returns when it takes messages. One that looks after other state is replaced."""
        if self.is_alive and self.home == str(settings.CANDOR_HOME):
            return
        self.kill()
        self.home = str(settings.CANDOR_HOME)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                self._command(),
                cwd=ROOT,
                env=environment(**self.extra),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(self._said_ready, seconds=60, what="the worker's readiness")

    def _command(self) -> list[str]:
        celery = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-I", "tests.support.tasks"]
        known = ["-Q", self.queues, "--hostname", f"{self.log.stem}@%h", "--concurrency", str(self.concurrency)]
        return [*celery, *known, "--loglevel", "INFO", "--without-gossip", "--without-mingle"]

    def _said_ready(self) -> bool:
        said = self.log.read_text(errors="replace")
        if not self.is_alive:
            raise RuntimeError(f"the worker ended at once:\n{said[-4000:]}")
        return READY in said

    def kill(self) -> None:
        """SIGKILL to the whole worker, as the kernel's memory killer would."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)


def point_celery_at(url: str, options: dict[str, Any]) -> None:
    """Make this process publish there; drops the connections that Celery pooled."""
    celery: Any = app
    pools.reset()
    celery.conf.update(broker_url=url, broker_transport_options=options)
    celery._pool = celery.amqp._producer_pool = None


def pgmq_options() -> dict[str, Any]:
    return env.broker_options("pgmq://", connection.settings_dict)
