"""The face every format shows: named columns and batches of string columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.types import Reason

if TYPE_CHECKING:
    from datamap.scanner.formats.division import Division

#: Column name -> pyarrow string array; all of one length. A column may appear late.
Batch: TypeAlias = "Mapping[str, Any]"

MAX_COLUMNS: Final = 5_000
MAX_DEPTH: Final = 24
#: Unicode categories of what no label shows: controls and halves of surrogate pairs.
CONTROLS: Final = {"Cc", "Cs"}
#: Marks that turn the direction of the text after them, and byte order marks: a name with one reads as another.
MARKS: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF))


@dataclass(slots=True)
class Stream:
    """One table being read. `skipped` grows while batches are taken.

    `table` is what its columns' names start with where the file holds several: "Sheet." or "member.csv/".
    """

    format: str
    columns: list[str]
    batches: Iterator[Batch]
    types: Mapping[str, str] = field(default_factory=dict)
    has_header: bool = True
    encoding: str = "utf-8"
    skipped: int = 0
    position: Callable[[], int] = lambda: 0  # bytes read so far
    division: Division | None = None  # for one that may be read in chunks, by several processes
    table: str = ""
    left_out: tuple[Reason, ...] = ()  # parts of the file that nobody will read


@lru_cache(maxsize=16_384)  # records repeat their keys
def clean(name: str) -> str:
    """A name of the file's making as a harmless label: one line, without controls and direction marks."""
    words = name.translate(MARKS).split()
    return " ".join("".join(char for char in word if unicodedata.category(char) not in CONTROLS) for word in words)[
        :200
    ]


def unique_names(names: list[str]) -> list[str]:
    """Names as they came, blanks as c<position>, repeats with a number behind."""
    seen: dict[str, int] = {}
    result = []
    for position, raw in enumerate(names, start=1):
        name = clean(raw) or f"c{position}"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return result
