"""Words of a special category, and of crime, found by dictionary, so that their number costs nothing. From data/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

WORDS: Final = Path(__file__).parent / "data" / "sensitive_words.yaml"
WORD: Final = re.compile(r"[^\W\d_]+")

#: By the first word: phrases, the longest first, each with its entity.
Index = Mapping[str, tuple[tuple[str, str], ...]]


@cache
def index() -> Index:
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    found: dict[str, set[tuple[str, str]]] = {}
    for entity, languages in raw.items():
        for phrase in {str(phrase) for phrases in languages.values() for phrase in phrases}:
            if first := WORD.match(phrase):
                found.setdefault(first.group(), set()).add((phrase, entity))
    return {first: tuple(sorted(phrases, key=lambda item: (-len(item[0]), item))) for first, phrases in found.items()}


def entities() -> list[str]:
    return sorted({entity for phrases in index().values() for _, entity in phrases})


def phrases(low: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and entity of every phrase in a text of lower case, whole words only."""
    known = index()
    for match in WORD.finditer(low):
        for phrase, entity in known.get(match.group(), ()):
            end = match.start() + len(phrase)
            if low.startswith(phrase, match.start()) and not low[end : end + 1].isalnum():
                yield match.start(), end, entity
                break


@cache
def _known() -> frozenset[str]:
    return frozenset(phrase for found in index().values() for phrase, _ in found)


def is_listed(words: str) -> bool:
    """Whether a find is a phrase of ours, which may be shown, and not somebody's own word, which may name a person."""
    return words.lower() in _known()
