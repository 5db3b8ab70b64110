"""The API's description and its page, as programs and their authors find them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client


def test_the_description_is_complete_and_valid(tmp_path: Path) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


@pytest.mark.django_db
def test_the_page_has_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/api/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?://", page)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_page_s_script_comes_on_its_own(client: Client) -> None:
    answer = client.get("/api/docs/", {"script": ""})
    assert answer.headers["Content-Type"].startswith("application/javascript")
    assert b"/api/schema/" in answer.content
