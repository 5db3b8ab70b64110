"""The schema in a Parquet file's footer -> one entity. The data pages, and what other programs left there, stay unread.

The footer is decoded here: neither the serialised Arrow schema nor pandas' metadata in it is handed to a library.
Layout: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift and LogicalTypes.md there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.thrift import Reader, Struct
from datamap.parsers.types import MAX_DEPTH, MAX_FIELDS, Entity, Field, Schema, Unreadable

FORMAT: Final = "parquet"
_MAGIC: Final = b"PAR1"
_MAX_FOOTER: Final = 64 * 1024 * 1024
_SCHEMA: Final = 2  # of FileMetaData
# of SchemaElement
_TYPE, _LENGTH, _REPETITION, _NAME, _CHILDREN, _CONVERTED, _SCALE, _PRECISION, _LOGICAL = 1, 2, 3, 4, 5, 6, 7, 8, 10
_OPTIONAL, _REPEATED = 1, 2
_PHYSICAL: Final = ("boolean", "int32", "int64", "timestamp(int96)", "float", "double", "binary", "fixed")
_CONVERTED_NAMES: Final = (
    "string", "map", "map", "list", "enum", "decimal", "date", "time(ms)", "time(us)", "timestamp(ms)",
    "timestamp(us)", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "json", "bson",
    "interval",
)  # fmt: skip
_LOGICAL_NAMES: Final = {
    1: "string", 2: "map", 3: "list", 4: "enum", 5: "decimal", 6: "date", 7: "time", 8: "timestamp", 10: "integer",
    11: "null", 12: "json", 13: "bson", 14: "uuid", 15: "float16", 16: "variant", 17: "geometry", 18: "geography",
}  # fmt: skip
_UNITS: Final = {1: "ms", 2: "us", 3: "ns"}


def footer(stream: BinaryIO) -> bytes:
    """The end of a file: its metadata, their length, the magic. Raises Unreadable(truncated, encrypted, too_large)."""
    size = stream.seek(0, 2)
    if size < 12:
        raise Unreadable("truncated")
    stream.seek(size - 8)
    length, magic = struct.unpack("<I4s", stream.read(8))
    if magic == b"PARE":
        raise Unreadable("encrypted")
    if magic != _MAGIC or length > size - 12:
        raise Unreadable("truncated")
    if length > _MAX_FOOTER:
        raise Unreadable("too_large", params={"limit": _MAX_FOOTER})
    stream.seek(size - 8 - length)
    return stream.read(length + 8)


def sniff(source: Source) -> bool:
    return source.binary == FORMAT


def parse(source: Source) -> Schema:
    """`source.data` is what `footer` returns, or a whole file. Raises Unreadable(truncated, damaged, too_deep)."""
    if len(source.data) < 8 or source.data[-4:] != _MAGIC:
        raise Unreadable("truncated")
    (length,) = struct.unpack("<I", source.data[-8:-4])
    if length > len(source.data) - 8:
        raise Unreadable("truncated")
    metadata = Reader(source.data[len(source.data) - 8 - length : -8]).struct(only=frozenset({_SCHEMA}))
    elements = metadata.get(_SCHEMA)
    if not isinstance(elements, list) or not all(isinstance(one, dict) for one in elements) or len(elements) < 2:
        raise Unreadable("damaged")
    if len(elements) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    root = _tree(iter(elements), 0)
    fields = tuple(leaf for node in root.children for leaf in _leaves(node, ""))
    if not fields:
        raise Unreadable("damaged")
    return Schema(FORMAT, (Entity(source.stem or "table", fields, kind="file"),))


@dataclass(slots=True)
class _Node:
    element: Struct
    children: list[_Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        name = self.element.get(_NAME)
        return name.decode("utf-8", "replace") if isinstance(name, bytes) else ""

    @property
    def repetition(self) -> int:
        return _number(self.element.get(_REPETITION))

    @property
    def kind(self) -> str:
        """Its logical type's name, "" where it has none."""
        logical = self.element.get(_LOGICAL)
        number = next(iter(logical), 0) if isinstance(logical, dict) else 0
        if name := _LOGICAL_NAMES.get(number):
            return name
        converted = self.element.get(_CONVERTED)
        if isinstance(converted, int) and 0 <= converted < len(_CONVERTED_NAMES):
            return _CONVERTED_NAMES[converted]
        return ""


def _tree(elements: Iterator[Struct], depth: int) -> _Node:
    """The elements come depth first, each group with the number of its children."""
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    element = next(elements, None)
    if element is None:
        raise Unreadable("damaged")
    count = _number(element.get(_CHILDREN))
    if count > MAX_FIELDS:
        raise Unreadable("damaged")
    return _Node(element, [_tree(elements, depth + 1) for _ in range(count)])


def _leaves(node: _Node, path: str, *, nullable: bool = False) -> Iterator[Field]:
    """A list is `[]` and a map `*`, whatever groups the writer put around them."""
    own = join(path, node.name)
    nullable = nullable or node.repetition == _OPTIONAL
    if node.kind == "list" and len(node.children) == 1 and node.repetition != _REPEATED:
        yield from _inside(_element(node.children[0]), f"{own}[]", nullable=nullable)
    elif node.kind == "map" and node.children and len(node.children[0].children) == 2:
        yield from _inside(node.children[0].children[1], join(own, "*"), nullable=nullable)
    else:
        yield from _inside(node, own + "[]" * (node.repetition == _REPEATED), nullable=nullable)


def _inside(node: _Node, path: str, *, nullable: bool) -> Iterator[Field]:
    """What `path` holds, the node's own name being in it already."""
    nullable = nullable or node.repetition == _OPTIONAL
    if node.kind == "list" and len(node.children) == 1:
        yield from _inside(_element(node.children[0]), f"{path}[]", nullable=nullable)
    elif node.kind == "map" and node.children and len(node.children[0].children) == 2:
        yield from _inside(node.children[0].children[1], join(path, "*"), nullable=nullable)
    elif node.children:
        for child in node.children:
            yield from _leaves(child, path, nullable=nullable)
    else:
        yield Field(path, _type(node), nullable)


def _element(repeated: _Node) -> _Node:
    """The repeated group of a list is a wrapper unless it is the element itself (LogicalTypes.md, compatibility)."""
    is_wrapper = len(repeated.children) == 1 and repeated.name != "array" and not repeated.name.endswith("_tuple")
    return repeated.children[0] if is_wrapper else repeated


def _type(node: _Node) -> str:
    physical = node.element.get(_TYPE)
    plain = _PHYSICAL[physical] if isinstance(physical, int) and 0 <= physical < len(_PHYSICAL) else ""
    if plain == "fixed":
        plain = f"fixed({_number(node.element.get(_LENGTH))})"
    kind, logical = node.kind, node.element.get(_LOGICAL)
    inner: Any = next(iter(logical.values()), None) if isinstance(logical, dict) else None
    if kind == "decimal":
        return f"decimal({_number(node.element.get(_PRECISION))},{_number(node.element.get(_SCALE))})"
    if kind in {"time", "timestamp"} and isinstance(inner, dict) and isinstance(inner.get(2), dict):
        return f"{kind}({_UNITS.get(next(iter(inner[2]), 0), '?')}{', UTC' if inner.get(1) is True else ''})"
    if kind == "integer" and isinstance(inner, dict):
        return f"{'' if inner.get(2, True) else 'u'}int{_number(inner.get(1)) or ''}"
    return kind or plain or "unknown"


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
