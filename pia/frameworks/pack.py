"""A framework pack as values: what one law or standard asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Weight(StrEnum):
    """How much an item counts towards coverage."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"

    @property
    def points(self) -> int:
        return {"must": 3, "should": 2, "could": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the framework itself: a chapter, an article, a function, a category."""

    id: str
    title: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """A fact that bears on an item, and how."""

    fact: str
    says: str


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the framework asks."""

    id: str
    group: str
    title: str
    section: str
    question: str
    guidance: str
    weight: Weight
    ref: str = ""  # how people cite it: "5(1)(c)"; the id where the pack gives none
    gate: bool = False
    scope: str = "project"  # or "organisation": answered once and inherited
    kind: str = "text"  # or "choice", then with options
    audience: str = "officer"  # or "engineer"
    factual: bool = False  # itself a question of fact: its facts may be put into the answer
    options: tuple[Option, ...] = ()
    applies_when: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Bearing, ...] = ()
    crosswalk: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        return self.ref or self.id


@dataclass(frozen=True, slots=True)
class Pack:
    """One framework in one version."""

    id: str
    title: str
    short: str  # for a badge: "GDPR"
    version: str
    status: str  # final, consultation, draft, withdrawn
    applies_from: str  # ISO date, or "" where it does not date
    source: str
    licence: str
    jurisdiction: str
    sector: str
    groups: tuple[Group, ...]
    items: tuple[Item, ...]

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)
