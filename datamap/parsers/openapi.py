"""OpenAPI 3 and Swagger 2 -> one entity for each component schema, with its own properties.

A property that refers to another component stays one field that names it: the component has its own entity. What an
operation defines on the spot is an entity, too: a request's or answer's body, and the parameters of each path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.json_schema import Walker
from datamap.parsers.source import Source
from datamap.parsers.types import Entity, Schema, Unparsed, Unreadable, check_size

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
    entities = _entities(walker, _components(document))
    try:
        entities += _entities(walker, _Operations(walker, document).bodies())
        check_size(entities)
    except Unreadable as error:
        entities = _entities(Walker(document, expand=False), _components(document))
        if error.code != "too_many_fields" or not entities:
            raise
        walker.unparsed.append(Unparsed(0, "operations_left_out"))
    if not entities:
        raise Unreadable("no_tables")
    check_size(entities)
    version = document.get("openapi", document.get("swagger", ""))
    return Schema(FORMAT, tuple(entities), str(version)[:20], tuple(walker.unparsed))


def _entities(walker: Walker, shapes: dict[str, Any]) -> list[Entity]:
    return [
        Entity(str(name), fields, _description(node), "document")
        for name, node in shapes.items()
        if (fields := tuple(walker.fields(node)))
    ]


def _description(node: Any) -> str:
    text = node.get("description") if isinstance(node, dict) else ""
    return " ".join(text.split()) if isinstance(text, str) else ""


def _components(document: dict[str, Any]) -> dict[str, Any]:
    components = document.get("components")
    schemas = components.get("schemas") if isinstance(components, dict) else document.get("definitions")
    return schemas if isinstance(schemas, dict) else {}


_MIME: Final = re.compile(r"json|form|xml", re.IGNORECASE)
_VERBS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_PLACES: Final = frozenset({"query", "path", "header", "cookie", "formData"})
_MAX_REFERENCES: Final = 10


class _Operations:
    """What the paths define without giving it a name: `POST /users request` -> its schema."""

    def __init__(self, walker: Walker, document: dict[str, Any]) -> None:
        self.walker = walker
        self.document = document

    def bodies(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path, item in self._paths():
            parameters = self._list(item.get("parameters"))
            for verb, operation in item.items():
                if verb in _VERBS and isinstance(operation, dict):
                    found.update(self._of_operation(f"{verb.upper()} {path}", operation))
                    parameters += self._list(operation.get("parameters"))
            if named := {name: schema for one in parameters for name, schema in _parameter(one)}:
                needed = [str(one["name"]) for one in parameters if one.get("required") is True and one.get("name")]
                found[f"{path} parameters"] = {"properties": named, "required": needed}
        return found

    def _paths(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for key in ("paths", "webhooks"):
            part = self.document.get(key)
            for path, item in part.items() if isinstance(part, dict) else ():
                if isinstance(item, dict):
                    yield str(path), item

    def _of_operation(self, name: str, operation: dict[str, Any]) -> dict[str, Any]:
        answers = operation.get("responses")
        parts = [("request", operation.get("requestBody"))]
        parts += [(str(status), answer) for status, answer in answers.items()] if isinstance(answers, dict) else []
        parts += [("request", one) for one in self._list(operation.get("parameters")) if one.get("in") == "body"]
        found = {f"{name} {part}": _schema_of(self._referred(body)) for part, body in parts}
        return {part: schema for part, schema in found.items() if not _is_named(schema)}

    def _list(self, value: Any) -> list[dict[str, Any]]:
        found = [self._referred(one) for one in value] if isinstance(value, list) else []
        return [one for one in found if isinstance(one, dict)]

    def _referred(self, node: Any) -> Any:
        for _ in range(_MAX_REFERENCES):
            reference = node.get("$ref") if isinstance(node, dict) else None
            if not isinstance(reference, str) or not reference.startswith("#"):
                return node
            node = self.walker.resolve(reference)
        return None


def _parameter(one: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Its name and schema: of OpenAPI 3 below `schema` or a media type, of Swagger 2 the parameter itself."""
    name = one.get("name")
    if isinstance(name, str) and name and one.get("in") in _PLACES:
        schema = _schema_of(one)
        known = dict(schema) if isinstance(schema, dict) else {key: one[key] for key in _SIMPLE if key in one}
        yield name, {"description": one.get("description"), **known}


_SIMPLE: Final = ("type", "format", "items", "enum")


def _is_named(schema: Any) -> bool:
    """A component, or a list of it, has an entity already; a simple value has no fields."""
    if not isinstance(schema, dict):
        return True
    return "$ref" in schema or (schema.get("type") == "array" and _is_named(schema.get("items")))


def _schema_of(body: Any) -> Any:
    """Of OpenAPI 3 by its media type, of Swagger 2 directly."""
    if not isinstance(body, dict):
        return None
    content = body.get("content")
    for kind, media in content.items() if isinstance(content, dict) else ():
        if isinstance(media, dict) and _MIME.search(str(kind)):
            return media.get("schema")
    return body.get("schema")
