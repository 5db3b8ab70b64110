"""`manage.py parse_schema FILE...`: one JSON object for each file. Needs no database and no secret."""

from __future__ import annotations

import json
import signal
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand

from datamap.parsers.detect import FORMATS
from datamap.parsers.dialects import DIALECTS
from datamap.parsers.run import parse
from datamap.parsers.types import Unreadable
from datamap.wording import unparsed, unreadable

SECONDS: Final = 60  # of processor time for one file


class Command(BaseCommand):
    help = "Read schema files and print their entities and fields as JSON, one object a line."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own way to say "no database"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", default="", help=f"{', '.join(FORMATS)}; guessed if left out")
        parser.add_argument("--dialect", default="", help=f"of SQL: {', '.join(DIALECTS)}; guessed if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        results = [self._one(name, options["format"], options["dialect"]) for name in options["files"]]
        if not all(results):
            sys.exit(1)

    def _one(self, name: str, format_: str, dialect: str) -> bool:
        try:
            with _limited(SECONDS):
                parsed = parse(
                    {"path": name, "name": Path(name).name, "format": format_, "dialect": dialect},
                    lambda percent, code: None,
                )
        except Unreadable as error:
            return self._failed(name, unreadable(error.code, error.line, error.params, error.column))
        except OSError as error:
            return self._failed(name, error.strerror or "cannot be opened")
        except MemoryError:
            return self._failed(name, unreadable("memory_limit"))
        except Exception as error:  # noqa: BLE001 - a mistake of ours in one file must not cost the others
            traceback.print_exception(error, file=sys.stderr)
            return self._failed(name, unreadable("internal"))
        self._print({"file": name, **_public(parsed)})
        return True

    def _failed(self, name: str, reason: str) -> bool:
        self._print({"file": name, "error": reason})
        return False

    def _print(self, answer: dict[str, Any]) -> None:
        """One line, at once. A name that is no UTF-8 is written with escapes."""
        text = json.dumps(answer, ensure_ascii=False)
        self.stdout.write(text if text.isascii() or _can_print(text) else json.dumps(answer))
        self.stdout.flush()


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Raises Unreadable(cpu_limit) where the processor works longer than that, as the sandbox of an upload does."""

    def stop(number: int, frame: object) -> None:
        raise Unreadable("cpu_limit")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _public(parsed: Any) -> dict[str, Any]:
    """What the command promises. A view over tables of the same file stores nothing of its own: it stands apart."""
    return {
        "format": parsed["format"],
        "dialect": parsed["dialect"],
        "entities": [_entity(entity) for entity in parsed["entities"] if not entity["derived"]],
        "views": [_entity(entity) for entity in parsed["entities"] if entity["derived"]],
        "unparsed": [{**part, "text": unparsed(part["reason"])} for part in parsed["unparsed"]],
    }


def _entity(entity: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entity.items() if key != "derived"}
