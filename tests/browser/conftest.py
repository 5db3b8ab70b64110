"""A real Chromium on a live server, signed in as anybody, that notices what a person would not see."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.signed_in import signed_in

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

    from core.models import User

ROOT: Final = Path(__file__).resolve().parents[2]
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
#: A request that a newer one replaces is no fault; of one that fails htmx tells more than its end.
EXPECTED: Final = ("htmx:sendAbort", "htmx:afterRequest")
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Playwright keeps an event loop in this thread, in which Django would refuse its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Per module, because Playwright's event loop would trip up what other tests of this process run in one."""
    if not (ROOT / "static" / "dist" / "candor.js").exists():
        pytest.fail("The browser bundle is not built: npm ci && npm run build")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One window: its page, and everything the browser complained about."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str, *, status: int = 200) -> Page:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.complaints.append(message.text)

    def check(self) -> None:
        """No complaint of the browser, nothing axe objects to, nothing that makes the page scroll sideways."""
        assert self.complaints == []
        assert violations(self.page) == []
        assert overflow(self.page) == 0


def violations(page: Page) -> list[str]:
    """What axe objects to: the rule, how often, and the first place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{found['id']} x{len(found['nodes'])}: {found['help']} at {found['nodes'][0]['html'][:160]}"
        for found in result["violations"]
    ]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


Visitor = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, settings: Any) -> Iterator[Visitor]:
    """`visit(user)` opens a window signed in as somebody, `visit()` one of a stranger; width and colours as asked."""
    settings.ALLOWED_HOSTS = ["*"]
    contexts: list[BrowserContext] = []

    def open_window(user: User | None = None, *, width: int = 1440, dark: bool = False) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        if user is not None:
            cookie = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        window = Visit(page=context.new_page(), url=live_server.url)
        window.page.on("console", window.heard)
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        return window

    yield open_window
    for context in contexts:
        context.close()
