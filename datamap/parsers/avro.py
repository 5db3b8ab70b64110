"""Avro schemas (.avsc, .avpr, the header of .avro) -> one entity for each record at the top, nested ones as paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    document = _written_in(source.data) if source.binary else source.document
    around = str(document.get("namespace", "")) if isinstance(document, dict) and "protocol" in document else ""
    for part in _tops(document):
        if _is_record(part):
            space, name = _full_name(part, around)
            fields: dict[str, Field] = {}  # two records of a union may share a name
            for one in walker.fields(part, "", (), 0, around):
                fields.setdefault(one.path, one)
            called = name.rsplit(".", 1)[-1] or source.stem
            entities.append(Entity(called, tuple(fields.values()), _text(part), "record", space))
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
    """Knows the records it has seen by their full names, each with the namespace that holds inside of it."""

    def __init__(self) -> None:
        self.named: dict[str, tuple[dict[str, Any], str]] = {}
        self.count = 0

    def fields(
        self, record: dict[str, Any], path: str, trail: tuple[str, ...], depth: int, space: str = ""
    ) -> Iterator[Field]:
        space, name = _full_name(record, space)
        self.named.setdefault(name, (record, space))
        for part in record["fields"]:
            if isinstance(part, dict) and isinstance(part.get("name"), str):
                own = join(path, part["name"])
                place = _Place(own, _text(part), (*trail, name), depth + 1, space)
                yield from self.typed(part.get("type"), place, nullable=False)

    def typed(self, type_: Any, at: _Place, *, nullable: bool) -> Iterator[Field]:
        self.count += 1
        if self.count > MAX_FIELDS or at.depth > MAX_DEPTH:
            raise Unreadable("too_many_fields" if at.depth <= MAX_DEPTH else "too_deep")
        known = self._known(type_, at.space) if isinstance(type_, str) else None
        inner = replace(at, depth=at.depth + 1)
        if isinstance(type_, list):
            yield from self._union(type_, inner, nullable=nullable)
        elif isinstance(type_, dict) and type_.get("type") == "array":
            yield from self.typed(type_.get("items"), replace(inner, path=f"{at.path}[]"), nullable=nullable)
        elif isinstance(type_, dict) and type_.get("type") == "map":
            yield from self.typed(type_.get("values"), replace(inner, path=join(at.path, "*")), nullable=nullable)
        elif _is_record(type_) and type_["fields"]:
            yield from self.fields(type_, at.path, at.trail, at.depth, at.space)
        elif isinstance(type_, dict) and isinstance(type_.get("type"), dict | list):
            yield from self.typed(type_["type"], inner, nullable=nullable)
        elif known and known not in at.trail and self.count < _MAX_UNFOLDED:
            record, space = self.named[known]
            yield from self.fields(record, at.path, at.trail, at.depth, space)
        else:
            yield Field(at.path, _name_of(type_), nullable, at.doc)

    def _union(self, options: list[Any], at: _Place, *, nullable: bool) -> Iterator[Field]:
        """Of several kinds: what holds a single value is one field, each record's fields stand beside it."""
        some = [option for option in options if option != "null"]
        nullable = nullable or len(some) < len(options)
        nested = [option for option in some if len(some) == 1 or self._is_nested(option, at.space)]
        plain = [option for option in some if option not in nested]
        if plain or not some:
            yield Field(at.path, "|".join(_name_of(option) for option in plain), nullable, at.doc)
        for option in nested:
            yield from self.typed(option, at, nullable=nullable)

    def _is_nested(self, option: Any, space: str) -> bool:
        if isinstance(option, str):
            return self._known(option, space) is not None
        return isinstance(option, dict) and option.get("type") in (*_NAMED, "array", "map")

    def _known(self, name: str, space: str) -> str | None:
        """By Avro's rule a bare name belongs to the namespace around it."""
        found = (one for one in (f"{space}.{name}" if space and "." not in name else name, name) if one in self.named)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a type stands: its path and text, the records around it, and their namespace."""

    path: str
    doc: str
    trail: tuple[str, ...]
    depth: int
    space: str


def _full_name(record: dict[str, Any], space: str) -> tuple[str, str]:
    """Its namespace and its full name; a name with dots is full already."""
    name, stated = str(record.get("name", "")), record.get("namespace")
    if "." in name:
        return name.rsplit(".", 1)[0], name
    space = stated if isinstance(stated, str) else space
    return space, f"{space}.{name}" if space else name


def _name_of(type_: Any) -> str:
    if isinstance(type_, dict):
        logical = type_.get("logicalType")
        named = type_.get("name") if type_.get("type") in ("enum", "fixed", *_NAMED) else type_.get("type")
        return str(logical or named)[:80]
    return type_[:80] if isinstance(type_, str) else "any"


def _text(part: dict[str, Any]) -> str:
    doc = part.get("doc")
    return " ".join(doc.split()) if isinstance(doc, str) else ""
