"""The flow graph as a picture: values -> DOT -> Graphviz -> shapes a template draws. Plain Python.

Labels are quoted and node names generated, so nothing of a user is ever DOT syntax; of Graphviz's SVG only
known shapes with known presentation attributes are kept, so the picture needs no inline style and carries no script.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree  # noqa: S405 - reads only what our own Graphviz wrote

SECONDS: Final = 10
MAX_ELEMENTS: Final = 300
MAX_FLOWS: Final = 900
_POINT: Final = 1.1  # px for one of Graphviz's points
_WRAP: Final = 24
_FONT: Final = 'fontname="Inter,Helvetica,Arial,sans-serif"'
_FRAME: Final = 'labeljust=l; style="dashed"; color="#98a2b3"; fontcolor="#667085"; margin=14;'

_FILLS: Final = {
    "subjects": "#fff6d6",
    "process": "#e6f3f4",
    "model": "#dbeaf0",
    "store": "#f7f8fa",
    "recipient": "#ffe4cc",
}
_LINES: Final = {
    "subjects": "#713f12",
    "process": "#0f5f6b",
    "model": "#0f5f6b",
    "store": "#667085",
    "recipient": "#7c2d12",
}
_SHAPES: Final = {"subjects": "ellipse", "process": "box", "model": "hexagon", "store": "cylinder", "recipient": "box"}
_TONES: Final = {"bad": "#b42318", "warn": "#b54708", "plain": "#667085"}


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    name: str
    cluster: str = ""  # id of its boundary


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    label: str
    tone: str = "plain"  # bad: unprotected; warn: protection not known


@dataclass(frozen=True, slots=True)
class Shape:
    """One SVG element: its tag, its attributes that may be drawn, its text."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height in px; the shapes share one translation."""

    width: int
    height: int
    view_box: str
    translate: str
    shapes: tuple[Shape, ...] = field(default=())


class NotDrawn(Exception):
    """Graphviz is missing, too slow, or the graph too large; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def dot_source(nodes: Sequence[Node], edges: Sequence[Edge], clusters: Mapping[str, str]) -> str:
    """The graph in DOT: clusters are trust boundaries. `clusters` maps boundary id to its name."""
    ids = {node.id: f"n{index}" for index, node in enumerate(nodes)}
    lines = [
        "digraph g {",
        f'graph [rankdir=LR, bgcolor="transparent", {_FONT}, fontsize=12, nodesep=0.35, ranksep=0.55, margin=0.05];',
        f'node [{_FONT}, fontsize=12, style="filled", penwidth=1.2, margin="0.16,0.09", fontcolor="#101828"];',
        f"edge [{_FONT}, fontsize=11, arrowsize=0.7, penwidth=1.2];",
    ]
    for index, (cluster, name) in enumerate(clusters.items()):
        inside = [node for node in nodes if node.cluster == cluster]
        if inside:
            lines.append(f"subgraph cluster_{index} {{ label={_quoted(name)}; {_FRAME}")
            lines.extend(_node(ids[node.id], node) for node in inside)
            lines.append("}")
    lines.extend(_node(ids[node.id], node) for node in nodes if node.cluster not in clusters)
    lines.extend(_edge(ids, edge) for edge in edges if edge.source in ids and edge.target in ids)
    return "\n".join([*lines, "}"])


def _node(name: str, node: Node) -> str:
    paint = f'fillcolor="{_FILLS[node.kind]}", color="{_LINES[node.kind]}"'
    return f"{name} [label={_quoted(node.name)}, shape={_SHAPES[node.kind]}, {paint}];"


def _edge(ids: Mapping[str, str], edge: Edge) -> str:
    color = _TONES[edge.tone]
    dashed = ', style="dashed"' if edge.tone != "plain" else ""
    paint = f'color="{color}", fontcolor="{color}"{dashed}'
    return f"{ids[edge.source]} -> {ids[edge.target]} [label={_quoted(edge.label)}, {paint}];"


def _quoted(text: str) -> str:
    """A DOT string: control characters gone, wrapped, backslashes and quotes escaped."""
    plain = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    rows = textwrap.wrap(plain, _WRAP, max_lines=3, placeholder="…") or [" "]
    return '"' + "\\n".join(row.replace("\\", "\\\\").replace('"', '\\"') for row in rows) + '"'


def draw(nodes: Sequence[Node], edges: Sequence[Edge], clusters: Mapping[str, str]) -> Picture:
    """Raises NotDrawn(no_graphviz, too_large, too_slow, failed)."""
    if len(nodes) > MAX_ELEMENTS or len(edges) > MAX_FLOWS:
        raise NotDrawn("too_large")
    program = shutil.which("dot")
    if program is None:
        raise NotDrawn("no_graphviz")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the graph goes through its standard input
            [program, "-Tsvg"],
            input=dot_source(nodes, edges, clusters).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired:
        raise NotDrawn("too_slow") from None
    if done.returncode != 0:
        raise NotDrawn("failed")
    return read_svg(done.stdout)


_NUMBERS: Final = r"[\d.,\- eMCLZmclz]+"
_ALLOWED: Final[dict[str, dict[str, str]]] = {
    "path": {"d": _NUMBERS},
    "polygon": {"points": _NUMBERS},
    "polyline": {"points": _NUMBERS},
    "ellipse": {"cx": r"[\d.-]+", "cy": r"[\d.-]+", "rx": r"[\d.]+", "ry": r"[\d.]+"},
    "text": {"x": r"[\d.-]+", "y": r"[\d.-]+", "text-anchor": r"start|middle|end", "font-size": r"[\d.]+"},
}
_PAINT: Final = {
    "fill": r"#[0-9a-f]{6}|none|transparent|black|white",
    "stroke": r"#[0-9a-f]{6}|none|transparent|black",
    "stroke-width": r"[\d.]+",
    "stroke-dasharray": r"[\d., ]+",
}


def read_svg(svg: bytes) -> Picture:
    """Graphviz's SVG as shapes: tags and attributes not listed here are dropped."""
    root = ElementTree.fromstring(svg)  # noqa: S314
    box = root.get("viewBox", "0 0 100 100")
    _, _, width, height = (float(part) for part in box.split())
    graph = root.find("{*}g")
    moved = re.search(r"translate\(([-\d. ]+)\)", graph.get("transform", "") if graph is not None else "")
    shapes = tuple(shape for element in root.iter() if (shape := _shape(element)) is not None)
    return Picture(round(width * _POINT), round(height * _POINT), box, moved[1] if moved else "0 0", shapes)


def _shape(element: ElementTree.Element) -> Shape | None:
    tag = element.tag.rsplit("}", 1)[-1]
    rules = _ALLOWED.get(tag)
    if rules is None:
        return None
    allowed = {**rules, **_PAINT}
    kept = {
        name: value for name, value in element.attrib.items() if name in allowed and re.fullmatch(allowed[name], value)
    }
    if kept.get("fill") in {"white", "transparent"} and kept.get("stroke") in {"transparent", "none"}:
        return None  # the page's own ground
    return Shape(tag, kept, element.text or "" if tag == "text" else "")
