"""Structured logs without personal data: no addresses, no search words, no cell in an exception's message."""

from __future__ import annotations

import logging as stdlib_logging
from typing import TYPE_CHECKING, Any, Final

import structlog

from core import tracing

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

#: What a library may put beside a message and we don't keep.
DROPPED: Final = ("ip", "user_agent", "args", "kwargs", "data")


def without_personal_data(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut the query string from a request line, and what names a person or her machine."""
    for key in DROPPED:
        event.pop(key, None)
    if isinstance(request := event.get("request"), str):
        event["request"] = request.partition("?")[0]
    return event


def exception_without_message(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Render an exception as its type and place. Messages quote cells (PostgreSQL: "Failing row contains ...")."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = tracing.without_values(error)
        if str(event.get("logger", "")).startswith("celery."):
            event["event"] = "task_raised"  # Celery's sentence holds the message and the arguments
    return event


class News(stdlib_logging.Filter):
    """Lets pass what isn't the success of a task that runs every few seconds."""

    def filter(self, record: stdlib_logging.LogRecord) -> bool:
        data = getattr(record, "data", None)
        return not (
            isinstance(data, dict) and data.get("name") == "core.reap_jobs" and record.levelno <= stdlib_logging.INFO
        )


def processors() -> list[Processor]:
    """What every line passes, ours and the libraries'."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_personal_data,
    ]


def configure() -> None:
    """Let structlog speak through the standard library, so that one configuration rules both."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *processors(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def logging(level: str, *, readable: bool) -> dict[str, Any]:
    """Django's LOGGING: JSON lines on standard error, or coloured lines with full tracebacks for a developer."""
    last: list[Any] = (
        [structlog.dev.ConsoleRenderer()]
        if readable
        else [exception_without_message, structlog.processors.JSONRenderer()]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": processors(),
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "filters": {"news": {"()": "config.logs.News"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # The scheduler's heartbeat would be most of the log.
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.app.trace": {"filters": ["news"]},
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            # The request's own line says the status; these would only repeat it.
            "django.request": {"level": "ERROR"},
            # A refused host name is what somebody typed.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            # Recognisers it was not asked for; and it logs what it read at DEBUG.
            "presidio-analyzer": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
