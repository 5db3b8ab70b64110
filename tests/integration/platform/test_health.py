"""The probes an operator points a load balancer at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import Settings


def test_live_needs_no_database(client: Client) -> None:
    assert client.get("/health/live").status_code == 200


@pytest.mark.django_db
def test_ready_while_the_database_answers(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (200, b"ready")


@pytest.mark.django_db
def test_not_ready_without_a_database_and_no_word_why(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_options: Any) -> None:
        raise OperationalError("connection to server at 10.0.0.1 failed")

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"not ready")


@pytest.mark.django_db
def test_not_ready_when_files_cannot_be_kept(client: Client, settings: Settings) -> None:
    settings.CANDOR_HOME = "/nonexistent"
    assert client.get("/health/ready").status_code == 503


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_probe_only_reads(client: Client, method: str) -> None:
    assert getattr(client, method)("/health/live").status_code == 405
