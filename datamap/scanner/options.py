"""What a scan may be told beside the file: a language, and what people taught the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Options:
    """`language` is ISO 639-1, "" to detect it. `allow` are texts that name nobody, compared without case."""

    headers: bool = True
    language: str = ""
    recognisers: tuple[Recogniser, ...] = ()
    allow: frozenset[str] = frozenset()


DEFAULT: Final = Options()
