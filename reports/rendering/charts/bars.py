"""Horizontal bars: one stacked bar per framework, or one bar per measured share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from reports.rendering.charts import svg

_WIDTH: Final = 640.0
_NAME: Final = 190.0
_ROW: Final = 27.0
#: Grade -> fill. Hatching is not needed: each part also carries its figure, and a table stands beside the chart.
GRADES: Final[Mapping[str, str]] = {
    "tested": "#0f5f6b",
    "documented": "#4f97a1",
    "asserted": "#a9cfd5",
    "partial": "#f2cf7a",
    "unmet": "#d98080",
    "unanswered": "#e4e7ec",
}
_LIGHT_TEXT: Final = frozenset({"tested"})


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: shares by grade, 0..1, together at most 1."""

    name: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One share, 0..1, with the figure as it is to be read."""

    name: str
    share: float
    figure: str


def coverage(stacks: Sequence[Stack], grades: Mapping[str, str], alt: str) -> bytes:
    """Stacked bars with a legend. `grades`: grade -> its word, in drawing order."""
    root = svg.canvas(_WIDTH, len(stacks) * _ROW + 26, alt)
    room = _WIDTH - _NAME
    for row, stack in enumerate(stacks):
        top = row * _ROW + 3
        svg.label(root, 0, top + 13, svg.shorten(stack.name, 32), size=11)
        x = _NAME
        for grade in grades:
            share = min(max(stack.shares.get(grade, 0.0), 0.0), 1.0)
            if not share:
                continue
            svg.add(root, "rect", x=x, y=top, width=max(share * room - 1, 0.5), height=18, rx=2, fill=GRADES[grade])
            if share >= 0.055:
                ink = svg.PAPER if grade in _LIGHT_TEXT else svg.INK
                svg.label(root, x + share * room / 2, top + 12.5, f"{share:.0%}", size=9, fill=ink, anchor="middle")
            x += share * room
    _legend_row(root, len(stacks) * _ROW + 16, grades)
    return svg.to_bytes(root)


def shares(bars: Sequence[Bar], alt: str) -> bytes:
    """One bar per row, its figure behind it."""
    root = svg.canvas(_WIDTH, max(len(bars), 1) * _ROW, alt)
    room = _WIDTH - _NAME - 90
    for row, bar in enumerate(bars):
        top = row * _ROW + 3
        width = min(max(bar.share, 0.0), 1.0) * room
        svg.label(root, 0, top + 13, svg.shorten(bar.name, 32), size=11)
        svg.add(root, "rect", x=_NAME, y=top + 2, width=room, height=14, rx=3, fill="#eef1f5")
        svg.add(root, "rect", x=_NAME, y=top + 2, width=max(width, 1.5), height=14, rx=3, fill=svg.ACCENT)
        svg.label(root, _NAME + room + 8, top + 13, bar.figure, size=11, weight=600)
    return svg.to_bytes(root)


def _legend_row(root: Element, y: float, grades: Mapping[str, str]) -> None:
    x = _NAME
    for grade, word in grades.items():
        svg.add(root, "rect", x=x, y=y - 7.5, width=8, height=8, rx=2, fill=GRADES[grade])
        svg.label(root, x + 12, y, word, size=9, fill=svg.MUTED)
        x += 22 + 5.2 * len(word)
