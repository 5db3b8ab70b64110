"""DATABASE_URL and CELERY_BROKER_URL lead to real servers, and jobs run there."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from celery import current_app
from django.db import connection
from psycopg.conninfo import make_conninfo

from core import jobs
from core.models import JobState, User
from tests.support import tasks
from tests.support.worker import ROOT, Worker, database_url, environment, point_celery_at, wait_for, wait_for_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def somebody(transactional_db: None) -> User:
    return User.objects.create_user("somebody@example.org")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """A Redis server of this test's own."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    assert program, "bin/test installs redis-server"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: _answers(port), seconds=10, what="Redis")
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_job_runs_on_our_own_queues(live_worker: Worker, somebody: User) -> None:
    job = jobs.submit(kind=tasks.sleep.name, subject=somebody, by=somebody)
    assert wait_for_job(job).state == JobState.DONE


def test_a_job_runs_through_redis(redis: str, somebody: User, tmp_path: Path) -> None:
    worker = Worker(tmp_path / "worker.log", CELERY_BROKER_URL=redis)
    before = (current_app.conf.broker_url, current_app.conf.broker_transport_options)
    point_celery_at(redis, {"socket_connect_timeout": 2})
    try:
        worker.start()
        job = jobs.submit(kind=tasks.sleep.name, subject=somebody, by=somebody)
        assert wait_for_job(job).state == JobState.DONE
        assert "Connected to redis://" in worker.log.read_text()
    finally:
        worker.kill()
        point_celery_at(*before)


@pytest.fixture
def empty_database(transactional_db: None) -> Iterator[str]:
    """Another database on the same server, named by an address."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        yield make_conninfo(database_url(), dbname=name)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_named_database_is_prepared_once_and_again(empty_database: str) -> None:
    known = environment(DATABASE_URL=empty_database)
    for _ in range(2):
        command = [sys.executable, "manage.py", "prepare", "-v", "0"]
        subprocess.run(command, cwd=ROOT, env=known, check=True, capture_output=True)
    with psycopg.connect(empty_database) as there:
        for table in ("core_user", "core_cache", "pgmq.meta"):
            assert there.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,)
