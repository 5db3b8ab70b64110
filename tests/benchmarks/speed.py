"""How fast columns are judged: ours against Presidio's batch engine on the same cells, models loaded for both.

Processor time of one process decides, since other work may share the machine; the clock's time is in the note. What
is remembered of cells and headers is forgotten before each measurement, so that every figure is of data never seen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from datamap.scanner.options import Options
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Table
from tests.benchmarks import presidio
from tests.benchmarks.figures import Figure, Spent, spent
from tests.benchmarks.generate.tables import Made, heldout, tuning

#: Tables of one size; Presidio needs milliseconds a cell.
TABLES = {30: 42, 200: 10}
SMALLEST_CACHE = 1_000


def run() -> list[Figure]:
    small = [_table(made) for made in heldout(TABLES[30], 30)]
    large = [_table(made) for made in heldout(TABLES[200], 200)]
    distinct = [_distinct(table) for table in large]
    _warm()
    return [
        _figure("Tables of 30 rows: all cells", small, ">= 20x", _cells(small)),
        _figure("Tables of 200 rows: all cells", large, ">= 50x", _cells(large)),
        _figure("Tables of 200 rows: the same distinct values", distinct, ">= 5x", _cells(distinct)),
    ]


def _warm() -> None:
    """Load word lists and models with other tables and a text, so that no figure holds the loading."""
    text = "Hello, my name is Anna Becker and I called about the order that has not arrived since Monday."
    texts = tuple(f"{text} It is number {number}." for number in range(5))
    for table in (*map(_table, tuning(22, 30)), Table("csv", 5, 5, (Column("message", "", texts, 5),))):
        scan(table, Options())
        scan(table, Options(headers=False))
    presidio.find(["Anna Becker"])


def _forget() -> None:
    """Empty the caches of single values; those without a bound hold word lists and stay."""
    modules = [module for name, module in sys.modules.items() if name.startswith("datamap.scanner")]
    for found in {id(found): found for module in modules for found in vars(module).values()}.values():
        parameters = getattr(found, "cache_parameters", None)
        if parameters is not None and (parameters()["maxsize"] or 0) >= SMALLEST_CACHE:
            found.cache_clear()


def _figure(what: str, tables: Sequence[Table], target: str, cells: Sequence[Sequence[str]]) -> Figure:
    _forget()
    with spent() as ours:
        for table in tables:
            scan(table, Options())
    _forget()
    with spent() as blind:
        for table in tables:
            scan(table, Options(headers=False))
    with spent() as theirs:
        for column in cells:
            presidio.find(column)
    count = sum(map(len, cells))
    return Figure(
        what, 1000 * ours.cpu / len(tables), "ms/table", target, 1000 * theirs.cpu / len(tables),
        "Presidio, batches of 64", theirs.cpu / ours.cpu, _note(len(tables), count, ours, blind, theirs),
    )  # fmt: skip


def _note(tables: int, cells: int, ours: Spent, blind: Spent, theirs: Spent) -> str:
    return (
        f"{tables} tables, {cells:,} cells; headers ignored {theirs.cpu / blind.cpu:.0f}x;"
        f" by the clock {theirs.wall / ours.wall:.0f}x and {theirs.wall / blind.wall:.0f}x"
    )


def _table(made: Made) -> Table:
    cells = zip(*made.rows, strict=True)
    columns = tuple(
        Column(truth.name, "", tuple(filter(None, values)), sum(map(bool, values)))
        for truth, values in zip(made.columns, cells, strict=True)
    )
    return Table("csv", len(made.rows), len(made.rows), columns)


def _distinct(table: Table) -> Table:
    columns = ((column, tuple(dict.fromkeys(column.values))) for column in table.columns)
    return replace(
        table, columns=tuple(replace(column, values=values, filled=len(values)) for column, values in columns)
    )


def _cells(tables: Iterable[Table]) -> list[tuple[str, ...]]:
    return [column.values for table in tables for column in table.columns]
