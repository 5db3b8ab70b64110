"""Uploads are ciphertext before they touch the disk, and only marked pages take them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.urls import path

from core import storage
from core.storage import Retention, safe_name
from core.uploads import accepts_upload
from core.web import signed_in
from tests.factories import UserFactory

if TYPE_CHECKING:
    from core.uploads import EncryptedUpload

CANARY = b"canary-9173@example.org"


@accepts_upload(limit=200_000)
@signed_in
def take(request: HttpRequest) -> HttpResponse:
    upload: EncryptedUpload = request.FILES["file"]  # type: ignore[assignment]
    with upload.open_plain() as file:
        content = file.read()
    on_disk = upload.path.read_bytes()
    if "keep" in request.GET:
        storage.keep(upload)
    return JsonResponse(
        {
            "name": upload.name,
            "size": upload.size,
            "sha256": upload.sha256,
            "same": content.count(CANARY),
            "leaked": CANARY in on_disk,
        }
    )


def ignore(request: HttpRequest) -> HttpResponse:
    request.POST.get("anything")
    return HttpResponse("ok")


urlpatterns = [path("take/", take), path("ignore/", ignore)]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory())
    return client


def upload(content: bytes = CANARY * 5000, name: str = "chat.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def files() -> list[Path]:
    return list(storage.files_folder().glob("*/*.enc"))


def test_an_upload_is_ciphertext_on_disk_and_plain_to_its_reader(client: Client) -> None:
    answer = client.post("/take/", {"file": upload()}).json()
    assert answer["leaked"] is False
    assert (answer["same"], answer["size"]) == (5000, len(CANARY) * 5000)


def test_what_no_service_keeps_is_gone_when_the_request_ends(client: Client) -> None:
    before = files()
    client.post("/take/", {"file": upload()}).close()
    assert files() == before


def test_what_a_service_keeps_stays(client: Client) -> None:
    before = len(files())
    client.post("/take/?keep", {"file": upload()}).close()
    assert len(files()) == before + 1


@pytest.mark.parametrize("page", ["/ignore/", "/take/"])
def test_a_stranger_leaves_nothing_on_disk(page: str) -> None:
    before = files()
    answer = Client(raise_request_exception=False, enforce_csrf_checks=True).post(page, {"file": upload()})
    assert answer.status_code == 403
    assert files() == before
    assert not any(CANARY in p.read_bytes() for p in Path(tempfile.gettempdir()).glob("*.upload"))


def test_a_page_that_is_not_marked_takes_no_file(client: Client) -> None:
    assert client.post("/ignore/", {"file": upload()}).status_code == 403


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(client: Client) -> None:
    before = files()
    answer = client.post("/take/", {"file": upload(b"x" * 200_001)})
    assert answer.status_code in {400, 413}
    assert files() == before


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\x00b\n.csv", "ab.csv"),
        ("evil\u202egnp.csv", "evilgnp.csv"),
        ("<script>alert(1)</script>.csv", "script>.csv"),
        ("...", "unnamed"),
        ("é" * 400, "é" * 200),
    ],
)
def test_a_name_is_made_fit_to_show(given: str, shown: str) -> None:
    assert safe_name(given) == shown


@override_settings()
def test_the_sweep_deletes_what_is_overdue_and_what_nobody_knows() -> None:
    overdue = storage.keep_bytes(name="old.csv", data=b"x", retention=Retention(days=-1))
    kept = storage.keep_bytes(name="report.pdf", data=b"y")
    orphan = storage.new_place()
    orphan.write_bytes(b"z")
    import os

    os.utime(orphan, (0, 0))
    storage.sweep()
    overdue.refresh_from_db()
    kept.refresh_from_db()
    assert (overdue.is_present, kept.is_present, orphan.exists()) == (False, True, False)
    assert storage.read_bytes(kept) == b"y"
