"""Big samples shared out over real workers: findings as from one process, and what is left when things go wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from celery import current_app
from django.conf import settings as django_settings
from kombu.exceptions import OperationalError

from core import reaper
from core.encryption import EncryptingWriter, new_key
from core.models import AuditEvent, Job, JobState, StoredFile
from core.services.jobs import cancel_job
from core.storage import files_folder, new_place
from core.uploads import EncryptedUpload
from datamap import tasks
from datamap.models import Dataset
from datamap.services import datasets as services
from tests.benchmarks.generate import large
from tests.integration.datamap.test_dataset_scans import found
from tests.support.samples import as_jsonl, messages
from tests.support.worker import database_url, wait_for, wait_for_job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.models import Project, User
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROWS = 1_250_000  # three chunks


@pytest.fixture(scope="module")
def big() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="candor-big-") as folder:
        yield large.write(Path(folder) / "big.csv", ROWS)


def uploaded(path: Path, extra: bytes = b"") -> EncryptedUpload:
    """The file as the upload handler leaves it, with some more rows behind."""
    key, place, size = new_key(), new_place(), 0
    writer = EncryptingWriter(place, key)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            writer.write(block)
            size += len(block)
    writer.write(extra)
    writer.close()
    size += len(extra)
    return EncryptedUpload(name="big.csv", size=size, sha256=os.urandom(32).hex(), path=place, key=key)


def add(actor: User, project: Project, upload: EncryptedUpload) -> Dataset:
    return services.add_dataset(actor=actor, project=project, upload=upload)


def job_of(dataset: Dataset) -> Job:
    return Job.objects.get(pk=str(dataset.job_id))


def scanned(dataset: Dataset, *, seconds: float = 180) -> Dataset:
    wait_for_job(job_of(dataset), seconds=seconds)
    dataset.refresh_from_db()
    return dataset


def recovered(dataset: Dataset) -> Dataset:
    """The dataset when its job has ended, with somebody who reaps."""

    def ended() -> bool:
        reaper.reap()
        return job_of(dataset).is_finished

    wait_for(ended, seconds=240, what="the end of the scan")
    return scanned(dataset)


def on_disk() -> set[Path]:
    return set(files_folder().glob("*/*.enc"))


@pytest.fixture
def nothing_left() -> Callable[[], bool]:
    """Whether no file of this test is kept, neither by a row nor on disk, once what waits for a message had one."""
    before = on_disk()  # what other tests of this process did not tidy up

    def holds() -> bool:
        reaper.reap()
        return not StoredFile.objects.present().exists() and on_disk() <= before

    return holds


def in_one_process(actor: User, project: Project, upload: EncryptedUpload, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """Scan it here, nothing handed out; what it wakes is sent when the broker is back."""

    def down(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("no route to broker")

    with monkeypatch.context() as patch:
        patch.setattr(current_app, "send_task", down)
        patch.setattr(django_settings, "SCAN_PART_BYTES", 1 << 40)
        patch.setattr(tasks, "PART_TEXTS", 1 << 20)
        dataset = add(actor, project, upload)
        tasks.scan_dataset(str(dataset.job_id))
    return scanned(dataset)


def test_a_big_sample_read_in_parts_gives_the_findings_of_one_pass(
    live_worker: Worker,
    engineer: User,
    project: Project,
    big: Path,
    nothing_left: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shared = add(engineer, project, uploaded(big))
    wait_for(lambda: job_of(shared).parts.filter(kind=tasks.READ).count() == 3, what="three parts")
    shared = scanned(shared)
    undivided = in_one_process(engineer, project, uploaded(big), monkeypatch)

    assert job_of(shared).state == JobState.DONE
    assert (shared.rows, shared.sampled) == (undivided.rows, undivided.sampled) == (ROWS, 2_000)
    assert found(shared) == found(undivided)
    reference = shared.findings.get(column="reference")
    assert reference.entity == "US_SSN"
    assert AuditEvent.objects.filter(event="dataset.scanned", subject_id=str(shared.pk)).count() == 1
    wait_for(nothing_left, seconds=120, what="the end of all files")
    assert not Job.objects.filter(parent__isnull=False).exists()


@pytest.mark.parametrize("moment", ["reading parts", "putting together"])
def test_a_worker_killed_in_a_big_scan_changes_nothing(
    live_worker: Worker,
    engineer: User,
    project: Project,
    big: Path,
    nothing_left: Callable[[], bool],
    moment: str,
) -> None:
    undisturbed = found(scanned(add(engineer, project, uploaded(big))))
    dataset = add(engineer, project, uploaded(big))
    if moment == "reading parts":
        wait_for(lambda: job_of(dataset).parts.filter(state=JobState.RUNNING, progress__gt=20).exists(), what=moment)
    else:
        wait_for(lambda: job_of(dataset).progress >= 58, seconds=120, what=moment)
    live_worker.kill()
    live_worker.start()

    assert job_of(recovered(dataset)).state == JobState.DONE
    assert found(dataset) == undisturbed
    wait_for(nothing_left, seconds=120, what="the end of all files")


def test_a_big_scan_that_is_cancelled_stops_everywhere_and_can_be_repeated(
    live_worker: Worker, engineer: User, project: Project, big: Path, nothing_left: Callable[[], bool]
) -> None:
    dataset = add(engineer, project, uploaded(big))
    wait_for(lambda: job_of(dataset).parts.filter(state=JobState.RUNNING, progress__gt=5).exists(), what="a part")
    assert cancel_job(actor=engineer, job=job_of(dataset)).state == JobState.CANCELLED
    wait_for(lambda: not job_of(dataset).parts.exists(), what="the end of the parts")
    wait_for(nothing_left, seconds=120, what="the end of all files")
    assert not dataset.findings.exists()

    again = add(engineer, project, uploaded(big))
    assert job_of(scanned(again)).state == JobState.DONE


def test_a_part_that_cannot_be_read_fails_the_scan_with_its_reason_and_line(
    live_worker: Worker, engineer: User, project: Project, tmp_path: Path
) -> None:
    line = b'{"mail": "ann@example.org", "text": "' + b"x" * 400 + b'"}\n'
    path = tmp_path / "big.jsonl"
    path.write_bytes(line * 330_000 + b"not json\n" + line)
    upload = uploaded(path)
    upload.name = "big.jsonl"
    dataset = scanned(add(engineer, project, upload))

    assert (job_of(dataset).state, job_of(dataset).error_code) == (JobState.FAILED, "broken_json")
    assert "330,001" in job_of(dataset).error or "330001" in job_of(dataset).error
    wait_for(lambda: not Job.objects.filter(parent__isnull=False).exists(), what="the end of the parts")
    assert StoredFile.objects.present().count() == 1  # the sample, for another try


def test_many_texts_are_read_in_parts_and_give_the_findings_of_one_pass(
    live_worker: Worker, engineer: User, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chat.jsonl").write_bytes(as_jsonl(messages(1_800)))

    def upload() -> EncryptedUpload:
        upload = uploaded(tmp_path / "chat.jsonl")
        upload.name = "chat.jsonl"
        return upload

    undivided = in_one_process(engineer, project, upload(), monkeypatch)
    shared = add(engineer, project, upload())
    wait_for(lambda: job_of(shared).parts.filter(kind=tasks.READ_TEXTS).count() > 2, what="the parts")

    assert job_of(scanned(shared)).state == JobState.DONE
    assert found(shared) == found(undivided)
    assert not StoredFile.objects.filter(name__in=("given", "result")).exists()
    assert not Job.objects.filter(parent__isnull=False).exists()


CANARY = "Canarius Featherstone"


def test_nothing_of_a_big_sample_lies_open_while_its_parts_are_read(
    live_worker: Worker, engineer: User, project: Project, big: Path
) -> None:
    started = time.time()
    rows = f'77,{CANARY},canary.seven@example.org,Lyon,2024-01-01 00:00:00,1.0,new,536-90-4399,"I am {CANARY}"\n'
    dataset = add(engineer, project, uploaded(big, rows.encode() * 200_000))
    wait_for(
        lambda: job_of(dataset).parts.filter(kind=tasks.READ, state=JobState.DONE).count() >= 2,
        seconds=120,
        what="two results",
    )
    group = live_worker.process and os.getpgid(live_worker.process.pid)
    assert group
    os.killpg(group, signal.SIGSTOP)  # nobody tidies while we look
    try:
        dump = subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout
        places = {"database": dump, "worker log": live_worker.log.read_bytes()}
        for folder in (Path(django_settings.CANDOR_HOME), Path(tempfile.gettempdir())):
            places |= {str(path): path.read_bytes() for path in _new_files(folder, started) if path != big}
    finally:
        os.killpg(group, signal.SIGCONT)
    seen = [where for where, content in places.items() if CANARY.encode() in content or b"536-90-4399" in content]
    assert b"big.csv" in dump
    assert seen == []
    scanned(dataset)


def _new_files(folder: Path, since: float) -> Iterator[Path]:
    for root, _folders, names in os.walk(folder):
        for path in (Path(root) / name for name in names):
            try:
                if path.is_file() and path.stat().st_mtime >= since and os.access(path, os.R_OK):
                    yield path
            except OSError:
                continue
