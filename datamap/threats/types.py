"""The flow graph as the threat rules see it, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.types import Reason


@dataclass(frozen=True, slots=True)
class Node:
    """`direct` and `quasi` count a store's identifying fields; `fields` are its direct ones in lower case."""

    id: str
    kind: str  # subjects, process, model, store, recipient
    name: str
    categories: frozenset[str] = frozenset()
    special: frozenset[str] = frozenset()
    direct: int = 0
    quasi: int = 0
    fields: frozenset[str] = frozenset()
    retention_days: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """`protection`: "" unknown, none, in_transit, end_to_end, pseudonymised, anonymised."""

    id: str
    source: str
    target: str
    name: str
    stage: str
    categories: frozenset[str] = frozenset()
    special: frozenset[str] = frozenset()
    protection: str = ""
    has_purpose: bool = False
    has_basis: bool = False
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class FlowGraph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    by_id: dict[str, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> FlowGraph:
        return cls(nodes, edges, {node.id: node for node in nodes})

    def leaving(self, node: Node) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.source == node.id)

    def arriving(self, node: Node) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.target == node.id)


@dataclass(frozen=True, slots=True)
class Threat:
    """One LINDDUN card that applies to one element or flow, and why."""

    card: str  # LINDDUN GO: L4, I5, Nc1, ...
    target: str  # id of the node or edge
    name: str
    weight: int  # 1-3: how plainly the graph shows it; orders the list
    because: tuple[Reason, ...]

    @property
    def type(self) -> str:
        """L, I, Nr, D, DD, U or Nc."""
        return self.card.rstrip("0123456789")
