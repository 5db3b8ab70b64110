"""Is a column personal? Ours against Presidio on synthetic tables that neither was tuned on, with headers and without.

Presidio's rule (which entities, which score, which share of values) is the best of 350 on the part to tune on, so the
comparison is with the best that it can do. It sees the first 25 distinct values of each column, ours all 60 at most:
its rule goes by the share of values, which 25 show well enough, and all of them would take it an hour.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from datamap.scanner.options import Options
from datamap.scanner.read import read_table
from datamap.scanner.scan import scan
from tests.benchmarks import presidio
from tests.benchmarks.figures import Figure
from tests.benchmarks.generate.tables import Made, heldout, tuning

#: Presidio takes milliseconds a value: tables of the part to tune on, and distinct values a column, that it sees.
TUNED_ON = 60
SEEN = 25


@dataclass(frozen=True, slots=True)
class Counted:
    """Columns called personal rightly, wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def run() -> list[Figure]:
    tuned, measured = tuning(TUNED_ON), heldout()
    return [
        _figure(tuned, measured, headers=True, target=">= .93, and .10 above Presidio"),
        _figure(tuned, measured, headers=False, target=">= .85"),
    ]


def _figure(tuned: Sequence[Made], measured: Sequence[Made], *, headers: bool, target: str) -> Figure:
    found = [seen_by_presidio(table, headers=headers) for table in tuned]
    rule = max(presidio.rules(), key=lambda rule: count(tuned, _calls(rule, found)).f1)
    theirs = count(measured, _calls(rule, [seen_by_presidio(table, headers=headers) for table in measured]))
    ours = count(measured, [call(table, headers=headers) for table in measured])
    note = (
        f"precision {ours.precision:.3f}, recall {ours.recall:.3f};"
        f" Presidio {theirs.precision:.3f}, {theirs.recall:.3f}"
        f" (score >= {rule.score}, share >= {rule.share}, without {len(rule.without)} entities); {len(measured)} tables"
    )
    what = f"Column F1, personal or not, {'with headers' if headers else 'headers replaced by c1, c2 ...'}"
    return Figure(what, ours.f1, "", target, theirs.f1, "Presidio, best rule", ours.f1 / theirs.f1, note)


def call(table: Made, *, headers: bool) -> list[bool]:
    """Whether each column identifies, as `scan_file` would say."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / table.name
        path.write_bytes(table.csv())
        result = scan(read_table(path), Options(headers=headers), name=table.name)
    return [str(finding.identifying) != "none" for finding in result.findings]


def count(tables: Sequence[Made], calls: Sequence[Sequence[bool]]) -> Counted:
    pairs = [
        (column.label != "none", called)
        for table, answers in zip(tables, calls, strict=True)
        for column, called in zip(table.columns, answers, strict=True)
    ]
    return Counted(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def seen_by_presidio(table: Made, *, headers: bool) -> list[list[presidio.Found]]:
    """What Presidio finds in the distinct values of each column."""
    return [
        presidio.find(list(dict.fromkeys(filter(None, cells)))[:SEEN], column.name if headers else "")
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=True)
    ]


def _calls(rule: presidio.Rule, found: Sequence[Sequence[Sequence[presidio.Found]]]) -> list[list[bool]]:
    holds: Callable[[Sequence[presidio.Found]], bool] = rule.holds
    return [[holds(column) for column in table] for table in found]
