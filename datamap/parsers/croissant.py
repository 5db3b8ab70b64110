"""Croissant 1.0 (MLCommons' description of machine-learning datasets) -> one entity for each record set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, Entity, Field, Schema, Unreadable, check_size

FORMAT: Final = "croissant"


def sniff(source: Source) -> bool:
    if not source.looks_like_json:
        return False
    document = source.document
    return isinstance(document, dict) and "@context" in document and isinstance(document.get("recordSet"), list | dict)


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, no_tables)."""
    document = source.document
    sets = _list(document.get("recordSet")) if isinstance(document, dict) else []
    entities = [_entity(part, index) for index, part in enumerate(sets, 1)]
    found = tuple(entity for entity in entities if entity.fields)
    if not found:
        raise Unreadable("no_tables")
    check_size(found)
    return Schema(FORMAT, found)


def _entity(part: dict[str, Any], index: int) -> Entity:
    keys = _keys(part.get("key"))
    fields = [
        replace(one, key="primary", nullable=False) if one.path in keys else one
        for one in _fields(part.get("field"), "", 0)
    ]
    return Entity(_named(part, f"record set {index}"), tuple(fields), _text(part), "record")


def _fields(parts: Any, path: str, depth: int) -> Iterator[Field]:
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    for part in _list(parts):
        own = join(path, _named(part, "field")) + "[]" * _is_list(part)
        if inner := _list(part.get("subField")):
            yield from _fields(inner, own, depth + 1)
        else:
            target = _referred(part)
            yield Field(own, _type(part.get("dataType")), None, _text(part), "foreign" if target else "", target)


def _is_list(part: dict[str, Any]) -> bool:
    """Repeated values, or the records of another set that belong to this one."""
    return True in (part.get("repeated"), part.get("isArray")) or _type(part.get("dataType")) == "RecordSet"


def _referred(part: dict[str, Any]) -> str:
    """`people/id` as people.id; older files name the set and the field apart."""
    for one in _list(part.get("references")):
        field = one.get("field", one)
        named = field.get("@id") if isinstance(field, dict) else field
        if isinstance(named, str):
            return named.lstrip("#").replace("/", ".")
    return ""


def _list(value: Any) -> list[dict[str, Any]]:
    """JSON-LD writes a list of one without its brackets."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _keys(value: Any) -> set[str]:
    """Fields by their last name; older files write the name alone, without an object around it."""
    named = [
        one.get("@id") if isinstance(one, dict) else one for one in (value if isinstance(value, list) else [value])
    ]
    return {one.rsplit("/", 1)[-1] for one in named if isinstance(one, str)}


def _named(part: dict[str, Any], fallback: str) -> str:
    name = part.get("name") or part.get("@id")
    return str(name).rsplit("/", 1)[-1] if isinstance(name, str) and name else fallback


def _type(value: Any) -> str:
    """`sc:Text`, or several that hold at once: Text|email. Of an address its end counts."""
    named = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    return "|".join(one.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1].rsplit(":", 1)[-1] for one in named[:4])[:80]


def _text(part: dict[str, Any]) -> str:
    value = part.get("description")
    return " ".join(value.split()) if isinstance(value, str) else ""
