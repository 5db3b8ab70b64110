"""A measurement as its card shows it: figures in words, verdict, chart."""

from __future__ import annotations

from dataclasses import dataclass

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
