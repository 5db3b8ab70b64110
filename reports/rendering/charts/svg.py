"""The few SVG words the charts are made of, and their palette."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

NAMESPACE: Final = "http://www.w3.org/2000/svg"
FONT: Final = "Inter, Noto Sans, sans-serif"
INK: Final = "#101828"
MUTED: Final = "#667085"
LINE: Final = "#e4e7ec"
PAPER: Final = "#ffffff"
ACCENT: Final = "#0f5f6b"

register_namespace("", NAMESPACE)


def canvas(width: float, height: float, label: str) -> Element:
    """An empty drawing, in CSS pixels; `label` is its text alternative."""
    root = Element(
        f"{{{NAMESPACE}}}svg",
        {"viewBox": f"0 0 {_n(width)} {_n(height)}", "width": _n(width), "height": _n(height), "role": "img"},
    )
    root.set("font-family", FONT)
    title = SubElement(root, f"{{{NAMESPACE}}}title")
    title.text = _clean(label)
    return root


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """Append an element; `_` in an attribute's name becomes `-`."""
    names = {name.rstrip("_").replace("_", "-"): _n(value) for name, value in attributes.items()}
    child = SubElement(parent, f"{{{NAMESPACE}}}{tag}", names)
    if text is not None:
        child.text = _clean(text)
    return child


def label(
    parent: Element,
    x: float,
    y: float,
    text: str,
    *,
    size: float = 10,
    fill: str = INK,
    anchor: str = "start",
    weight: int = 400,
) -> Element:
    return add(parent, "text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, font_weight=weight)


def to_bytes(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8"))


def shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _n(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    """XML 1.0 allows no control characters, not even escaped."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\x7f\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
