"""A measurement as its card shows it: figures in words, verdict, chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.models import UNFINISHED
from datamap.models import Dataset
from lab import selectors
from lab.charts import BandChart, band_chart
from lab.models import Measurement
from lab.wording import percent, reason_text


@dataclass(frozen=True, slots=True)
class Card:
    """A measurement as its card shows it; figures and chart only where there is a result."""

    measurement: Measurement
    chart: BandChart | None
    verdict: tuple[str, ...]
    figures: dict[str, str]
    sets: tuple[tuple[str, str], ...]


def card_of(measurement: Measurement) -> Card:
    result = measurement.result
    if result is None:
        return Card(measurement, None, (), {}, ())
    return Card(
        measurement,
        band_chart(result),
        tuple(reason_text(reason) for reason in result["because"]),
        {
            "uniqueness": percent(result["uniqueness"]),
            "average": percent(result["average_risk"]),
            "highest": percent(result["highest_risk"]),
            "at_risk": percent(result["share_at_risk"]),
        },
        tuple((", ".join(found["columns"]), percent(found["share"])) for found in result["identifying_sets"][:10]),
    )


@dataclass(frozen=True, slots=True)
class Least:
    """The smallest set of columns that singles people out, and how many."""

    columns: tuple[str, ...]
    share: str


def gauge_context(dataset: Dataset) -> dict[str, Any]:
    """What the tile of a sample shows of its measurement."""
    found = selectors.gauge_of(dataset)
    result = found.result if found else None
    sets = result["identifying_sets"] if result else []
    return {
        "dataset": dataset,
        "project": dataset.project,
        "card": card_of(found) if found else None,
        "busy": bool(found and not found.is_measured and found.job and found.job.state in UNFINISHED),
        "least": Least(tuple(sets[0]["columns"]), percent(sets[0]["share"])) if sets else None,
    }
