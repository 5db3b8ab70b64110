"""`manage.py scan_text`: a line of JSON for each text, in order, and an exit status that tells of a broken file."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path


def scanned(path: Path, *options: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("scan_text", str(path), *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def written(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_every_text_gets_a_line_in_order_the_same_text_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, "Call Ana Pereira", "", "Nothing here", "Call Ana Pereira")

    lines = scanned(path)

    assert [[span["entity"] for span in line["spans"]] for line in lines] == [["PERSON"], [], [], ["PERSON"]]
    assert lines[0] == lines[3]
    assert {key: lines[0]["spans"][0][key] for key in ("start", "end")} == {"start": 5, "end": 16}


def test_words_that_name_nobody_come_only_when_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "I have diabetes and asthma")

    assert scanned(path) == [{"spans": []}]
    (line,) = scanned(path, "--sensitive")
    assert [span["entity"] for span in line["spans"]] == ["MEDICAL_TERM", "MEDICAL_TERM"]


def test_a_chosen_language_is_used(tmp_path: Path) -> None:
    (line,) = scanned(written(tmp_path, "Nazywam się Jan Kowalski."), "--language", "pl")

    assert [span["entity"] for span in line["spans"]] == ["PERSON"]


def test_a_broken_line_is_told_by_its_number_and_the_exit_status(tmp_path: Path) -> None:
    path = written(tmp_path, "Nothing here")
    path.write_text(path.read_text(encoding="utf-8") + "Ana Pereira\n", encoding="utf-8")
    out = StringIO()

    with pytest.raises(SystemExit) as stopped:
        call_command("scan_text", str(path), stdout=out)

    answer = json.loads(out.getvalue().splitlines()[-1])
    assert stopped.value.code == 1
    assert "2" in answer["error"]
    assert "Pereira" not in answer["error"]
