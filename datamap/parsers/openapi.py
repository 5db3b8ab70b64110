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
    for name, node in (_components(document) or _bodies(document)).items():
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


_MIME: Final = re.compile(r"json|form|xml", re.IGNORECASE)


def _bodies(document: dict[str, Any]) -> dict[str, Any]:
    """What requests and answers hold, of a description without components: `POST /users request` -> its schema."""
    found: dict[str, Any] = {}
    paths = document.get("paths")
    for path, operations in paths.items() if isinstance(paths, dict) else ():
        for verb, operation in operations.items() if isinstance(operations, dict) else ():
            if isinstance(operation, dict):
                found.update(_of_operation(f"{str(verb).upper()} {path}", operation))
    return found


def _of_operation(name: str, operation: dict[str, Any]) -> dict[str, Any]:
    answers = operation.get("responses")
    parts = [("request", operation.get("requestBody"))]
    parts += [(str(status), answer) for status, answer in answers.items()] if isinstance(answers, dict) else []
    parts += [("request", one) for one in _list(operation.get("parameters")) if _is_body(one)]
    return {f"{name} {part}": schema for part, body in parts if (schema := _schema_of(body)) is not None}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_body(parameter: Any) -> bool:
    return isinstance(parameter, dict) and parameter.get("in") == "body"


def _schema_of(body: Any) -> Any:
    """Of OpenAPI 3 by its media type, of Swagger 2 directly."""
    if not isinstance(body, dict):
        return None
    content = body.get("content")
    for kind, media in content.items() if isinstance(content, dict) else ():
        if isinstance(media, dict) and _MIME.search(str(kind)):
            return media.get("schema")
    return body.get("schema")
