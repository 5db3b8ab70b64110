"""dbt's manifest.json (what a project defines) and catalog.json (what its warehouse holds), of any version.

Models, sources, seeds and snapshots are entities. Tests and contracts tell keys: `relationships` is a reference,
`unique` and `not_null` together a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from datamap.parsers.columns import apply_key
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_FIELDS, MAX_UNPARSED, Entity, Field, Schema, Unparsed, Unreadable, distinct

FORMAT: Final = "dbt"
_KINDS: Final = frozenset({"model", "source", "seed", "snapshot"})
_VERSION: Final = re.compile(r"/dbt/(manifest|catalog|sources)/v(\d{1,4})\.json")
_REF: Final = re.compile(r"""(?:ref|source)\s*\(\s*(?:['"][^'"]*['"]\s*,\s*)?['"]([^'"]+)['"]\s*(?:,[^)]*)?\)""")

Node = Mapping[str, Any]


def sniff(source: Source) -> bool:
    if not source.looks_like_json:
        return False
    document = source.document
    if not isinstance(document, dict) or not isinstance(document.get("nodes"), dict):
        return False
    return bool(_VERSION.search(_version(document))) or (
        "sources" in document and isinstance(document["sources"], dict)
    )


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, not_a_schema, no_tables, too_many_fields)."""
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
    return _text(metadata if isinstance(metadata, dict) else document, "dbt_schema_version")


def _nodes(document: Node) -> Iterator[tuple[str, Node]]:
    """Of both lists, what holds data; an analysis, a test or an operation does not."""
    for key in ("nodes", "sources"):
        part = document.get(key)
        for name, node in part.items() if isinstance(part, dict) else ():
            if isinstance(node, dict) and _kind(str(name), node) in _KINDS:
                yield str(name), node


def _kind(name: str, node: Node) -> str:
    return _text(node, "resource_type") or name.split(".", 1)[0]


def _entity(name: str, node: Node, tests: _Tests) -> Entity:
    described = node.get("metadata")  # of a catalogue
    about: Node = described if isinstance(described, dict) else node
    columns = node.get("columns")
    fields: dict[str, Field] = {}
    for key, column in columns.items() if isinstance(columns, dict) else ():
        if isinstance(column, dict):
            one = _field(str(key), column)
            fields.setdefault(one.path.lower(), tests.applied(name, one))
    if len(fields) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    materialised = _text(about, "type") or _text(node.get("config"), "materialized")
    return Entity(
        _text(about, "name") or name.rsplit(".", 1)[-1],
        tuple(_constrained(fields, node).values()),
        _text(node, "description") or _text(about, "comment"),
        "view" if "view" in materialised.lower() else "table",
        _text(node, "source_name") or _text(about, "schema"),
    )


def _field(key: str, column: Node) -> Field:
    one = Field(
        _text(column, "name") or key,
        _text(column, "data_type") or _text(column, "type"),
        None,
        _text(column, "description") or _text(column, "comment"),
    )
    for constraint in _dicts(column.get("constraints")):
        one = _with(one, _text(constraint, "type"), _target(constraint))
    return one


def _constrained(fields: dict[str, Field], node: Node) -> dict[str, Field]:
    """With the contract's own constraints, which name their columns."""
    for constraint in _dicts(node.get("constraints")):
        columns = constraint.get("columns")
        names = [one for one in columns if isinstance(one, str)] if isinstance(columns, list) else []
        kind = _text(constraint, "type")
        if kind == "unique" and len(names) > 1:
            continue
        for name in names:
            if known := fields.get(name.lower()):
                fields[name.lower()] = _with(known, kind, _target(constraint))
    return fields


def _with(one: Field, kind: str, target: str) -> Field:
    if kind == "not_null":
        return replace(one, nullable=False)
    key = {"primary_key": "primary", "foreign_key": "foreign", "unique": "unique"}.get(kind, "")
    return apply_key(one, key, target) if key else one


def _target(constraint: Node) -> str:
    """`to` is a ref() or a relation's full name; in older versions it is part of `expression`."""
    to, columns = _text(constraint, "to") or _text(constraint, "expression"), constraint.get("to_columns")
    referred = _REF.search(to)
    table = referred[1] if referred else re.split(r"[\s(]", to.removeprefix("references").strip())[0]
    table = table.rsplit(".", 1)[-1].strip('"`')
    column = columns[0] if isinstance(columns, list) and columns and isinstance(columns[0], str) else ""
    return f"{table}.{column}" if table and column else table


class _Tests:
    """What the manifest's tests claim of columns: (node, column) -> unique, not_null and references."""

    def __init__(self, document: Node) -> None:
        self._claims: dict[tuple[str, str], dict[str, str]] = {}
        nodes = document.get("nodes")
        for node in nodes.values() if isinstance(nodes, dict) else ():
            if isinstance(node, dict) and _text(node, "resource_type") == "test":
                self._note(node)

    def _note(self, node: Node) -> None:
        about = node.get("test_metadata")
        if not isinstance(about, dict):
            return
        found = about.get("kwargs")
        given: Node = found if isinstance(found, dict) else {}
        column = _text(node, "column_name") or _text(given, "column_name")
        name = _text(about, "name")
        if not column or name not in {"unique", "not_null", "relationships"}:
            return
        target = _referred(_text(given, "to"))
        value = f"{target}.{_text(given, 'field')}".rstrip(".") if name == "relationships" else "yes"
        for tested in self._tested(node, given, target if name == "relationships" else ""):
            self._claims.setdefault((tested, column.strip('"`').lower()), {})[name] = value

    @staticmethod
    def _tested(node: Node, given: Node, target: str) -> list[str]:
        """The node under test: named by itself, else by the model it is given, else the one it depends on."""
        if attached := _text(node, "attached_node"):
            return [attached]
        needs = node.get("depends_on")
        listed = needs.get("nodes") if isinstance(needs, dict) else None
        ids = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
        model = _referred(_text(given, "model"))
        return [one for one in ids if one.rsplit(".", 1)[-1] == model] or [
            one for one in ids if one.rsplit(".", 1)[-1] != target
        ][:1]

    def applied(self, node: str, one: Field) -> Field:
        claims = self._claims.get((node, one.path.lower()), {})
        if "not_null" in claims:
            one = replace(one, nullable=False)
        if "relationships" in claims:
            one = apply_key(one, "foreign", claims["relationships"])
        if "unique" in claims:
            one = apply_key(one, "primary" if "not_null" in claims else "unique", "")
        return one


def _referred(text: str) -> str:
    found = _REF.search(text)
    return found[1] if found else ""


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(node: Any, key: str) -> str:
    value = node.get(key) if isinstance(node, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""
