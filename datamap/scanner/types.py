"""What goes into the scanner and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.types import SPECIAL, Category, Identifying, Reason

Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Span:
    """A find in a text; offsets in code points."""

    start: int
    end: int
    entity: str
    score: float


class Unreadable(Exception):
    """The file can't be read as a sample. Holds a code and a place, never text of the file."""

    def __init__(self, code: str, line: int = 0, column: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Hit:
    """What the full pass saw of one high-risk pattern: rows, and some distinct values to validate."""

    rows: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as sampled: the filled cells of the sample as strings, and the full pass's hits."""

    name: str
    type: str
    values: tuple[str, ...]
    filled: int  # cells with something in them, over the whole file
    hits: Mapping[str, Hit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A sample of a file. `rows` counts the whole file, `sampled` the rows that were kept."""

    format: str
    rows: int
    sampled: int
    columns: tuple[Column, ...]
    has_header: bool = True
    encoding: str = "utf-8"
    skipped: int = 0  # rows that did not have the right number of cells

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Table:
        columns = tuple(
            Column(
                name=column["name"],
                type=column["type"],
                values=tuple(column["values"]),
                filled=column["filled"],
                hits={key: Hit(hit["rows"], tuple(hit["values"])) for key, hit in column["hits"].items()},
            )
            for column in data["columns"]
        )
        return cls(**{**data, "columns": columns})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one column turned out to be.

    `share` is the share of all rows that show the entity, `low` and `high` its 95 % Wilson interval.
    `entities` counts what free text holds. Examples are masked; positions are never kept.
    """

    name: str
    type: str
    identifying: Identifying
    entity: str
    category: Category
    confidence: float
    share: float
    low: float
    high: float
    distinct: int
    why: tuple[Reason, ...]
    examples: tuple[str, ...] = ()
    entities: Mapping[str, int] = field(default_factory=dict)
    is_text: bool = False
    categories: tuple[Category, ...] = ()  # further categories that free text holds

    @property
    def special(self) -> bool:
        return self.category in SPECIAL or any(category in SPECIAL for category in self.categories)


@dataclass(frozen=True, slots=True)
class Scan:
    """The findings of one file, column by column in the file's order."""

    format: str
    rows: int
    sampled: int
    skipped: int
    has_header: bool
    findings: tuple[Finding, ...]
