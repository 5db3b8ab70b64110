"""What goes into the scanner and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from core.types import SPECIAL, Category, Identifying, Reason

Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Span:
    """A find in a text; offsets in code points. `sure` where one such find alone is no slip."""

    start: int
    end: int
    entity: str
    score: float
    sure: bool = False


class Unreadable(Exception):
    """The file can't be read as a sample. Holds a code and a place, never text of the file.

    `params` are counts and limits for the sentence that says so.
    """

    def __init__(self, code: str, line: int = 0, column: int = 0, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.column = column
        self.params = params


@dataclass(frozen=True, slots=True)
class Hit:
    """What the full pass saw of one high-risk pattern: rows, and some distinct values to validate."""

    rows: int
    values: tuple[str, ...]


def _hits(data: Mapping[str, Any]) -> dict[str, Hit]:
    return {key: Hit(hit["rows"], tuple(hit["values"])) for key, hit in data.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """One column as sampled: the filled cells of the sample as strings, and the full pass's hits."""

    name: str
    type: str
    values: tuple[str, ...]
    filled: int  # cells with something in them, over the whole file
    hits: Mapping[str, Hit] = field(default_factory=dict)
    rows: int = 0  # of its own table, where the file holds several
    table: str = ""  # what the name starts with where the file holds several: "Sheet." or "member.csv/"
    has_header: bool = True  # its own table
    own: Mapping[str, Hit] = field(default_factory=dict)  # the full pass's hits of people's recognisers, by version


@dataclass(frozen=True, slots=True)
class Table:
    """A sample of a file. `rows` counts the whole file, `sampled` the rows that were kept.

    A file of several tables (sheets, members of an archive) is one Table whose columns know their own rows.
    """

    format: str
    rows: int
    sampled: int
    columns: tuple[Column, ...]
    has_header: bool = True
    encoding: str = "utf-8"
    skipped: int = 0  # rows that did not have the right number of cells
    left_out: tuple[Reason, ...] = ()  # parts of the file that were not read, each with `part` and why

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
                hits=_hits(column["hits"]),
                own=_hits(column["own"]),
                rows=column["rows"],
                table=column["table"],
                has_header=column["has_header"],
            )
            for column in data["columns"]
        )
        left_out = tuple(Reason(reason["code"], reason["params"]) for reason in data["left_out"])
        return cls(**{**data, "columns": columns, "left_out": left_out})


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
    left_out: tuple[Reason, ...] = ()  # parts of the file that were not read
    language: str = ""  # ISO 639-1 of most of the texts read; "" where there were too few to tell
    language_share: float = 0.0  # of the texts read, 0-1
    engines: tuple[str, ...] = ()  # what took part beside the patterns: models with their version, a team's recognisers
