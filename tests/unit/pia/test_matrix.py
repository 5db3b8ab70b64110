from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pia import matrix

levels = st.tuples(st.integers(1, 4), st.integers(1, 4))


def risk(number: int, inherent: tuple[int, int], current: tuple[int, int], band: str = "high") -> Any:
    return SimpleNamespace(
        pk=number,
        number=number,
        inherent_severity=inherent[0],
        inherent_likelihood=inherent[1],
        inherent_band="high",
        current_severity=current[0],
        current_likelihood=current[1],
        current_band=band,
    )


def inside(dot: matrix.Dot, cell: matrix.Cell) -> bool:
    across = cell.x <= dot.x - matrix.RADIUS and dot.x + matrix.RADIUS <= cell.x + matrix.WIDE
    return across and cell.y <= dot.y <= cell.y + matrix.HIGH


@given(st.lists(st.tuples(levels, levels), max_size=18))
def test_every_risk_is_drawn_inside_the_cell_of_its_level(
    places: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    risks = [risk(number, *place) for number, place in enumerate(places, start=1)]
    drawn = matrix.drawn(risks)
    cells = {(cell.severity, cell.likelihood): cell for cell in drawn.cells}
    assert {dot.risk.pk for dot in drawn.dots} == {one.pk for one in risks}
    for dot in drawn.dots:
        place = getattr(dot.risk, f"{dot.stage}_severity"), getattr(dot.risk, f"{dot.stage}_likelihood")
        assert inside(dot, cells[place])
    assert len(drawn.arrows) == sum(before != after for before, after in places)


def test_a_closed_risk_is_not_on_the_matrix() -> None:
    assert not matrix.drawn([risk(1, (4, 4), (4, 4), "closed")]).dots


def test_a_risk_that_did_not_move_is_drawn_once() -> None:
    assert len(matrix.drawn([risk(1, (3, 3), (3, 3))]).dots) == 1


def test_the_colours_follow_the_level_rule() -> None:
    drawn = ["".join(str(matrix.tone(s, likelihood)) for likelihood in (1, 2, 3, 4)) for s in (4, 3, 2, 1)]
    assert drawn == ["2344", "2234", "1122", "1122"]
