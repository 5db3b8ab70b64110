"""The full pass for a team's recognisers: every row, whoever reads which, in bounded time; what is left out is said."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.types import Category, Identifying
from datamap.scanner import chunks, sought
from datamap.scanner.custom import Finder, version
from datamap.scanner.formats import division
from datamap.scanner.meters import KEEP_OWN, Meter
from datamap.scanner.options import Options, Pattern, Recogniser
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from datamap.scanner.sought import Sought
from datamap.scanner.types import Finding, Table

if TYPE_CHECKING:
    from pathlib import Path


def recogniser(name: str, *regexes: str, words: tuple[str, ...] = (), score: float = 0.6) -> Recogniser:
    patterns = tuple(Pattern(f"p{number}", regex, score) for number, regex in enumerate(regexes))
    return Recogniser(name, "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT, patterns, deny_list=words)


STAFF = recogniser("Staff", r"\bNW-\d{6}\b")
DESK = recogniser("Desk", words=("Heron Desk", "Łódź"))
ROWS = 30_000


def written(path: Path, late: str, *, rows: int = ROWS) -> Path:
    """A file whose last row alone holds what is looked for."""
    lines = [f"{n},part {n % 97},A{n:05d}" for n in range(rows)]
    path.write_text("no,what,note\n" + "\n".join([*lines, f"{rows},end,{late}"]) + "\n", encoding="utf-8")
    return path


def judged(table: Table, *recognisers: Recogniser, allow: frozenset[str] = frozenset()) -> dict[str, Finding]:
    found = scan(table, Options(recognisers=recognisers, allow=allow)).findings
    return {finding.name: finding for finding in found}


@pytest.mark.parametrize(("it", "late"), [(STAFF, "see nw-123456"), (DESK, "heron desk"), (DESK, "ŁÓDŹ")])
def test_one_row_of_many_is_found_and_told(tmp_path: Path, it: Recogniser, late: str) -> None:
    table = read_table(written(tmp_path / "x.csv", late), recognisers=[it, recogniser("Other", r"zzz\d")])
    note = judged(table, it)["note"]

    assert (note.entity, note.identifying, note.category) == ("STAFF_NUMBER", Identifying.DIRECT, Category.EMPLOYMENT)
    assert (note.why[-1].code, note.why[-1].params["rows"], note.why[-1].params["version"]) == (
        "value.custom_rare", 1, version(it),
    )  # fmt: skip
    assert late not in str(note)
    assert judged(table, it, allow=frozenset({"NW-123456", "Heron Desk", "łódź"}))["note"].entity == ""


@pytest.mark.parametrize(
    ("it", "late"),
    [
        (recogniser("Weak", r"NW-\d{6}", score=0.1), "NW-123456"),
        (DESK, "herondesk"),
        (DESK, "Łódźxy"),
        (STAFF, "NW-1234567"),
    ],
)
def test_what_counts_for_nothing_in_a_sample_counts_for_nothing_in_a_full_pass(
    tmp_path: Path, it: Recogniser, late: str
) -> None:
    table = read_table(written(tmp_path / "x.csv", late), recognisers=[it])

    assert judged(table, it)["note"].entity == ""


def test_texts_tell_of_it_too(tmp_path: Path) -> None:
    lines = [
        json.dumps({"say": f"The parcel number {n} has not arrived at the place yet, please look."})
        for n in range(2_500)
    ]
    late = json.dumps({"say": "Please ask my colleague with the badge NW-123456 about the late parcel."})
    (tmp_path / "x.jsonl").write_text("\n".join([*lines, late]))
    table = read_table(tmp_path / "x.jsonl", recognisers=[STAFF], rows=100)
    (say,) = judged(table, STAFF).values()

    assert say.entities["STAFF_NUMBER"] == 1
    assert say.identifying is Identifying.DIRECT


def test_parts_count_what_one_pass_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "x.csv", "NW-123456", rows=3_000)
    path.write_text(path.read_text().replace("A00", "NW-000"))
    monkeypatch.setattr(division, "CHUNK", 8_000)
    monkeypatch.setattr(division, "BLOCK", 1_000)
    request = {"handle": str(path), "name": "x.csv", "recognisers": [asdict(STAFF), asdict(DESK)]}
    request |= chunks.divide(request)
    count = len(request["chunks"])
    shares = [{**request, "first": n, "last": min(n + 2, count)} for n in range(0, count, 2)]
    seen = [json.loads(json.dumps(chunks.read_part(share, None))) for share in shares]

    assert count > 5
    assert chunks.put_together(seen) == read_table(path, recognisers=[STAFF, DESK])
    (hit,) = read_table(path, recognisers=[STAFF, DESK]).columns[2].own.values()
    assert (hit.rows, len(hit.values)) == (1_001, KEEP_OWN)


cells = st.lists(st.text(st.sampled_from("NWnw-123456 heronŁódźŁ\n"), max_size=14) | st.sampled_from(
    ["NW-123456", "x nw-654321", "Heron Desk", "łódź!", "NW-123456\nNW-1"]), max_size=30)  # fmt: skip


@given(cells=cells)
def test_every_cell_that_a_recogniser_finds_something_in_is_counted(cells: list[str]) -> None:
    meter = Meter()
    meter.feed(pa.array(cells, pa.string()), Sought([STAFF, DESK]))
    for it in (STAFF, DESK):
        finder = Finder([it])
        assert meter.rows.get(version(it), 0) >= sum(bool(finder.find(cell)) for cell in cells)


def test_an_open_quotation_in_a_pattern_does_not_take_in_the_next(tmp_path: Path) -> None:
    odd = recogniser("Odd", r"\Qa.b|c", r"NW-\d{6}")
    table = read_table(written(tmp_path / "x.csv", "NW-123456", rows=50), recognisers=[odd, STAFF])

    assert {hit.rows for hit in table.columns[2].own.values()} == {1}
    assert len(table.columns[2].own) == 2


def test_a_recogniser_that_is_too_slow_is_left_out_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sought, "SECONDS", 0.0)
    monkeypatch.setattr(sought, "SECONDS_PER_GIB", 1.0)
    slow = recogniser("Slow one", r"(?:[a-z ]{1,30}){1,30}=1")
    table = read_table(
        written(tmp_path / "x.csv", "a quite ordinary text of words " * 60, rows=3_000), recognisers=[slow]
    )

    assert [(reason.code, reason.params["part"]) for reason in table.left_out] == [("slow_recogniser", "Slow one")]


def test_options_survive_being_kept() -> None:
    options = Options(language="fr", recognisers=(STAFF, DESK), allow=frozenset({"x"}))

    assert Options.from_json(json.loads(json.dumps(options.to_json()))) == options
