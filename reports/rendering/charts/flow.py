"""Graphviz's drawing of the data flows, reduced to shapes and text fit for a report."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from reports.rendering.charts import svg

_SHAPES: Final = frozenset(
    {"svg", "g", "path", "polygon", "polyline", "ellipse", "rect", "line", "circle", "text", "tspan"}
)
_GEOMETRY: Final = {"width", "height", "viewBox", "transform", "d", "points", "cx", "cy", "rx", "ry", "r"}
_ENDS: Final = {"x", "y", "x1", "y1", "x2", "y2"}
_LOOKS: Final = {"fill", "stroke", "stroke-width", "stroke-dasharray", "opacity"}
_TYPE: Final = {"text-anchor", "font-size", "font-weight"}
_ATTRIBUTES: Final = frozenset(_GEOMETRY | _ENDS | _LOOKS | _TYPE)


class NotADrawing(ValueError):
    """What was handed in is no SVG."""


def clean(drawing: bytes, alt: str) -> bytes:
    """Keep shapes, text and their geometry; drop links, scripts, images, styles, comments and the document type.

    Raises NotADrawing.
    """
    source = _parse(drawing)
    if _name(source) != "svg" or not source.get("viewBox"):
        raise NotADrawing("no svg element with a viewBox")
    root = Element(f"{{{svg.NAMESPACE}}}svg", {**_kept(source), "role": "img", "font-family": svg.FONT})
    svg.add(root, "title", alt)
    _copy(source, root)
    return svg.to_bytes(root)


def size(drawing: bytes) -> tuple[float, float]:
    """Width and height in the drawing's own units."""
    parts = _parse(drawing).get("viewBox", "0 0 1 1").split()
    return float(parts[2]), float(parts[3])


def _parse(drawing: bytes) -> Element:
    """Without entity declarations there is nothing to expand; expat fetches nothing by itself."""
    try:
        text = drawing.decode("utf-8")
        if "<!ENTITY" in text:
            raise NotADrawing("declares entities")
        return fromstring(text)  # noqa: S314 - see above
    except (UnicodeDecodeError, ParseError) as error:
        raise NotADrawing("not well-formed") from error


def _copy(source: Element, target: Element) -> None:
    for child in source:
        name = _name(child)
        if name == "a":  # a link's contents stay, the link goes
            _copy(child, target)
        elif name in _SHAPES:
            _copy(child, svg.add(target, name, (child.text or "").strip() or None, **_kept(child)))


def _kept(element: Element) -> dict[str, str]:
    return {
        name: value for name, value in element.attrib.items() if name in _ATTRIBUTES and "url(" not in value.lower()
    }


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
