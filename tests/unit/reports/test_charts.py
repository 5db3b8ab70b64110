from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rendering.charts import bars, flow, matrix, svg

WORDS = matrix.Words("Risks", "Severity", "Likelihood", ("Negligible", "Limited", "Significant", "Maximum"))
places = st.tuples(st.integers(1, 4), st.integers(1, 4))


def texts(drawing: bytes) -> list[str]:
    return [element.text or "" for element in shapes(drawing, "text")]


def shapes(drawing: bytes, tag: str) -> list[Element]:
    return list(fromstring(drawing).iter(f"{{{svg.NAMESPACE}}}{tag}"))  # noqa: S314 - our own drawing


@given(st.lists(st.tuples(places, st.none() | places), max_size=40))
def test_every_risk_is_on_the_matrix_or_counted(moves: list[tuple[tuple[int, int], tuple[int, int] | None]]) -> None:
    marks = [matrix.Mark(str(i), before, after) for i, (before, after) in enumerate(moves)]
    drawing = matrix.draw(marks, WORDS)
    discs = len(shapes(drawing, "circle"))
    hidden = sum(int(text[1:]) for text in texts(drawing) if text.startswith("+"))
    expected = sum((mark.before != mark.after) + (mark.after is not None) for mark in marks)
    assert discs + hidden == expected


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ((1, 1), "low"),
        ((2, 2), "low"),
        ((3, 1), "medium"),
        ((2, 4), "medium"),
        ((4, 1), "medium"),
        ((4, 2), "high"),
        ((3, 3), "high"),
    ],
)
def test_a_cell_has_the_colour_of_its_level(place: tuple[int, int], level: str) -> None:
    assert matrix.band(place) == level


def test_text_in_a_chart_is_escaped_and_free_of_control_characters() -> None:
    drawing = bars.shares([bars.Bar("<script>\x00&", 0.5, "50 %")], "x")
    assert b"<script" not in drawing
    assert texts(drawing) == ["<script>&", "50 %"]


def test_coverage_names_each_grade_once_in_the_legend() -> None:
    drawing = bars.coverage(
        [bars.Stack("GDPR", {"tested": 0.6, "unmet": 0.4})], {"tested": "tested", "unmet": "unmet"}, "x"
    )
    assert texts(drawing) == ["GDPR", "60%", "40%", "tested", "unmet"]


def test_a_diagram_is_moved_sized_and_titled() -> None:
    shapes = [
        ("polygon", {"points": "0,0 1,1", "fill": "#ffffff"}, ""),
        ("text", {"x": "1", "text-anchor": "middle"}, "a<b"),
    ]
    drawing = flow.draw(shapes, view_box="0 0 8 9", size=(16, 18), move="4 5", alt="flows")
    assert b'viewBox="0 0 8 9"' in drawing
    assert b'transform="translate(4 5)"' in drawing
    assert b'text-anchor="middle"' in drawing
    assert texts(drawing) == ["a<b"]
