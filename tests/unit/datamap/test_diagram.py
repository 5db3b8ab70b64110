"""The flow graph as a picture: nothing of a user is syntax, nothing of Graphviz is taken unseen."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datamap import diagram
from datamap.diagram import Edge, Node, NotDrawn, dot_source, draw, read_svg

needs_graphviz = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_labels_stay_inside_their_quotes(name: str, label: str, boundary: str) -> None:
    source = dot_source(
        [Node("a", "store", name, "x"), Node("b", "model", "m")], [Edge("a", "b", label)], {"x": boundary}
    )
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', source)
    assert '"' not in bare.replace('""', "")
    assert bare.count(" -> ") == 1
    assert re.fullmatch(r"[\x20-\x7e\n]*", bare)


@needs_graphviz
@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_drawn(name: str) -> None:
    picture = draw([Node("a", "store", name), Node("b", "subjects", name)], [Edge("b", "a", name, "bad")], {})
    assert picture.shapes and picture.width > 0


def test_only_known_shapes_and_paint_are_kept() -> None:
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20"><style>x{}</style><script>alert(1)</script>
      <g transform="scale(1 1) rotate(0) translate(4 16)"><a href="javascript:x"><image href="http://x"/></a>
      <path d="M1,2C3,4" style="fill:red" onclick="x()" fill="#ffffff" stroke="url(#x)"/>
      <text x="1" y="2">a &lt; b</text></g></svg>"""
    picture = read_svg(svg)
    assert [shape.tag for shape in picture.shapes] == ["path", "text"]
    assert dict(picture.shapes[0].attributes) == {"d": "M1,2C3,4", "fill": "#ffffff"}
    assert picture.shapes[1].text == "a < b"
    assert picture.translate == "4 16"


def test_a_graph_too_large_is_refused_before_it_is_tried() -> None:
    with pytest.raises(NotDrawn, match="too_large"):
        draw([Node(str(number), "store", "x") for number in range(diagram.MAX_ELEMENTS + 1)], [], {})


def test_without_graphviz_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NotDrawn, match="no_graphviz"):
        draw([Node("a", "store", "x")], [], {})
