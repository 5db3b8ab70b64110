"""The risk matrix: severity by likelihood, each risk from where it was to where it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from reports.rendering.charts import svg

TINTS: Final[Mapping[str, str]] = {"low": "#e8f5ec", "medium": "#fff6d6", "high": "#fbd5d5"}
_CELL_W: Final = 96.0
_CELL_H: Final = 74.0
_GAP: Final = 3.0
_LEFT: Final = 116.0
_TOP: Final = 4.0
_FOOT: Final = 50.0
_RADIUS: Final = 10.5
#: Marks side by side in one lane of a cell; what doesn't fit is counted in the last place.
_ACROSS: Final = 4
#: Lanes of a row. A risk keeps its lane from cell to cell, so that arrows don't lie on each other.
_LANES: Final = 3

Place = tuple[int, int]  # severity, likelihood; each 1..4


@dataclass(frozen=True, slots=True)
class Mark:
    """One risk: its letter, where it stood without controls, and where it stands now (None: closed)."""

    letter: str
    before: Place
    after: Place | None


@dataclass(frozen=True, slots=True)
class Words:
    """Everything written on the chart, in the report's language. Levels: words for 1..4."""

    alt: str
    severity: str
    likelihood: str
    levels: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Spot:
    letter: str
    place: Place
    filled: bool


def band(place: Place) -> str:
    """Low, medium or high, by the product's rule for one cell."""
    severity, likelihood = place
    if (severity >= 3 and likelihood >= 3) or (severity == 4 and likelihood >= 2):
        return "high"
    return "medium" if severity >= 3 or likelihood >= 3 else "low"


def draw(marks: Sequence[Mark], words: Words) -> bytes:
    """Hollow before, filled after, joined by an arrow; a risk that has not moved is drawn filled only."""
    root = svg.canvas(_LEFT + 4 * (_CELL_W + _GAP), _TOP + 4 * (_CELL_H + _GAP) + _FOOT, words.alt)
    _arrowhead(root)
    _grid(root, words)
    spots = _spots(marks)
    centres, overflow = _lay_out(spots)
    for mark in marks:
        _arrow(root, centres.get((mark.letter, False)), centres.get((mark.letter, True)))
    for spot in spots:
        if centre := centres.get((spot.letter, spot.filled)):
            _disc(root, centre, spot)
    for (x, y), count in overflow:
        svg.label(root, x, y + 3.5, f"+{count}", size=11, anchor="middle", weight=600)
    return svg.to_bytes(root)


def _spots(marks: Sequence[Mark]) -> list[_Spot]:
    moved = [_Spot(m.letter, m.before, filled=False) for m in marks if m.before != m.after]
    return moved + [_Spot(m.letter, m.after, filled=True) for m in marks if m.after]


def _lay_out(
    spots: Sequence[_Spot],
) -> tuple[dict[tuple[str, bool], tuple[float, float]], list[tuple[tuple[float, float], int]]]:
    """Centres by (letter, filled), and how many found no room, by place."""
    rows: dict[int, list[str]] = defaultdict(list)
    for spot in spots:
        if spot.letter not in rows[spot.place[0]]:
            rows[spot.place[0]].append(spot.letter)
    lanes: dict[tuple[Place, int], list[_Spot]] = defaultdict(list)
    for spot in spots:
        lanes[spot.place, rows[spot.place[0]].index(spot.letter) % _LANES].append(spot)
    centres: dict[tuple[str, bool], tuple[float, float]] = {}
    overflow: list[tuple[tuple[float, float], int]] = []
    for (place, lane), members in lanes.items():
        slots = _slots(place, lane, min(len(rows[place[0]]), _LANES), min(len(members), _ACROSS))
        shown = members if len(members) <= len(slots) else members[: len(slots) - 1]
        centres.update({(spot.letter, spot.filled): slot for spot, slot in zip(shown, slots, strict=False)})
        if len(shown) < len(members):
            overflow.append((slots[-1], len(members) - len(shown)))
    return centres, overflow


def _slots(place: Place, lane: int, lanes: int, count: int) -> list[tuple[float, float]]:
    """`count` centres side by side in one of the row's lanes."""
    left, top = _corner(place)
    y = top + _CELL_H / 2 + (lane - (lanes - 1) / 2) * (2 * _RADIUS + 2)
    middle, step = left + _CELL_W / 2, 2 * _RADIUS + 2
    return [(middle + (index - (count - 1) / 2) * step, y) for index in range(count)]


def _corner(place: Place) -> tuple[float, float]:
    severity, likelihood = place
    return _LEFT + (likelihood - 1) * (_CELL_W + _GAP), _TOP + (4 - severity) * (_CELL_H + _GAP)


def _grid(root: Element, words: Words) -> None:
    bottom = _TOP + 4 * (_CELL_H + _GAP)
    for level in range(1, 5):
        left, top = _corner((level, level))
        name = f"{level} {words.levels[level - 1]}"
        svg.label(root, _LEFT - 9, top + _CELL_H / 2 + 4, name, size=12, fill=svg.MUTED, anchor="end")
        svg.label(root, left + _CELL_W / 2, bottom + 15, name, size=12, fill=svg.MUTED, anchor="middle")
        for likelihood in range(1, 5):
            x, y = _corner((level, likelihood))
            svg.add(root, "rect", x=x, y=y, width=_CELL_W, height=_CELL_H, rx=5, fill=TINTS[band((level, likelihood))])
    middle = (_TOP + bottom) / 2
    vertical = svg.label(root, 14, middle, words.severity, size=12.5, anchor="middle", weight=600)
    vertical.set("transform", f"rotate(-90 14 {middle:g})")
    svg.label(root, _LEFT + 2 * (_CELL_W + _GAP), bottom + 39, words.likelihood, size=12.5, anchor="middle", weight=600)


def _arrowhead(root: Element) -> None:
    marker = svg.add(
        svg.add(root, "defs"), "marker", id="head", viewBox="0 0 6 6", refX=5.5, refY=3,
        markerWidth=6, markerHeight=6, orient="auto",
    )  # fmt: skip
    svg.add(marker, "path", d="M0 0 L6 3 L0 6 z", fill=svg.INK)


def _arrow(root: Element, start: tuple[float, float] | None, end: tuple[float, float] | None) -> None:
    if not start or not end:
        return
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length < 3 * _RADIUS:
        return
    ux, uy = dx / length * (_RADIUS + 1.5), dy / length * (_RADIUS + 1.5)
    svg.add(
        root, "line", x1=start[0] + ux, y1=start[1] + uy, x2=end[0] - ux, y2=end[1] - uy,
        stroke=svg.INK, stroke_width=0.9, stroke_dasharray="3 2", marker_end="url(#head)",
    )  # fmt: skip


def _disc(root: Element, centre: tuple[float, float], spot: _Spot) -> None:
    x, y = centre
    fill, ink = (svg.INK, svg.PAPER) if spot.filled else (svg.PAPER, svg.INK)
    svg.add(root, "circle", cx=x, cy=y, r=_RADIUS, fill=fill, stroke=svg.INK, stroke_width=1)
    size = 11.0 if len(spot.letter) < 2 else 9.0
    svg.label(root, x, y + size * 0.36, spot.letter, size=size, fill=ink, anchor="middle", weight=600)
