"""`manage.py scan_file FILE... [--ignore-headers]`: personal data in sample files, one JSON object a file."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.core.management.base import BaseCommand

from core import sandbox
from datamap.scanner.installation import installation
from datamap.scanner.options import Options
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from datamap.scanner.source import opened
from datamap.scanner.types import Finding, Table, Unreadable
from datamap.wording_scan import left_out, unreadable, why

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

LIMITS: Final = sandbox.Limits(cpu=120, memory=1 << 30, wall=240)


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
                failed, answer = True, {"file": file, "error": unreadable(error.code, error.line, error.params)}
            except MemoryError:
                failed, answer = True, {"file": file, "error": unreadable("memory_limit")}
            except Exception as error:  # noqa: BLE001 - the other files go on; a message might quote a cell
                failed, answer = True, {"file": file, "error": f"{unreadable('')} ({type(error).__name__})"}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if failed:
            sys.exit(1)


def _read(file: str) -> Table:
    """Text is read right here, what has to be unpacked in a child process with limits: its library may break."""
    with opened(file) as source:
        if not source.magic:
            return read_table(file, recognisers=installation().recognisers)
    path = Path(file).resolve()
    recognisers = [asdict(it) for it in installation().recognisers]
    request: dict[str, Any] = {"handle": str(path), "name": path.name, "recognisers": recognisers}
    try:
        return Table.from_json(sandbox.call("datamap.scanner.read_run:read", request, limits=LIMITS))
    except sandbox.SandboxError as error:
        raise Unreadable(error.code, error.line or 0, **error.params) from None


def _scan(file: str, *, headers: bool) -> dict[str, Any]:
    started = time.perf_counter()
    table = _read(file)
    result = scan(table, Options(headers=headers), name=file.rsplit("/", 1)[-1])
    return {
        "file": file,
        "format": result.format,
        "rows": result.rows,
        "sampled": result.sampled,
        **({"left_out": list(map(left_out, result.left_out))} if result.left_out else {}),
        **({"language": result.language, "language_share": result.language_share} if result.language else {}),
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
        "interval": [finding.low, finding.high],
        "distinct": finding.distinct,
        "why": why(finding.why),
        "examples": list(finding.examples),
    }
    if finding.is_text:
        column["entities"] = dict(finding.entities)
    return column
