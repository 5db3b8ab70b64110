"""The data map as a picture, drawn once per content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from datamap.diagram import Edge, Node, NotDrawn, Picture, dot_source, draw
from datamap.models import Protection

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from datamap.models import Flow
    from datamap.selectors.flows import Graph

KEPT: Final = 24 * 3600  # seconds
WHY_NOT: Final[dict[str, StrOrPromise]] = {
    "no_graphviz": _(
        "The diagram needs Graphviz (the program “dot”), which is not installed here. The tables below show the same."
    ),
    "too_large": _("The map is too large to draw. The tables below show the same."),
    "too_slow": _("Drawing took too long. The tables below show the same."),
    "failed": _("The diagram could not be drawn. The tables below show the same."),
}


def picture_of(graph: Graph) -> tuple[Picture | None, StrOrPromise]:
    """The picture, or why there is none. Flows are numbered as in the table."""
    nodes = [Node(str(one.pk), one.kind, one.name, str(one.boundary_id or "")) for one in graph.elements]
    edges = [
        Edge(str(flow.source_id), str(flow.target_id), f"{number} · {flow.name}", _tone(flow))
        for number, flow in enumerate(graph.flows, 1)
    ]
    clusters = {
        str(boundary.pk): f"{boundary.name} ({boundary.country})" if boundary.country else boundary.name
        for boundary in graph.boundaries
    }
    key = "map-picture:" + hashlib.sha256(dot_source(nodes, edges, clusters).encode()).hexdigest()
    known: Any = cache.get(key)
    if isinstance(known, Picture):
        return known, ""
    try:
        picture = draw(nodes, edges, clusters)
    except NotDrawn as error:
        return None, WHY_NOT[error.code]
    cache.set(key, picture, KEPT)
    return picture, ""


def _tone(flow: Flow) -> str:
    if flow.protection == Protection.NONE:
        return "bad"
    return "warn" if flow.protection == Protection.UNKNOWN and flow.categories else "plain"
