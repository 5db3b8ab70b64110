"""The manners of the browser side: keyboard, double clicks, drafts, ended sessions, filters, questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from core.models import FormDraft, Membership, Project, Role, Team, User
from core.services import register_project
from tests.factories import PASSWORD, JobFactory, ProjectFactory, TeamFactory, person

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor


@pytest.fixture
def team(transactional_db: None) -> Team:
    return TeamFactory()


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


def test_the_keyboard_reaches_content_and_search(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/work/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    expect(page.locator("#top-search")).to_be_focused()


def test_the_navigation_opens_and_closes_on_a_small_screen(visit: Visitor, engineer: User) -> None:
    page = visit(engineer, width=390).open("/work/")
    side = page.locator("#side")
    expect(side).to_be_hidden()
    page.get_by_role("button", name="Open the navigation").press("Enter")
    expect(side).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).to_be_hidden()


@pytest.mark.parametrize("width", [360, 390])
def test_running_jobs_never_widen_a_page(visit: Visitor, engineer: User, team: Team, width: int) -> None:
    for progress in (100, 62):
        JobFactory(project=ProjectFactory(team=team), kind="datamap.scan_dataset", state="running", progress=progress)
    window = visit(engineer, width=width)
    expect(window.open("/projects/").locator(".strip")).to_be_visible()
    window.check()


def test_a_project_is_registered_once_however_often_one_clicks(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/projects/new/")
    page.fill("[name=name]", "Churn model")
    page.fill("[name=purpose]", "Tells who may leave.")
    page.evaluate("for (let n = 0; n < 3; n++) document.querySelector('#project-form [type=submit]').click()")
    page.wait_for_url(re.compile(r"/projects/[0-9a-f-]{36}/$"))
    assert Project.objects.filter(name="Churn model").count() == 1


def test_a_wrong_form_keeps_what_was_typed(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/projects/new/")
    page.fill("[name=purpose]", "Tells who may leave.")
    page.click("#project-form [type=submit]")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    assert page.input_value("[name=purpose]") == "Tells who may leave."


def test_a_draft_saves_itself_and_comes_back(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/projects/new/")
    page.fill("[name=name]", "Half a project")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    assert FormDraft.objects.filter(user=engineer).count() == 1
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.input_value("[name=name]") == "Half a project"


def test_rows_can_be_added_and_removed(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/projects/new/")
    page.fill("[name=name]", "With recipients")
    page.fill("[name=purpose]", "Some purpose.")
    add = page.get_by_role("button", name="Add a recipient")
    add.click()
    add.click()
    page.fill("[name=recipients-0-name]", "Wrong Ltd")
    page.fill("[name=recipients-1-name]", "Cloudhost GmbH")
    page.locator("[data-rows=recipients] [data-row-remove]").first.click()
    page.click("#project-form [type=submit]")
    page.wait_for_url(re.compile(r"/projects/[0-9a-f-]{36}/$"))
    assert [row.name for row in Project.objects.get().recipients.all()] == ["Cloudhost GmbH"]


def test_text_typed_before_the_session_ended_is_back_after_the_sign_in(visit: Visitor, engineer: User) -> None:
    window = visit(engineer)
    page = window.open("/profile/")
    page.fill("[name=name]", "A new name")
    page.context.clear_cookies(name="sessionid")
    page.click("main form[method=post]:has([name=time_zone]) [type=submit]")
    page.fill("[name=login]", engineer.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url("**/profile/")
    assert page.input_value("[name=name]") == "A new name"
    expect(page.get_by_text("is back")).to_be_visible()


def test_two_people_saving_one_record_both_see_both_texts(visit: Visitor, team: Team, engineer: User) -> None:
    project = register_project(actor=engineer, team=team, name="Shared", purpose="First words.")
    mine, theirs = visit(engineer), visit(person(Role.OFFICER, team=team))
    for window, text in ((mine, "Mine."), (theirs, "Theirs.")):
        window.open(f"/projects/{project.pk}/edit/").fill("[name=purpose]", text)
    mine.page.click("#project-form [type=submit]")
    mine.page.wait_for_url(re.compile(r"/projects/[0-9a-f-]{36}/$"))
    theirs.page.click("#project-form [type=submit]")
    expect(theirs.page.get_by_text("Somebody saved this record meanwhile.")).to_be_visible()
    assert {"Mine.", "Theirs."} <= set(theirs.page.locator("table td").all_inner_texts())
    project.refresh_from_db()
    assert project.purpose == "Mine."


def test_a_role_is_taken_away_only_after_a_question(visit: Visitor, team: Team, engineer: User) -> None:
    page = visit(person(Role.OWNER, team=team)).open(f"/team/{team.pk}/")
    take = page.get_by_role("button", name=f"Take Engineer from {engineer}")
    take.click()
    page.get_by_role("button", name="Cancel").click()
    assert Membership.objects.filter(user=engineer).exists()
    take.click()
    page.get_by_role("button", name="Take away").click()
    expect(page.get_by_text("no longer holds that role")).to_be_visible()
    assert not Membership.objects.filter(user=engineer).exists()


def test_a_table_is_filtered_and_leaves_as_csv_without_formulas(visit: Visitor, team: Team) -> None:
    person(Role.ENGINEER, team=team).__class__.objects.update(name="=cmd()")
    page = visit(person(Role.OWNER, team=team)).open(f"/team/{team.pk}/")
    page.get_by_placeholder("Filter people").fill("cmd()")
    expect(page.locator("tbody tr:visible")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "'=cmd()" in text


def test_a_script_in_a_name_is_only_a_name(visit: Visitor, team: Team, engineer: User) -> None:
    project = ProjectFactory(team=team, name="<script>document.title='owned'</script>")
    window = visit(engineer)
    page = window.open(f"/projects/{project.pk}/")
    assert page.title() != "owned"
    assert window.complaints == []


def test_the_chosen_colours_stay(visit: Visitor, engineer: User) -> None:
    page = visit(engineer).open("/work/")
    page.click("details.menu summary")
    page.get_by_role("button", name="Dark").click()
    page.reload()
    assert page.get_attribute("html", "data-bs-theme") == "dark"
