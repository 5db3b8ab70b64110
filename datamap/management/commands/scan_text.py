"""`manage.py scan_text FILE.jsonl`: spans of personal data in lines `{"text": ...}`, one JSON object a line."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from datamap.scanner.kinds import names_nobody
from datamap.scanner.language import spoken
from datamap.scanner.types import Unreadable
from datamap.wording_scan import unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.management.base import CommandParser

BATCH = 512


class Command(BaseCommand):
    help = "Find personal data in texts. Needs no database and no secret."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.jsonl")
        parser.add_argument(
            "--sensitive", action="store_true", help="also words of health, belief and the like, which name nobody"
        )
        parser.add_argument("--language", default="", help="ISO 639-1, such as fr; without it the texts tell")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for file in options["files"]:
            try:
                for line in _spans(file, options["language"], sensitive=options["sensitive"]):
                    self.stdout.write(line)
            except Unreadable as error:
                failed = True
                self.stdout.write(
                    json.dumps({"file": file, "error": unreadable(error.code, error.line)}, ensure_ascii=False)
                )
        if failed:
            sys.exit(1)


def _spans(file: str, language: str, *, sensitive: bool) -> Iterator[str]:
    """A line of JSON for each text, in the file's order."""
    from datamap.scanner.analyser import analyse  # noqa: PLC0415 - the model loads when a file is there to read

    texts = _texts(file)
    while part := list(islice(texts, BATCH)):
        found = analyse(part, languages=spoken(part, language).languages)
        for text in part:
            spans = [
                {"start": span.start, "end": span.end, "entity": span.entity, "score": span.score}
                for span in found.get(text, ())
                if sensitive or not names_nobody(span.entity)
            ]
            yield json.dumps({"spans": spans})


def _texts(file: str) -> Iterator[str]:
    try:
        with Path(file).open(encoding="utf-8-sig", errors="replace") as lines:
            empty = True
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    empty = False
                    yield _text(line, number)
        if empty:
            raise Unreadable("empty")
    except FileNotFoundError:
        raise Unreadable("not_found") from None
    except OSError:
        raise Unreadable("cannot_open") from None


def _text(line: str, number: int) -> str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise Unreadable("broken_json", number) from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise Unreadable("broken_json", number)
    return str(row["text"])
