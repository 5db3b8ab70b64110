"""k-anonymity, sample uniqueness and prosecutor risk on chosen quasi-identifiers.

An equivalence class is the set of records that agree on every chosen column; a missing value counts as a value of
its own. The prosecutor model assumes the worst: the attacker knows that the person is in the file and knows all the
chosen columns, so the risk of a record is 1 / (size of its class). See K. El Emam, *Guide to the De-Identification of
Personal Health Information* (2013), ch. 16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

#: Below this class size a record counts as at risk. 11 (risk 0.09) is what EMA policy 0070 and Health Canada ask of
#: published trial data, and what ASSESSMENT's severity rule asks before it gives credit.
THRESHOLD: Final = 11

#: Upper ends of the class-size bands of the chart; the last band is open.
BAND_ENDS: Final = (1, 2, 4, 10, 50)


class NothingToMeasure(ValueError):
    """The table has no rows, or no column was chosen."""


@dataclass(frozen=True, slots=True)
class Band:
    """Records whose class has between `low` and `high` members; `high` 0 means no upper end."""

    low: int
    high: int
    classes: int
    records: int


@dataclass(frozen=True, slots=True)
class Reidentification:
    """What one measurement found. Shares are fractions of 1."""

    columns: tuple[str, ...]
    records: int
    classes: int
    k: int
    unique: int
    threshold: int
    at_risk: int
    bands: tuple[Band, ...]

    @property
    def uniqueness(self) -> float:
        """Share of records that are alone in their class."""
        return self.unique / self.records

    @property
    def highest_risk(self) -> float:
        return 1 / self.k

    @property
    def average_risk(self) -> float:
        """Mean of 1/size over records, which is classes / records."""
        return self.classes / self.records

    @property
    def share_at_risk(self) -> float:
        """Share of records in classes smaller than the threshold."""
        return self.at_risk / self.records


def measure(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], *, threshold: int = THRESHOLD
) -> Reidentification:
    """Measure `table` on `columns` in one grouping pass.

    Raises NothingToMeasure for an empty table or choice, ValueError for a threshold below 2 or a repeated column.
    """
    chosen = tuple(columns)
    if threshold < 2:
        raise ValueError("threshold must be at least 2")
    if len(set(chosen)) != len(chosen):
        raise ValueError("a column is chosen twice")
    sizes = class_sizes(connection, table, chosen)
    if not sizes:
        raise NothingToMeasure
    return summarise(sizes, columns=chosen, threshold=threshold)


def class_sizes(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> dict[int, int]:
    """How many classes have each size: {size: number of classes}."""
    if not columns:
        raise NothingToMeasure
    grouped = ", ".join(quote(column) for column in columns)
    rows = connection.execute(
        f"SELECT size, count(*) FROM (SELECT count(*) AS size FROM {quote(table)} GROUP BY {grouped}) GROUP BY size"  # noqa: S608
    ).fetchall()
    return {int(size): int(classes) for size, classes in rows}


def summarise(sizes: Mapping[int, int], *, columns: tuple[str, ...], threshold: int) -> Reidentification:
    """The figures that follow from the class sizes alone."""
    return Reidentification(
        columns=columns,
        records=sum(size * classes for size, classes in sizes.items()),
        classes=sum(sizes.values()),
        k=min(sizes),
        unique=sizes.get(1, 0),
        threshold=threshold,
        at_risk=sum(size * classes for size, classes in sizes.items() if size < threshold),
        bands=tuple(_bands(sizes)),
    )


def _bands(sizes: Mapping[int, int]) -> list[Band]:
    bands = []
    low = 1
    for high in (*BAND_ENDS, 0):
        inside = {size: n for size, n in sizes.items() if size >= low and (not high or size <= high)}
        bands.append(Band(low, high, sum(inside.values()), sum(size * n for size, n in inside.items())))
        low = high + 1
    return bands


def quote(name: str) -> str:
    """A name as a DuckDB identifier, whatever it contains."""
    return '"' + name.replace('"', '""') + '"'
