"""The whole job by API: five people, a real worker, from registration to a report that an auditor verifies."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from config.demo import data
from core import audit, services
from core.models import Job, Role, User
from tests.factories import TeamFactory, person
from tests.support.worker import wait_for_job

if TYPE_CHECKING:
    from tests.support.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)

V1 = "/api/v1"
JSON = "application/json"


class Caller:
    """One person's program."""

    def __init__(self, user: User) -> None:
        _token, secret = services.create_token(
            actor=user, user=user, name="test", scopes=["read", "write", "decide"], days=1
        )
        self.client = Client(headers={"Authorization": f"Token {secret}"})

    def get(self, path: str) -> Any:
        answer = self.client.get(f"{V1}/{path}")
        assert answer.status_code == 200, (path, answer.content)
        return answer.json()

    def send(self, method: str, path: str, body: dict[str, Any], *, status: int = 200) -> Any:
        answer = getattr(self.client, method)(f"{V1}/{path}", body, content_type=JSON)
        assert answer.status_code == status, (path, answer.status_code, answer.content)
        return answer.json() if answer.content else None

    def upload(self, path: str, name: str, content: bytes) -> dict[str, str]:
        answer = self.client.post(f"{V1}/{path}", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 202, answer.content
        accepted: dict[str, str] = answer.json()
        self.wait(accepted["job"])
        return accepted

    def wait(self, job: str) -> None:
        wait_for_job(Job.objects.get(pk=job), seconds=120)
        shown = self.get(f"jobs/{job}/")
        assert (shown["state"], shown["error"]) == ("done", None), shown


@pytest.fixture
def people(transactional_db: None) -> dict[Role, Caller]:
    call_command("load_packs", verbosity=0)
    team = TeamFactory()
    roles = (Role.ENGINEER, Role.OFFICER, Role.DPO, Role.DECIDER, Role.AUDITOR)
    return {role: Caller(person(role, team=team)) for role in roles}


def register_and_scan(engineer: Caller) -> str:
    project = engineer.send(
        "post",
        "projects/",
        {
            "name": "Chat classifier",
            "purpose": "Answer unhappy customers first.",
            "people_count": 1200,
            "purposes": [{"name": "Sort the queue", "basis": "legitimate_interests", "balancing": "LIA-1"}],
        },
        status=201,
    )["id"]
    schema = engineer.upload(f"projects/{project}/schemas/", "support.sql", data.SCHEMA_V1.encode())
    assert engineer.get(f"schemas/{schema['id']}/")["id"] == schema["id"]
    dataset = engineer.upload(f"projects/{project}/datasets/", "customers.csv", data.customers_csv())
    findings = {row["name"]: row for row in engineer.get(f"datasets/{dataset['id']}/findings/")["results"]}
    assert findings["email"]["entity"] == "EMAIL_ADDRESS"
    assert "katarina" not in str(findings).lower()  # masked, whatever the case
    return str(project)


def answer_everything(officer: Caller, assessment: str) -> None:
    path = f"assessments/{assessment}/answers/"
    for row in officer.get(f"{path}?page_size=500")["results"]:
        if row["applies"] and row["status"] == "unanswered" and row["weight"] == "must":
            body = {"version": row["version"], "text": "Looked at and written down.", "status": "met"}
            officer.send("patch", f"{path}{row['id']}/", body)


def test_the_whole_job_from_registration_to_a_verified_report(
    live_worker: Worker, people: dict[Role, Caller], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engineer, officer, auditor = people[Role.ENGINEER], people[Role.OFFICER], people[Role.AUDITOR]
    project = register_and_scan(engineer)
    assert engineer.get(f"projects/{project}/inventory/")["count"] > 10
    engineer.send("post", f"projects/{project}/flows/draft/", {})
    assert engineer.get(f"projects/{project}/flows/")["count"] > 0
    assert officer.get(f"projects/{project}/screening/")

    assessment = officer.send("post", f"projects/{project}/assessments/", {}, status=201)["id"]
    answer_everything(officer, assessment)
    risks = officer.get(f"assessments/{assessment}/risks/")["results"]
    assert risks
    officer.send("put", f"assessments/{assessment}/views/", {"sought": False, "not_sought_reason": "No contact yet."})
    moves = f"assessments/{assessment}/transitions/"
    officer.send("post", moves, {"move": "decide", "decision": "approve", "reason": "mine"}, status=403)
    frozen = officer.send("post", moves, {"move": "submit"})["version_sha256"]
    people[Role.DPO].send("post", moves, {"move": "advise", "advice": "Reject until names go.", "opinion": "against"})
    decided = people[Role.DECIDER].send(
        "post", moves, {"move": "decide", "decision": "reject", "reason": "As advised."}
    )
    assert (decided["state"], decided["version_sha256"]) == ("decided", frozen)

    accepted = officer.send("post", f"assessments/{assessment}/reports/", {"kind": "pdf"}, status=202)
    officer.wait(accepted["job"])
    for job in Job.objects.filter(project_id=project):
        wait_for_job(job, seconds=120)
    pdf = auditor.client.get(f"{V1}/reports/{accepted['id']}/file/").getvalue()
    assert pdf.startswith(b"%PDF-")

    stranger = Client()
    verdict = stranger.post(f"{V1}/verify/", {"file": SimpleUploadedFile("report.pdf", pdf)}).json()
    assert (verdict["verdict"], verdict["approved"], len(verdict["signers"])) == ("valid", False, 1)
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    verdict = stranger.post(f"{V1}/verify/", {"file": SimpleUploadedFile("report.pdf", bytes(changed))}).json()
    assert verdict["verdict"] == "altered"

    report = tmp_path / "report.pdf"
    report.write_bytes(pdf)
    call_command("verify_report", str(report))
    assert "valid" in capsys.readouterr().out
    said = subprocess.run(["pdfsig", report], capture_output=True, text=True, check=False).stdout  # noqa: S603, S607
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert audit.verify().ok
