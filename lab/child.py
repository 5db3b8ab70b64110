"""What the sandboxed child runs: columns out of an encrypted sample, through the engine, figures back. No Django."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from datamap.scanner.read import load_columns
from lab.reidentification.discover import SEED, Search, identifying_sets
from lab.reidentification.measure import NothingToMeasure, Reidentification, measure
from lab.reidentification.verdict import verdict

if TYPE_CHECKING:
    from core.types import Json

#: More rows are measured on an even sample of this many, and the result says so.
MAX_ROWS: Final = 200_000
DATABASE: Final[dict[str, str | int | float | list[str]]] = {
    "memory_limit": "512MB",
    "temp_directory": "",
    "threads": 1,
}


class Unmeasurable(Exception):
    """Nothing can be measured; `code` says why, without any cell."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def reidentification(request: Mapping[str, Any], progress: Callable[[int, str], None]) -> dict[str, Json]:
    """Measure {"handle", "name", "columns", "threshold"}; progress codes are reading, measuring, searching."""
    columns = [str(column) for column in request["columns"]]
    progress(10, "reading")
    cells = load_columns(request["handle"], columns, MAX_ROWS, name=str(request.get("name", "")))
    connection = duckdb.connect(config=DATABASE)
    connection.register("sample", pa.table({name: pa.array(cells[name], pa.string()) for name in columns}))
    progress(50, "measuring")
    try:
        result = measure(connection, "sample", columns, threshold=int(request["threshold"]))
        progress(70, "searching")
        search = identifying_sets(connection, "sample", columns)
    except NothingToMeasure:
        raise Unmeasurable("no_rows") from None
    return {
        **_figures(result, search),
        "versions": {name: version(name) for name in ("duckdb", "pyarrow")},
        "seed": SEED,
    }


def _figures(result: Reidentification, search: Search) -> dict[str, Json]:
    judged = verdict(result, search, part_of_file=result.records >= MAX_ROWS)
    return {
        "columns": list(result.columns),
        "records": result.records,
        "classes": result.classes,
        "k": result.k,
        "unique": result.unique,
        "threshold": result.threshold,
        "at_risk": result.at_risk,
        "uniqueness": result.uniqueness,
        "highest_risk": result.highest_risk,
        "average_risk": result.average_risk,
        "share_at_risk": result.share_at_risk,
        "bands": [asdict(band) for band in result.bands],
        "identifying_sets": [
            {"columns": list(found.columns), "unique": found.unique, "share": found.share} for found in search.sets[:50]
        ],
        "exposure": str(judged.exposure),
        "because": [{"code": reason.code, "params": dict(reason.params)} for reason in judged.because],
    }
