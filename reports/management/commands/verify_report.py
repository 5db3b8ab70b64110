"""`manage.py verify_report FILE...`: the verify page's answer, as JSON, one object per file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from reports.api_words import answer_json
from reports.signing.verify import Verdict
from reports.verification import MAX_BYTES, verify_file

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Check sealed reports. Exits 0 if every file is valid, else 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")

    def handle(self, *args: object, **options: Any) -> None:
        verdicts = [self._check(name) for name in options["files"]]
        if any(verdict != Verdict.VALID for verdict in verdicts):
            sys.exit(1)

    def _check(self, name: str) -> str:
        path = Path(name)
        try:
            if path.stat().st_size > MAX_BYTES:
                return self._say({"file": name, "error": "too_large"})
            data = path.read_bytes()
        except OSError as error:
            return self._say({"file": name, "error": (error.strerror or "unreadable").lower()})
        return self._say({"file": name, **answer_json(verify_file(str(path.resolve()), data))})

    def _say(self, answer: dict[str, Any]) -> str:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
        return str(answer.get("verdict", ""))
