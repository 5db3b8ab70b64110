"""Fides dataset manifests (YAML) -> one entity for each collection; categories given there stay in the description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, Entity, Field, Schema, Unreadable, check_size

FORMAT: Final = "fides"
#: A dataset, or another of Fides' manifests, which then is called by its name.
_SIGN: Final = re.compile(
    rb"^(?:dataset:|(?:system|policy|organization|data_category|data_use):\s*\n\s*- fides_key:)", re.MULTILINE
)


def sniff(source: Source) -> bool:
    if source.binary or not (source.looks_like_yaml or source.data.lstrip().startswith(b"dataset:")):
        return False
    return _SIGN.search(source.data[:200_000]) is not None


def parse(source: Source) -> Schema:
    """Raises Unreadable(yaml, alias_bomb, too_deep, no_tables, fides_no_dataset)."""
    document = source.yaml_document
    if isinstance(document, dict) and "dataset" not in document:
        raise Unreadable("fides_no_dataset")
    datasets = document.get("dataset") if isinstance(document, dict) else None
    entities = [
        Entity(
            str(collection.get("name", "collection")),
            tuple(_fields(collection.get("fields"), "", 0)),
            _text(collection),
            "table",
            str(dataset.get("fides_key", "")),
        )
        for dataset in _dicts(datasets)
        for collection in _dicts(dataset.get("collections"))
    ]
    if not entities:
        raise Unreadable("no_tables")
    check_size(entities)
    return Schema(FORMAT, tuple(entities))


def _fields(parts: Any, path: str, depth: int) -> Iterator[Field]:
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    for part in _dicts(parts):
        meta = part.get("fides_meta")
        type_ = str(meta.get("data_type", "")) if isinstance(meta, dict) else ""
        own = join(path, str(part.get("name", "field"))) + ("[]" if type_.endswith("[]") else "")
        if isinstance(part.get("fields"), list) and part["fields"]:
            yield from _fields(part["fields"], own, depth + 1)
        else:
            yield Field(own, type_.removesuffix("[]"), None, _described(part))


def _described(part: dict[str, Any]) -> str:
    categories = part.get("data_categories")
    named = ", ".join(str(one) for one in categories) if isinstance(categories, list) else ""
    return f"{_text(part)} [{named}]".strip() if named else _text(part)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(part: dict[str, Any]) -> str:
    value = part.get("description")
    return " ".join(value.split()) if isinstance(value, str) else ""
