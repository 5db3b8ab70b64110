"""The re-identification engine against a slow, independent computation and its own invariants."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.types import Identifying
from lab.reidentification.discover import Column, identifying_sets, suggest
from lab.reidentification.measure import NothingToMeasure, Reidentification, measure
from lab.reidentification.verdict import Exposure, verdict

Row = tuple[str | None, ...]
NAMES = ("a", 'b "quoted"', "c; drop", "d")

tables = st.lists(st.tuples(*[st.sampled_from(["x", "y", "z", "", None]) for _ in NAMES]), min_size=1, max_size=40)


CONNECTION = duckdb.connect()


def loaded(rows: Sequence[Row], names: tuple[str, ...] = NAMES) -> duckdb.DuckDBPyConnection:
    """A database whose table `t` holds exactly these rows as text. One connection: opening one costs 20 ms."""
    columns = ", ".join('"' + name.replace('"', '""') + '" VARCHAR' for name in names)
    CONNECTION.execute(f"CREATE OR REPLACE TABLE t ({columns})")
    one = f"({', '.join('?' for _ in names)})"
    CONNECTION.execute(f"INSERT INTO t VALUES {', '.join([one] * len(rows))}", [cell for row in rows for cell in row])  # noqa: S608
    return CONNECTION


def slowly(rows: Sequence[Row], threshold: int) -> dict[str, float]:
    """The same figures, record by record, as the definitions say."""
    alike = Counter(rows)
    risks = [1 / alike[row] for row in rows]
    return {
        "records": len(rows),
        "classes": len(set(rows)),
        "k": min(alike.values()),
        "uniqueness": sum(1 for row in rows if alike[row] == 1) / len(rows),
        "highest": max(risks),
        "average": sum(risks) / len(risks),
        "at_risk": sum(1 for row in rows if alike[row] < threshold) / len(rows),
    }


def figures(result: Reidentification) -> dict[str, float]:
    return {
        "records": result.records,
        "classes": result.classes,
        "k": result.k,
        "uniqueness": result.uniqueness,
        "highest": result.highest_risk,
        "average": result.average_risk,
        "at_risk": result.share_at_risk,
    }


@given(tables, st.integers(2, 12))
def test_every_figure_agrees_with_a_record_by_record_count(rows: list[Row], threshold: int) -> None:
    result = measure(loaded(rows), "t", NAMES, threshold=threshold)
    assert figures(result) == pytest.approx(slowly(rows, threshold))


@given(tables)
def test_the_bands_share_out_all_records_and_classes(rows: list[Row]) -> None:
    result = measure(loaded(rows), "t", NAMES)
    assert sum(band.records for band in result.bands) == result.records
    assert sum(band.classes for band in result.bands) == result.classes
    assert all(after.low == before.high + 1 for before, after in pairwise(result.bands))


@given(tables, st.permutations(NAMES))
def test_knowing_one_more_column_never_hides_anyone(rows: list[Row], order: list[str]) -> None:
    connection = loaded(rows)
    results = [measure(connection, "t", order[:width]) for width in range(1, len(order) + 1)]
    for narrower, wider in pairwise(results):
        assert 1 <= wider.k <= narrower.k
        assert wider.average_risk >= narrower.average_risk
        assert wider.uniqueness >= narrower.uniqueness


@given(tables, st.floats(0.01, 1))
def test_identifying_sets_are_all_the_minimal_ones(rows: list[Row], share: float) -> None:
    index = {name: place for place, name in enumerate(NAMES)}

    def singles_out(chosen: tuple[str, ...]) -> bool:
        cut = [tuple(row[index[name]] for name in chosen) for row in rows]
        alone = sum(1 for n in Counter(cut).values() if n == 1)
        return alone > 0 and alone >= share * len(rows)

    identifying = [set(c) for width in (1, 2, 3) for c in combinations(NAMES, width) if singles_out(c)]
    minimal = [s for s in identifying if not any(other < s for other in identifying)]
    found = identifying_sets(loaded(rows), "t", NAMES, at_least=share)
    assert sorted(map(sorted, minimal)) == sorted(sorted(s.columns) for s in found.sets)


def test_a_census_like_table_matches_the_independent_figures() -> None:
    """Nine columns of the Adult kind, made here: 2,000 people of skewed attributes."""
    maker = random.Random(7)  # noqa: S311
    spread = (2, 60, 5, 7, 16, 30, 7, 14, 2)
    rows = [tuple(str(int(maker.random() ** 2 * n)) for n in spread) for _ in range(2000)]
    names = tuple(f"column {n}" for n in range(9))
    assert figures(measure(loaded(rows, names), "t", names)) == pytest.approx(slowly(rows, 11))


def test_an_empty_table_or_choice_is_refused() -> None:
    with pytest.raises(NothingToMeasure):
        measure(loaded([("x", "x", "x", "x")]), "t", ())
    empty = duckdb.connect()
    empty.execute("CREATE TABLE t (a VARCHAR)")
    with pytest.raises(NothingToMeasure):
        measure(empty, "t", ("a",))
    with pytest.raises(NothingToMeasure):
        identifying_sets(empty, "t", ("a",))


def test_a_repeated_column_or_a_threshold_of_one_is_refused() -> None:
    connection = loaded([("x", "x", "x", "x")])
    with pytest.raises(ValueError, match="twice"):
        measure(connection, "t", ("a", "a"))
    with pytest.raises(ValueError, match="threshold"):
        measure(connection, "t", ("a",), threshold=1)


def test_only_usable_quasi_identifiers_are_suggested() -> None:
    columns = [
        Column("email", Identifying.DIRECT, 500, 500),
        Column("birth_year", Identifying.QUASI, 60, 500),
        Column("order_no", Identifying.QUASI, 500, 500),
        Column("note", Identifying.QUASI, 400, 500, free_text=True),
        Column("city", Identifying.QUASI, 40, 500),
        Column("plan", Identifying.NONE, 3, 500),
    ]
    assert suggest(columns) == ("birth_year", "city")


@pytest.mark.parametrize(
    ("rows", "exposure", "code"),
    [
        ([("x",)] * 11 + [("y",)] * 12, Exposure.LOW, "reid.hidden"),
        ([("x",)] * 30 + [("y",)] * 5, Exposure.MEDIUM, "reid.small_groups"),
        ([("x",)] * 99 + [("y",)], Exposure.MEDIUM, "reid.singled_out"),
        ([("x",)] * 10 + [("y",), ("z",)], Exposure.HIGH, "reid.singled_out"),
        ([(str(n // 2),) for n in range(20)], Exposure.HIGH, "reid.small_groups"),
    ],
)
def test_the_verdict_says_what_decided_it(rows: list[Row], exposure: Exposure, code: str) -> None:
    judged = verdict(measure(loaded(rows, ("a",)), "t", ("a",)))
    assert judged.exposure is exposure
    assert judged.because[0].code == code
    assert judged.because[-1].code == "reid.sample_only"


def test_the_verdict_names_the_smallest_identifying_set() -> None:
    connection = loaded([(str(n), "x", "x", str(n % 3)) for n in range(30)])
    search = identifying_sets(connection, "t", NAMES)
    reasons = {reason.code: reason.params for reason in verdict(measure(connection, "t", NAMES), search).because}
    assert reasons["reid.least_columns"]["columns"] == "a"
    assert reasons["reid.least_columns"]["share"] == 1.0
