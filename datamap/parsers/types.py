"""What every schema format becomes, and what a parser may raise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
#: What neither a database nor UTF-8 can hold: NUL, and halves of surrogate pairs that JSON may escape.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_UNNAMED: Final = "_"


def plain(text: str, limit: int) -> str:
    """At most `limit` characters that a database can keep."""
    return _UNSTORABLE.sub("\ufffd", text[:limit])


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
            "path": plain(self.path, MAX_NAME) or _UNNAMED,
            "type": plain(self.type, MAX_NAME),
            "nullable": self.nullable,
            "description": plain(self.description, MAX_TEXT),
            "key": self.key,
            "references": plain(self.references, MAX_NAME),
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
            "name": plain(self.name, MAX_NAME) or _UNNAMED,
            "description": plain(self.description, MAX_TEXT),
            "kind": self.kind,
            "namespace": plain(self.namespace, MAX_NAME),
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
        return {"line": self.line, "reason": self.reason, "name": plain(self.name, MAX_NAME)}


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


def distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Without those that have no field; a name that two namespaces share is written with its namespace.

    Raises Unreadable(no_tables, too_many_fields).
    """
    found = [entity for entity in entities if entity.fields]
    if not found:
        raise Unreadable("no_tables")
    check_size(found)
    count = Counter(entity.name.lower() for entity in found)
    return tuple(
        replace(entity, name=f"{entity.namespace}.{entity.name}")
        if count[entity.name.lower()] > 1 and entity.namespace
        else entity
        for entity in found
    )
