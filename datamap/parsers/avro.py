"""Avro schemas (.avsc, .avpr, the header of .avro) -> one entity for each record at the top, nested ones as paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, MAX_FIELDS, Entity, Field, Schema, Unreadable

FORMAT: Final = "avro"
_NAMED: Final = ("record", "error")
_MAX_UNFOLDED: Final = 20_000  # fields, beyond which a record used again is only named
_MAX_METADATA: Final = 1_000  # entries of a data file's header


def sniff(source: Source) -> bool:
    if source.binary:
        return source.binary == FORMAT
    if not source.looks_like_json:
        return False
    return any(_is_record(part) for part in _tops(source.document))


def parse(source: Source) -> Schema:
    """Raises Unreadable(json, not_a_schema, too_many_fields, truncated, damaged)."""
    walker = _Walker()
    entities = []
    for part in _tops(_written_in(source.data) if source.binary else source.document):
        if _is_record(part):
            fields = tuple(walker.fields(part, "", (), 0))
            entities.append(
                Entity(
                    str(part.get("name", source.stem)), fields, _text(part), "record", str(part.get("namespace", ""))
                )
            )
    if not entities:
        raise Unreadable("not_a_schema")
    return Schema(FORMAT, tuple(entities))


def _written_in(data: bytes) -> Any:
    """The schema in the header of a data file: a map whose `avro.schema` is JSON. The blocks below stay unread."""
    at = 4
    while count := _long(data, at)[0]:
        at = _long(data, at)[1]
        if count < 0:  # then the size in bytes follows
            count, at = -count, _long(data, at)[1]
        for _ in range(min(count, _MAX_METADATA)):
            key, at = _bytes(data, at)
            value, at = _bytes(data, at)
            if key == b"avro.schema":
                return Source(value).document
    raise Unreadable("damaged")


def _long(data: bytes, at: int) -> tuple[int, int]:
    """Avro's zigzag number of variable length at `at`, and where it ends."""
    result = shift = 0
    while at < len(data) and shift < 64:
        result |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return (result >> 1) ^ -(result & 1), at
    raise Unreadable("truncated" if at >= len(data) else "damaged")


def _bytes(data: bytes, at: int) -> tuple[bytes, int]:
    length, at = _long(data, at)
    if not 0 <= length <= len(data) - at:
        raise Unreadable("truncated" if length > 0 else "damaged")
    return data[at : at + length], at + length


def _tops(document: Any) -> list[Any]:
    if isinstance(document, dict) and "protocol" in document and isinstance(document.get("types"), list):
        return list(document["types"])
    return list(document) if isinstance(document, list) else [document]


def _is_record(part: Any) -> bool:
    return isinstance(part, dict) and part.get("type") in _NAMED and isinstance(part.get("fields"), list)


class _Walker:
    def __init__(self) -> None:
        self.named: dict[str, dict[str, Any]] = {}
        self.count = 0

    def fields(self, record: dict[str, Any], path: str, trail: tuple[str, ...], depth: int) -> Iterator[Field]:
        name = str(record.get("name", ""))
        self.named.setdefault(name, record)
        for part in record["fields"]:
            if isinstance(part, dict) and isinstance(part.get("name"), str):
                yield from self.typed(
                    part.get("type"),
                    join(path, part["name"]),
                    _text(part),
                    nullable=False,
                    trail=(*trail, name),
                    depth=depth + 1,
                )

    def typed(
        self, type_: Any, path: str, doc: str, *, nullable: bool, trail: tuple[str, ...], depth: int
    ) -> Iterator[Field]:
        self.count += 1
        if self.count > MAX_FIELDS or depth > MAX_DEPTH:
            raise Unreadable("too_many_fields" if depth <= MAX_DEPTH else "too_deep")
        if isinstance(type_, list):
            options = [option for option in type_ if option != "null"]
            nullable = nullable or len(options) < len(type_)
            if len(options) == 1:
                yield from self.typed(options[0], path, doc, nullable=nullable, trail=trail, depth=depth + 1)
            else:
                yield Field(path, "|".join(_name_of(option) for option in options), nullable, doc)
        elif isinstance(type_, dict) and type_.get("type") == "array":
            yield from self.typed(type_.get("items"), f"{path}[]", doc, nullable=nullable, trail=trail, depth=depth + 1)
        elif isinstance(type_, dict) and type_.get("type") == "map":
            yield from self.typed(
                type_.get("values"), join(path, "*"), doc, nullable=nullable, trail=trail, depth=depth + 1
            )
        elif _is_record(type_):
            yield from self.fields(type_, path, trail, depth)
        elif isinstance(type_, dict) and isinstance(type_.get("type"), dict | list):
            yield from self.typed(type_["type"], path, doc, nullable=nullable, trail=trail, depth=depth + 1)
        elif isinstance(type_, str) and type_ in self.named and type_ not in trail and self.count < _MAX_UNFOLDED:
            yield from self.fields(self.named[type_], path, trail, depth)
        else:
            yield Field(path, _name_of(type_), nullable, doc)


def _name_of(type_: Any) -> str:
    if isinstance(type_, dict):
        logical = type_.get("logicalType")
        named = type_.get("name") if type_.get("type") in ("enum", "fixed", *_NAMED) else type_.get("type")
        return str(logical or named)[:80]
    return type_[:80] if isinstance(type_, str) else "any"


def _text(part: dict[str, Any]) -> str:
    doc = part.get("doc")
    return " ".join(doc.split()) if isinstance(doc, str) else ""
