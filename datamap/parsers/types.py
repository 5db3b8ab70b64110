"""What every schema format becomes, and what a parser may raise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from core.types import Json

#: Bounds that hold for every format; a schema beyond them is refused or cut, and says so.
MAX_BYTES: Final = 100 * 1024 * 1024
MAX_DEPTH: Final = 24
MAX_FIELDS: Final = 60_000
MAX_ENTITIES: Final = 20_000
MAX_UNPARSED: Final = 1_000
MAX_NAME: Final = 400  # characters of a name or path
MAX_TEXT: Final = 2_000  # characters of a description

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

    def to_json(self) -> dict[str, Json]:
        return {
            "path": self.path[:MAX_NAME],
            "type": self.type[:MAX_NAME],
            "nullable": self.nullable,
            "description": self.description[:MAX_TEXT],
            "key": self.key,
            "references": self.references[:MAX_NAME],
        }


@dataclass(frozen=True, slots=True)
class Entity:
    """A table, record or document type. `derived` marks a view over tables of the same file: it stores nothing new."""

    name: str
    fields: tuple[Field, ...]
    description: str = ""
    kind: str = "table"  # table, view, record, file
    namespace: str = ""
    line: int = 0
    derived: bool = False

    def to_json(self) -> dict[str, Json]:
        return {
            "name": self.name[:MAX_NAME],
            "description": self.description[:MAX_TEXT],
            "kind": self.kind,
            "namespace": self.namespace[:MAX_NAME],
            "line": self.line,
            "derived": self.derived,
            "fields": [field.to_json() for field in self.fields],
        }


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A stretch that could not be read: where, why (a code), and of which table if that much is known."""

    line: int
    reason: str
    name: str = ""

    def to_json(self) -> dict[str, Json]:
        return {"line": self.line, "reason": self.reason, "name": self.name[:MAX_NAME]}


@dataclass(frozen=True, slots=True)
class Schema:
    format: str
    entities: tuple[Entity, ...]
    dialect: str = ""
    unparsed: tuple[Unparsed, ...] = ()

    @property
    def field_count(self) -> int:
        return sum(len(entity.fields) for entity in self.entities)

    def to_json(self) -> dict[str, Json]:
        return {
            "format": self.format,
            "dialect": self.dialect,
            "entities": [entity.to_json() for entity in self.entities],
            "unparsed": [part.to_json() for part in self.unparsed[:MAX_UNPARSED]],
        }


class Unreadable(Exception):
    """The file can't be read as what it was taken for. Holds a code and a line, never text of the file."""

    def __init__(self, code: str, *, line: int = 0, column: int = 0, params: dict[str, Json] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line or None
        self.column = column or None
        self.params = params or {}


def check_size(entities: Sequence[Entity]) -> None:
    """Raises Unreadable(too_many_fields): a schema this wide is an attack or a mistake."""
    fields = sum(len(entity.fields) for entity in entities)
    if fields > MAX_FIELDS or len(entities) > MAX_ENTITIES:
        raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
