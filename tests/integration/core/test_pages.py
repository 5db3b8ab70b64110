"""Pages of the ground floor without a browser: who sees what, what is kept, what leaves as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from core import audit, permissions
from core.events import Event
from core.models import ApiToken, AuditEvent, FormDraft, Invitation, Membership, Project, Role, Team, User
from core.services import create_token, invite, register_project
from tests.factories import JobFactory, ProjectFactory, TeamFactory, person
from tests.support.signed_in import signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a long sentence nobody guesses"


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


@pytest.fixture
def project(team: Team, engineer: User) -> Project:
    return register_project(actor=engineer, team=team, name="Churn", purpose="Tells who may leave.")


def sheet(**fields: Any) -> dict[str, Any]:
    """A registration form as a browser sends it, with no rows unless given."""
    empty = {
        f"{rows}-{key}": "0"
        for rows in ("purposes", "recipients", "copies")
        for key in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    defaults = {
        "name": "Churn", "purpose": "Tells who may leave.", "phase": "idea", "sector": "general", "regime": "gdpr",
        "our_role": "controller", "public_interface": "unknown", "significant_decision": "unknown",
        "vulnerable": "unknown", "collected_directly": "unknown", "scraped": "unknown", "existing_data": "unknown",
        "model_personal_data": "unknown",
    }  # fmt: skip
    return empty | defaults | fields


def rows(response: Any) -> list[list[str]]:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


# --- other teams ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "edit/", "edit/draft/", "erase/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_a_project_of_another_team_is_not_there(project: Project, path: str, method: str, role: Role) -> None:
    client = signed_in(person(role))
    response: HttpResponse = getattr(client, method)(f"/projects/{project.pk}/{path}")
    assert response.status_code in {404, 405}


def test_another_teams_job_team_and_roles_are_not_there(project: Project, team: Team, engineer: User) -> None:
    job = JobFactory(project=project)
    membership = Membership.objects.get(user=engineer)
    client = signed_in(person(Role.OWNER))
    assert client.get(f"/jobs/{job.pk}/row/").status_code == 404
    assert client.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    assert client.get(f"/team/{team.pk}/").status_code == 404
    assert client.post(f"/team/roles/{membership.pk}/revoke/").status_code == 404
    assert client.post("/team/roles/grant/", {"team": str(team.pk)}).status_code == 404
    assert client.post("/team/roles/grant/", {"team": "no-id"}).status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_search_counts_and_lists_keep_to_ones_own_teams(project: Project) -> None:
    client = signed_in(person(Role.OFFICER))
    for path in ("/search/?q=Churn", "/projects/", "/projects/export.csv", "/work/", "/jobs/"):
        assert b"Tells who may leave" not in client.get(path).content


@pytest.mark.parametrize("path", ["/work/", "/projects/", "/audit/", "/team/", "/profile/", "/jobs/", "/search/"])
def test_a_stranger_is_asked_to_sign_in(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


# --- the register ---------------------------------------------------------------------------------


def test_a_project_needs_a_name_and_a_purpose_only(team: Team, engineer: User) -> None:
    response = signed_in(engineer).post("/projects/new/", sheet(team=team.pk))
    project = Project.objects.get()
    assert response.headers["Location"] == f"/projects/{project.pk}/"
    assert project.owner == engineer
    assert AuditEvent.objects.get(event=Event.PROJECT_REGISTERED).project_id == project.pk


def test_rows_are_kept_in_order_and_untouched_ones_are_none(team: Team, engineer: User) -> None:
    signed_in(engineer).post(
        "/projects/new/",
        sheet(
            team=team.pk,
            **{
                "purposes-TOTAL_FORMS": "3", "purposes-INITIAL_FORMS": "1",
                "purposes-0-name": "Second thoughts", "purposes-0-DELETE": "on",
                "purposes-1-name": "Route messages", "purposes-1-basis": "contract",
                "purposes-2-name": "",
            },
        ),
    )  # fmt: skip
    assert [(row.name, row.basis) for row in Project.objects.get().purposes.all()] == [("Route messages", "contract")]


def test_what_a_form_does_not_offer_is_not_set(team: Team, engineer: User) -> None:
    signed_in(engineer).post("/projects/new/", sheet(team=team.pk, number="999", version="7", created_by=""))
    project = Project.objects.get()
    assert (project.number == 999, project.version, project.created_by) == (False, 1, engineer)


def test_a_project_is_not_registered_in_a_team_one_only_reads(engineer: User) -> None:
    other = TeamFactory()
    response = signed_in(engineer).post("/projects/new/", sheet(team=other.pk))
    assert response.status_code == 422
    assert not Project.objects.exists()


@pytest.mark.parametrize("role", [Role.DPO, Role.DECIDER, Role.AUDITOR, Role.OWNER])
def test_those_who_only_read_a_project_cannot_change_it(team: Team, project: Project, role: Role) -> None:
    client = signed_in(person(role, team=team))
    assert client.get(f"/projects/{project.pk}/edit/").status_code == 200
    assert client.post(f"/projects/{project.pk}/edit/", sheet(purpose="Changed.")).status_code == 403
    assert client.get("/projects/new/").status_code == 403


def test_a_record_saved_meanwhile_is_not_overwritten_unread(project: Project, engineer: User) -> None:
    client = signed_in(engineer)
    first = client.post(f"/projects/{project.pk}/edit/", sheet(version="1", purpose="Mine."))
    second = client.post(f"/projects/{project.pk}/edit/", sheet(version="1", purpose="Theirs."))
    assert (first.status_code, second.status_code) == (302, 409)
    assert b"Mine." in second.content
    assert b"Theirs." in second.content
    assert client.post(f"/projects/{project.pk}/edit/", sheet(version="2", purpose="Theirs.")).status_code == 302


def test_a_draft_is_its_writers_alone_and_goes_when_the_form_is_saved(team: Team, engineer: User) -> None:
    client = signed_in(engineer)
    assert client.post("/projects/new/draft/", sheet(name="Half")).json()["saved_at"]
    assert b'value="Half"' in client.get("/projects/new/").content
    assert b"Half" not in signed_in(person(Role.ENGINEER, team=team)).get("/projects/new/").content
    client.post("/projects/new/", sheet(team=team.pk))
    assert not FormDraft.objects.exists()


def test_erasing_a_project_asks_for_its_name(team: Team, project: Project) -> None:
    client = signed_in(person(Role.OWNER, team=team))
    assert client.post(f"/projects/{project.pk}/erase/", {"name": "something"}).status_code == 422
    assert Project.objects.exists()
    client.post(f"/projects/{project.pk}/erase/", {"name": "Churn"})
    assert not Project.objects.exists()


def test_a_list_leaves_as_csv_that_no_spreadsheet_runs(team: Team, engineer: User) -> None:
    ProjectFactory(team=team, name="=1+1", purpose="@now")
    table = rows(signed_in(engineer).get("/projects/export.csv"))
    assert "'=1+1" in table[1]
    assert "'@now" in table[1]


def test_the_list_costs_the_same_for_one_project_and_for_thirty(
    team: Team, engineer: User, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(engineer)
    ProjectFactory.create_batch(30, team=team, owner=engineer)
    client.get("/projects/")
    with django_assert_max_num_queries(20):
        client.get("/projects/")


# --- the trail ------------------------------------------------------------------------------------


def test_an_auditor_reads_the_events_of_their_team_only(team: Team, project: Project) -> None:
    table = rows(signed_in(person(Role.AUDITOR, team=team)).get("/audit/export.csv"))
    assert Event.PROJECT_REGISTERED in {line[3] for line in table}
    elsewhere = rows(signed_in(person(Role.AUDITOR)).get("/audit/export.csv"))
    assert Event.PROJECT_REGISTERED not in {line[3] for line in elsewhere}


@pytest.mark.parametrize("path", ["/audit/", "/audit/export.csv"])
def test_only_auditors_and_owners_open_the_trail(team: Team, engineer: User, path: str) -> None:
    assert signed_in(engineer).get(path).status_code == 403
    assert signed_in(person(Role.AUDITOR, team=team)).get(path).status_code == 200


def test_taking_the_trail_away_is_itself_recorded(team: Team) -> None:
    signed_in(person(Role.AUDITOR, team=team)).get("/audit/export.csv")
    assert AuditEvent.objects.filter(event=Event.AUDIT_EXPORTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_page_checks_the_whole_chain(team: Team, project: Project) -> None:
    response = signed_in(person(Role.AUDITOR, team=team)).post("/audit/check/")
    assert b"The chain is whole." in response.content
    assert audit.verify().ok


# --- people ---------------------------------------------------------------------------------------


def test_an_invitation_is_shown_once_and_makes_one_account_with_its_role(team: Team) -> None:
    owner = signed_in(person(Role.OWNER, team=team))
    shown = owner.post(
        "/team/invitations/send/", {"team": team.pk, "invite-email": "new@example.org", "invite-role": "dpo"}
    )
    link = shown.context["link"]
    assert link in shown.content.decode()
    assert link not in owner.get(f"/team/{team.pk}/").content.decode()
    path = link.split("testserver")[1]
    stranger = Client()
    assert stranger.get(path).status_code == 200
    assert stranger.post(path, {"name": "New", "password": NEW_PASSWORD}).headers["Location"] == "/accounts/login/"
    assert permissions.roles_in(User.objects.get(email="new@example.org"), team) == {Role.DPO}
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("weak", ["short", "123456789012", "password1234"])
def test_a_weak_password_is_refused_on_an_invitation_too(team: Team, weak: str) -> None:
    _invitation, secret = invite(actor=person(Role.OWNER, team=team), email="a@example.org", role=Role.DPO, team=team)
    response = Client().post(f"/invitation/{secret}/", {"name": "New", "password": weak})
    assert response.status_code == 422
    assert Invitation.objects.get().accepted_at is None


def test_a_long_password_works(team: Team) -> None:
    _invitation, secret = invite(actor=person(Role.OWNER, team=team), email="a@example.org", role=Role.DPO, team=team)
    long = "Correct horse battery staple, " * 2 + "four"
    assert Client().post(f"/invitation/{secret}/", {"name": "New", "password": long}).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_only_an_owner_gives_roles(team: Team, engineer: User, role: Role) -> None:
    data = {"team": team.pk, "grant-email": engineer.email, "grant-role": "owner"}
    assert signed_in(person(role, team=team)).post("/team/roles/grant/", data).status_code == 403
    assert Role.OWNER not in permissions.roles_in(engineer, team)


def test_a_team_owner_gives_no_role_everywhere(team: Team, engineer: User) -> None:
    data = {"team": "", "grant-email": engineer.email, "grant-role": "auditor"}
    assert signed_in(person(Role.OWNER, team=team)).post("/team/roles/grant/", data).status_code == 403


def test_a_token_is_made_only_behind_a_second_factor(engineer: User) -> None:
    response = signed_in(engineer).post("/profile/tokens/new/", {"name": "CI", "scopes": ["read"], "days": "30"})
    assert response.status_code == 403
    assert not ApiToken.objects.exists()


def test_the_password_is_asked_again_before_a_token(engineer: User, settings: Any) -> None:
    settings.CANDOR_DEMO = True
    response = signed_in(engineer).get("/profile/tokens/new/")
    assert response.status_code == 302
    assert "reauthenticate" in response.headers["Location"]


# --- errors ---------------------------------------------------------------------------------------


def test_an_error_page_has_a_reference_and_the_same_in_its_header(engineer: User) -> None:
    response = signed_in(engineer).get("/nowhere/")
    assert response.status_code == 404
    assert response.headers["X-Request-ID"] in response.content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_so(engineer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(engineer)
    response = client.post("/profile/", {"name": "Changed", "time_zone": "UTC"})
    assert response.status_code == 403
    assert b"This form has expired" in response.content
    engineer.refresh_from_db()
    assert engineer.name != "Changed"


def test_a_refusal_for_htmx_is_a_notice_that_replaces_nothing(engineer: User) -> None:
    response = signed_in(engineer).get("/audit/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response.headers["HX-Retarget"] == "#toasts"


def test_an_unknown_address_of_the_api_answers_a_problem_document() -> None:
    response = Client().get("/api/v1/nowhere/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_a_script_in_a_name_is_text_everywhere(team: Team, engineer: User) -> None:
    project = ProjectFactory(team=team, name="<script>alert(1)</script>", purpose="<img src=x onerror=alert(2)>")
    client = signed_in(engineer)
    for path in (
        "/work/",
        "/projects/",
        f"/projects/{project.pk}/",
        f"/projects/{project.pk}/edit/",
        "/search/?q=alert",
    ):
        page = client.get(path).content
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page


def test_what_is_made_for_a_person_stays_in_no_cache(engineer: User, project: Project) -> None:
    _token, secret = create_token(actor=engineer, user=engineer, name="test", scopes=["read"], days=1)
    program = Client(headers={"Authorization": f"Token {secret}"})
    for answer in (
        signed_in(engineer).get(project.get_absolute_url()),
        signed_in(engineer).get("/nothing/here/"),
        program.get(f"/api/v1/projects/{project.pk}/"),
    ):
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
