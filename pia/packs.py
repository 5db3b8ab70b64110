"""Framework packs between their YAML, their rows and the values the engine works on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import rfc8785

from pia.frameworks.pack import Bearing, Group, Item, Option, Pack, Weight

if TYPE_CHECKING:
    from pia.models.assessment import Answer, FrameworkPack

_PARSED: dict[str, Pack] = {}
_ITEMS: dict[str, dict[str, Item]] = {}


def as_content(pack: Pack) -> dict[str, Any]:
    """A pack as JSON values."""
    content: dict[str, Any] = asdict(pack)
    return content


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the canonical JSON of a pack."""
    return hashlib.sha256(rfc8785.dumps(_jsonable(content))).hexdigest()


def pack_of(row: FrameworkPack) -> Pack:
    """The pack a row holds. Contents never change, so each is rebuilt once per process."""
    if row.sha256 not in _PARSED:
        _PARSED[row.sha256] = _rebuild(row.content)
    return _PARSED[row.sha256]


def items_of(row: FrameworkPack) -> Mapping[str, Item]:
    """The items of a row's pack by id."""
    if row.sha256 not in _ITEMS:
        _ITEMS[row.sha256] = {item.id: item for item in pack_of(row).items}
    return _ITEMS[row.sha256]


def item_of(answer: Answer) -> Item:
    """The item an answer belongs to. Its pack should be loaded with it (select_related)."""
    return items_of(answer.pack)[answer.item]


def _rebuild(content: Mapping[str, Any]) -> Pack:
    return Pack(
        **{
            **content,
            "groups": tuple(Group(**group) for group in content["groups"]),
            "items": tuple(_item(item) for item in content["items"]),
        }
    )


def _item(content: Mapping[str, Any]) -> Item:
    return Item(
        **{
            **content,
            "weight": Weight(content["weight"]),
            "options": tuple(Option(**option) for option in content["options"]),
            "evidence": tuple(Bearing(**bearing) for bearing in content["evidence"]),
            "crosswalk": tuple(content["crosswalk"]),
        }
    )


def _jsonable(value: Any) -> Any:
    """Tuples as lists, which is how PostgreSQL gives them back."""
    if isinstance(value, Mapping):
        return {key: _jsonable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(inner) for inner in value]
    return value
