"""Scans by a real Celery worker: what they find, and what is left when things go wrong."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.utils import timezone

from core import reaper
from core.models import AuditEvent, Job, JobState, StoredFile
from core.services.jobs import cancel_job
from core.storage import Retention
from datamap.models import Dataset, Decision, Finding, IdentifyingChoice
from datamap.services import datasets as services
from datamap.services import findings
from tests.integration.datamap.conftest import upload
from tests.support.samples import EXPECTED, as_csv, as_jsonl, customers, messages
from tests.support.worker import database_url, wait_for, wait_for_job

if TYPE_CHECKING:
    from core.models import Project, User
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def add(actor: User, project: Project, content: bytes, name: str = "customers.csv") -> Dataset:
    return services.add_dataset(actor=actor, project=project, upload=upload(content, name))


def scanned(dataset: Dataset, *, seconds: float = 90) -> Dataset:
    assert dataset.job
    wait_for_job(dataset.job, seconds=seconds)
    dataset.refresh_from_db()
    return dataset


def found(dataset: Dataset) -> list[tuple[object, ...]]:
    fields = (
        "position",
        "column",
        "identifying",
        "entity",
        "category",
        "confidence",
        "share",
        "why",
        "examples",
        "entities",
    )
    return [tuple(str(value) for value in row) for row in dataset.findings.values_list(*fields)]


def test_an_upload_is_scanned_and_its_file_goes(live_worker: Worker, engineer: User, project: Project) -> None:
    dataset = scanned(add(engineer, project, as_csv(customers())))

    assert dataset.job and dataset.job.state == JobState.DONE
    assert (dataset.rows, dataset.format) == (200, "csv")
    rows = {row.column: (row.identifying, row.entity) for row in dataset.findings.all()}
    assert {name: rows[name] for name in EXPECTED} == EXPECTED
    wait_for(lambda: not _kept(dataset), what="the end of the file")
    events = AuditEvent.objects.filter(project_id=project.pk, event__startswith="dataset.").values_list(
        "event", flat=True
    )
    assert sorted(events) == ["dataset.added", "dataset.scanned"]


def test_chat_messages_show_who_is_in_them_and_no_name_is_kept(
    live_worker: Worker, engineer: User, project: Project
) -> None:
    texts = messages(300)
    dataset = scanned(add(engineer, project, as_jsonl(texts), "chat.jsonl"))

    message = dataset.findings.get(column="message")
    assert message.is_text
    assert message.identifying == IdentifyingChoice.DIRECT
    assert {"PERSON", "EMAIL_ADDRESS"} <= set(message.entities)
    assert message.low < 0.4 < message.high + 0.06
    assert any("‹PERSON›" in example for example in message.examples)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("../../deep.jsonl", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "too_deep"),
        ("broken.parquet", b"PAR1 not really", "broken_parquet"),
        ("noise.csv", bytes(range(1, 9)) * 4_000, "binary"),
        ("<script>alert(1)</script>.csv", b",".join(b"h%d" % n for n in range(10_000)), "too_many_columns"),
    ],
)
def test_a_hostile_file_fails_with_its_reason_and_the_next_job_runs(
    live_worker: Worker, engineer: User, project: Project, name: str, content: bytes, code: str
) -> None:
    bad = scanned(add(engineer, project, content, name))
    good = scanned(add(engineer, project, b"email\n" + b"ann@example.org\n" * 20, "good.csv"))

    assert bad.job and good.job
    assert (bad.job.state, bad.job.error_code, bad.job.attempt) == (JobState.FAILED, code, 1)
    assert bad.name in bad.job.error
    assert "/" not in bad.name
    assert good.job.state == JobState.DONE


@pytest.mark.parametrize("moment", ["opening", "reading texts"])
def test_a_worker_killed_in_a_scan_leaves_findings_as_undisturbed(
    live_worker: Worker, engineer: User, project: Project, moment: str
) -> None:
    content = as_jsonl(messages(4_000))
    undisturbed = found(scanned(add(engineer, project, content, "chat.jsonl")))
    other = services.add_dataset(actor=engineer, project=project, upload=upload(content + b"\n", "chat.jsonl"))
    wait_for(lambda: _job(other).progress >= (1 if moment == "opening" else 65), what=moment)
    live_worker.kill()
    live_worker.start()

    def recovered() -> bool:
        reaper.reap()
        return _job(other).is_finished

    wait_for(recovered, seconds=120, what="the second attempt")
    assert _job(other).state == JobState.DONE
    assert found(other) == undisturbed


def _job(dataset: Dataset) -> Job:
    return Job.objects.get(pk=str(dataset.job_id))


def _kept(dataset: Dataset) -> bool:
    return bool(StoredFile.objects.present().filter(pk=str(dataset.file_id)).exists())


def test_a_scan_that_is_cancelled_leaves_no_findings_and_no_file(
    live_worker: Worker, engineer: User, project: Project
) -> None:
    dataset = add(engineer, project, as_jsonl(messages(8_000)), "chat.jsonl")
    wait_for(lambda: _job(dataset).progress >= 60, what="the texts being read")
    assert dataset.job
    cancel_job(actor=engineer, job=dataset.job)
    scanned(dataset)

    assert dataset.job.state == JobState.CANCELLED
    assert not dataset.findings.exists()
    wait_for(lambda: not _kept(dataset), what="the end of the file")


def test_a_broker_that_is_down_loses_no_upload(engineer: User, project: Project) -> None:
    from tests.support import worker as support

    support.point_celery_at("redis://127.0.0.1:1/0", {})
    try:
        started = time.monotonic()
        dataset = add(engineer, project, as_csv(customers(20)))
        assert time.monotonic() - started < 15
    finally:
        support.point_celery_at("memory://", {})

    assert dataset.job
    dataset.job.refresh_from_db()
    assert (dataset.job.state, dataset.job.sent_at) == (JobState.QUEUED, None)


def test_a_rescan_keeps_what_people_decided(live_worker: Worker, engineer: User, project: Project) -> None:
    content = as_csv(customers())
    dataset = scanned(add(engineer, project, content))
    city = dataset.findings.get(column="signup_city")
    findings.decide_finding(actor=engineer, finding=city, decision=Decision.REJECTED)
    again = scanned(add(engineer, project, content, "other-name.csv"))

    assert again.pk == dataset.pk
    city = again.findings.get(column="signup_city")
    assert (city.decision, city.identifying, city.found_identifying) == ("rejected", "none", "quasi")
    assert city.decided_by == engineer


def test_the_same_file_again_is_kept_as_long_as_was_asked_for_last(engineer: User, project: Project) -> None:
    content = as_csv(customers(20))
    dataset = add(engineer, project, content)
    assert dataset.file is not None
    assert dataset.file.transient
    Job.objects.update(state=JobState.DONE)
    again = services.add_dataset(
        actor=engineer, project=project, upload=upload(content, "again.csv"), retention=Retention(days=7)
    )

    assert (again.pk, again.file_id) == (dataset.pk, dataset.file_id)
    kept = StoredFile.objects.get()
    assert not kept.transient
    assert kept.delete_after is not None
    assert kept.delete_after > timezone.now() + timedelta(days=6)


CANARIES = ("Canarius Featherstone", "canary.seven@example.org", "Zitronenfalterweg 417", "536-90-4399", "CANARY77QX")


@pytest.mark.parametrize("fault", ["none", "broken"])
def test_canaries_planted_in_a_sample_are_found_nowhere_afterwards(
    live_worker: Worker, engineer: User, project: Project, fault: str
) -> None:
    started = time.time()
    name, mail, street, ssn, word = CANARIES
    rows = [
        {"name": name, "email": mail, "street": street, "ssn": ssn, "note": f"My code is {word}, says {name}."}
    ] * 60
    content = as_csv(rows)
    if fault == "broken":
        content = content.replace(b",", b",,", 1) + f'"{word}\x00 {name}'.encode() * 40
    dataset = scanned(add(engineer, project, content, "canaries.csv"))
    if _job(dataset).state == JobState.DONE:
        wait_for(lambda: not _kept(dataset), what="the end of the file")

    dump = _dump()
    assert b"canaries.csv" in dump
    places = {"database": dump, "worker log": live_worker.log.read_bytes()}
    places |= _files(Path(settings.CANDOR_HOME)) | _files(Path(tempfile.gettempdir()), since=started)
    seen = [(where, canary) for where, content in places.items() for canary in CANARIES if canary.encode() in content]
    assert seen == []


def _dump() -> bytes:
    """The whole test database as text, every column of every row."""
    return subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout


def _files(folder: Path, *, since: float = 0) -> dict[str, bytes]:
    """What lies in a folder; other programs' files that go while we look, or are not ours to read, are passed over."""
    found = {}
    for root, _folders, names in os.walk(folder):
        for path in (Path(root) / name for name in names):
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_mtime >= since and path.stat().st_size < 50_000_000:
                    found[str(path)] = path.read_bytes()
    return found


def test_findings_of_one_project_do_not_mix_with_anothers(
    live_worker: Worker, engineer: User, project: Project, stranger: User
) -> None:
    scanned(add(engineer, project, as_csv(customers(30))))

    assert not Dataset.objects.for_user(stranger).exists()
    assert not Finding.objects.for_user(stranger).exists()
