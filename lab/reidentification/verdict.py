"""A measurement in words: a level and the reasons behind it. The floor above words the codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.types import Reason
from lab.reidentification.discover import Search
from lab.reidentification.measure import Reidentification

#: One record in twenty alone with its values: an attacker who knows the columns finds that many people for certain.
HIGH_UNIQUENESS: Final = 0.05
#: Average class smaller than five, the usual smallest cell of published statistics.
HIGH_AVERAGE: Final = 0.2
#: Fewer records than this say little about a population.
FEW_RECORDS: Final = 100


class Exposure(StrEnum):
    """How easily people are singled out on the columns measured."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level, the reason that decided it first."""

    exposure: Exposure
    because: tuple[Reason, ...]


def verdict(result: Reidentification, search: Search | None = None, *, part_of_file: bool = False) -> Verdict:
    """Judge a measurement against the threshold it was made with. `part_of_file`: only some rows were read."""
    return Verdict(_exposure(result), (_decisive(result), *_details(result, search, part_of_file=part_of_file)))


def _exposure(result: Reidentification) -> Exposure:
    if result.k >= result.threshold:
        return Exposure.LOW
    if result.uniqueness >= HIGH_UNIQUENESS or result.average_risk >= HIGH_AVERAGE:
        return Exposure.HIGH
    return Exposure.MEDIUM


def _decisive(result: Reidentification) -> Reason:
    if result.k >= result.threshold:
        return Reason("reid.hidden", {"k": result.k, "threshold": result.threshold})
    if result.unique:
        return Reason(
            "reid.singled_out",
            {
                "share": result.uniqueness,
                "unique": result.unique,
                "records": result.records,
                "columns": ", ".join(result.columns),
            },
        )
    return Reason("reid.small_groups", {"k": result.k, "threshold": result.threshold})


def _details(result: Reidentification, search: Search | None, *, part_of_file: bool) -> list[Reason]:
    details = [
        Reason("reid.average", {"risk": result.average_risk, "classes": result.classes, "records": result.records}),
        Reason("reid.at_risk", {"share": result.share_at_risk, "threshold": result.threshold}),
    ]
    if search is not None and search.sets:
        least = search.sets[0]
        details.append(
            Reason(
                "reid.least_columns",
                {"columns": ", ".join(least.columns), "width": len(least.columns), "share": least.share},
            )
        )
    elif search is not None:
        details.append(Reason("reid.no_small_set", {}))
    if part_of_file or (search is not None and search.sampled):
        details.append(Reason("reid.part_of_file", {"rows": search.rows if search else result.records}))
    if result.records < FEW_RECORDS:
        details.append(Reason("reid.few_records", {"records": result.records}))
    details.append(Reason("reid.sample_only", {}))
    return details
