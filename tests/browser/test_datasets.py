"""Findings decided without a mouse, in bulk and above a confidence; long tables, chats and odd names stay usable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from core.models import Role
from datamap.models import Dataset, Decision
from tests.factories import ProjectFactory, person
from tests.integration.datamap.factories import DatasetFactory, FindingFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from core.models import User
    from tests.browser.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

TEXT: Any = {
    "is_text": True,
    "identifying": "direct",
    "category": "communication",
    "entity": "FREE_TEXT",
    "entities": {"PERSON": 1200, "EMAIL_ADDRESS": 300, "MEDICAL_TERM": 12},
    "categories": ["health"],
    "special": True,
    "examples": ["Hi, I'm ‹PERSON›, write to ‹EMAIL_ADDRESS›", "مرحبا ‹PERSON›"],
    "why": [{"code": "text.model", "params": {"read": 5000, "holding": 1400}}],
}


@pytest.fixture
def engineer() -> User:
    return person(Role.ENGINEER)


def sample(engineer: User, *, columns: int = 6, **fields: Any) -> Dataset:
    """A scanned sample whose columns get surer one by one."""
    project = ProjectFactory(team=engineer.memberships.get().team)
    dataset = DatasetFactory(project=project, created_by=engineer, **{"rows": 5000, "sampled": 2000, **fields})
    Dataset.objects.filter(pk=dataset.pk).update(scanned_at=dataset.created_at)
    for n in range(columns):
        FindingFactory(dataset=dataset, position=n, column=f"column_{n}", confidence=round(0.9 + n / 100, 3))
    return dataset


def decisions(dataset: Dataset) -> list[str]:
    return list(dataset.findings.order_by("position").values_list("decision", flat=True))


def at(page: Page, column: str) -> None:
    """The focus comes to this column."""
    page.locator(f"tr[aria-label='{column}']:focus").wait_for()


def test_columns_are_decided_with_the_keyboard_alone(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    window = visit(engineer)
    page = window.open(dataset.get_absolute_url())
    page.keyboard.press("j")
    at(page, "column_0")
    page.keyboard.press("a")
    at(page, "column_1")
    page.keyboard.press("r")
    at(page, "column_2")
    page.get_by_role("button", name="Take back column_1").wait_for()
    page.locator("#stat-open", has_text="4").wait_for()
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("u")
    page.get_by_role("button", name="Accept column_0").wait_for()
    page.locator("#stat-open", has_text="5").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.get_by_label("It is").wait_for()
    page.locator("select:focus").wait_for()
    page.get_by_label("Entity").select_option("USERNAME")
    page.get_by_role("button", name="Save").click()
    page.locator("#stat-open", has_text="4").wait_for()

    assert decisions(dataset) == ["", "rejected", "changed", "", "", ""]
    assert dataset.findings.get(position=2).entity == "USERNAME"
    page.evaluate("window.scrollTo(0, 0)")
    window.check()


def test_letters_do_nothing_outside_the_list(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    page = visit(engineer).open(dataset.get_absolute_url())
    page.get_by_role("link", name="Samples").first.focus()
    for key in "jar":
        page.keyboard.press(key)
    page.locator("#filter-columns").fill("")
    page.keyboard.type("a")
    page.wait_for_timeout(500)

    assert set(decisions(dataset)) == {""}


def test_keys_that_come_before_the_answer_all_count_and_a_filter_waits_for_them(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    page = visit(engineer).open(dataset.get_absolute_url())
    kept: list[Route] = []
    page.route("**/findings/*/?seen=*", lambda route: route.continue_() if kept else kept.append(route))
    for key in "jaar":
        page.keyboard.press(key)
    at(page, "column_3")
    page.get_by_role("link", name="All 6").click()
    kept[0].continue_()
    page.get_by_role("link", name="Decided 3", exact=True).wait_for()
    page.wait_for_url("**/?show=all")

    assert decisions(dataset) == ["accepted", "accepted", "rejected", "", "", ""]


def test_a_server_that_does_not_answer_is_told_of_where_it_happened(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    page = visit(engineer).open(dataset.get_absolute_url())
    page.route("**/findings/*/?seen=*", lambda route: route.abort())
    for key in "jaa":
        page.keyboard.press(key)
    page.get_by_text("The server can not be reached. Nothing was changed.").wait_for()
    at(page, "column_0")

    assert page.locator("#toasts > *").count() == 1
    assert set(decisions(dataset)) == {""}


def test_a_sample_that_is_gone_is_told_in_words(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    page = visit(engineer).open(dataset.get_absolute_url())
    Dataset.objects.filter(pk=dataset.pk).delete()
    page.get_by_role("button", name="Accept column_2").click()
    page.locator("#toasts").get_by_text("That is no longer there. Reload the page.").wait_for()


def test_who_comes_second_is_told_and_sees_what_was_decided(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    mine, theirs = (visit(engineer, width=width).open(dataset.get_absolute_url()) for width in (1440, 390))
    theirs.get_by_role("button", name="Reject column_2").click()
    theirs.get_by_text("Rejected").wait_for()
    mine.get_by_role("button", name="Accept column_2").click()
    mine.get_by_text("“column_2” has changed since you opened this page.").wait_for()

    assert mine.locator("tr[aria-label='column_2']").get_by_text("Rejected").is_visible()
    assert decisions(dataset)[2] == "rejected"


def test_how_many_will_be_accepted_is_seen_before(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    window = visit(engineer)
    page = window.open(dataset.get_absolute_url())
    page.get_by_text("Accept the sure ones…").click()
    number = page.get_by_label("Confidence, 0 to 1")
    count = page.locator("[data-threshold-count]")
    assert count.inner_text() == "1"
    number.fill("0.93")
    assert count.inner_text() == "3"
    number.fill("0.99")
    assert page.get_by_role("button", name="Accept them").is_disabled()
    number.fill("0.93")
    window.check()
    page.get_by_role("button", name="Accept them").click()
    page.get_by_text("3 findings decided.").wait_for()

    assert decisions(dataset) == ["", "", "", "accepted", "accepted", "accepted"]


def test_several_columns_are_rejected_at_once_and_taken_back(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer)
    page = visit(engineer).open(dataset.get_absolute_url())
    bulk = page.get_by_role("form", name="Decide several columns")
    assert bulk.get_by_role("button", name="Reject").is_disabled()
    page.get_by_label("Choose column_1").check()
    page.get_by_label("Choose column_4").check()
    page.get_by_text("2 chosen").wait_for()
    bulk.get_by_role("button", name="Reject").click()
    page.get_by_text("2 findings decided.").wait_for()
    assert decisions(dataset) == ["", "rejected", "", "", "rejected", ""]
    page.get_by_role("link", name="All 6").click()
    expect(page.locator(".finding")).to_have_count(6)
    page.get_by_label("All on this page").check()
    bulk.get_by_role("button", name="Take back").click()
    page.get_by_text("6 findings decided.").wait_for()

    assert set(decisions(dataset)) == {""}


def test_three_hundred_columns_are_walked_by_blocks_search_and_keys(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer, columns=0)
    for n in range(300):
        FindingFactory(dataset=dataset, position=n, column=f"column_{n}", identifying="quasi" if n % 3 else "direct")
    window = visit(engineer)
    page = window.open(f"{dataset.get_absolute_url()}?show=all")
    blocks = page.get_by_role("navigation", name="Jump to columns")
    assert blocks.get_by_role("link").count() == 25
    window.check()
    blocks.get_by_role("link").nth(24).click()
    page.get_by_text("column_299").wait_for()
    page.get_by_label("Filter columns").last.fill("column_17")
    page.get_by_role("link", name="All 300").wait_for()
    expect(page.locator(".finding")).to_have_count(11)
    page.get_by_label("All on this page").check()
    page.get_by_role("form", name="Decide several columns").get_by_role("button", name="Accept").click()
    page.get_by_text("11 findings decided.").wait_for()

    assert dataset.findings.filter(decision=Decision.ACCEPTED).count() == 11
    page.goto(f"{window.url}{dataset.get_absolute_url()}?show=all&page=2")
    page.get_by_label("All 300 shown by this filter").check()
    page.get_by_role("form", name="Decide several columns").get_by_role("button", name="Accept").click()
    page.get_by_text("300 findings decided.").wait_for()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_state_of_a_column_is_clean(visit: Visitor, engineer: User, width: int, dark: bool) -> None:  # noqa: FBT001
    dataset = sample(engineer, columns=4, found_language="fr", language_share=0.8, engines=["rampart 1.4.0"], skipped=3)
    seen = {
        "column": "a", "identifying": "direct", "category": "contact", "entity": "EMAIL_ADDRESS", "confidence": 0.9,
        "share": 0.2, "low": 0.1, "high": 0.3, "decision": "accepted",
    }  # fmt: skip
    Dataset.objects.filter(pk=dataset.pk).update(compared_at=dataset.created_at, gone=[{**seen, "column": "went"}])
    FindingFactory(dataset=dataset, column="message", **TEXT)
    for name in ("x" * 400, "اسم العميل", "👩‍👩‍👧‍👦 family", "<script>alert(1)</script>", " "):
        FindingFactory(dataset=dataset, column=name, before=seen, change="moved", decision="accepted")
    FindingFactory(dataset=dataset, column="again", before=seen, change="recast", decision="rejected", doubtful=True)
    FindingFactory(dataset=dataset, column="fresh", change="new", identifying="none", category="none", entity="")
    window = visit(engineer, width=width, dark=dark)
    page = window.open(f"{dataset.get_absolute_url()}?show=all")

    assert page.get_by_text("1,400 of 5,000 texts read hold an identifier").is_visible()
    assert page.get_by_text("French, detected in 80 % of the texts").is_visible()
    assert page.get_by_text("Look again").is_visible()
    assert page.get_by_text("The scan now finds:").locator("..").get_by_text("Identifies directly").is_visible()
    window.check()


def test_a_finding_has_a_page_of_its_own(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer, columns=1)
    window = visit(engineer)
    page = window.open(f"{dataset.get_absolute_url()}findings/{dataset.findings.get().pk}/")
    window.check()
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("heading", name=dataset.name).wait_for()

    assert decisions(dataset) == ["rejected"]


def test_all_that_fit_are_those_one_sees_also_without_a_filter_in_the_address(visit: Visitor, engineer: User) -> None:
    dataset = sample(engineer, columns=30)
    FindingFactory(dataset=dataset, column="silent", identifying="none", category="none", entity="")
    page = visit(engineer).open(dataset.get_absolute_url())
    page.get_by_label("All 30 shown by this filter").check()
    page.get_by_role("form", name="Decide several columns").get_by_role("button", name="Accept").click()
    page.get_by_text("30 findings decided.").wait_for()

    assert dataset.findings.get(column="silent").decision == ""
