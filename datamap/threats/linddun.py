"""LINDDUN threats of a flow graph, by rule. Card numbers are those of LINDDUN GO (imec-DistriNet, KU Leuven).

Each rule looks at one element or flow and says why its card applies. A rule that lacks what it needs stays silent:
silence is no proof of absence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from core.types import Reason
from datamap.threats.types import Edge, FlowGraph, Node, Threat

#: Categories that point at one person by themselves.
_POINTING: Final = frozenset({"identity", "contact", "government_id", "online_identifier", "biometric", "genetic"})
_UNLINKED: Final = frozenset({"pseudonymised", "anonymised"})
_MANY_QUASI: Final = 3
_MANY_CATEGORIES: Final = 4
_MANY_RECIPIENTS: Final = 3


def threats(graph: FlowGraph) -> tuple[Threat, ...]:
    """Every rule on every element and flow, the plainest first."""
    found = [threat for node in graph.nodes for rule in _NODE_RULES for threat in rule(graph, node)]
    found += [threat for edge in graph.edges for rule in _EDGE_RULES for threat in rule(graph, edge)]
    return tuple(sorted(found, key=lambda threat: (-threat.weight, threat.card, threat.name)))


def _linkable_store(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind != "store":
        return
    if node.quasi >= _MANY_QUASI:
        yield Threat("L4", node.id, node.name, 2, (Reason("threat.quasi", {"count": node.quasi}),))
    for other in graph.nodes:
        shared = node.fields & other.fields if other.kind == "store" and other.id > node.id else frozenset()
        if shared:
            because = Reason("threat.shared_fields", {"fields": ", ".join(sorted(shared)[:5]), "other": other.name})
            yield Threat("L4", node.id, node.name, 2, (because,))


def _profiling(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind not in {"process", "model"}:
        return
    categories = frozenset().union(*(edge.categories for edge in graph.arriving(node)))
    if "behaviour" in categories and categories & _POINTING:
        yield Threat("L5", node.id, node.name, 2, (Reason("threat.behaviour"),))


def _identifiable_store(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind == "store" and node.direct:
        yield Threat("I5", node.id, node.name, 3, (Reason("threat.direct", {"count": node.direct}),))


def _attributable_store(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind == "store" and node.direct and node.categories & {"communication", "behaviour"}:
        yield Threat("Nr4", node.id, node.name, 1, (Reason("threat.records_acts"),))


def _telling_store(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind == "store" and node.special and (node.direct or node.quasi):
        yield Threat(
            "D4", node.id, node.name, 2, (Reason("threat.special", {"categories": ", ".join(sorted(node.special))}),)
        )


def _kept_without_end(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind != "store" or not node.categories:
        return
    if node.retention_days is None:
        yield Threat("DD4", node.id, node.name, 2, (Reason("threat.no_retention"),))
        if not any(edge.stage == "deletion" for edge in graph.leaving(node)):
            yield Threat("Nc3", node.id, node.name, 1, (Reason("threat.no_deletion"),))


def _hard_to_erase(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    if node.kind != "model":
        return
    trainers = {edge.source for edge in graph.arriving(node) if edge.stage == "training"}
    learned = frozenset().union(
        *(
            edge.categories
            for edge in graph.edges
            if edge.stage == "training" and edge.target in trainers | {node.id} and edge.protection not in _UNLINKED
        )
    )
    if learned & _POINTING:
        yield Threat(
            "U5",
            node.id,
            node.name,
            2,
            (Reason("threat.learned", {"categories": ", ".join(sorted(learned & _POINTING))}),),
        )


def _spread(graph: FlowGraph, node: Node) -> Iterator[Threat]:
    recipients = {edge.target for edge in graph.leaving(node) if graph.by_id[edge.target].kind == "recipient"}
    if len(recipients) >= _MANY_RECIPIENTS:
        yield Threat("DD5", node.id, node.name, 2, (Reason("threat.many_recipients", {"count": len(recipients)}),))


def _identifiable_flow(graph: FlowGraph, edge: Edge) -> Iterator[Threat]:
    shown = edge.categories & _POINTING
    leaves = graph.by_id[edge.target].kind == "recipient"
    if (
        shown
        and (edge.crosses or leaves)
        and edge.protection not in _UNLINKED
        and graph.by_id[edge.source].kind != "subjects"
    ):
        yield Threat(
            "I3",
            edge.id,
            edge.name,
            3 if leaves else 2,
            (Reason("threat.crosses", {"categories": ", ".join(sorted(shown))}),),
        )


def _sensitive_collection(graph: FlowGraph, edge: Edge) -> Iterator[Threat]:
    if edge.special and graph.by_id[edge.source].kind == "subjects":
        yield Threat(
            "DD1", edge.id, edge.name, 3, (Reason("threat.special", {"categories": ", ".join(sorted(edge.special))}),)
        )


def _wide_sharing(graph: FlowGraph, edge: Edge) -> Iterator[Threat]:
    if graph.by_id[edge.target].kind == "recipient" and len(edge.categories) >= _MANY_CATEGORIES:
        yield Threat("DD5", edge.id, edge.name, 2, (Reason("threat.many_categories", {"count": len(edge.categories)}),))


def _without_purpose(graph: FlowGraph, edge: Edge) -> Iterator[Threat]:
    if not edge.categories:
        return
    if not edge.has_purpose:
        yield Threat("Nc1", edge.id, edge.name, 3, (Reason("threat.no_purpose"),))
        if edge.stage == "training":
            yield Threat("DD3", edge.id, edge.name, 2, (Reason("threat.no_purpose"),))
        if graph.by_id[edge.source].kind == "subjects":
            yield Threat("U1", edge.id, edge.name, 2, (Reason("threat.no_purpose"),))
    elif not edge.has_basis:
        yield Threat("Nc1", edge.id, edge.name, 3, (Reason("threat.no_basis"),))


def _unguarded(graph: FlowGraph, edge: Edge) -> Iterator[Threat]:
    if edge.categories and edge.protection == "none":
        yield Threat("Nc4", edge.id, edge.name, 3, (Reason("threat.unprotected"),))


_NODE_RULES: Final[tuple[Callable[[FlowGraph, Node], Iterator[Threat]], ...]] = (
    _linkable_store,
    _profiling,
    _identifiable_store,
    _attributable_store,
    _telling_store,
    _kept_without_end,
    _hard_to_erase,
    _spread,
)
_EDGE_RULES: Final[tuple[Callable[[FlowGraph, Edge], Iterator[Threat]], ...]] = (
    _identifiable_flow,
    _sensitive_collection,
    _wide_sharing,
    _without_purpose,
    _unguarded,
)
