"""The threats that the data map shows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.types import Category
from datamap.categories import is_special
from datamap.threats.linddun import threats
from datamap.threats.types import Edge, FlowGraph, Node
from datamap.wording_threats import CARDS, TYPES, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from datamap.models import DataElement, Flow
    from datamap.selectors.flows import Graph
    from datamap.selectors.inventory import Item


@dataclass(frozen=True, slots=True)
class ShownThreat:
    card: str
    type: StrOrPromise
    title: StrOrPromise
    meaning: StrOrPromise
    where: str
    weight: int
    because: tuple[str, ...]

    @property
    def tone(self) -> str:
        return {3: "serious", 2: "warn"}.get(self.weight, "neutral")


def threats_of(graph: Graph, items: Sequence[Item]) -> list[ShownThreat]:
    """LINDDUN's cards that apply to the project's map, the plainest first."""
    by_store: dict[str, list[Item]] = {}
    for item in items:
        by_store.setdefault(item.store_id, []).append(item)
    nodes = tuple(
        _node(element, [*by_store.get(str(element.schema_id), []), *by_store.get(str(element.dataset_id), [])])
        for element in graph.elements
    )
    edges = tuple(_edge(flow) for flow in graph.flows)
    places = {str(flow.pk): f"{flow.name}: {flow.source.name} → {flow.target.name}" for flow in graph.flows}
    return [
        ShownThreat(
            threat.card,
            TYPES[threat.type],
            *CARDS[threat.card],
            places.get(threat.target, threat.name),
            threat.weight,
            tuple(reason(because.code, because.params) for because in threat.because),
        )
        for threat in threats(FlowGraph.of(nodes, edges))
    ]


def _node(element: DataElement, items: list[Item]) -> Node:
    personal = [item for item in items if item.is_personal]
    return Node(
        id=str(element.pk),
        kind=element.kind,
        name=element.name,
        categories=frozenset(item.category for item in personal if item.category != "none"),
        special=frozenset(item.category for item in personal if item.special and item.category != "none"),
        direct=sum(item.identifying == "direct" for item in personal),
        quasi=sum(item.identifying == "quasi" for item in personal),
        fields=frozenset(item.path.lower() for item in personal if item.identifying == "direct"),
        retention_days=element.retention_days,
    )


def _edge(flow: Flow) -> Edge:
    categories = frozenset(flow.categories)
    return Edge(
        id=str(flow.pk),
        source=str(flow.source_id),
        target=str(flow.target_id),
        name=flow.name,
        stage=flow.stage,
        categories=categories,
        special=frozenset(name for name in categories if is_special(Category(name))),
        protection=flow.protection,
        has_purpose=flow.purpose is not None,
        has_basis=flow.purpose is not None and bool(flow.purpose.basis),
        crosses=flow.crosses and flow.target.boundary_id is not None,
    )
