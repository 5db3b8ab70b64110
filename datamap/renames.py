"""What people said of guessed renamings: the same field under a new name, or one that went and one that came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from datamap.drift import Change, Column, Diff


@dataclass(frozen=True, slots=True)
class Said:
    """A person's word on one guess. The names are those of both versions, whole."""

    entity: str
    path: str
    old_entity: str
    old_path: str
    same: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.entity, self.path, self.old_entity, self.old_path

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Said:
        return cls(**data)


def guess_key(change: Change) -> tuple[str, str, str, str]:
    """By what a guess is known again."""
    new, old = change.new or Column("", ""), change.old or Column("", "")
    return new.entity, new.path, old.entity, old.path


def settle(diff: Diff, said: Iterable[Said]) -> Diff:
    """The changes as people see them: a refused guess is a field that went and another that came."""
    known = {one.key: one.same for one in said}
    changes = [part for change in diff.changes for part in _settled(change, known)]
    return Diff(tuple(sorted(changes, key=lambda change: _urgency(change, known))))


def _urgency(change: Change, known: Mapping[tuple[str, str, str, str], bool]) -> int:
    """New personal data first, then guesses that wait for a word, then the rest as it was."""
    if change.is_new_personal:
        return 0
    return 1 if change.kind == "renamed" and guess_key(change) not in known else 2


def _settled(change: Change, known: Mapping[tuple[str, str, str, str], bool]) -> Iterator[Change]:
    if change.kind == "renamed" and known.get(guess_key(change)) is False:
        yield Change("added", change.new, None)
        yield Change("removed", None, change.old)
    else:
        yield change
