"""Fixtures of every test. Rows come from tests/factories.py; what else a test needs it asks for by name."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest
from celery import current_app
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import OperationalError, connection

from core import keys

#: Correctness is never timed: a slow machine fails no test.
hypothesis.settings.register_profile(
    "candor", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("candor")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import Settings

    from tests.support.worker import Worker


#: Files that take longest. They begin first, so that no process is left with one while the others have nothing to do.
LONG: Final = (
    "test_permissions", "test_verify", "test_issue", "test_big_scans", "test_job_parts", "test_core_pages",
    "test_hostile_requests", "test_bad_input", "test_hostile_samples", "test_dataset_scans", "test_up",
    "test_whole_job", "test_settings",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Behind the shuffling, which holds among the long ones and among the others."""
    items.sort(key=lambda item: item.path.stem not in LONG)


def pytest_unconfigure() -> None:
    """Leave no state folder behind."""
    home = Path(settings.CANDOR_HOME)
    if home.name.startswith("candor-test-"):
        shutil.rmtree(home, ignore_errors=True)


def _patiently(flush_tables: Callable[[], object]) -> None:
    """Again after a deadlock: a worker may just be putting away what its job used."""
    for _ in range(4):
        try:
            flush_tables()
        except (CommandError, OperationalError) as error:
            if not isinstance(error.__cause__ if isinstance(error, CommandError) else error, OperationalError):
                raise
            time.sleep(0.5)
        else:
            return
    flush_tables()


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_audit_trail() -> Iterator[None]:
    """Between transactional tests every table is truncated, which the audit trail's triggers refuse: rest them then.

    Its own tables are no migration's to manage, so Django leaves them out.
    """
    original = flush.Command.handle

    def handle(self: flush.Command, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                _patiently(lambda: original(self, **options))
                _patiently(lambda: cursor.execute("TRUNCATE audit_event, audit_link, audit_anchor"))
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(scope="session")
def _worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    from tests.support.worker import Worker

    worker = Worker(tmp_path_factory.mktemp("worker") / "worker.log")
    yield worker
    worker.kill()


@pytest.fixture
def live_worker(request: pytest.FixtureRequest, transactional_db: None, _worker: Worker) -> Iterator[Worker]:
    """A Celery worker for every queue, running; and this process publishes to it. A test may kill it."""
    if "candor_home" in request.fixturenames:
        request.getfixturevalue("candor_home")  # before the worker learns where the files are
    from config import queues
    from core.models import UNFINISHED, Job
    from tests.support import worker as support

    queues.install(support.database_url())
    before = (current_app.conf.broker_url, current_app.conf.broker_transport_options)
    support.point_celery_at("pgmq://", support.pgmq_options())
    _worker.start()
    yield _worker
    support.point_celery_at(*before)
    if Job.objects.filter(state__in=UNFINISHED).exists():
        _worker.kill()  # it would go on into the next test


@pytest.fixture
def candor_home(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A state folder of this test's own, with a master key of its own."""
    settings.CANDOR_HOME = tmp_path
    keys.provider.cache_clear()
    yield tmp_path
    keys.provider.cache_clear()
