"""OpenAPI 3 and Swagger 2 -> one entity for each component schema, with its own properties.

A property that refers to another component stays one field that names it: the component has its own entity.
"""

from __future__ import annotations

import re
from typing import Any, Final

from datamap.parsers.json_schema import Walker
from datamap.parsers.source import Source
from datamap.parsers.types import Entity, Schema, Unreadable, check_size

FORMAT: Final = "openapi"
_YAML: Final = re.compile(rb"""^["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)


def sniff(source: Source) -> bool:
    if source.looks_like_json:
        document = source.document
        return isinstance(document, dict) and ("openapi" in document or "swagger" in document)
    return source.looks_like_yaml and _YAML.search(source.data[:200_000]) is not None


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, yaml, not_a_schema, too_many_fields)."""
    document = source.document if source.looks_like_json else source.yaml_document
    if not isinstance(document, dict):
        raise Unreadable("not_a_schema")
    walker = Walker(document, expand=False)
    entities = []
    for name, node in _components(document).items():
        fields = tuple(walker.fields(node))
        if fields:
            description = node.get("description") if isinstance(node, dict) else ""
            entities.append(Entity(str(name), fields, description if isinstance(description, str) else "", "document"))
    if not entities:
        raise Unreadable("no_tables")
    check_size(entities)
    version = document.get("openapi", document.get("swagger", ""))
    return Schema(FORMAT, tuple(entities), str(version)[:20], tuple(walker.unparsed))


def _components(document: dict[str, Any]) -> dict[str, Any]:
    components = document.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else document.get("definitions")
    return schemas if isinstance(schemas, dict) else {}
