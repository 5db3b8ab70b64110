"""Croissant 1.0 (MLCommons' description of machine-learning datasets) -> one entity for each record set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, Entity, Field, Schema, Unreadable, check_size

FORMAT: Final = "croissant"


def sniff(source: Source) -> bool:
    if not source.looks_like_json:
        return False
    document = source.document
    return isinstance(document, dict) and "@context" in document and isinstance(document.get("recordSet"), list)


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, no_tables)."""
    document = source.document
    sets = document.get("recordSet") if isinstance(document, dict) else None
    entities = [
        Entity(_named(part, f"record set {index}"), tuple(_fields(part.get("field"), "", 0)), _text(part), "record")
        for index, part in enumerate(sets if isinstance(sets, list) else (), 1)
        if isinstance(part, dict)
    ]
    found = tuple(entity for entity in entities if entity.fields)
    if not found:
        raise Unreadable("no_tables")
    check_size(found)
    return Schema(FORMAT, found)


def _fields(parts: Any, path: str, depth: int) -> Iterator[Field]:
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    for part in parts if isinstance(parts, list) else ():
        if not isinstance(part, dict):
            continue
        own = join(path, _named(part, "field")) + ("[]" if part.get("repeated") is True else "")
        inner = part.get("subField")
        if isinstance(inner, list) and inner:
            yield from _fields(inner, own, depth + 1)
        else:
            yield Field(own, _type(part.get("dataType")), None, _text(part))


def _named(part: dict[str, Any], fallback: str) -> str:
    name = part.get("name") or part.get("@id")
    return str(name).rsplit("/", 1)[-1] if isinstance(name, str) and name else fallback


def _type(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return first.rsplit(":", 1)[-1].rsplit("/", 1)[-1][:80] if isinstance(first, str) else ""


def _text(part: dict[str, Any]) -> str:
    value = part.get("description")
    return " ".join(value.split()) if isinstance(value, str) else ""
