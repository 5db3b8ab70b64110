"""What schemas, samples and the flow graph say about a project, as facts with their provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.types import CRIMINAL, SPECIAL, Category, Fact, Grade, Reason, Source
from datamap.models import ElementKind
from datamap.selectors.flows import Graph, graph_of
from datamap.selectors.inventory import Item, inventory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.models import Project
    from core.types import FactValue
    from datamap.models import Flow

SOURCES_SHOWN: Final = 12  # of one fact; the count is in its reason


def map_facts(project: Project) -> list[Fact]:
    """data.*, flows.*, stores.count. Without fields nothing is said of data, without a map nothing of flows."""
    items = inventory_of(project)
    return [*_data_facts(items), *_flow_facts(graph_of(project))]


def _data_facts(items: list[Item]) -> list[Fact]:
    if not items:
        return []
    direct = [item for item in items if item.identifying == "direct"]
    quasi = [item for item in items if item.identifying == "quasi"]
    special = [item for item in items if any(category in SPECIAL for category in _kinds(item))]
    found = [
        _count("data.fields", items, _stores(items)),
        _count("data.identifying", direct + quasi),
        _count("data.direct", direct),
        _count("data.quasi", quasi),
        _names("data.categories", [item for item in items if item.category != "none"]),
        _truth("data.special", special),
        _names("data.special_categories", special, lambda category: category in SPECIAL),
    ]
    kinds: tuple[tuple[str, Callable[[Item], bool]], ...] = (
        ("data.criminal", lambda item: any(category in CRIMINAL for category in _kinds(item))),
        ("data.financial", lambda item: item.category == Category.FINANCIAL),
        # precise: an address or coordinates; a city or a postcode is a quasi-identifier
        ("data.location", lambda item: item.category == Category.LOCATION and item.identifying == "direct"),
    )
    return found + [_truth(key, [item for item in items if test(item)]) for key, test in kinds]


def _count(key: str, items: Sequence[Item], sources: tuple[Source, ...] | None = None) -> Fact:
    return Fact(
        key,
        len(items),
        _grade(items),
        Reason(key, {"count": len(items)}),
        sources if sources is not None else _cite(items),
    )


def _truth(key: str, items: Sequence[Item]) -> Fact:
    names = ", ".join(dict.fromkeys(f"{item.entity}.{item.path}" for item in items[:SOURCES_SHOWN]))
    return Fact(key, bool(items), _grade(items), Reason(key, {"count": len(items), "fields": names}), _cite(items))


def _kinds(item: Item) -> set[Category]:
    """Its category, and those its free text holds."""
    return {Category(item.category), *(Category(name) for name in item.within)}


def _names(key: str, items: Sequence[Item], keep: Callable[[Category], bool] = lambda category: True) -> Fact:
    names = tuple(sorted({category.value for item in items for category in _kinds(item) if keep(category)}))
    return Fact(
        key, names, _grade(items), Reason(key, {"count": len(names), "categories": ", ".join(names)}), _cite(items)
    )


def _grade(items: Sequence[Item]) -> Grade:
    """Tested where values of a sample said it, else documented by a schema."""
    return Grade.TESTED if any(item.source == "sample" for item in items) else Grade.DOCUMENTED


def _cite(items: Sequence[Item]) -> tuple[Source, ...]:
    return tuple(_source(item) for item in items[:SOURCES_SHOWN])


def _source(item: Item) -> Source:
    kind = "scan" if item.source == "sample" else "schema"
    detail = " · ".join(part for part in (item.detected, f"{item.confidence:.2f}" if item.confidence else "") if part)
    return Source(kind, item.ref, f"{item.store}, {item.entity}.{item.path}", detail, item.sha256, item.at)


def _stores(items: Sequence[Item]) -> tuple[Source, ...]:
    """The files themselves, once each."""
    found = {
        item.store_id: Source(
            "scan" if item.source == "sample" else "schema", item.store_id, item.store, "", item.sha256, item.at
        )
        for item in items
    }
    return tuple(found.values())[:SOURCES_SHOWN]


def _flow_facts(graph: Graph) -> list[Fact]:
    if graph.is_empty:
        return []
    stores = [element for element in graph.elements if element.kind == ElementKind.STORE]
    stores_cited = tuple(Source("map", str(element.pk), element.name) for element in stores[:SOURCES_SHOWN])
    facts = [
        Fact("stores.count", len(stores), Grade.ASSERTED, Reason("stores.count", {"count": len(stores)}), stores_cited)
    ]
    if graph.flows:
        facts.append(_flows("flows.count", graph.flows))
        facts.append(_flows("flows.external", graph.external))
        if graph.unprotected or not graph.unknown_protection:  # while protection is unknown, none is not claimed
            facts.append(_flows("flows.unprotected", graph.unprotected))
    return facts


def _flows(key: str, flows: Sequence[Flow]) -> Fact:
    value: FactValue = len(flows)
    cited = tuple(
        Source("map", str(flow.pk), f"{flow.source.name} → {flow.target.name}", flow.name)
        for flow in flows[:SOURCES_SHOWN]
    )
    return Fact(key, value, Grade.ASSERTED, Reason(key, {"count": len(flows)}), cited)
