"""`manage.py parse_schema` as a program meets it: no database, no secret, one JSON object a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.slow
def test_the_command_reads_many_files_and_fails_for_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.sql", tmp_path / "bad.json"
    good.write_text(
        "CREATE TABLE t (id int PRIMARY KEY, note text);\nCREATE VIEW v AS SELECT id FROM t;\nCREATE TABLE x;\n"
    )
    bad.write_text('{"a": [')
    missing = tmp_path / "missing.sql"
    odd = os.fsencode(tmp_path) + b"/\xff\xe9.csv"
    Path(os.fsdecode(odd)).write_text("id,\u540d\u524d\n")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "parse_schema", str(good), str(bad), str(missing), odd, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    table = lines[0]
    assert (table["file"], table["format"], table["dialect"]) == (str(good), "sql", "")
    assert [(entity["name"], entity["kind"], entity["line"]) for entity in table["entities"]] == [("t", "table", 1)]
    assert table["entities"][0]["fields"] == [
        {"path": "id", "type": "INT", "nullable": False, "description": "", "key": "primary", "references": ""},
        {"path": "note", "type": "TEXT", "nullable": True, "description": "", "key": "", "references": ""},
    ]
    assert [(view["name"], len(view["fields"])) for view in table["views"]] == [("v", 1)]
    assert [(part["line"], part["reason"], part["name"]) for part in table["unparsed"]] == [(3, "no_columns", "x")]
    assert set(lines[1]) == {"file", "error"} and "Line 1" in lines[1]["error"]
    assert set(lines[2]) == {"file", "error"}
    assert [field["path"] for field in lines[3]["entities"][0]["fields"]] == ["id", "\u540d\u524d"]
    assert set(lines[4]) == {"file", "error"}
