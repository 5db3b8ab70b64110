from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client

from core import audit, sandbox, services, storage
from core.models import Job, JobState, Role, StoredFile
from core.types import Json
from pia.workflow import State as AssessmentState
from reports.models import Report, ReportRevision
from tests.integration.reports.conftest import issued
from tests.support.assessed import World, world
from tests.support.worker import Worker, wait_for_job


def headers(here: World, role: Role, *scopes: str) -> dict[str, str]:
    _row, secret = services.create_token(actor=here[role], user=here[role], name="test", scopes=list(scopes), days=1)
    return {"authorization": f"Token {secret}"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_program_issues_downloads_and_verifies_a_report(
    live_worker: Worker, client: Client, settings: object
) -> None:
    cache.clear()
    here = world(state=AssessmentState.DECIDED, outcome="approve")
    officer = headers(here, Role.OFFICER, "read", "write")
    address = f"/api/v1/assessments/{here.assessment.pk}/reports/"
    asked = client.post(address, {"kind": "pdf"}, content_type="application/json", headers=officer)
    assert asked.status_code == 202, asked.content
    job = wait_for_job(Job.objects.get(pk=asked.json()["job"]), seconds=120)
    assert (job.state, job.error) == (JobState.DONE, "")
    auditor = headers(here, Role.AUDITOR, "read")
    file = client.get(f"/api/v1/reports/{asked.json()['id']}/file/", headers=auditor)
    assert file.status_code == 200, getattr(file, "content", "")
    pdf = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    detail = client.get(f"/api/v1/reports/{asked.json()['id']}/", headers=auditor).json()
    assert (detail["state"], detail["approved"], detail["size"]) == ("sealed", True, len(pdf))
    copy = io.BytesIO(pdf)
    copy.name = "copy.pdf"
    began = time.monotonic()
    said = client.post("/api/v1/verify/", {"file": copy}).json()
    assert (said["verdict"], said["approved"]) == ("valid", True)
    assert time.monotonic() - began < 5
    listed = client.get(address, headers=auditor).json()
    assert (listed["count"], listed["results"][0]["id"]) == (1, asked.json()["id"])
    assert audit.verify().ok


@pytest.mark.django_db
def test_the_api_keeps_to_roles_scopes_and_kinds(candor_home: Path, client: Client) -> None:
    here = world()
    address = f"/api/v1/assessments/{here.assessment.pk}/reports/"
    body = {"content_type": "application/json"}
    for role, scope, status in (
        (Role.ENGINEER, "write", 403),
        (Role.AUDITOR, "write", 403),
        (Role.OFFICER, "read", 403),
    ):
        answer = client.post(address, {"kind": "pdf"}, headers=headers(here, role, scope), **body)  # type: ignore[arg-type]
        assert answer.status_code == status
    officer = headers(here, Role.OFFICER, "read", "write")
    assert client.post(address, {"kind": "docx"}, headers=officer, **body).status_code == 400  # type: ignore[arg-type]
    assert client.post(address, {"kind": "pdf"}, **body).status_code in (401, 403)  # type: ignore[arg-type]
    assert not Report.objects.exists()
    repeated = {**officer, "idempotency-key": "once"}
    first = client.post(address, {"kind": "pdf"}, headers=repeated, **body)  # type: ignore[arg-type]
    again = client.post(address, {"kind": "pdf"}, headers=repeated, **body)  # type: ignore[arg-type]
    assert first.json() == again.json()
    assert Report.objects.count() == 1


def test_a_document_made_to_burn_time_is_stopped_at_its_limit() -> None:
    boxes = '<div style="display:flex"><div style="display:flex;flex:1">' * 14 + "x" + "</div></div>" * 14
    request: dict[str, Json] = {
        "html": f"<html><body>{boxes * 4}</body></html>",
        "snapshot": "{}",
        "at": "2026-11-22T10:00:00+00:00",
        "assets": {},
    }
    with pytest.raises(sandbox.SandboxError) as stopped:
        sandbox.call("reports.rendering.run:render", request, limits=sandbox.Limits(cpu=3, memory=1 << 30, wall=60))
    assert stopped.value.code == "cpu_limit"


@pytest.mark.django_db
@pytest.mark.usefixtures("jobs_here")
def test_erasing_a_project_takes_its_reports_along(approved: World, django_capture_on_commit_callbacks: object) -> None:
    report = issued(approved)
    files = [storage.files_folder() / revision.file.path for revision in report.revisions.all()]
    assert all(path.exists() for path in files)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.erase_project(actor=approved[Role.OWNER], project=approved.project)
    assert not ReportRevision.objects.exists()
    assert not any(path.exists() for path in files)
    assert not StoredFile.objects.filter(deleted_at=None, pk__in=[r.file_id for r in report.revisions.all()]).exists()
