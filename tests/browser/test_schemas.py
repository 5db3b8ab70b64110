"""A schema of many tables found, searched and decided: at its side, by keyboard, in bulk; renamings confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from core.models import Role
from datamap.models import SchemaField
from tests.factories import ProjectFactory, person
from tests.integration.datamap.factories import schema_of

if TYPE_CHECKING:
    from core.models import Project, User
    from tests.browser.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engineer() -> User:
    return person(Role.ENGINEER)


@pytest.fixture
def project(engineer: User) -> Project:
    return ProjectFactory(team=engineer.memberships.get().team)


def test_a_table_among_a_thousand_is_found_and_decided_at_once(
    visit: Visitor, engineer: User, project: Project
) -> None:
    schema = schema_of(project, {f"table_{n}": ["email", "home_town", "size"] for n in range(1000)})
    window = visit(engineer)
    page = window.open(schema.get_absolute_url())
    window.check()
    tables = page.get_by_role("navigation", name="Tables")
    page.get_by_label("Find a table").last.fill("table_777")
    expect(tables.get_by_role("link")).to_have_count(1)
    tables.get_by_role("link", name="table_777").click()
    expect(page.locator("tr.finding")).to_have_count(3)
    assert page.locator("tr.finding").first.get_by_text("table_777").is_visible()
    page.get_by_label("All on this page").check()
    bulk = page.get_by_role("form", name="Decide several fields")
    bulk.get_by_text("Change…").click()
    page.get_by_label("They hold").select_option("health")
    page.get_by_role("button", name="Change them").click()
    page.get_by_text("3 fields decided.").wait_for()

    assert SchemaField.objects.filter(category="health", special=True, entity="table_777").count() == 3
    assert SchemaField.objects.filter(decided_at__isnull=False).count() == 3


def test_further_tables_come_as_one_scrolls(visit: Visitor, engineer: User, project: Project) -> None:
    schema = schema_of(project, {f"table_{n}": ["email"] for n in range(120)})
    page = visit(engineer).open(schema.get_absolute_url())
    links = page.get_by_role("navigation", name="Tables").get_by_role("link")
    for count in (41, 81, 121):
        expect(links).to_have_count(count)
        page.evaluate("window.scrollTo(0, 1e6); document.getElementById('tables').scrollTo(0, 1e6)")


def test_everything_that_a_filter_shows_is_accepted_after_one_question(
    visit: Visitor, engineer: User, project: Project
) -> None:
    schema = schema_of(project, {f"table_{n}": ["email", "size"] for n in range(40)})
    page = visit(engineer).open(schema.get_absolute_url())
    page.get_by_label("All 40 shown by this filter").check()
    page.get_by_text("40 chosen").wait_for()
    bulk = page.get_by_role("form", name="Decide several fields")
    bulk.get_by_role("button", name="Accept").click()
    page.get_by_text("40 fields decided.").wait_for()

    assert SchemaField.objects.filter(decided_at__isnull=False, path="email").count() == 40
    assert page.get_by_text("Every field is decided").is_visible()


def test_fields_are_decided_with_the_keyboard_alone(visit: Visitor, engineer: User, project: Project) -> None:
    schema = schema_of(project, {"people": ["email", "home_town", "size"]})
    window = visit(engineer)
    page = window.open(schema.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator("tr[aria-label='people.home_town']:focus").wait_for()
    page.keyboard.press("c")
    page.locator("select:focus").wait_for()
    page.get_by_label("Category").last.select_option("contact")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Decided").nth(1).wait_for()
    window.check()

    assert SchemaField.objects.get(path="home_town").category == "contact"
    assert SchemaField.objects.get(path="email").decided_by == engineer


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, False), (1440, True)])
def test_a_new_version_asks_about_renamings(
    visit: Visitor,
    engineer: User,
    project: Project,
    width: int,
    dark: bool,  # noqa: FBT001
) -> None:
    first = schema_of(project, {"people": ["email", "home_town", "size"]})
    schema_of(project, {"people": ["email", "hometown", "x" * 400, "اسم العميل", "<b>👩‍💻</b>"]}, schema=first)
    assert first.current
    first.current.unparsed = [{"line": 12, "name": "broken", "reason": "no_columns"}]
    first.current.save()
    window = visit(engineer, width=width, dark=dark)
    page = window.open(f"{first.get_absolute_url()}?show=all")
    page.get_by_text("Categories", exact=True).click()
    window.check()
    page.get_by_role("button", name="Same field: home_town became hometown").click()
    page.get_by_text("Renamed", exact=True).wait_for()

    first.current.refresh_from_db()
    assert [one["same"] for one in first.current.renames] == [True]
