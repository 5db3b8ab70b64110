"""The data-flow diagram for print, from shapes the data map has already cleaned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.rendering.charts import svg

#: Tag, attributes, text.
Shape = tuple[str, Mapping[str, str], str]


def draw(shapes: Iterable[Shape], *, view_box: str, size: tuple[int, int], move: str, alt: str) -> bytes:
    """`view_box` and `move` as Graphviz gives them; `size` in px."""
    root = svg.canvas(*size, alt)
    root.set("viewBox", view_box)
    group = svg.add(root, "g", transform=f"translate({move})")
    for tag, attributes, text in shapes:
        svg.add(group, tag, text or None, **attributes)
    return svg.to_bytes(root)
