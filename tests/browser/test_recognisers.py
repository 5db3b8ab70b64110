"""A team's recognisers in a browser: the page, the form, and the box in which one is tried out as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from core.models import Role, Team, User
from core.types import Category, Identifying
from datamap.models import Decision, TeamRecogniser, WordList
from datamap.scanner.options import Pattern, Recogniser
from datamap.services import findings, recognisers, words
from tests.factories import ProjectFactory, TeamFactory, person
from tests.integration.lab.factories import scanned

if TYPE_CHECKING:
    from tests.browser.conftest import Visitor

WIDTHS = (1440, 390)


@pytest.fixture
def team(transactional_db: None) -> Team:
    cache.clear()
    return TeamFactory(name="Northwind AI team")


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


@pytest.fixture
def taught(team: Team, engineer: User, candor_home: object) -> TeamRecogniser:
    """A team with something on every list."""
    staff = Recogniser(
        "Staff number", "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT,
        (Pattern("badge", r"\bNW-\d{6}\b", 0.4),), deny_list=("Heron Desk",),
        context=("staff",), languages=("en", "fr"),
    )  # fmt: skip
    row = recognisers.add_recogniser(actor=engineer, team=team, given=staff)
    case = Recogniser("Case number", "CASE_NUMBER", Category.IDENTITY, Identifying.QUASI, deny_list=("C-1",))
    recognisers.add_recogniser(actor=engineer, team=team, given=case, enabled=False)
    words.add_words(actor=engineer, team=team, to=WordList.ALLOW, texts=["Northwind Traders", "info@northwind.example"])
    words.add_words(actor=engineer, team=team, to=WordList.DENY, texts=["Heron Lake"], entity="LOCATION")
    dataset = scanned(ProjectFactory(team=team, name="Support-chat sentiment"), actor=engineer)
    for finding in dataset.findings.all()[:2]:
        findings.decide_finding(actor=engineer, finding=finding, decision=Decision.REJECTED)
    return row


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_of_a_teams_recognisers_is_sound(
    visit: Visitor, team: Team, engineer: User, taught: TeamRecogniser, width: int
) -> None:
    window = visit(engineer, width=width)
    page = window.open(f"/team/{team.pk}/recognisers/")
    assert "STAFF_NUMBER" in page.inner_text("main")
    assert "Heron Lake" in page.inner_text("main")
    window.check()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_before_anything_is_taught_offers_where_to_begin(
    visit: Visitor, team: Team, engineer: User, width: int
) -> None:
    window = visit(engineer, width=width)
    page = window.open(f"/team/{team.pk}/recognisers/")
    page.get_by_role("link", name="Staff number").click()
    page.wait_for_url("**/recognisers/new/?start=staff")
    assert page.input_value('[name="entity"]') == "STAFF_NUMBER"
    window.check()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_recogniser_is_tried_out_as_it_is_typed_and_then_kept(
    visit: Visitor,
    team: Team,
    engineer: User,
    taught: TeamRecogniser,
    width: int,
    dark: bool,  # noqa: FBT001
) -> None:
    window = visit(engineer, width=width, dark=dark)
    page = window.open(f"/team/{team.pk}/recognisers/new/?start=case")
    page.fill('[name="name"]', "Ticket")
    page.fill("#try-text", "The ticket REF-2024-00417 of staff NW-123456 is open.")
    page.wait_for_selector("mark.mine")
    assert page.inner_text("mark.mine").startswith("REF-2024-00417")
    page.check("#try-others")
    page.wait_for_selector("mark.other")
    window.check()
    page.fill('[name="patterns-0-regex"]', "(")
    page.wait_for_selector("#try-result .notice")
    assert "parenthesis" in page.inner_text("#try-result")
    page.fill('[name="patterns-0-regex"]', r"\bTKT-\d{4}\b")
    page.get_by_role("button", name="Add a pattern").click()
    page.fill('[name="patterns-1-regex"]', r"\bREF-[\d-]+\b")
    page.locator("mark.mine", has_text="REF-2024").wait_for()
    # What the browser itself says of the answer 422 is no complaint about the page.
    window.complaints[:] = [text for text in window.complaints if "422" not in text]
    window.check()
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/recognisers/")
    row = TeamRecogniser.objects.get(name="Ticket")
    assert [it["regex"] for it in row.patterns] == [r"\bTKT-\d{4}\b", r"\bREF-[\d-]+\b"]


def test_who_only_reads_sees_a_recogniser_and_no_box(
    visit: Visitor, team: Team, taught: TeamRecogniser, settings: object
) -> None:
    settings.CANDOR_DEMO = True  # type: ignore[attr-defined]
    window = visit(person(Role.DPO, team=team))
    page = window.open(f"/team/{team.pk}/recognisers/{taught.pk}/")
    assert page.locator("#try-text").count() == 0
    window.check()


def test_the_keyboard_alone_gets_from_the_team_to_a_try(visit: Visitor, team: Team, engineer: User) -> None:
    window = visit(engineer)
    page = window.open(f"/team/{team.pk}/")
    page.get_by_role("link", name="Recognisers").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/recognisers/")
    page.get_by_role("link", name="Customer number").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**start=customer")
    page.locator("#try-text").focus()
    page.keyboard.type("customer CUST-1234567")
    page.wait_for_selector("mark.mine")
    assert "CUST-1234567" in page.inner_text("mark.mine")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_is_looked_at_before_it_is_taken_over(
    visit: Visitor, team: Team, engineer: User, taught: TeamRecogniser, width: int
) -> None:
    window = visit(engineer, width=width)
    page = window.open(f"/team/{team.pk}/recognisers/import/")
    entry = "- {name: %s, supported_entity: DESK, identifying: quasi, deny_list: [x1], context: [%s]}\n"
    long = f"  patterns: [{{name: long, regex: '{'NW-[0-9]+' * 50}', score: 1}}]\n"
    staff = entry.replace("{", "").replace("}", "").replace(", ", "\n  ") % ("Staff number", "...") + long
    page.fill('[name="text"]', "recognizers:\n" + entry % ("Desk", "desk") + staff)
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("Line 7, Staff number").wait_for()
    window.complaints[:] = [text for text in window.complaints if "422" not in text]
    window.check()
    page.fill('[name="text"]', page.input_value('[name="text"]').replace("...", "staff"))
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("1 new, 1 changed.").wait_for()
    assert "words: − Heron Desk; + x1" in page.inner_text("main")
    window.check()
    page.get_by_role("button", name="Take over").click()
    page.wait_for_url("**/recognisers/")
    assert set(TeamRecogniser.objects.values_list("name", flat=True)) == {"Staff number", "Case number", "Desk"}
