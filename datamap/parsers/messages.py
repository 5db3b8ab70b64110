"""Protobuf messages once they are read, and how one that is a field's type is written out as paths, to a bound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from datamap.parsers.json_schema import join
from datamap.parsers.types import MAX_FIELDS, Field, Unreadable

_MAX_UNFOLDED: Final = 8  # messages within messages, below which a field names its message
_MAX_WIDTH: Final = 2_000  # fields of one entity before messages stay folded


@dataclass(slots=True)
class Member:
    name: str
    type: str
    label: str = ""
    comment: str = ""
    is_map: bool = False


@dataclass(slots=True)
class Message:
    path: str  # Outer.Inner
    line: int
    comment: str = ""
    is_top: bool = False
    members: list[Member] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.rsplit(".", 1)[-1]


@dataclass(slots=True)
class Unfolder:
    """Writes messages out as paths."""

    messages: dict[str, Message]
    enums: set[str]
    _left: int = 0
    _total: int = 0

    def fields(self, message: Message) -> Iterator[Field]:
        self._left = _MAX_WIDTH
        yield from self._members(message, "", (message.path,))

    def _members(self, message: Message, path: str, trail: tuple[str, ...]) -> Iterator[Field]:
        for member in message.members:
            own = join(path, member.name)
            own = join(own, "*") if member.is_map else own + "[]" * (member.label == "repeated")
            target = self._find(member.type, message.path)
            fits = target is not None and self._left >= len(target.members)
            if target is None or not target.members or target.path in trail or len(trail) > _MAX_UNFOLDED or not fits:
                yield self._leaf(member, own, target)
            else:
                yield from self._members(target, own, (*trail, target.path))

    def _leaf(self, member: Member, path: str, target: Message | None) -> Field:
        self._left -= 1
        self._total += 1
        if self._total > MAX_FIELDS:
            raise Unreadable("too_many_fields", params={"limit": MAX_FIELDS})
        return Field(
            path,
            member.type.lstrip("."),
            False if member.label == "required" else None,
            member.comment,
            references=target.path if target else "",
        )

    def _find(self, type_: str, scope: str) -> Message | None:
        """By protobuf's rule: from the innermost scope outwards; a package before the name is left aside."""
        name = type_.lstrip(".")
        parts = scope.split(".") if not type_.startswith(".") else []
        for length in range(len(parts), -1, -1):
            full = ".".join([*parts[:length], name])
            if full in self.enums:
                return None
            if full in self.messages:
                return self.messages[full]
        while "." in name:
            name = name.split(".", 1)[1]
            if name in self.messages and name[:1].isupper():
                return self.messages[name]
        return None
