"""Which columns to measure: quasi-identifiers proposed from findings, and the smallest sets that single people out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import duckdb

from core.types import Identifying
from lab.reidentification.measure import NothingToMeasure, class_sizes, quote

#: The number of sets grows with the power of the width; three known attributes is the usual attacker.
MAX_WIDTH: Final = 3
#: 12 columns make 298 sets of width 1 to 3.
MAX_CANDIDATES: Final = 12
#: A column set that singles out at least this share of the records is reported.
SINGLES_OUT: Final = 0.05
#: A column with nearly one value per row is a key of the table: it identifies, but an attacker rarely knows it.
KEY_SHARE: Final = 0.95
#: More rows than this are searched on a random part of the table; the result says so.
SEARCH_ROWS: Final = 200_000
SEED: Final = 20_260_101


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column: its name, how it identifies, its distinct values among the rows seen."""

    name: str
    identifying: Identifying
    distinct: int = 0
    rows: int = 0
    free_text: bool = False

    @property
    def key_like(self) -> bool:
        return self.rows >= 20 and self.distinct >= KEY_SHARE * self.rows


@dataclass(frozen=True, slots=True)
class IdentifyingSet:
    """A minimal set of columns and the records it leaves alone in their class."""

    columns: tuple[str, ...]
    unique: int
    records: int

    @property
    def share(self) -> float:
        return self.unique / self.records


@dataclass(frozen=True, slots=True)
class Search:
    """Every minimal identifying set up to a width, the widest-reaching first, and how many rows were searched."""

    sets: tuple[IdentifyingSet, ...]
    rows: int
    sampled: bool
    columns: tuple[str, ...]


def suggest(columns: Sequence[Column]) -> tuple[str, ...]:
    """The quasi-identifiers to measure together, in table order; empty where there are none.

    Direct identifiers are left out: with them every record is singled out and the figure says nothing. Keys and free
    text are left out for the same reason.
    """
    usable = [c for c in columns if c.identifying is Identifying.QUASI and not c.free_text and not c.key_like]
    return tuple(column.name for column in usable[:MAX_CANDIDATES])


def identifying_sets(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    *,
    at_least: float = SINGLES_OUT,
    width: int = MAX_WIDTH,
) -> Search:
    """Minimal sets of at most `width` columns that single out at least `at_least` of the records.

    Minimal: no set that contains a reported one is reported. Sets are searched by width, so each found set prunes.
    """
    candidates = tuple(columns[:MAX_CANDIDATES])
    if not candidates:
        raise NothingToMeasure
    source, rows, sampled = _bounded(connection, table, candidates)
    found: list[IdentifyingSet] = []
    for size in range(1, min(width, MAX_WIDTH) + 1):
        for chosen in combinations(candidates, size):
            if any(set(known.columns) <= set(chosen) for known in found):
                continue
            unique = class_sizes(connection, source, chosen).get(1, 0)
            if unique and unique >= at_least * rows:
                found.append(IdentifyingSet(chosen, unique, rows))
    found.sort(key=lambda found_set: (len(found_set.columns), -found_set.unique, found_set.columns))
    return Search(tuple(found), rows, sampled, candidates)


def _bounded(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> tuple[str, int, bool]:
    """The table itself, or a seeded random part of it as a temporary table."""
    row = connection.execute(f"SELECT count(*) FROM {quote(table)}").fetchone()  # noqa: S608
    rows = int(row[0]) if row else 0
    if not rows:
        raise NothingToMeasure
    if rows <= SEARCH_ROWS:
        return table, rows, False
    chosen = ", ".join(quote(column) for column in columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE searched AS SELECT {chosen} FROM {quote(table)} "  # noqa: S608
        f"USING SAMPLE reservoir({SEARCH_ROWS} ROWS) REPEATABLE ({SEED})"
    )
    return "searched", SEARCH_ROWS, True
