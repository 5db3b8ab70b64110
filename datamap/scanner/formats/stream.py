"""The face every format shows: named columns and batches of string columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

#: Column name -> pyarrow string array; all of one length. A column may appear late.
Batch: TypeAlias = "Mapping[str, Any]"

MAX_COLUMNS: Final = 5_000
MAX_DEPTH: Final = 24


@dataclass(slots=True)
class Stream:
    """One table being read. `skipped` grows while batches are taken."""

    format: str
    columns: list[str]
    batches: Iterator[Batch]
    types: Mapping[str, str] = field(default_factory=dict)
    has_header: bool = True
    encoding: str = "utf-8"
    skipped: int = 0
    position: Callable[[], int] = lambda: 0  # bytes read so far


def unique_names(names: list[str]) -> list[str]:
    """Names as they came, blanks as c<position>, repeats with a number behind."""
    seen: dict[str, int] = {}
    result = []
    for position, raw in enumerate(names, start=1):
        name = " ".join(raw.split())[:200] or f"c{position}"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result
