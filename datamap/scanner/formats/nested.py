"""Nested records as columns: `orders[].customer.email` is what stands in lists and objects, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyarrow as pa

from datamap.scanner.formats.stream import MAX_COLUMNS, MAX_DEPTH, Batch, clean
from datamap.scanner.types import Unreadable

ROWS: Final = 4_096


def batches(records: Iterable[Any], known: Iterable[str] = (), *, rows: int = ROWS) -> Iterator[Batch]:
    """Records of any shape as columns of strings, those `known` before among them; a column may appear late.

    Raises Unreadable: too_many_columns, too_deep.
    """
    columns: dict[str, list[str | None]] = {path: [] for path in known}
    count = 0
    for record in records:
        flat: dict[str, str] = {}
        flatten(record, "", flat, 0)
        for path, value in flat.items():
            if (cells := columns.get(path)) is None:
                cells = columns[path] = [None] * count
            cells.append(value)
        count += 1
        if len(columns) > MAX_COLUMNS:
            raise Unreadable("too_many_columns")
        for cells in columns.values():
            if len(cells) < count:
                cells.append(None)
        if count == rows:
            yield _arrays(columns)
            columns, count = {path: [] for path in columns}, 0
    if count:
        yield _arrays(columns)


def _arrays(columns: dict[str, list[str | None]]) -> Batch:
    return {path: pa.array(cells, type=pa.string()) for path, cells in columns.items()}


def flatten(value: Any, path: str, into: dict[str, str], depth: int) -> None:
    """Scalars under their path; those of a list share one cell, a line each. Bytes that are no text are left out."""
    if depth > MAX_DEPTH:
        raise Unreadable("too_deep")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            name = clean(str(key)) or "?"
            below = f"{path}.{name}" if path else name
            if type(inner) is str and below not in into and inner.isascii():
                into[below] = inner
            else:
                flatten(inner, below, into, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            flatten(inner, f"{path}[]", into, depth + 1)
    elif (text := _text(value)) is not None:
        name = path or "text"
        into[name] = f"{into[name]}\n{text}" if name in into else text


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", errors="replace").decode()
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    return None if value is None else str(value)
