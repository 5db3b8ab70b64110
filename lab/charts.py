"""Charts as geometry: the template draws them as SVG, and the same rows make the table beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lab.wording import band_label, percent

WIDTH: Final = 360
LABEL: Final = 76
VALUE: Final = 58
ROW: Final = 24
BAR: Final = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One band of group sizes: where its bar lies, and its figures in words and numbers."""

    label: str
    records: int
    classes: int
    share: str
    tone: str
    y: int
    text_y: int
    width: float


@dataclass(frozen=True, slots=True)
class BandChart:
    """Records by the size of the group they hide in."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    label_x: int
    bar_x: int
    bar_height: int


def band_chart(result: Mapping[str, Any]) -> BandChart:
    """The chart of a stored re-identification result."""
    records, threshold = result["records"], result["threshold"]
    bars = tuple(_bar(place, band, records, threshold) for place, band in enumerate(result["bands"]))
    return BandChart(
        bars=bars,
        width=WIDTH,
        height=ROW * len(bars),
        label_x=LABEL - 8,
        bar_x=LABEL,
        bar_height=BAR,
    )


def _bar(place: int, band: Mapping[str, int], records: int, threshold: int) -> Bar:
    share = band["records"] / records
    room = WIDTH - LABEL - VALUE
    return Bar(
        label=band_label(band["low"], band["high"]),
        records=band["records"],
        classes=band["classes"],
        share=percent(share),
        tone=_tone(band["low"], threshold),
        y=ROW * place + (ROW - BAR) // 2,
        text_y=ROW * place + ROW // 2,
        width=round(room * share, 1),
    )


def _tone(low: int, threshold: int) -> str:
    """The colour of a level: alone is the worst, at or above the threshold the best."""
    if low == 1:
        return "4"
    if low >= threshold:
        return "1"
    return "3" if low < 5 else "2"
