"""Where things stand on the severity x likelihood matrix: whole-number coordinates, so that no locale turns them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pia.models import Risk

LEFT, TOP = 56, 8
WIDE, HIGH, GAP = 124, 92, 6
RADIUS: Final = 11
SIZE: Final = (LEFT + 4 * (WIDE + GAP), TOP + 4 * (HIGH + GAP) + 46)


def tone(severity: int, likelihood: int) -> int:
    """1 to 4, as the cell is coloured: low, medium, high, and high with both at the top."""
    if severity + likelihood >= 7 and min(severity, likelihood) >= 3:
        return 4
    if (severity >= 3 and likelihood >= 3) or (severity == 4 and likelihood >= 2):
        return 3
    return 2 if severity >= 3 or likelihood >= 3 else 1


@dataclass(frozen=True, slots=True)
class Cell:
    severity: int
    likelihood: int
    x: int
    y: int
    tone: int
    count: int = 0

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + WIDE // 2, self.y + HIGH // 2


@dataclass(frozen=True, slots=True)
class Dot:
    """One risk at one stage. `arrow` ends at the dot's edge; absent where nothing moved."""

    risk: Risk
    stage: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Matrix:
    cells: tuple[Cell, ...]
    dots: tuple[Dot, ...]
    arrows: tuple[Arrow, ...]
    width: int = SIZE[0]
    height: int = SIZE[1]
    cell_width: int = WIDE
    cell_height: int = HIGH
    radius: int = RADIUS


def cells(counts: dict[tuple[int, int], int] | None = None) -> tuple[Cell, ...]:
    """The sixteen cells, severity 4 on top."""
    found = counts or {}
    return tuple(
        Cell(
            severity=severity,
            likelihood=likelihood,
            x=LEFT + (likelihood - 1) * (WIDE + GAP),
            y=TOP + (4 - severity) * (HIGH + GAP),
            tone=tone(severity, likelihood),
            count=found.get((severity, likelihood), 0),
        )
        for severity in (4, 3, 2, 1)
        for likelihood in (1, 2, 3, 4)
    )


def drawn(risks: Sequence[Risk], *, start: str = "inherent", end: str = "current") -> Matrix:
    """Every open risk where it began (if it moved) and where it is now, with an arrow between."""
    open_risks = sorted((risk for risk in risks if getattr(risk, f"{end}_band") != "closed"), key=_number)
    moved = [risk for risk in open_risks if _place(risk, start) != _place(risk, end)]
    where: dict[tuple[int, int], list[tuple[Risk, str]]] = {}
    for stage, members in ((start, moved), (end, open_risks)):
        for risk in members:
            where.setdefault(_place(risk, stage), []).append((risk, stage))
    grid = {(cell.severity, cell.likelihood): cell for cell in cells()}
    dots = [dot for place, members in where.items() if place in grid for dot in _spread(grid[place], members)]
    at = {(dot.risk.pk, dot.stage): dot for dot in dots}
    pairs = [(at[(risk.pk, start)], at[(risk.pk, end)]) for risk in moved if (risk.pk, start) in at]
    return Matrix(cells=tuple(grid.values()), dots=tuple(dots), arrows=tuple(_arrow(*pair) for pair in pairs))


def _number(risk: Risk) -> int:
    return risk.number


def _place(risk: Risk, stage: str) -> tuple[int, int]:
    return getattr(risk, f"{stage}_severity"), getattr(risk, f"{stage}_likelihood")


def _spread(cell: Cell, members: Iterable[tuple[Risk, str]]) -> list[Dot]:
    """Rows of dots, centred in the cell and never outside it."""
    listed = list(members)
    columns = min(5, max(1, math.ceil(math.sqrt(len(listed) * WIDE / HIGH))))
    rows = math.ceil(len(listed) / columns)
    step_x, step_y = min(26, WIDE // columns), min(26, HIGH // rows)
    found = []
    for index, (risk, stage) in enumerate(listed):
        row, column = divmod(index, columns)
        in_row = min(columns, len(listed) - row * columns)
        x = cell.middle[0] + round((column - (in_row - 1) / 2) * step_x)
        y = cell.middle[1] + round((row - (rows - 1) / 2) * step_y)
        found.append(Dot(risk, stage, x, y))
    return found


def _arrow(start: Dot, end: Dot) -> Arrow:
    """From edge to edge, with room for the head."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1
    ux, uy = dx / length, dy / length
    return Arrow(
        x1=round(start.x + ux * (RADIUS + 1)),
        y1=round(start.y + uy * (RADIUS + 1)),
        x2=round(end.x - ux * (RADIUS + 4)),
        y2=round(end.y - uy * (RADIUS + 4)),
    )
