"""`manage.py parse_schema FILE...`: one JSON object for each file. Needs no database and no secret."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from datamap.parsers.detect import FORMATS
from datamap.parsers.dialects import DIALECTS
from datamap.parsers.run import parse
from datamap.parsers.types import Unreadable
from datamap.wording import unreadable


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
            parsed = parse(
                {"path": name, "name": Path(name).name, "format": format_, "dialect": dialect},
                lambda percent, code: None,
            )
        except Unreadable as error:
            return self._failed(name, unreadable(error.code, error.line, error.params))
        except OSError as error:
            return self._failed(name, error.strerror or "cannot be opened")
        except MemoryError:
            return self._failed(name, unreadable("memory_limit"))
        self.stdout.write(json.dumps({"file": name, **_public(parsed)}, ensure_ascii=False))
        return True

    def _failed(self, name: str, reason: str) -> bool:
        self.stdout.write(json.dumps({"file": name, "error": reason}, ensure_ascii=False))
        return False


def _public(parsed: Any) -> dict[str, Any]:
    """What the command promises; a view over tables of the same file stores nothing of its own and is left out."""
    return {
        "format": parsed["format"],
        "dialect": parsed["dialect"],
        "entities": [
            {
                "name": entity["name"],
                "fields": [
                    {"path": field["path"], "type": field["type"], "nullable": field["nullable"]}
                    for field in entity["fields"]
                ],
            }
            for entity in parsed["entities"]
            if not entity["derived"]
        ],
        "unparsed": [{"line": part["line"], "reason": part["reason"]} for part in parsed["unparsed"]],
    }
