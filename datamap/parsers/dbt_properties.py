"""The YAML files beside dbt's models (schema.yml, sources.yml): models, sources, seeds and snapshots with columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.dbt_columns import Node, claimed, dicts, field_of, referred, text, under_contract
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_FIELDS, MAX_UNPARSED, Entity, Field, Schema, Unparsed, Unreadable, distinct

_FORMAT: Final = "dbt"
_SIGN: Final = re.compile(rb"^(?:models|sources|seeds|snapshots):[ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)
_NAMED: Final = re.compile(rb"^[ \t]*-[ \t]+(?:name|config|description)[ \t]*:", re.MULTILINE)
_TESTS: Final = ("tests", "data_tests")
_KNOWN: Final = frozenset({"unique", "not_null", "relationships"})


def sniff(source: Source) -> bool:
    head = source.data[:200_000] if source.looks_like_yaml else b""
    return _SIGN.search(head) is not None and _NAMED.search(head) is not None


def parse(source: Source) -> Schema:
    """Raises Unreadable(yaml, too_deep, alias_bomb, not_a_schema, no_tables, too_many_fields)."""
    document = source.yaml_document
    if not isinstance(document, dict):
        raise Unreadable("not_a_schema")
    entities = [_entity(node, namespace) for node, namespace in _nodes(document)]
    unparsed = [Unparsed(0, "no_columns", entity.name) for entity in entities if not entity.fields]
    return Schema(_FORMAT, distinct(entities), "properties", tuple(unparsed[:MAX_UNPARSED]))


def _nodes(document: Node) -> Iterator[tuple[Node, str]]:
    for kind in ("models", "seeds", "snapshots"):
        for node in dicts(document.get(kind)):
            yield node, ""
    for source in dicts(document.get("sources")):
        for table in dicts(source.get("tables")):
            yield table, text(source, "name")


def _entity(node: Node, namespace: str) -> Entity:
    fields: dict[str, Field] = {}
    for column in dicts(node.get("columns")):
        one = claimed(field_of("", column), _claims(column))
        if one.path:
            fields.setdefault(one.path.lower(), one)
    if len(fields) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    kind = "view" if "view" in text(node.get("config"), "materialized").lower() else "table"
    named = text(node, "name") or "_"
    return Entity(named, tuple(under_contract(fields, node).values()), text(node, "description"), kind, namespace)


def _claims(column: Node) -> dict[str, str]:
    """A test is a word, or a map of its name to its arguments; those may lie in a map of their own."""
    found: dict[str, str] = {}
    for key in _TESTS:
        tests = column.get(key)
        for test in tests if isinstance(tests, list) else ():
            for name, given in test.items() if isinstance(test, dict) else ((test, None),):
                if name in _KNOWN:
                    found[name] = _target(given) if name == "relationships" else "yes"
    return found


def _target(given: Any) -> str:
    inner = given.get("arguments", given) if isinstance(given, dict) else given
    return f"{referred(text(inner, 'to'))}.{text(inner, 'field')}".strip(".")
