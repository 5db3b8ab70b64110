"""`manage.py check_recognisers [FILE] [--text TEXT]`: whether a recognisers' file can be used, and what it finds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from datamap.scanner import installation, presidio_yaml
from datamap.scanner.custom import Finder, strongest
from datamap.wording_recognisers import problem

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from datamap.scanner.presidio_yaml import Entry


class Command(BaseCommand):
    help = "Check a file of recognisers in Presidio's format, and try it on a text. Needs no database and no secret."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help=f"without it, the file that {installation.SETTING} names, or ours")
        parser.add_argument("--text", help="a text to try it on, or - to read it from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]) if options["file"] else installation.named_file() or installation.CONFIGURATION
        found = list(installation.problems(path))
        for one in found:
            place = one.place or str(path)
            note = "" if one.fatal else self.style.WARNING(" (used by Presidio in texts, not to name columns)")
            self.stdout.write(f"{place}: {problem(one.reason)}{note}")
        if any(one.fatal for one in found):
            raise CommandError(f"{path} can't be used.")
        entries = presidio_yaml.read(path.read_bytes())
        self.stdout.write(self.style.SUCCESS(f"{path} is sound; entries: {len(entries)}"))
        if options["text"] is not None:
            self._try(entries, sys.stdin.read() if options["text"] == "-" else options["text"])

    def _try(self, entries: list[Entry], text: str) -> None:
        own = [entry.recogniser for entry in entries if entry.recogniser and not entry.problems and entry.enabled]
        for find in strongest(Finder(own).find(text)):
            word = f", beside “{find.word}”" if find.word else ""
            by = find.pattern or "the deny list"
            line = f"{find.start}-{find.end} {find.entity} {find.score} {text[find.start : find.end]!r}"
            self.stdout.write(f"{line} by {find.recogniser} ({by}{word})")
