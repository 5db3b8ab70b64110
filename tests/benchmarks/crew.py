"""An installation of its own for a benchmark: a database beside DATABASE_URL's, a broker in it, real Celery workers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.models import Job, Project, User


@contextlib.contextmanager
def installation() -> Iterator[Path]:
    """Set Django up on an empty database; yields a folder for logs. Everything goes at the end."""
    home = Path(tempfile.mkdtemp(prefix="candor-bench-"))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "CANDOR_TEST_HOME": str(home)}
    import django

    django.setup()
    from django.db import connection, connections

    from config import queues
    from tests.support import worker as support

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        queues.install(support.database_url())
        support.point_celery_at("pgmq://", support.pgmq_options())
        yield home
    finally:
        support.point_celery_at("memory://", {})
        connections.close_all()
        connection.creation.destroy_test_db(before, verbosity=0)
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def workers(home: Path, count: int) -> Iterator[None]:
    """This many workers of one process each, as on as many machines. They scan; what scans wake stays in its queue."""
    from tests.support.worker import Worker

    parts = {"SCAN_PART_BYTES": str(192 << 20)}  # production's, not the tests'
    crew = [Worker(home / f"w{number}.log", queues="scan", concurrency=1, **parts) for number in range(count)]
    try:
        for worker in crew:
            worker.start()
        yield
    finally:
        for worker in crew:
            worker.kill()


def people() -> tuple[Project, User]:
    from core.models import Role
    from tests.factories import ProjectFactory, person

    project = ProjectFactory()
    return project, person(Role.ENGINEER, team=project.team)


def add(path: Path, project: Project, actor: User, extra: bytes = b"") -> Job:
    """Keep a file as the upload handler does, `extra` behind it so that it is another one, and queue its scan."""
    from core.encryption import EncryptingWriter, new_key
    from core.storage import new_place
    from core.uploads import EncryptedUpload
    from datamap.services.datasets import add_dataset

    key, place, digest = new_key(), new_place(), hashlib.sha256()
    writer = EncryptingWriter(place, key)
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20) or b"", b""):
            writer.write(block)
            digest.update(block)
    writer.write(extra)
    digest.update(extra)
    writer.close()
    size = path.stat().st_size + len(extra)
    upload = EncryptedUpload(name=path.name, size=size, sha256=digest.hexdigest(), path=place, key=key)
    dataset: Any = add_dataset(actor=actor, project=project, upload=upload)
    return dataset.job  # type: ignore[no-any-return]


def finish(jobs: Sequence[Job]) -> float:
    """Wait until these jobs are done; the last one's end as a timestamp. Raises RuntimeError if one failed."""
    from core import reaper
    from core.models import Job, JobState

    keys = [job.pk for job in jobs]
    while Job.objects.filter(pk__in=keys).unfinished().exists():
        reaper.reap()
        time.sleep(0.2)
    ended = list(Job.objects.filter(pk__in=keys).values_list("state", "finished_at", "error_code"))
    if failed := [code for state, _at, code in ended if state != JobState.DONE]:
        raise RuntimeError(f"scans failed: {failed}")
    return max(at.timestamp() for _state, at, _code in ended if at)
