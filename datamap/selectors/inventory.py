"""The inventory: every field of every store, of schemas and samples together, with what map and register say of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.choices import PeopleCategory
from core.types import Category
from datamap.categories import is_special
from datamap.models import CategoryChoice, Decision, ElementKind, Finding, IdentifyingChoice, SchemaField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Project
    from datamap.models import DataElement, Flow
    from datamap.selectors.flows import Graph


@dataclass(frozen=True, slots=True)
class Item:
    """One field. Where a sample was scanned for a table of a schema, the sample's finding speaks: values decide."""

    source: str  # schema or sample
    store_id: str
    store: str
    ref: str
    entity: str
    path: str
    type: str
    category: str
    identifying: str
    detected: str
    confidence: float
    decided: bool
    sha256: str
    at: str
    special: bool
    within: tuple[str, ...] = ()  # special categories that a column of free text holds besides

    @property
    def is_personal(self) -> bool:
        return self.category != "none" or self.identifying != "none"

    @property
    def category_label(self) -> str:
        return str(CategoryChoice(self.category).label)

    @property
    def identifying_label(self) -> str:
        return str(IdentifyingChoice(self.identifying).label)

    @property
    def tone(self) -> str:
        return IdentifyingChoice(self.identifying).tone


def inventory_of(project: Project) -> list[Item]:
    """Two queries: fields of current schemas, and columns of scanned samples. The caller has checked the project."""
    samples = _samples(project)
    by_key = {(item.entity.lower(), item.path.lower()): item for item in samples}
    used: set[tuple[str, str]] = set()
    items = []
    for item in _schemas(project):
        key = (item.entity.lower(), item.path.lower())
        seen = by_key.get(key)
        if seen is not None and not item.decided:
            item = _with_evidence(item, seen)
        if seen is not None:
            used.add(key)
        items.append(item)
    return items + [item for item in samples if (item.entity.lower(), item.path.lower()) not in used]


def _schemas(project: Project) -> Iterable[Item]:
    rows = (
        SchemaField.objects.current()
        .filter(version__schema__project=project)
        .order_by("version__schema__name", "position")
        .values_list(
            "pk",
            "version__schema_id",
            "version__schema__name",
            "version__sha256",
            "version__parsed_at",
            "entity",
            "path",
            "type",
            "category",
            "identifying",
            "found_entity",
            "confidence",
            "decided_at",
            "special",
        )
    )
    for (
        pk,
        schema_id,
        schema,
        sha256,
        at,
        entity,
        path,
        type_,
        category,
        identifying,
        detected,
        confidence,
        decided_at,
        special,
    ) in rows:
        yield Item(
            source="schema",
            store_id=str(schema_id),
            store=schema,
            ref=str(pk),
            entity=entity,
            path=path,
            type=type_,
            category=category,
            identifying=identifying,
            detected=detected,
            confidence=confidence,
            decided=decided_at is not None,
            sha256=sha256,
            at=at.isoformat() if at else "",
            special=special,
        )


def _samples(project: Project) -> list[Item]:
    rows = (
        Finding.objects.filter(dataset__project=project, dataset__scanned_at__isnull=False)
        .order_by("dataset__name", "-dataset__created_at", "position")
        .values_list(
            "pk",
            "dataset_id",
            "dataset__name",
            "dataset__sha256",
            "dataset__scanned_at",
            "column",
            "type",
            "category",
            "identifying",
            "entity",
            "confidence",
            "decision",
            "special",
            "categories",
        )
    )
    found: dict[tuple[str, str], Item] = {}
    for (
        pk,
        dataset_id,
        name,
        sha256,
        at,
        column,
        type_,
        category,
        identifying,
        detected,
        confidence,
        decision,
        special,
        within,
    ) in rows:
        entity = name.rsplit(".", 1)[0]
        item = Item(
            source="sample",
            store_id=str(dataset_id),
            store=name,
            ref=str(pk),
            entity=entity,
            path=column,
            type=type_,
            category=category,
            identifying=identifying,
            detected=detected,
            confidence=confidence,
            decided=decision != Decision.OPEN,
            sha256=sha256,
            at=at.isoformat() if at else "",
            special=special,
            within=tuple(within) if special else (),
        )
        found.setdefault((entity.lower(), column.lower()), item)  # the newest sample of a name speaks
    return list(found.values())


def _with_evidence(item: Item, seen: Item) -> Item:
    """The schema's field with the sample's finding."""
    return Item(
        source="sample",
        store_id=item.store_id,
        store=item.store,
        ref=seen.ref,
        entity=item.entity,
        path=item.path,
        type=item.type,
        category=seen.category,
        identifying=seen.identifying,
        detected=seen.detected,
        confidence=seen.confidence,
        decided=seen.decided,
        sha256=seen.sha256,
        at=seen.at,
        special=seen.special or is_special(Category(seen.category)),
        within=seen.within,
    )


@dataclass(frozen=True, slots=True)
class Context:
    """What the map and the register say of a store's data: Art. 30 without the legal words."""

    subjects: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    retention_days: int | None = None
    recipients: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    item: Item
    context: Context


def rows_of(project: Project, graph: Graph, items: list[Item]) -> list[Row]:
    """Each field with its store's context; the context is made once per store."""
    contexts = _contexts(project, graph, {item.store_id for item in items})
    return [Row(item, contexts[item.store_id]) for item in items]


def _contexts(project: Project, graph: Graph, stores: set[str]) -> dict[str, Context]:
    purposes = list(project.purposes.all())
    recipients = list(project.recipients.all())
    copies = [copy.retention_days for copy in project.copies.all() if copy.retention_days is not None]
    fallback = Context(
        subjects=tuple(
            str(PeopleCategory(key).label) for key in project.people_categories if key in PeopleCategory.values
        ),
        purposes=tuple(purpose.name for purpose in purposes),
        bases=_unique(str(purpose.get_basis_display()) for purpose in purposes if purpose.basis),
        retention_days=max(copies, default=None),
        recipients=tuple(recipient.name for recipient in recipients),
        countries=_unique(recipient.country for recipient in recipients),
    )
    elements = {str(pk): element for element in graph.elements for pk in (element.schema_id, element.dataset_id) if pk}
    onward = _onward(graph)
    return {
        store: _context(elements[store], graph, onward, fallback) if store in elements else fallback for store in stores
    }


def _context(element: DataElement, graph: Graph, onward: dict[object, list[Flow]], fallback: Context) -> Context:
    arriving = [flow for flow in graph.flows if flow.target_id == element.pk]
    reached = _reached(element, onward)
    touching = [*arriving, *reached]
    purposes = [flow.purpose for flow in touching if flow.purpose is not None]
    targets = [flow.target for flow in reached if flow.target.kind == ElementKind.RECIPIENT]
    countries = _unique(
        [
            *(target.boundary.country for target in targets if target.boundary),
            *([element.boundary.country] if element.boundary else []),
        ]
    )
    return Context(
        subjects=_unique(flow.source.name for flow in arriving if flow.source.kind == ElementKind.SUBJECTS)
        or fallback.subjects,
        purposes=_unique(purpose.name for purpose in purposes) or fallback.purposes,
        bases=_unique(str(purpose.get_basis_display()) for purpose in purposes if purpose.basis) or fallback.bases,
        retention_days=element.retention_days if element.retention_days is not None else fallback.retention_days,
        recipients=_unique(target.name for target in targets),
        countries=countries,
    )


def _onward(graph: Graph) -> dict[object, list[Flow]]:
    found: dict[object, list[Flow]] = defaultdict(list)
    for flow in graph.flows:
        found[flow.source_id].append(flow)
    return found


def _reached(element: DataElement, onward: dict[object, list[Flow]]) -> list[Flow]:
    """Flows the element's data may take, step by step; people at the end send nothing on."""
    seen, queue, found = {element.pk}, [element.pk], []
    while queue:
        for flow in onward.get(queue.pop(), ()):
            found.append(flow)
            if flow.target_id not in seen and flow.target.kind != ElementKind.SUBJECTS:
                seen.add(flow.target_id)
                queue.append(flow.target_id)
    return found


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
