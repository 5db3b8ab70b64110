"""Every page of the ground floor: nothing for axe to object to, no complaint of the browser, no sideways scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core import registry
from core.models import Job, JobState, Project, Role, Team, User
from core.services import create_token, invite, register_project
from tests.browser.conftest import overflow
from tests.factories import TeamFactory, person

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

WIDTHS = (1440, 390)


@pytest.fixture
def team(transactional_db: None) -> Team:
    return TeamFactory(name="Northwind AI team")


@pytest.fixture
def officer(team: Team) -> User:
    return person(Role.OFFICER, Role.AUDITOR, team=team)


@pytest.fixture
def project(team: Team, officer: User) -> Project:
    return register_project(
        actor=officer,
        team=team,
        name="Support-chat sentiment classifier",
        purpose="Tells from each message how the customer feels, so that urgent messages reach a person first.",
        people_count=40_000,
        people_categories=["customers"],
        purposes=[{"name": "Route messages", "basis": "legitimate_interests", "balancing": "Written down."}],
        recipients=[{"name": "Cloudhost GmbH", "kind": "processor", "country": "DE"}],
        copies=[{"kind": "raw", "retention_days": 730, "justified_days": 30}],
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path",
    [
        "/work/", "/projects/", "/projects/?text=nothing", "/projects/new/", "/projects/{project}/",
        "/projects/{project}/edit/", "/jobs/", "/audit/", "/team/", "/search/?q=chat", "/search/?q=zzz", "/profile/",
        "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/",
    ],
)  # fmt: skip
def test_a_page_of_the_ground_floor_is_sound(
    visit: Visitor, officer: User, project: Project, path: str, width: int
) -> None:
    window = visit(officer, width=width)
    window.open(path.format(project=project.pk))
    window.check()


@pytest.mark.parametrize("path", ["/projects/", "/projects/{project}/", "/projects/new/", "/audit/"])
def test_a_dark_page_is_as_legible(visit: Visitor, officer: User, project: Project, path: str) -> None:
    window = visit(officer, dark=True)
    window.open(path.format(project=project.pk))
    window.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_owner_sees_members_invitations_and_settings(visit: Visitor, team: Team, width: int) -> None:
    owner = person(Role.OWNER, team=team)
    invite(actor=owner, email="new@example.org", role=Role.ENGINEER, team=team)
    window = visit(owner, width=width)
    window.open(f"/team/{team.pk}/")
    window.check()


@pytest.mark.parametrize("path", ["/team/", "/team/everywhere/"])
def test_an_owner_of_every_team_sees_all_of_them(visit: Visitor, team: Team, path: str) -> None:
    window = visit(person(everywhere=[Role.OWNER]))
    window.open(path)
    window.check()


def test_the_first_owner_is_led_to_the_first_run(visit: Visitor, transactional_db: None) -> None:
    window = visit(person(everywhere=[Role.OWNER]))
    window.open("/")
    assert window.page.url.endswith("/welcome/")
    window.check()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_stranger_can_find_the_way_in(visit: Visitor, transactional_db: None, path: str, width: int) -> None:
    window = visit(width=width)
    window.open(path)
    window.check()


def test_an_invited_person_sees_what_they_join(visit: Visitor, team: Team) -> None:
    _invitation, secret = invite(actor=person(Role.OWNER, team=team), email="new@example.org", role=Role.DPO, team=team)
    window = visit()
    window.open(f"/invitation/{secret}/")
    window.check()


def test_a_page_that_is_not_there_says_so_with_a_reference(visit: Visitor, officer: User) -> None:
    window = visit(officer)
    page = window.open("/nowhere/", status=404)
    assert "Reference" in page.inner_text("main")


def test_failed_and_waiting_jobs_can_be_told_apart(visit: Visitor, officer: User, project: Project) -> None:
    for state in JobState:
        Job.objects.create(
            kind=next(iter(registry.job_kinds())), state=state, error="Unreadable." if state == JobState.FAILED else "",
            subject_type="core.project", subject_id=project.pk, project=project, created_by=officer,
        )  # fmt: skip
    window = visit(officer)
    window.open("/jobs/")
    window.check()


def test_a_token_is_listed_without_its_secret(visit: Visitor, officer: User) -> None:
    _token, secret = create_token(actor=officer, user=officer, name="CI", scopes=["read"], days=30)
    window = visit(officer)
    page = window.open("/profile/")
    assert secret not in page.content()
    window.check()


@pytest.mark.parametrize("width", [360, 768, 1024, 1920])
def test_no_width_makes_the_project_scroll_sideways(
    visit: Visitor, officer: User, project: Project, width: int
) -> None:
    window = visit(officer, width=width)
    assert overflow(window.open(f"/projects/{project.pk}/")) == 0
