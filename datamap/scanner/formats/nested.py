"""Nested records as columns: `orders[].customer.email` is what stands in lists and objects, whatever the format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import pyarrow as pa

from datamap.scanner import patterns
from datamap.scanner.evidence import is_person
from datamap.scanner.formats.stream import MAX_COLUMNS, MAX_DEPTH, Batch, clean
from datamap.scanner.types import Unreadable

ROWS: Final = 4_096
#: Stands in a path for a key that is data itself, such as a name or a number of somebody; such keys are a column.
HIDDEN: Final = "*"
KEY: Final = "key"
#: Objects under keys of their own are records where they share this much of their keys.
ALIKE: Final = 0.6
FEWEST: Final = 3
#: Keys that somebody was given: numbers, random ones, digests.
GIVEN: Final = re.compile(r"\d{5,}|[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12,}")


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
        keyed = depth > 0 and is_keyed(value)
        for key, inner in value.items():
            name = HIDDEN if keyed else label(str(key))
            below = f"{path}.{name}" if path else name
            if name == HIDDEN:
                flatten(str(key), f"{below}.{KEY}", into, depth)
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


@lru_cache(maxsize=16_384)  # records repeat their keys
def label(key: str) -> str:
    """A key as a part of a column's name: HIDDEN where it says who somebody is."""
    name = clean(key) or "?"
    found = GIVEN.fullmatch(name) or any(pattern.search(name) for pattern in patterns.COMPILED.values())
    return HIDDEN if found or (" " in name and name.istitle() and is_person(name)) else name


def is_keyed(value: Mapping[str, Any]) -> bool:
    """Whether an object's keys are data: under each stands a record of the same kind."""
    records = list(value.values())
    return len(records) >= FEWEST and all(isinstance(it, Mapping) and it for it in records) and are_alike(records)


def are_alike(records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether records have most of their keys in common."""
    seen = Counter(key for record in records for key in record)
    mean = sum(map(len, records)) / len(records)
    return mean >= 1.5 and sum(n for n in seen.values() if n >= ALIKE * len(records)) >= ALIKE * seen.total()


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", errors="replace").decode()
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    return None if value is None else str(value)
