"""`manage.py scan_file FILE... [--ignore-headers]`: personal data in sample files, one JSON object a file."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from datamap.scanner.options import Options
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from datamap.scanner.types import Finding, Unreadable
from datamap.wording_scan import unreadable, why

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Find personal data in sample files. Needs no database and no secret."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--ignore-headers", action="store_true", help="judge by values alone; columns are c1, c2 ..."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for file in options["files"]:
            try:
                answer = _scan(file, headers=not options["ignore_headers"])
            except Unreadable as error:
                failed, answer = True, {"file": file, "error": unreadable(error.code, error.line)}
            except MemoryError:
                failed, answer = True, {"file": file, "error": unreadable("memory_limit")}
            except Exception as error:  # noqa: BLE001 - the other files go on; a message might quote a cell
                failed, answer = True, {"file": file, "error": f"{unreadable('')} ({type(error).__name__})"}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if failed:
            sys.exit(1)


def _scan(file: str, *, headers: bool) -> dict[str, Any]:
    started = time.perf_counter()
    table = read_table(file)
    result = scan(table, Options(headers=headers), name=file.rsplit("/", 1)[-1])
    return {
        "file": file,
        "format": result.format,
        "rows": result.rows,
        "columns": [_column(finding) for finding in result.findings],
        "seconds": round(time.perf_counter() - started, 4),
    }


def _column(finding: Finding) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": finding.name,
        "class": str(finding.identifying),
        "entity": finding.entity,
        "category": str(finding.category),
        "special": finding.special,
        "confidence": finding.confidence,
        "share": finding.share,
        "why": why(finding.why),
        "examples": list(finding.examples),
    }
    if finding.is_text:
        column["entities"] = dict(finding.entities)
    return column
