"""Bad input as people and programs send it: a clear answer that names file and cause, and nothing left behind.

Hostile parameters of every address are in test_hostile_requests.py, of each file format in the rooms' own tests.
"""

from __future__ import annotations

import io
import resource
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from core import audit, services, storage, uploads
from core.models import AuditEvent, Job, JobState, Project, Role, StoredFile, Team
from datamap.models import DataElement, Dataset, Finding, Schema, SchemaVersion
from pia.models import Answer, Measure, Risk
from tests.factories import ProjectFactory, person
from tests.support.addresses import addresses
from tests.support.signed_in import signed_in
from tests.support.worker import wait_for, wait_for_job
from tests.support.world import World, make_world, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from core.models import User
    from tests.support.worker import Worker

CSV: Final = b"email,city\nann@example.org,Lyon\n"
HEAD: Final = (
    b'--edge\r\nContent-Disposition: form-data; name="file"; filename="../big.csv"\r\nContent-Type: text/csv\r\n\r\n'
)
TAIL: Final = b"\r\n--edge--\r\n"
MULTIPART: Final = "multipart/form-data; boundary=edge"


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.fixture
def engineer(project: Project) -> User:
    return person(Role.ENGINEER, team=project.team)


@pytest.fixture
def program(engineer: User) -> Client:
    return program_of(engineer)


def program_of(user: User) -> Client:
    _row, secret = services.create_token(actor=user, user=user, name="test", scopes=["read", "write"], days=1)
    return Client(headers={"Authorization": f"Token {secret}"}, raise_request_exception=False)


@pytest.fixture(params=["page", "program"])
def way(request: pytest.FixtureRequest, engineer: User) -> Callable[[Project, str], tuple[Client, str]]:
    """Both doors: the page in a browser, and the API with a token."""

    def open_door(project: Project, what: str) -> tuple[Client, str]:
        if request.param == "page":
            client = signed_in(engineer)
            client.raise_request_exception = False
            return client, reverse(f"datamap:{what}", args=[project.pk])
        return program_of(engineer), f"/api/v1/projects/{project.pk}/{what}/"

    return open_door


def on_disk() -> set[Path]:
    return set(storage.files_folder().glob("*/*.enc"))


class Endless(io.RawIOBase):
    """A request body of `size` bytes that is made as it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.left, self.taken, self._head = size, 0, HEAD

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        piece = (self._head + b"a,b\n" * (size // 4 + 1))[:size]
        self._head = self._head[size:]
        self.left -= size
        self.taken += size
        return piece


def send(client: Client, path: str, body: Endless) -> Any:
    environment: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(body.left), "CONTENT_TYPE": MULTIPART}
    return client.generic("POST", path, **environment)


# --- too large --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["datasets", "schemas"])
def test_a_file_that_says_it_is_too_large_is_refused_before_it_is_read(
    way: Callable[[Project, str], tuple[Client, str]],
    project: Project,
    candor_home: Path,
    settings: Settings,
    what: str,
) -> None:
    settings.SAMPLE_MAX_BYTES = 1 << 30
    client, path = way(project, what)
    body = Endless(1_100_000_000)
    answer = send(client, path, body)

    assert answer.status_code == 413
    said = answer.content.decode()
    assert "big.csv" in said
    assert "larger than" in said
    assert body.taken < 1_000_000
    assert on_disk() == set()
    assert (Dataset.objects.count(), Schema.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_file_that_grows_past_the_limit_is_refused_there_and_leaves_nothing(
    way: Callable[[Project, str], tuple[Client, str]], project: Project, candor_home: Path, settings: Settings
) -> None:
    settings.SAMPLE_MAX_BYTES = 1_000_000
    client, path = way(project, "datasets")
    answer = client.post(path, {"file": SimpleUploadedFile("big.csv", b"a,b\n" * 300_000)})

    assert answer.status_code == 413
    assert "big.csv" in answer.content.decode()
    assert on_disk() == set()
    assert not Dataset.objects.exists()


def test_a_real_gigabyte_passes_through_without_filling_memory_and_goes_when_nobody_keeps_it(candor_home: Path) -> None:
    @uploads.accepts_upload(limit=2 << 30, login=False)
    def take() -> None: ...

    request: Any = SimpleNamespace(resolver_match=SimpleNamespace(func=take), META={})
    handler = uploads.EncryptingUploadHandler(request)
    handler.handle_raw_input(io.BytesIO(), {}, 1_100_000_000, "edge")
    handler.new_file("file", "big.csv", "text/csv", None)
    piece, before = b"0123456789abcdef" * 16_384, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for start in range(0, 1_100_000_000, len(piece)):
        handler.receive_data_chunk(piece, start)
    upload = handler.file_complete(0)

    assert upload.size and upload.size >= 1_100_000_000
    assert upload.path.stat().st_size >= upload.size
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB
    upload.close()
    assert on_disk() == set()


@pytest.mark.django_db
def test_an_upload_that_breaks_off_leaves_nothing_and_makes_nothing(
    way: Callable[[Project, str], tuple[Client, str]], project: Project, candor_home: Path
) -> None:
    class BreaksOff(Endless):
        def read(self, size: int = -1) -> bytes:
            return super().read(size) if self.taken < 300_000 else b""

    client, path = way(project, "datasets")
    answer = send(client, path, BreaksOff(900_000))

    assert answer.status_code == 400
    assert on_disk() == set()
    assert not Dataset.objects.exists()


@pytest.mark.django_db
def test_of_two_files_of_which_one_is_too_large_neither_stays(
    way: Callable[[Project, str], tuple[Client, str]], project: Project, candor_home: Path, settings: Settings
) -> None:
    settings.SAMPLE_MAX_BYTES = 100_000
    client, path = way(project, "datasets")
    two = {"other": SimpleUploadedFile("a.csv", CSV), "file": SimpleUploadedFile("big.csv", b"a,b\n" * 30_000)}

    assert client.post(path, two).status_code == 413
    assert on_disk() == set()


# --- what is no sample ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["datasets", "schemas"])
@pytest.mark.parametrize(("content", "status", "cause"), [(b"", 400, "empty"), (b"%PDF-1.7", 415, "")])
def test_an_empty_file_and_one_of_a_wrong_type_are_refused_by_name_with_the_cause(
    program: Client, project: Project, candor_home: Path, what: str, content: bytes, status: int, cause: str
) -> None:
    path = f"/api/v1/projects/{project.pk}/{what}/"
    answer = program.post(path, {"file": SimpleUploadedFile("../customers.csv", content)})

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert "customers.csv" in answer.content.decode()
    assert cause in answer.content.decode()
    answer.close()
    assert on_disk() == set()


NAMES: Final = {
    "up and away": ("../../etc/passwd.csv", "passwd.csv"),
    "windows": ("..\\..\\boot.csv", "boot.csv"),
    "NUL": ("a\x00b.csv", "ab.csv"),
    "right to left": ("invoice\u202evsc.exe.csv", "invoicevsc.exe.csv"),
    "script": ('"><script>alert(1)</script>.csv', "script>.csv"),
    "quotes": ('it\'s "quoted".csv', 'it\'s "quoted".csv'),
    "long": ("x" * 500 + ".csv", "x" * 200),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("given", "shown"), NAMES.values(), ids=NAMES.keys())
def test_a_name_is_only_a_name(
    way: Callable[[Project, str], tuple[Client, str]], project: Project, candor_home: Path, given: str, shown: str
) -> None:
    client, path = way(project, "datasets")
    quoted = given.replace("\\", "\\\\").replace('"', '\\"').encode()
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="' + quoted + b'"\r\n\r\n'
    answer = client.generic("POST", path, head + CSV + TAIL, MULTIPART)

    assert answer.status_code in {202, 302}, answer.content
    made = Dataset.objects.get()
    assert made.name == shown
    assert {path.suffix for path in on_disk()} == {".enc"}
    assert "<script>alert" not in client.get(made.get_absolute_url()).content.decode()


# --- twice, down, gone ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["datasets", "schemas"])
def test_many_clicks_at_once_make_one_object(
    way: Callable[[Project, str], tuple[Client, str]], project: Project, candor_home: Path, what: str
) -> None:
    client, path = way(project, what)
    answers: list[Any] = []

    def click() -> None:
        again = Client(headers=client.headers if hasattr(client, "headers") else None)
        again.defaults, again.cookies = dict(client.defaults), client.cookies
        answers.append(again.post(path, {"file": SimpleUploadedFile("customers.csv", CSV)}))
        connection.close()

    threads = [threading.Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for answer in answers:
        answer.close()

    assert {answer.status_code for answer in answers} <= {202, 302}
    model = {"datasets": Dataset, "schemas": SchemaVersion}[what]
    assert (model._default_manager.count(), Job.objects.count(), StoredFile.objects.count()) == (1, 1, 1)
    assert len(on_disk()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_repeated_upload_with_the_same_key_gets_the_first_answer(
    program: Client, project: Project, candor_home: Path
) -> None:
    def upload(content: bytes) -> Any:
        file = {"file": SimpleUploadedFile("customers.csv", content)}
        return program.post(f"/api/v1/projects/{project.pk}/datasets/", file, headers={"Idempotency-Key": "once"})

    first, second = upload(CSV), upload(CSV)
    assert (first.status_code, second.status_code, first.json()) == (202, 202, second.json())
    other = upload(CSV.swapcase())
    assert (other.status_code, other.json()["type"]) == (422, "urn:candor:problem:key_reused")
    assert (Dataset.objects.count(), len(on_disk())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_down_an_upload_succeeds_and_its_job_waits(
    way: Callable[[Project, str], tuple[Client, str]],
    project: Project,
    candor_home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise ConnectionError("the broker is down")

    monkeypatch.setattr("core.jobs.current_app.send_task", refuse)
    client, path = way(project, "datasets")
    assert client.post(path, {"file": SimpleUploadedFile("customers.csv", CSV)}).status_code in {202, 302}
    job = Job.objects.get()
    assert (job.state, job.sent_at) == (JobState.QUEUED, None)


@pytest.mark.django_db
def test_an_upload_after_the_session_ended_is_told_and_leaves_nothing(project: Project, candor_home: Path) -> None:
    file = SimpleUploadedFile("customers.csv", CSV)
    page = Client(raise_request_exception=False).post(reverse("datamap:datasets", args=[project.pk]), {"file": file})
    program = Client(raise_request_exception=False).post(
        f"/api/v1/projects/{project.pk}/datasets/", {"file": SimpleUploadedFile("customers.csv", CSV)}
    )

    assert (page.status_code, program.status_code) == (403, 401)
    assert "Sign in" in page.content.decode()
    assert on_disk() == set()


# --- script in names --------------------------------------------------------------------------------------------------

SCRIPT: Final = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def scripted() -> Iterator[World]:
    """A world in which everything that people name is called a script."""
    with override_settings(CANDOR_DEMO=True):  # the second factor has tests of its own
        made = make_world("alder")
        Team.objects.filter(pk=made.team.pk).update(name=SCRIPT, controller=SCRIPT)
        Project.objects.filter(team=made.team).update(name=SCRIPT, purpose=SCRIPT, decisions=SCRIPT)
        for user in made.people.values():
            user.name = SCRIPT
            user.save(update_fields=["name"])
        Dataset.objects.update(name=SCRIPT)
        for number, finding in enumerate(Finding.objects.all()):
            finding.column, finding.examples = f"{SCRIPT}{number}", [SCRIPT]
            finding.save()
        Schema.objects.update(name=SCRIPT)
        DataElement.objects.update(name=SCRIPT)
        Risk.objects.update(title=SCRIPT, description=SCRIPT)
        Measure.objects.update(title=SCRIPT)
        Answer.objects.update(text=SCRIPT)
        yield made


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR, Role.OWNER])
def test_a_script_in_any_name_is_text_on_every_page(scripted: World, role: Role) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(scripted.people[role])
    shown, live = 0, []
    for address in addresses():
        answer = client.get(address.path(rows(scripted, address.route) | {"secret": "x", "token": "x"}), {"q": "alert"})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if kind == "text/html" or kind == "image/svg+xml":
            shown += b"&lt;script&gt;alert(1)" in content
            if b"<script>alert" in content or b"<img src=x" in content:
                live.append(address.route)
        elif b"alert(1)" in content and kind not in {"application/json", "application/problem+json"}:
            is_file = "attachment" in answer.headers.get("Content-Disposition", "")
            if not is_file or answer.headers.get("X-Content-Type-Options") != "nosniff":
                live.append(address.route)
    assert live == []
    assert shown > 5


# --- by a real worker -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("uneven.csv", b'email,city\nann@example.org,Lyon,"and\nmore,and more\n' * 50 + b'"'),
        ("utf16.csv", ("email,city\n" + "ann@example.org,Lyon\n" * 50).encode("utf-16")),
        ("latin1.csv", ("email,city\n" + "ann@example.org,Besan\u00e7on\n" * 50).encode("latin-1")),
        ("mixed.csv", b"email,city\n" + b"ann@example.org,Besan\xc3\xa7on\nbob@example.org,Besan\xe7on\n" * 50),
        ("cut.jsonl", b'{"email": "ann@example.org"}\n' * 50 + b'{"email": "bo'),
    ],
)
def test_a_broken_or_oddly_encoded_file_is_read_or_refused_by_name(
    live_worker: Worker, engineer: User, project: Project, name: str, content: bytes
) -> None:
    client, program = signed_in(engineer), program_of(engineer)
    sent = program.post(f"/api/v1/projects/{project.pk}/datasets/", {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == 202
    job = wait_for_job(Job.objects.get(pk=sent.json()["job"]), seconds=90)
    told = program.get(f"/api/v1/jobs/{job.pk}/").json()

    assert told["state"] in {"done", "failed"}
    if told["state"] == "failed":
        assert name in told["error"]["text"]
        assert "ann@" not in str(told)
        assert told["error"]["code"] not in {"internal", "crashed"}
    else:
        wait_for(lambda: not StoredFile.objects.present().exists(), what="the end of the file")
    assert client.get(Dataset.objects.get().get_absolute_url()).status_code == 200
    assert audit.verify().ok
    assert AuditEvent.objects.filter(event="dataset.added", project_id=project.pk).count() == 1
