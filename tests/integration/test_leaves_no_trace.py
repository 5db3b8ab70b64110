"""Samples leave no trace: real values go in by two files, a signed report comes out, and nothing else keeps them."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command

from core import audit, services, storage
from core.models import AuditEvent, Job, JobState, Project, Role, StoredFile
from core.storage import Retention
from core.uploads import encrypted
from datamap.models import Dataset, Finding, SchemaVersion
from datamap.services import datasets, draft, schemas
from lab.models import Measurement
from pia.models import Answer, AnswerStatus, Assessment
from pia.packs import item_of
from pia.services import answers, assessments, workflow
from reports.models import Report, ReportRevision
from reports.services import request_report
from tests.factories import ProjectFactory, TeamFactory, person
from tests.support.samples import as_csv, customers, messages
from tests.support.worker import database_url, wait_for, wait_for_job

if TYPE_CHECKING:
    from core.models import User
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NAME, MAIL, STREET, SSN, IBAN, PHONE, CODE = CANARIES = (
    "Canarius Featherstone", "canary.seven@example.org", "417 Zitronenfalter Road", "536-90-4399",
    "DE89370400440532013000", "+44 20 7946 0958", "CANARY77QX",
)  # fmt: skip


def customers_csv() -> bytes:
    """A hundred made-up people, and thirty times the one whose values are looked for."""
    people = customers(100)
    ours = {"customer_email": MAIL, "full_name": NAME, "phone": PHONE, "iban": IBAN, "order_no": CODE}
    return as_csv([{"street": "1 High Street", "ssn": "", **row} for row in people]
        + [{"street": STREET, "ssn": SSN, **people[0], **ours}] * 30)  # fmt: skip


def chat_parquet() -> bytes:
    texts = messages(200) + [f"I am {NAME}, {STREET}. Write to {MAIL}, my number is {SSN}, my code {CODE}."] * 30
    file = io.BytesIO()
    pq.write_table(pa.table({"id": list(range(len(texts))), "message": texts}), file)
    return file.getvalue()


def schema_sql() -> bytes:
    return f"CREATE TABLE people (id int, email text);\nINSERT INTO people VALUES (1, '{MAIL}');\n".encode()


class Cast:
    def __init__(self) -> None:
        call_command("load_packs", verbosity=0)
        team = TeamFactory()
        self.engineer, self.officer, self.dpo, self.decider, self.owner = (
            person(role, team=team) for role in (Role.ENGINEER, Role.OFFICER, Role.DPO, Role.DECIDER, Role.OWNER)
        )
        self.project: Project = ProjectFactory(team=team, people_count=1200)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


def settled(project: Project) -> None:
    """Return when every job of the project has ended, those that others start too."""

    def quiet() -> bool:
        return not Job.objects.filter(project=project).unfinished().exists()

    wait_for(quiet, seconds=180, what="the end of every job")
    failed = Job.objects.filter(project=project, state=JobState.FAILED)
    assert list(failed.values_list("kind", "error")) == []


def upload_all(cast: Cast, retention: Retention) -> None:
    schemas.add_schema(actor=cast.engineer, project=cast.project, upload=encrypted("support.sql", schema_sql()))
    for name, content in (("customers.csv", customers_csv()), ("chat.parquet", chat_parquet())):
        upload = encrypted(name, content)
        datasets.add_dataset(actor=cast.engineer, project=cast.project, upload=upload, retention=retention)
    settled(cast.project)


def decided(cast: Cast) -> Assessment:
    """From the findings to a decision on the frozen version."""
    draft.draft_map(actor=cast.engineer, project=cast.project)
    assessment = assessments.start_assessment(actor=cast.officer, project=cast.project)
    for row in Answer.objects.filter(assessment=assessment, status=AnswerStatus.UNANSWERED).with_pack():
        if item_of(row).weight == "must":
            answers.save_answer(actor=cast.officer, answer=row, version=row.version, text="Looked at.", status="met")
    workflow.record_views(actor=cast.officer, assessment=assessment, sought=False, not_sought_reason="No contact yet.")
    version = workflow.submit(actor=cast.officer, assessment=assessment)
    workflow.advise(actor=cast.dpo, assessment=version, opinion="against", text="Reject until the names go.")
    workflow.decide(actor=cast.decider, assessment=version, outcome="reject", reason="As advised.")
    version.refresh_from_db()
    return version


def issued(actor: User, assessment: Assessment) -> bytes:
    report, job = request_report(actor=actor, assessment=assessment)
    wait_for_job(job, seconds=120)
    settled(assessment.project)
    sealed = Report.objects.get(pk=report.pk).sealed
    assert sealed is not None
    return storage.read_bytes(sealed.file)


def text_of(pdf: bytes, folder: Path) -> dict[str, bytes]:
    """What a reader sees, what is attached, and every stream of the file, unpacked."""
    path = folder / "report.pdf"
    path.write_bytes(pdf)
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True).stdout
    assert b"customers.csv" in shown
    found = {"PDF": pdf, "PDF text": shown, "PDF text in a line": b" ".join(shown.split())}
    with pikepdf.open(path) as document:
        for name, attached in document.attachments.items():
            found[f"attached {name}"] = attached.get_file().read_bytes()
        for number, thing in enumerate(document.objects):
            if isinstance(thing, pikepdf.Stream):
                with contextlib.suppress(pikepdf.PdfError, zlib.error):
                    found[f"PDF stream {number}"] = thing.read_bytes()
    assert any(name.startswith("attached") for name in found)
    return found


def files(folder: Path, *, since: float = 0) -> dict[str, bytes]:
    """What lies in a folder; other programs' files that go while we look, or are not ours to read, are passed over."""
    found = {}
    for root, _folders, names in os.walk(folder):
        for path in (Path(root) / name for name in names):
            with contextlib.suppress(OSError):
                if path.is_file() and path.stat().st_mtime >= since and path.stat().st_size < 50_000_000:
                    found[str(path)] = path.read_bytes()
    return found


def forms_of(canary: str) -> tuple[bytes, ...]:
    """As it is, as JSON or a wide encoding would hold it, and without its spaces."""
    return (canary.encode(), canary.lower().encode(), canary.encode("utf-16-le"), canary.replace(" ", "").encode())


def test_canaries_of_a_table_and_a_chat_are_nowhere_but_in_the_past(
    live_worker: Worker, cast: Cast, tmp_path: Path
) -> None:
    started = time.time()
    upload_all(cast, Retention())
    assert Measurement.objects.filter(project=cast.project).exists()
    assert Finding.objects.filter(dataset__project=cast.project, identifying="direct").count() > 4
    pdf = issued(cast.officer, decided(cast))
    samples = StoredFile.objects.filter(pk__in=Dataset.objects.values("file"))
    wait_for(lambda: not samples.present().exists(), what="the end of the samples")

    dump = subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout
    assert b"customers.csv" in dump
    places = {"database": dump, "worker log": live_worker.log.read_bytes(), **text_of(pdf, tmp_path)}
    places |= {f"mail {number}": str(message.message()).encode() for number, message in enumerate(mail.outbox)}
    places |= {"session": str(list(Session.objects.values_list("session_data", flat=True))).encode()}
    places |= files(Path(settings.CANDOR_HOME)) | files(Path(tempfile.gettempdir()), since=started)
    seen = [
        (where, canary)
        for where, content in places.items()
        for canary in CANARIES
        if any(form in content for form in forms_of(canary))
    ]
    assert seen == []
    assert audit.verify().ok


def test_an_erased_project_leaves_one_line_and_neither_file_nor_key_nor_row(live_worker: Worker, cast: Cast) -> None:
    upload_all(cast, Retention(days=7))
    issued(cast.officer, decided(cast))
    project = cast.project
    kept = [pk for (pk,) in StoredFile.objects.filter(deleted_at=None).values_list("pk")]
    paths = [storage.files_folder() / stored.path for stored in StoredFile.objects.filter(pk__in=kept)]
    assert len(paths) == 4  # two samples, the drawn report and the sealed one
    assert all(path.exists() for path in paths)
    number, team = project.pk, project.team_id
    services.erase_project(actor=cast.owner, project=project)

    assert [path for path in paths if path.exists()] == []
    assert not StoredFile.objects.exclude(wrapped_key=b"").exists()
    assert not StoredFile.objects.filter(deleted_at=None).exists()
    models = (Project, Job, Dataset, Finding, SchemaVersion, Measurement, Assessment, Answer, Report, ReportRevision)
    for model in models:
        assert not model._default_manager.exists(), model
    lines = AuditEvent.objects.filter(event="project.erased", subject_id=str(number))
    assert [(line.actor, line.team_id) for line in lines] == [(cast.owner.email, team)]
    dump = subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout
    assert b"full_name" not in dump  # a column of the sample; the trail names files, not what is in them
    assert audit.verify().ok
