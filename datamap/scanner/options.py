"""What a scan may be told beside the file: a language, and what people taught the scanner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from core.types import Category, Identifying


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression in RE2's syntax and how sure a match alone is, 0-1."""

    name: str
    regex: str
    score: float


@dataclass(frozen=True, slots=True)
class Recogniser:
    """What somebody added to the scanner: patterns or words that name an entity, and words that make a match surer."""

    name: str
    entity: str
    category: Category
    identifying: Identifying
    patterns: tuple[Pattern, ...] = ()
    deny_list: tuple[str, ...] = ()  # words that always are this entity
    context: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()  # ISO 639-1; none for every language
    deny_list_score: float = 1.0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Recogniser:
        """What `asdict` wrote."""
        texts = {name: tuple(data[name]) for name in ("deny_list", "context", "languages")}
        known = {
            "category": Category(data["category"]),
            "identifying": Identifying(data["identifying"]),
            "patterns": tuple(Pattern(**pattern) for pattern in data["patterns"]),
        }
        return cls(**{**data, **texts, **known})


@dataclass(frozen=True, slots=True)
class Options:
    """`language` is ISO 639-1, "" to detect it. `allow` are texts that name nobody, compared without case."""

    headers: bool = True
    language: str = ""
    recognisers: tuple[Recogniser, ...] = ()
    allow: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "allow": sorted(self.allow)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Options:
        recognisers = tuple(map(Recogniser.from_json, data["recognisers"]))
        return cls(**{**data, "recognisers": recognisers, "allow": frozenset(data["allow"])})


DEFAULT: Final = Options()
