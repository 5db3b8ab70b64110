"""Log lines carry no personal data, whoever writes them."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from typing import TYPE_CHECKING, Any

import pytest

from config import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CELL = "maria.gonzalez@example.org"


@pytest.fixture
def said() -> Iterator[Callable[..., dict[str, Any]]]:
    """Runs something with a logger of the given name, set up as in production; returns the line it wrote."""
    handlers, level = logging.root.handlers[:], logging.root.level

    def run(name: str, speak: Callable[[logging.Logger], None]) -> dict[str, Any]:
        logging.config.dictConfig(logs.logging("INFO", readable=False))
        stream = io.StringIO()
        handler = next(one for one in logging.root.handlers if isinstance(one, logging.StreamHandler))
        handler.setStream(stream)
        speak(logging.getLogger(name))
        line = stream.getvalue()
        assert CELL not in line
        return json.loads(line) if line else {}

    yield run
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_an_exception_has_its_type_and_place_but_no_message(said: Callable[..., dict[str, Any]]) -> None:
    def speak(logger: logging.Logger) -> None:
        try:
            raise ValueError(f"bad value {CELL}")
        except ValueError:
            logger.exception("it_failed")

    line = said("datamap.tasks", speak)
    assert line["event"] == "it_failed"
    assert "ValueError" in line["exception"]
    assert "test_logs.py" in line["exception"]


def test_celery_s_sentence_about_an_exception_is_replaced(said: Callable[..., dict[str, Any]]) -> None:
    def speak(logger: logging.Logger) -> None:
        try:
            raise ValueError(CELL)
        except ValueError as error:
            logger.error("Task x raised unexpected: %r", error, exc_info=True)  # noqa: LOG014 - inside an except

    assert said("celery.app.trace", speak)["event"] == "task_raised"


def test_a_request_s_query_and_the_reader_s_machine_are_left_out(said: Callable[..., dict[str, Any]]) -> None:
    extra = {"request": f"GET /search?q={CELL}", "user_agent": CELL, "ip": CELL}
    assert said("django_structlog", lambda logger: logger.info("done", extra=extra))["request"] == "GET /search"


def test_what_we_add_to_a_line_is_kept(said: Callable[..., dict[str, Any]]) -> None:
    assert said("core.jobs", lambda logger: logger.warning("late", extra={"job": "1"}))["job"] == "1"


def test_the_scheduler_s_heartbeat_is_no_news(said: Callable[..., dict[str, Any]]) -> None:
    extra = {"data": {"name": "core.reap_jobs"}}
    assert said("celery.app.trace", lambda logger: logger.info("succeeded", extra=extra)) == {}
