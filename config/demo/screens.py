"""`bin/screens DIR`: every page of the demonstration as PNG, as its role sees it, at 1440 and 390 px.

It opens the running demonstration (`--url`), or starts `bin/up` itself and stops it at the end. Sessions are made in
the database of this installation, for the invented people only, and ended afterwards.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from config.embedded import install

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from core.models import User

ROOT: Final = Path(__file__).resolve().parents[2]
CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WIDTHS: Final = (1440, 390)
STARTED_WITHIN: Final = 900.0  # seconds: a first start installs everything and makes the demonstration


@dataclass(frozen=True, slots=True)
class Screen:
    """A page: its file name, who looks at it (a role; empty is a stranger), its view, what its address needs."""

    name: str
    role: str
    view: str
    needs: tuple[str, ...] = ()
    query: str = ""


SCREENS: Final = (
    Screen("sign-in", "", "account_login"),
    Screen("verify", "", "reports:verify"),
    Screen("work-engineer", "engineer", "core:my_work"),
    Screen("work-officer", "privacy_officer", "core:my_work"),
    Screen("work-dpo", "dpo", "core:my_work"),
    Screen("work-decider", "decider", "core:my_work"),
    Screen("work-auditor", "auditor", "core:my_work"),
    Screen("work-owner", "owner", "core:my_work"),
    Screen("portfolio", "privacy_officer", "pia:portfolio"),
    Screen("projects", "privacy_officer", "core:projects"),
    Screen("project-new", "engineer", "core:project_new"),
    Screen("project", "privacy_officer", "core:project", ("project",)),
    Screen("project-halfway", "engineer", "core:project", ("halfway",)),
    Screen("record", "engineer", "core:project_edit", ("project",)),
    Screen("screening", "privacy_officer", "pia:screening", ("project",)),
    Screen("screening-result", "dpo", "pia:screening_summary", ("project",)),
    Screen("screening-halfway", "engineer", "pia:screening", ("halfway",)),
    Screen("schemas", "engineer", "datamap:schemas", ("project",)),
    Screen("schema", "engineer", "datamap:schema", ("project", "schema")),
    Screen("samples", "engineer", "datamap:datasets", ("project",)),
    Screen("sample", "engineer", "datamap:dataset", ("project", "dataset")),
    Screen("map", "engineer", "datamap:map", ("project",)),
    Screen("inventory", "engineer", "datamap:inventory", ("project",)),
    Screen("lab", "engineer", "lab:index", ("project",)),
    Screen("measurement", "engineer", "lab:measurement", ("project", "measurement")),
    Screen("assessment", "privacy_officer", "pia:assessment", ("project", "assessment"), "?question=gdpr-pia:5.1.c"),
    Screen("assessment-framework", "privacy_officer", "pia:assessment", ("project", "assessment"), "?view=gdpr-pia"),
    Screen("assessment-engineer", "engineer", "pia:assessment", ("project", "assessment")),
    Screen("assessment-halfway", "privacy_officer", "pia:assess", ("halfway",)),
    Screen("readiness", "privacy_officer", "pia:readiness", ("project", "assessment")),
    Screen("risks", "privacy_officer", "pia:risks", ("project", "assessment")),
    Screen("risk", "privacy_officer", "pia:risk", ("project", "assessment", "risk")),
    Screen("measures", "engineer", "pia:measures", ("project", "assessment")),
    Screen("measure", "engineer", "pia:measure", ("project", "assessment", "measure")),
    Screen("decide-officer", "privacy_officer", "pia:decide", ("project", "assessment")),
    Screen("decide-dpo", "dpo", "pia:decide", ("project", "assessment")),
    Screen("decide-decider", "decider", "pia:decide", ("project", "assessment")),
    Screen("versions", "auditor", "pia:versions", ("project",)),
    Screen("reports-project", "privacy_officer", "reports:project", ("project",)),
    Screen("reports", "auditor", "reports:library"),
    Screen("report", "auditor", "reports:report", ("project", "report")),
    Screen("frameworks", "privacy_officer", "pia:frameworks"),
    Screen("jobs", "engineer", "core:jobs"),
    Screen("audit", "auditor", "core:audit"),
    Screen("team", "owner", "core:team"),
    Screen("recognisers", "engineer", "datamap:recognisers", ("team",)),
    Screen("recogniser-new", "engineer", "datamap:recogniser_new", ("team",), "?start=staff"),
    Screen("search", "privacy_officer", "core:search", query="?q=chat"),
    Screen("profile", "engineer", "core:profile"),
    Screen("sessions", "engineer", "usersessions_list"),
    Screen("second-factor", "engineer", "mfa_index"),
)


# --- what the addresses need ----------------------------------------------------------------------------------------


def things() -> dict[str, Any]:
    """Ids of the demonstration's rows, by the word a Screen uses. What is missing is left out."""
    from config.demo import chat, shop
    from core.models import Project
    from datamap.models import Dataset, Schema
    from lab.models import Measurement
    from pia.models import Assessment, Measure, Risk
    from reports.models import Report

    project = Project.objects.filter(name=chat.NAME).first()
    assessment = Assessment.objects.filter(project=project).order_by("-number").first()
    found = {
        "project": project,
        "team": project.team if project else None,
        "halfway": Project.objects.filter(name=shop.NAME).first(),
        "schema": Schema.objects.filter(project=project).first(),
        "dataset": Dataset.objects.filter(project=project).first(),
        "measurement": Measurement.objects.filter(project=project).first(),
        "assessment": assessment,
        "risk": Risk.objects.filter(assessment=assessment).first(),
        "measure": Measure.objects.filter(assessment=assessment).first(),
        "report": Report.objects.filter(assessment=assessment).first(),
    }
    return {word: row.pk for word, row in found.items() if row is not None}


def address(screen: Screen, ids: dict[str, Any]) -> str | None:
    """The path of a screen, or None where the demonstration has no such row."""
    from django.urls import reverse

    if any(word not in ids for word in screen.needs):
        return None
    return reverse(screen.view, args=[ids[word] for word in screen.needs]) + screen.query


@contextmanager
def session(user: User) -> Iterator[str]:
    """A session key of somebody who passed the second factor; it ends with the block."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from core.middleware import SEEN

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[SEEN] = True
    store.create()
    try:
        yield str(store.session_key)
    finally:
        store.flush()


# --- looking --------------------------------------------------------------------------------------------------------


def walk(url: str, folder: Path, only: str) -> int:
    """Save every screen; the number of pages that did not answer as they should."""
    from playwright.sync_api import sync_playwright

    from config.demo.people import PEOPLE
    from core.models import User

    people = {str(role.value): User.objects.filter(email=email).first() for role, _name, email in PEOPLE}
    ids, failed = things(), 0
    wanted = [screen for screen in SCREENS if only in screen.name]
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for role in dict.fromkeys(screen.role for screen in wanted):
            mine = [screen for screen in wanted if screen.role == role]
            user = people.get(role)
            if user is None:
                failed += _look(browser, url, None, mine, ids, folder) if not role else len(mine)
                continue
            with session(user) as key:
                failed += _look(browser, url, key, mine, ids, folder)
        browser.close()
    return failed


def _look(
    browser: Browser, url: str, key: str | None, screens: Sequence[Screen], ids: dict[str, Any], folder: Path
) -> int:
    from django.conf import settings

    failed = 0
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        if key:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])
        page = context.new_page()
        for screen in screens:
            path = address(screen, ids)
            answer = page.goto(url + path) if path else None
            ok = answer is not None and answer.status < 400
            failed += not ok
            _tell(f"{'ok    ' if ok else 'FAILED'} {width:>4} {screen.name} {path or '(nothing to show)'}")
            if answer is not None:
                _picture(page, folder / f"{screen.name}-{width}.png", width)
        context.close()
    return failed


def _picture(page: Page, path: Path, width: int) -> None:
    """The whole page in a window of its height, so that what sticks to an edge is at that edge."""
    page.wait_for_timeout(200)
    height = max(900, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size({"width": width, "height": 900})


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


# --- the server -----------------------------------------------------------------------------------------------------


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health/ready", timeout=3) as reply:  # noqa: S310 - our own address
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(url: str) -> Iterator[None]:
    """The demonstration at this address: the one that answers there, or one started for as long as it takes."""
    if answers(url):
        yield
        return
    port = url.rsplit(":", 1)[-1]
    _tell(f"Nothing answers at {url}: starting bin/up ...")
    with subprocess.Popen([str(ROOT / "bin" / "up"), "--port", port], stdin=subprocess.DEVNULL) as up:  # noqa: S603
        try:
            _wait(url, up)
            yield
        finally:
            up.terminate()
            up.wait(60)


def _wait(url: str, up: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTED_WITHIN
    while not answers(url):
        if up.poll() is not None or time.monotonic() > until:
            raise SystemExit("bin/screens: bin/up did not come up")
        time.sleep(1)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/screens", description="Save every page of the demonstration as PNG.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--url", default="http://localhost:8000", help="where the demonstration runs, or will")
    parser.add_argument("--only", default="", help="only screens with this in their name")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    install.libraries(install.DEVELOPERS, tell=_tell)  # Playwright is among them
    with running(options.url):
        import django

        django.setup()
        failed = walk(options.url, options.folder, options.only)
    _tell(f"{len(list(options.folder.glob('*.png')))} pictures in {options.folder}, {failed} pages failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
