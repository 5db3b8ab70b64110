from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from core import storage
from core.models import AuditEvent, Role
from pia.models import Assessment
from pia.workflow import State as AssessmentState
from reports import seal_keys, throttle
from reports.models import Report, ReportRevision
from reports.signing import authority, signer
from reports.signing.verify import Verdict
from reports.verification import standing, verify_file
from tests.integration.reports.conftest import issued
from tests.support.assessed import World, decided, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_here")]
API = "/api/v1/verify/"


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    cache.clear()


def bytes_of(report: Report, number: int = 1) -> bytes:
    return storage.read_bytes(report.revisions.get(number=number).file)


def post(client: Client, data: bytes, name: str = "report.pdf") -> dict[str, object]:
    file = io.BytesIO(data)
    file.name = name
    answer = client.post(API, {"file": file}, format="multipart")
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = answer.json()
    return found


def test_what_was_issued_is_valid_for_anybody(approved: World, client: Client) -> None:
    report = issued(approved)
    answer = post(client, bytes_of(report))
    assert (answer["verdict"], answer["approved"], answer["facts_match"]) == ("valid", True, True)
    signers = answer["signers"]
    assert isinstance(signers, list)
    assert "Conditionally approved" in signers[0]["statement"]


def test_an_answer_tells_nothing_of_the_content(approved: World, client: Client) -> None:
    report = issued(approved)
    said = json.dumps(post(client, bytes_of(report)))
    for secret in (approved.project.name, approved.project.purpose, "chat_logs", "Cloudy"):
        assert secret not in said


def test_a_report_that_nobody_decided_on_is_valid_and_not_approved(candor_home: Path, client: Client) -> None:
    report = issued(world())
    answer = post(client, bytes_of(report))
    assert (answer["verdict"], answer["approved"]) == ("valid", False)


def test_every_other_copy_is_told_apart(approved: World, client: Client, tmp_path: Path) -> None:
    report = issued(approved)
    sealed = bytes_of(report)
    authority.prepare(tmp_path / "k", "Northwind Traders Ltd", b"x")
    forged = signer.seal(bytes_of(report, 0), authority.credential(tmp_path / "k", b"x"), signer.Statement("", ""))
    copies = {
        "altered": sealed[:2000] + bytes([sealed[2000] ^ 1]) + sealed[2001:],
        "unsigned": bytes_of(report, 0),
        "unknown_issuer": forged,
    }
    for verdict, data in copies.items():
        answer = post(client, data)
        assert (answer["verdict"], answer["approved"]) == (verdict, False)
    assert post(client, sealed + b"\n")["verdict"] == "altered"
    assert post(client, b"no pdf at all", "x.txt")["reason"] == "not_a_pdf"


def test_a_seal_of_ours_on_other_bytes_is_not_valid(approved: World, client: Client) -> None:
    """Sealed again with the right key, past the register: only what was issued counts."""
    report = issued(approved)
    twin = signer.seal(bytes_of(report, 0), seal_keys.credential(), signer.Statement("Approved", "here"))
    assert (post(client, twin)["verdict"], post(client, twin)["reason"]) == ("altered", "not_our_bytes")
    ReportRevision.objects.all().delete()
    Report.objects.all().delete()
    assert (post(client, twin)["verdict"], post(client, twin)["reason"]) == ("incomplete", "no_record")


def test_a_stale_approval_is_said(approved: World) -> None:
    report = issued(approved)
    Assessment.objects.update(state=AssessmentState.STALE)
    report.refresh_from_db()
    assert standing(Report.objects.get(pk=report.pk))[0] is Verdict.STALE


def test_a_report_of_the_draft_is_superseded_once_the_decision_is_reported(candor_home: Path) -> None:
    here = world()
    before = issued(here)
    assert standing(before)[0] is Verdict.VALID
    decided(here.assessment, here.people, AssessmentState.DECIDED, "approve")
    after = issued(here)
    assert standing(before)[0] is Verdict.SUPERSEDED
    assert standing(after)[0] is Verdict.VALID


def test_issuing_again_supersedes_nothing(approved: World) -> None:
    first, second = issued(approved), issued(approved)
    assert standing(first)[0] is Verdict.VALID
    assert standing(second)[0] is Verdict.VALID


def test_the_command_says_the_same(approved: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = issued(approved)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(bytes_of(report))
    bad.write_bytes(bytes_of(report)[:-10])
    call_command("verify_report", str(good))
    assert json.loads(capsys.readouterr().out)["verdict"] == "valid"
    with pytest.raises(SystemExit) as ended:
        call_command("verify_report", str(bad), str(good), str(tmp_path / "none.pdf"))
    assert ended.value.code == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("verdict") for line in lines] == ["altered", "valid", None]
    assert lines[2]["error"] == "no such file or directory"


def test_a_file_that_takes_too_much_is_not_ours(
    approved: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from core import sandbox
    from reports import verification

    monkeypatch.setattr(verification, "LIMITS", sandbox.Limits(cpu=1, memory=64 << 20, wall=2))
    answer = verify_file(str(tmp_path / "x"), b"%PDF-1.7 bomb")
    assert (answer.verdict, answer.reason) == (Verdict.ALTERED, "too_hard")


def test_the_qr_code_leads_to_what_was_issued(approved: World, client: Client) -> None:
    report = issued(approved)
    page = client.get(reverse("reports:verify_token", args=[report.verify_token]))
    assert page.status_code == 200
    assert report.number in page.content.decode()
    assert report.sealed
    assert report.sealed.sha256 in page.content.decode()
    assert approved.project.name not in page.content.decode()
    assert client.get(reverse("reports:verify_token", args=["guessed"])).status_code == 404


def test_the_page_answers_an_upload(approved: World, client: Client) -> None:
    report = issued(approved)
    file = io.BytesIO(bytes_of(report))
    file.name = "../../<script>.pdf"
    page = client.post(reverse("reports:verify"), {"file": file})
    assert page.status_code == 200
    assert "Valid" in page.content.decode()
    assert "<script>.pdf" not in page.content.decode()
    assert client.post(reverse("reports:verify"), {}).status_code == 400


def test_an_upload_is_not_kept(approved: World, client: Client) -> None:
    report = issued(approved)
    before = sorted(storage.files_folder().rglob("*.enc"))
    post(client, bytes_of(report) + b"x")
    assert sorted(storage.files_folder().rglob("*.enc")) == before


def test_strangers_may_ask_only_so_often(client: Client, candor_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "PER_ADDRESS", 2)
    url = reverse("reports:verify")
    assert [client.get(url, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(3)] == [200, 200, 429]
    assert client.post(API).status_code == 429


def test_a_file_over_the_limit_is_refused(client: Client, candor_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post(API, {"file": io.BytesIO(b"x" * (52 << 20))})
    assert answer.status_code == 413


def test_downloads_are_counted_and_closed_to_other_teams(approved: World, client: Client, settings: Settings) -> None:
    settings.CANDOR_DEMO = True  # no second factor here
    report = issued(approved)
    url = reverse("reports:file", args=[report.project_id, report.pk])
    statuses = {}
    for role in Role:
        client.force_login(approved[role])
        statuses[role] = client.get(url).status_code
    assert statuses == {**dict.fromkeys(Role, 200), Role.OWNER: 403}
    stranger = world(name="Another project")
    client.force_login(stranger[Role.OFFICER])
    assert client.get(url).status_code == 404
    assert client.get(f"/api/v1/reports/{report.pk}/").status_code == 404
    assert client.get(f"/api/v1/reports/{report.pk}/file/").status_code == 404
    assert AuditEvent.objects.filter(event="report.downloaded", subject_id=str(report.pk)).count() == len(Role) - 1
