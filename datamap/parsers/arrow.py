"""The schema of an Arrow IPC file, an Arrow stream or a Feather file -> one entity. No record batch is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from datamap.parsers.json_schema import join
from datamap.parsers.source import Source
from datamap.parsers.types import MAX_DEPTH, MAX_FIELDS, Entity, Field, Schema, Unreadable

FORMAT: Final = "arrow"


def sniff(source: Source) -> bool:
    return source.binary == FORMAT


def parse(source: Source) -> Schema:
    """Raises Unreadable(damaged, feather_v1, too_deep, too_many_fields)."""
    if source.data.startswith(b"FEA1"):
        raise Unreadable("feather_v1")
    try:
        fields = tuple(islice(_fields(_schema(source.data)), MAX_FIELDS + 1))
    except UnicodeDecodeError:  # a name that is no text
        raise Unreadable("damaged") from None
    if len(fields) > MAX_FIELDS:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
    if not fields:
        raise Unreadable("no_tables")
    return Schema(FORMAT, (Entity(source.stem or "table", fields, kind="file"),))


def _fields(schema: Any) -> Iterator[Field]:
    for part in schema:
        yield from _leaves(part.type, part.name, nullable=part.nullable, depth=0)


def _schema(data: bytes) -> Any:
    """pyarrow verifies the metadata before it reads them; their key-value pairs are not interpreted."""
    import pyarrow as pa

    try:
        reader = pa.BufferReader(data)
        return (pa.ipc.open_file(reader) if data.startswith(b"ARROW1") else pa.ipc.open_stream(reader)).schema
    except pa.ArrowInvalid:
        raise Unreadable("damaged" if len(data) > 64 else "truncated") from None
    except (pa.ArrowException, OSError, ValueError, TypeError, MemoryError):
        raise Unreadable("damaged") from None


def _leaves(type_: Any, path: str, *, nullable: bool, depth: int) -> Iterator[Field]:
    import pyarrow.types as kinds

    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    if isinstance(storage := getattr(type_, "storage_type", None), object) and storage is not None:
        yield from _leaves(storage, path, nullable=nullable, depth=depth + 1)
    elif kinds.is_struct(type_):
        for part in type_:
            yield from _leaves(part.type, join(path, part.name), nullable=nullable or part.nullable, depth=depth + 1)
    elif kinds.is_map(type_):
        yield from _leaves(type_.item_type, join(path, "*"), nullable=True, depth=depth + 1)
    elif hasattr(type_, "value_field"):  # every kind of list
        yield from _leaves(
            type_.value_type, f"{path}[]", nullable=nullable or type_.value_field.nullable, depth=depth + 1
        )
    elif kinds.is_dictionary(type_):
        inner = list(_leaves(type_.value_type, path, nullable=nullable, depth=depth + 1))
        yield from (Field(one.path, f"{one.type} (dictionary)", one.nullable) for one in inner)
    elif kinds.is_run_end_encoded(type_):
        yield from _leaves(type_.value_type, path, nullable=nullable, depth=depth + 1)
    else:
        yield Field(path, str(type_), nullable)
