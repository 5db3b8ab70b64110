"""Columns found in SQL scripts of ten dialects, against sqlglot on the whole file; a 100 MB dump in seconds and MiB.

CANDOR_SCHEMAS may name a folder of real dumps: they are read, too, and counted against the same peer (nobody knows
their true number, so that line has no target).
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import sqlglot
from sqlglot import exp

from datamap.parsers import ddl
from datamap.parsers.source import Source
from datamap.parsers.text import to_utf8
from datamap.parsers.types import Unreadable
from tests.benchmarks.figures import Figure, spent
from tests.benchmarks.generate.ddl import Script, dump, scripts

DUMP: Final = 100_000_000  # bytes
Columns = dict[str, set[str]]
Reader = Callable[[str, str], Columns]


def run() -> list[Figure]:
    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
    made = scripts()
    figures = [_found(made), _statements(made), _nothing(made), _invented(made), *_large()]
    if folder := os.environ.get("CANDOR_SCHEMAS"):
        figures.append(_real(sorted(Path(folder).rglob("*.sql"))))
    return figures


def _found(made: list[Script]) -> Figure:
    total = sum(script.count for script in made)
    ours, peer = _share(made, _ours), _share(made, _whole_file)
    return Figure(
        "Columns found, ten dialects, dialect not told",
        ours,
        "%",
        ">= 99.7 %",
        peer,
        "sqlglot, whole file, dialect told",
        ours / max(peer, 0.1),
        f"{len(made)} scripts, {total} columns",
    )


def _statements(made: list[Script]) -> Figure:
    ours, peer = _share(made, _ours), _share(made, _by_semicolon)
    return Figure(
        "The same against sqlglot, statement by statement", ours, "%", "", peer, "split at `;`", ours / max(peer, 0.1)
    )


def _nothing(made: list[Script]) -> Figure:
    ours, peer = (sum(not _hits(script, read) for script in made) for read in (_ours, _whole_file))
    return Figure("Scripts of which nothing was read", ours, "", "0", peer, "sqlglot, whole file")


def _invented(made: list[Script]) -> Figure:
    """Columns that the script does not define; the broken table's own columns don't count."""
    wrong = 0
    for script in made:
        truth = {name: {one.lower() for one in columns} for name, columns in script.columns.items()}
        for name, columns in _ours(script.text, "").items():
            if name != "broken":
                wrong += len(columns - truth.get(name, set()))
    return Figure("Columns told that are not there", wrong, "", "0")


def _share(made: Iterable[Script], read: Reader) -> float:
    found, total = 0, 0
    for script in made:
        found, total = found + _hits(script, read), total + script.count
    return 100 * found / total


def _hits(script: Script, read: Reader) -> int:
    found = read(script.text, script.dialect)
    return sum(one.lower() in found.get(name, set()) for name, columns in script.columns.items() for one in columns)


def _ours(text: str, dialect: str) -> Columns:
    """The dialect is not told to ours: a person who uploads a file does not, either."""
    try:
        schema = ddl.parse(Source(text.encode(), "a.sql"))
    except Unreadable:
        return {}
    return {
        entity.name.lower(): {field.path.split(".")[0].removesuffix("[]").lower() for field in entity.fields}
        for entity in schema.entities
    }


def _whole_file(text: str, dialect: str) -> Columns:
    """The better of its two ways: stop at an error, or go on after it."""
    found: Columns = {}
    for level in (sqlglot.ErrorLevel.IMMEDIATE, sqlglot.ErrorLevel.IGNORE):
        with suppress(sqlglot.errors.SqlglotError, RecursionError, ValueError, AttributeError, TypeError):
            found = max(found, _of(sqlglot.parse(text, read=dialect, error_level=level)), key=_size)
    return found


def _size(columns: Columns) -> int:
    return sum(map(len, columns.values()))


def _by_semicolon(text: str, dialect: str) -> Columns:
    found: Columns = {}
    for part in text.split(";\n"):
        found.update(_whole_file(part, dialect))
    return found


def _of(trees: Iterable[exp.Expr | None]) -> Columns:
    found: Columns = {}
    for tree in trees:
        if isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema):
            names = {
                part.name.lower() for part in tree.this.expressions if isinstance(part, exp.ColumnDef | exp.Identifier)
            }
            found[tree.this.this.name.lower()] = names
        elif isinstance(tree, exp.Alter):
            added = {part.name.lower() for part in tree.args.get("actions") or () if isinstance(part, exp.ColumnDef)}
            found.setdefault(tree.this.name.lower(), set()).update(added)
    return found


_CHILD: Final = """
import json, re, sys
from pathlib import Path
from datamap.parsers.run import parse
schema = parse({"path": sys.argv[1], "name": "dump.sql"}, lambda percent, code: None)
fields = sum(len(entity["fields"]) for entity in schema["entities"])
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps([fields, peak / 1024]))
"""


def _large() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "dump.sql")
        columns = dump(path, DUMP)
        with spent() as time:
            answer = subprocess.run(
                [sys.executable, "-c", _CHILD, path], check=True, capture_output=True, text=True, env={**os.environ}
            )
    fields, peak = json.loads(answer.stdout)
    note = f"{fields} of {columns} columns"
    return [
        Figure("A dump of 100 MB, processor time", time.cpu, "s", "< 10 s", note=note),
        Figure("The same, peak memory", peak, "MiB", "< 256 MiB"),
    ]


def _real(paths: list[Path]) -> Figure:
    ours = peer = 0
    for path in paths:
        text = to_utf8(path.read_bytes()).decode("utf-8", "replace")
        schema = _dialect(text)
        ours += _size(_ours(text, schema))
        peer += _size(_whole_file(text, schema))
    return Figure(
        "Columns found in your own dumps",
        ours,
        "",
        "",
        peer,
        "sqlglot, whole file",
        ours / max(peer, 1),
        f"{len(paths)} files",
    )


def _dialect(text: str) -> str:
    try:
        return ddl.parse(Source(text.encode(), "a.sql")).dialect
    except Unreadable:
        return ""
