"""JSON Schema, draft 4 to 2020-12 -> Schema. References inside the document are followed; nothing is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote, urljoin

from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, MAX_FIELDS, Entity, Field, Schema, Unparsed, Unreadable, check_size

FORMAT: Final = "json-schema"
_YAML: Final = re.compile(rb"""^["']?\$(?:schema|defs)["']?\s*:|^(?:definitions|properties):\s*$""", re.MULTILINE)
_MAX_STEPS: Final = 400_000  # a graph of references can unfold without end
_SHAPE: Final = (
    "properties",
    "dependentSchemas",
    "dependencies",
    "contains",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "definitions",
    "$defs",
    "patternProperties",
    "prefixItems",
)


def sniff(source: Source) -> bool:
    """A JSON object, or YAML, that names a schema draft, or describes properties or definitions."""
    if source.looks_like_yaml:
        return _YAML.search(source.data[:200_000]) is not None
    if not source.looks_like_json:
        return False
    document = source.document
    if not isinstance(document, dict) or "openapi" in document or "swagger" in document:
        return False
    named = isinstance(document.get("$schema"), str) and "json-schema.org" in document["$schema"]
    return (
        named
        or any(isinstance(document.get(key), dict) for key in ("properties", "definitions", "$defs"))
        or ("$ref" in document or document.get("type") == "array" and isinstance(document.get("items"), dict))
    )


def parse(source: Source) -> Schema:
    """One entity for the document, and one for each definition it does not use itself.

    Where references would unfold into too many fields they stay folded: then each definition is an entity.
    Raises Unreadable(json, too_deep, not_a_schema, too_many_fields).
    """
    document = source.yaml_document if source.looks_like_yaml else source.document
    if not isinstance(document, dict):
        raise Unreadable("not_a_schema")
    try:
        walker = Walker(document)
        entities = _entities(document, walker, source.stem)
        check_size(entities)
    except Unreadable as error:
        if error.code != "too_many_fields":
            raise
        walker = Walker(document, expand=False)
        entities = _entities(document, walker, source.stem)
        walker.unparsed.append(Unparsed(0, "folded"))
    if not entities:
        raise Unreadable("not_a_schema")
    check_size(entities)
    return Schema(FORMAT, tuple(entities), draft(document), tuple(walker.unparsed))


def _entities(document: Mapping[str, Any], walker: Walker, stem: str) -> list[Entity]:
    entities: list[Entity] = []
    if any(
        key in document
        for key in ("properties", "items", "allOf", "anyOf", "oneOf", "$ref", "patternProperties", "prefixItems")
    ):
        fields = tuple(walker.fields(document))
        if fields:
            entities.append(Entity(_name(document, stem), fields, _text(document, "description"), "document"))
    for key in ("definitions", "$defs"):
        for title, part in _members(document.get(key)):
            alone = not walker.expand or f"#/{key}/{title}" not in walker.followed
            if alone and isinstance(part, dict) and (fields := tuple(walker.fields(part))):
                entities.append(Entity(title, fields, _text(part, "description"), "document"))
    return entities


def draft(document: Mapping[str, Any]) -> str:
    """ "draft-07", "2020-12" or "" where the document does not say."""
    named = document.get("$schema")
    if not isinstance(named, str) or "json-schema.org" not in named:
        return ""
    return next((part for part in named.split("/") if part.startswith(("draft-", "20"))), "")


@dataclass(eq=False)
class Walker:
    """Turns a schema node into leaf paths, following local references unless told to stop at them.

    `expand=False` (OpenAPI) leaves a referenced component as one field naming it.
    """

    document: Mapping[str, Any]
    expand: bool = True
    followed: set[str] = field(default_factory=set)
    unparsed: list[Unparsed] = field(default_factory=list)
    _steps: int = 0

    def fields(self, node: Any) -> Iterator[Field]:
        """Leaves below a node, each path once."""
        seen: set[str] = set()
        for found in self._walk(node, "", nullable=False, trail=(), depth=0):
            if found.path and found.path not in seen:
                seen.add(found.path)
                if len(seen) > MAX_FIELDS:
                    raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
                yield found

    def _walk(
        self, node: Any, path: str, *, nullable: bool | None, trail: tuple[str, ...], depth: int
    ) -> Iterator[Field]:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
        if not isinstance(node, dict):
            if path:
                yield Field(path, "any", nullable)
            return
        if depth > MAX_DEPTH:
            yield Field(path, "object", nullable)
            return
        reference = node.get("$ref", node.get("$recursiveRef", node.get("$dynamicRef")))
        if isinstance(reference, str):
            yield from self._follow(node, reference, path, nullable=nullable, trail=trail, depth=depth)
            return
        below = list(self._below(node, path, nullable=nullable, trail=trail, depth=depth))
        if below:
            yield from below
        elif path:
            yield Field(
                path, type_of(node), _nullable(node, outer=nullable), _text(node, "description") or _text(node, "title")
            )

    def _follow(
        self,
        node: Mapping[str, Any],
        reference: str,
        path: str,
        *,
        nullable: bool | None,
        trail: tuple[str, ...],
        depth: int,
    ) -> Iterator[Field]:
        leaf = reference.rsplit("/", 1)[-1].lstrip("#")
        reference = self._local(reference)
        known = reference.startswith("#")
        target = self.resolve(reference) if known else None
        if target is None:
            if len(self.unparsed) < 100:
                self.unparsed.append(Unparsed(0, "ref_not_found" if known else "remote_ref", path))
            yield Field(path, leaf or "object", nullable, _text(node, "description"))
            return
        self.followed.add(reference)
        if reference in trail or (not self.expand and path and _has_members(target)):
            yield Field(path, leaf or "object", nullable, _text(node, "description"), references=leaf)
            return
        yield from self._walk(target, path, nullable=nullable, trail=(*trail, reference), depth=depth + 1)
        rest = {key: value for key, value in node.items() if key in _SHAPE}
        if rest:
            yield from self._below(rest, path, nullable=nullable, trail=trail, depth=depth + 1)

    def _below(
        self, node: Mapping[str, Any], path: str, *, nullable: bool | None, trail: tuple[str, ...], depth: int
    ) -> Iterator[Field]:
        required = node.get("required")
        needed = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
        for name, part in _members(node.get("properties")):
            yield from self._walk(part, join(path, name), nullable=name not in needed, trail=trail, depth=depth + 1)
        for key in ("additionalProperties", "unevaluatedProperties", "patternProperties"):
            part = node.get(key)
            parts = list(part.values()) if key == "patternProperties" and isinstance(part, dict) else [part]
            for one in parts:
                if isinstance(one, dict) and one:
                    yield from self._walk(one, join(path, "*"), nullable=True, trail=trail, depth=depth + 1)
        for one in self._items(node):
            yield from self._walk(one, f"{path}[]", nullable=True, trail=trail, depth=depth + 1)
        for key in ("allOf", "anyOf", "oneOf"):
            for one in node.get(key) or () if isinstance(node.get(key), list) else ():
                if isinstance(one, dict) and (_has_members(one) or "$ref" in one or not path):
                    yield from self._walk(one, path, nullable=nullable, trail=trail, depth=depth + 1)
        for one in _conditional(node):
            yield from self._walk(one, path, nullable=True, trail=trail, depth=depth + 1)

    def _items(self, node: Mapping[str, Any]) -> list[Any]:
        items = node.get("items")
        found = list(items) if isinstance(items, list) else [items] if isinstance(items, dict) else []
        prefix = node.get("prefixItems")
        others = [node.get(key) for key in ("contains", "unevaluatedItems", "additionalItems")]
        return found + (list(prefix) if isinstance(prefix, list) else []) + [one for one in others if _has_members(one)]

    def resolve(self, reference: str) -> Any:
        """A JSON pointer, or an anchor, inside this document; None where there is nothing."""
        fragment = unquote(reference[1:])
        if not fragment:
            return self.document
        if not fragment.startswith("/"):
            return self._anchors.get(fragment)
        node: Any = self.document
        for step in fragment[1:].split("/"):
            step = step.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict):
                node = node.get(step)
            elif isinstance(node, list) and step.isdecimal() and len(step) < 6 and int(step) < len(node):
                node = node[int(step)]
            else:
                return None
        return node if isinstance(node, dict) else None

    def _local(self, reference: str) -> str:
        """A reference by the identifier of this document, or of a definition in it, as one that begins with #."""
        if reference.startswith("#"):
            return reference
        url, _, fragment = _joined(self._base, reference).partition("#")
        if self._base and url == self._base:
            return f"#{fragment}"
        return f"{self._identified[url]}{fragment}" if url in self._identified else reference

    @cached_property
    def _base(self) -> str:
        named = self.document.get("$id", self.document.get("id"))
        return named.partition("#")[0] if isinstance(named, str) else ""

    @cached_property
    def _identified(self) -> dict[str, str]:
        """Where in the document the definitions with an identifier of their own are."""
        found: dict[str, str] = {}
        for key, name, part in self._definitions():
            named = part.get("$id", part.get("id"))
            if isinstance(named, str) and not named.startswith("#"):
                found.setdefault(_joined(self._base, named).partition("#")[0], f"#/{key}/{_escaped(name)}")
        return found

    @cached_property
    def _anchors(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _, _, part in self._definitions():
            for name in (part.get("$anchor"), part.get("$dynamicAnchor"), part.get("$id"), part.get("id")):
                if isinstance(name, str):
                    found.setdefault(name.lstrip("#"), part)
        return found

    def _definitions(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for key in ("definitions", "$defs"):
            for name, part in _members(self.document.get(key)):
                if isinstance(part, dict):
                    yield key, name, part


def _joined(base: str, reference: str) -> str:
    """Only the names are compared; an address that is none is compared as it is written."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _conditional(node: Mapping[str, Any]) -> Iterator[Any]:
    """What may hold, too: after an if, or where another property is present."""
    parts = [node.get("then"), node.get("else")]
    for key in ("dependentSchemas", "dependencies"):
        parts += [part for _, part in _members(node.get(key))]
    return (part for part in parts if isinstance(part, dict) and ("$ref" in part or _has_members(part)))


def type_of(node: Mapping[str, Any]) -> str:
    """`string`, `string(email)`, `integer | null` is `integer`; of an enumeration the type of its values."""
    named = node.get("type")
    names = (
        [name for name in named if isinstance(name, str) and name != "null"]
        if isinstance(named, list)
        else [named]
        if isinstance(named, str)
        else []
    )
    if not names:
        listed = node.get("enum")
        values = listed if isinstance(listed, list) else [node["const"]] if "const" in node else []
        names = (
            sorted({_TYPES.get(type(value), "any") for value in values if value is not None})
            or sorted(_alternatives(node))
            or ["any"]
        )
    shape = node.get("format")
    return "|".join(names)[:80] + (f"({shape[:40]})" if isinstance(shape, str) else "")


_TYPES: Final = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}


def _alternatives(node: Mapping[str, Any]) -> set[str]:
    parts = [part for key in ("anyOf", "oneOf", "allOf") if isinstance(node.get(key), list) for part in node[key]]
    return {
        part["type"]
        for part in parts
        if isinstance(part, dict) and isinstance(part.get("type"), str) and part["type"] != "null"
    }


def _nullable(node: Mapping[str, Any], *, outer: bool | None) -> bool | None:
    named = node.get("type")
    return True if outer or (isinstance(named, list) and "null" in named) or node.get("nullable") is True else outer


def join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _has_members(node: Any) -> bool:
    return isinstance(node, dict) and any(key in node for key in _SHAPE)


def _members(value: Any) -> list[tuple[str, Any]]:
    return [(str(key), part) for key, part in value.items()] if isinstance(value, dict) else []


def _text(node: Mapping[str, Any], key: str) -> str:
    value = node.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(document: Mapping[str, Any], stem: str) -> str:
    return _text(document, "title") or stem or "document"
