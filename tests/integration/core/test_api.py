"""The register for programs: tokens, scopes, problem documents, idempotency, other teams."""

from __future__ import annotations

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from core import idempotency, services
from core.models import ApiToken, AuditEvent, IdempotencyKey, Job, Project, Role, User
from tests.factories import JobFactory, ProjectFactory, TeamFactory, person

pytestmark = pytest.mark.django_db


def caller(user: User, *scopes: str) -> Client:
    _token, secret = services.create_token(
        actor=user, user=user, name="test", scopes=scopes or ("read", "write", "decide"), days=1
    )
    return Client(headers={"Authorization": f"Token {secret}"})


@pytest.fixture
def engineer() -> User:
    return person(Role.ENGINEER)


NEW = {"name": "Chat classifier", "purpose": "Route unhappy customers."}


def test_name_and_purpose_are_enough_to_register(engineer: User) -> None:
    before = AuditEvent.objects.count()
    answer = caller(engineer).post("/api/v1/projects/", NEW, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["name"] == "Chat classifier"
    assert AuditEvent.objects.count() == before + 2  # the token, the project
    assert Project.objects.get().created_by == engineer


def test_who_has_several_teams_says_which(engineer: User) -> None:
    other = TeamFactory()
    services.grant_role(actor=None, user=engineer, role=Role.ENGINEER, team=other)
    client = caller(User.objects.get(pk=engineer.pk))
    refused = client.post("/api/v1/projects/", NEW, content_type="application/json")
    assert (refused.status_code, "team" in refused.json()["errors"]) == (400, True)
    assert (
        client.post("/api/v1/projects/", {**NEW, "team": str(other.pk)}, content_type="application/json").status_code
        == 201
    )


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DPO, Role.DECIDER, Role.OWNER])
def test_who_may_not_register_is_refused(role: Role) -> None:
    answer = caller(person(role)).post("/api/v1/projects/", NEW, content_type="application/json")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("field", ["number", "version", "created_by", "is_staff", "status", "id"])
def test_fields_that_are_not_the_callers_are_refused(engineer: User, field: str) -> None:
    answer = caller(engineer).post("/api/v1/projects/", {**NEW, field: "1"}, content_type="application/json")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_rows_are_replaced_as_a_whole_and_a_bad_row_changes_nothing(engineer: User) -> None:
    client = caller(engineer)
    url = f"/api/v1/projects/{client.post('/api/v1/projects/', NEW, content_type='application/json').json()['id']}/"
    good = {"recipients": [{"name": "Cloud", "kind": "processor", "country": "US"}]}
    assert client.patch(url, good, content_type="application/json").json()["recipients"][0]["country"] == "US"
    bad = {"name": "Renamed", "recipients": [{"name": "Cloud", "kind": "friend"}]}
    assert client.patch(url, bad, content_type="application/json").status_code == 400
    assert client.get(url).json()["name"] == "Chat classifier"


def test_another_teams_project_and_job_are_not_there(engineer: User) -> None:
    theirs = JobFactory()
    client = caller(engineer)
    for url in (f"/api/v1/projects/{theirs.project_id}/", f"/api/v1/jobs/{theirs.pk}/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/api/v1/jobs/{theirs.pk}/cancel/").status_code == 404
    assert client.get("/api/v1/projects/").json()["count"] == 0
    assert client.get("/api/v1/jobs/").json()["count"] == 0


def test_a_list_has_pages_order_and_filters(engineer: User) -> None:
    team = engineer.memberships.get().team
    for name in ("b", "a", "c"):
        ProjectFactory(team=team, name=name, phase="design" if name == "a" else "idea")
    client = caller(engineer)
    page = client.get("/api/v1/projects/?ordering=name&page_size=2").json()
    assert set(page) == {"count", "next", "previous", "results"}
    assert (page["count"], [row["name"] for row in page["results"]]) == (3, ["a", "b"])
    assert client.get("/api/v1/projects/?phase=design").json()["count"] == 1
    assert client.get("/api/v1/projects/?ordering=password").status_code == 400
    assert client.get("/api/v1/projects/?phase=nonsense").status_code == 400


def test_the_list_costs_the_same_for_one_and_for_many(engineer: User, django_assert_max_num_queries: Any) -> None:
    team = engineer.memberships.get().team
    client = caller(engineer)
    for _ in range(12):
        ProjectFactory(team=team)
    client.get("/api/v1/projects/")
    with django_assert_max_num_queries(8):
        client.get("/api/v1/projects/")


@pytest.mark.parametrize(("scopes", "allowed"), [(("read",), False), (("write",), True), (("decide",), False)])
def test_a_token_does_only_what_its_scopes_say(engineer: User, scopes: tuple[str, ...], *, allowed: bool) -> None:
    answer = caller(engineer, *scopes).post("/api/v1/projects/", NEW, content_type="application/json")
    assert (answer.status_code == 201) is allowed


def test_an_expired_unknown_or_dead_token_opens_nothing(engineer: User) -> None:
    client = caller(engineer)
    assert client.get("/api/v1/projects/").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.get("/api/v1/projects/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert Client(headers={"Authorization": "Token nonsense"}).get("/api/v1/projects/").status_code == 401
    assert Client().get("/api/v1/projects/").status_code == 401


def test_a_job_reads_as_documented(engineer: User) -> None:
    job = JobFactory(
        project=ProjectFactory(team=engineer.memberships.get().team), state="failed", error_code="empty", error="Empty."
    )
    answer = caller(engineer).get(f"/api/v1/jobs/{job.pk}/").json()
    assert {"id", "kind", "state", "progress", "message", "error"} <= set(answer)
    assert answer["error"] == {"code": "empty", "text": "Empty."}


def test_a_repeat_with_the_same_key_makes_nothing_twice(engineer: User) -> None:
    client = caller(engineer)
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first = client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key)
    second = client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key)
    assert (first.json(), second.status_code, Project.objects.count()) == (second.json(), 201, 1)
    for name in ("Something else", NEW["name"].upper()):  # longer, and of the same length
        other = {**NEW, "name": name}
        assert client.post("/api/v1/projects/", other, content_type="application/json", headers=key).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_twenty_identical_submits_at_once_make_one_object() -> None:
    client_of = caller(person(Role.ENGINEER))
    header = dict(client_of.defaults) | {"Idempotency-Key": "once"}
    authorization = client_of.defaults["HTTP_AUTHORIZATION"]
    answers: list[int] = []

    def submit() -> None:
        client = Client(headers={"Authorization": authorization, "Idempotency-Key": str(header["Idempotency-Key"])})
        answers.append(client.post("/api/v1/projects/", NEW, content_type="application/json").status_code)
        connection.close()

    threads = [threading.Thread(target=submit) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (set(answers), Project.objects.count()) == ({201}, 1)


def test_a_request_that_crashed_leaves_its_key_free(engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client, key = caller(engineer), {"Idempotency-Key": "once"}

    def crash(*_args: object, **_options: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(services, "register_project", crash)
        client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key)
    assert client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key).status_code == 201


@pytest.mark.parametrize(("age", "status"), [(timedelta(minutes=3), 201), (timedelta(seconds=30), 409)])
def test_a_key_whose_request_died_is_free_after_a_while(
    engineer: User, age: timedelta, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, key = caller(engineer), {"Idempotency-Key": "once"}
    monkeypatch.setattr(idempotency, "WAIT", 0.2)
    client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key)
    Project.objects.all().delete()
    IdempotencyKey.objects.update(status=None, body=None, created_at=timezone.now() - age)
    repeated = client.post("/api/v1/projects/", NEW, content_type="application/json", headers=key)
    assert (repeated.status_code, Project.objects.count()) == (status, int(status == 201))


def test_the_commands_make_an_account_and_a_token_that_work(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_user", "ada@example.org", "--role", "engineer", "--team", "Analytics", "--generate-password")
    assert "password " in capsys.readouterr().out
    call_command("create_token", "ada@example.org", "--scopes", "read", "write", "--days", "7")
    secret = capsys.readouterr().out.strip()
    answer = Client(headers={"Authorization": f"Token {secret}"}).post(
        "/api/v1/projects/", NEW, content_type="application/json"
    )
    assert answer.status_code == 201


def test_erasing_a_project_leaves_one_line_and_no_row() -> None:
    owner = person(Role.OWNER)
    job = JobFactory(project=ProjectFactory(team=owner.memberships.get().team))
    assert caller(owner).delete(f"/api/v1/projects/{job.project_id}/").status_code == 204
    assert (Project.objects.count(), Job.objects.count()) == (0, 0)
    assert AuditEvent.objects.filter(event="project.erased", subject_id=str(job.project_id)).count() == 1
