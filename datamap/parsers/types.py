"""What every schema format becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

#: Bounds that hold for every format; a schema beyond them is refused or cut, and says so.
MAX_DEPTH: Final = 24
MAX_FIELDS: Final = 60_000
MAX_ENTITIES: Final = 10_000

Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Field:
    """One place for a value. `path` nests as `orders[].customer.email`; `nullable` None means not stated."""

    path: str
    type: str = ""
    nullable: bool | None = None
    description: str = ""
    key: str = ""  # primary, unique, foreign or nothing
    references: str = ""  # "table.column" of a foreign key


@dataclass(frozen=True, slots=True)
class Entity:
    """A table, record or document type."""

    name: str
    fields: tuple[Field, ...]
    description: str = ""
    kind: str = "table"  # table, view, record, file
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A stretch that could not be read: where, why (a code), and of which table if that much is known."""

    line: int
    reason: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    format: str
    entities: tuple[Entity, ...]
    dialect: str = ""
    unparsed: tuple[Unparsed, ...] = ()

    @property
    def field_count(self) -> int:
        return sum(len(entity.fields) for entity in self.entities)


class Unreadable(Exception):
    """The file can't be read as what it was taken for. Holds a code and a line, never text of the file."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
