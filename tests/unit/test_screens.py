"""The table of bin/screens: every page of the application is in it, once, at an address that exists."""

from __future__ import annotations

import uuid

import pytest

from config.demo.screens import SCREENS, Screen, address
from core.models import Role

#: The pages people work on.
PAGES = {
    "core:my_work", "core:projects", "core:project", "core:project_new", "core:audit", "core:team", "core:profile",
    "datamap:schemas", "datamap:schema", "datamap:datasets", "datamap:dataset", "datamap:map", "datamap:inventory",
    "lab:index", "lab:measurement", "pia:portfolio", "pia:screening", "pia:screening_summary", "pia:assessment",
    "pia:readiness", "pia:risks", "pia:risk", "pia:measures", "pia:decide", "pia:versions", "pia:frameworks",
    "reports:library", "reports:project", "reports:report", "reports:verify",
}  # fmt: skip


def test_every_page_is_pictured() -> None:
    assert {screen.view for screen in SCREENS} >= PAGES
    assert {screen.query for screen in SCREENS if screen.view == "pia:assessment"} >= {"", "?view=gdpr-pia"}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_has_an_address_and_somebody_who_looks(screen: Screen) -> None:
    assert address(screen, {word: uuid.uuid4() for word in screen.needs})
    assert screen.role in {"", *Role.values}


def test_no_picture_overwrites_another() -> None:
    names = [screen.name for screen in SCREENS]
    assert len(names) == len(set(names))


def test_a_row_the_demonstration_lacks_has_no_address() -> None:
    assert address(Screen("risk", "dpo", "pia:risk", ("project",)), {}) is None
