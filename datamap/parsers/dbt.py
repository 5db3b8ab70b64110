"""dbt's manifest.json (what a project defines) and catalog.json (what its warehouse holds), of any version.

The YAML files beside the models are read by `dbt_properties`.

Models, sources, seeds and snapshots are entities. Tests and contracts tell keys: `relationships` is a reference,
`unique` and `not_null` together a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datamap.parsers import dbt_properties
from datamap.parsers.dbt_columns import Node, claimed, field_of, referred, text, under_contract
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_FIELDS, MAX_UNPARSED, Entity, Field, Schema, Unparsed, Unreadable, distinct

FORMAT: Final = "dbt"
_KINDS: Final = frozenset({"model", "source", "seed", "snapshot"})
_VERSION: Final = re.compile(r"/dbt/(manifest|catalog|sources)/v(\d{1,4})\.json")


def sniff(source: Source) -> bool:
    if not source.looks_like_json:
        return dbt_properties.sniff(source)
    document = source.document
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), dict):
        return False
    return bool(_VERSION.search(_version(document))) or (
        "sources" in document and isinstance(document["sources"], dict)
    )


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, yaml, not_a_schema, no_tables, too_many_fields)."""
    if not source.looks_like_json:
        return dbt_properties.parse(source)
    document = source.document
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), dict):
        raise Unreadable("not_a_schema")
    tests = _Tests(document)
    unparsed: list[Unparsed] = []
    entities: list[Entity] = []
    for name, node in _nodes(document):
        entity = _entity(name, node, tests)
        entities.append(entity)
        if not entity.fields and len(unparsed) < MAX_UNPARSED:
            unparsed.append(Unparsed(0, "no_columns", entity.name))
    found = _VERSION.search(_version(document))
    return Schema(FORMAT, distinct(entities), f"{found[1]} v{found[2]}" if found else "", tuple(unparsed))


def _version(document: Node) -> str:
    metadata = document.get("metadata")
    return text(metadata if isinstance(metadata, dict) else document, "dbt_schema_version")


def _nodes(document: Node) -> Iterator[tuple[str, Node]]:
    """Of both lists, what holds data; an analysis, a test or an operation does not."""
    for key in ("nodes", "sources"):
        part = document.get(key)
        for name, node in part.items() if isinstance(part, dict) else ():
            if isinstance(node, dict) and _kind(str(name), node) in _KINDS:
                yield str(name), node


def _kind(name: str, node: Node) -> str:
    return text(node, "resource_type") or name.split(".", 1)[0]


def _entity(name: str, node: Node, tests: _Tests) -> Entity:
    described = node.get("metadata")  # of a catalogue
    about: Node = described if isinstance(described, dict) else node
    columns = node.get("columns")
    fields: dict[str, Field] = {}
    for key, column in columns.items() if isinstance(columns, dict) else ():
        if isinstance(column, dict):
            one = field_of(str(key), column)
            fields.setdefault(one.path.lower(), tests.applied(name, one))
    if len(fields) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    materialised = text(about, "type") or text(node.get("config"), "materialized")
    return Entity(
        text(about, "name") or name.rsplit(".", 1)[-1],
        tuple(under_contract(fields, node).values()),
        text(node, "description") or text(about, "comment"),
        "view" if "view" in materialised.lower() else "table",
        text(node, "source_name") or text(about, "schema"),
    )


class _Tests:
    """What the manifest's tests claim of columns: (node, column) -> unique, not_null and references."""

    def __init__(self, document: Node) -> None:
        self._claims: dict[tuple[str, str], dict[str, str]] = {}
        nodes = document.get("nodes")
        for node in nodes.values() if isinstance(nodes, dict) else ():
            if isinstance(node, dict) and text(node, "resource_type") == "test":
                self._note(node)

    def _note(self, node: Node) -> None:
        about = node.get("test_metadata")
        if not isinstance(about, dict):
            return
        found = about.get("kwargs")
        given: Node = found if isinstance(found, dict) else {}
        column = text(node, "column_name") or text(given, "column_name")
        name = text(about, "name")
        if not column or name not in {"unique", "not_null", "relationships"}:
            return
        target = referred(text(given, "to"))
        value = f"{target}.{text(given, 'field')}".rstrip(".") if name == "relationships" else "yes"
        for tested in self._tested(node, given, target if name == "relationships" else ""):
            self._claims.setdefault((tested, column.strip('"`').lower()), {})[name] = value

    @staticmethod
    def _tested(node: Node, given: Node, target: str) -> list[str]:
        """The node under test: named by itself, else by the model it is given, else the one it depends on."""
        if attached := text(node, "attached_node"):
            return [attached]
        needs = node.get("depends_on")
        listed = needs.get("nodes") if isinstance(needs, dict) else None
        ids = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        model = referred(text(given, "model"))
        return [one for one in ids if one.rsplit(".", 1)[-1] == model] or [
            one for one in ids if one.rsplit(".", 1)[-1] != target
        ][:1]

    def applied(self, node: str, one: Field) -> Field:
        return claimed(one, self._claims.get((node, one.path.lower()), {}))
