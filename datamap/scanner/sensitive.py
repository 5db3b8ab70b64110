"""Words of a special category: health, belief, union, politics, sex life, origin; and of crime. Word lists: data/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from presidio_analyzer import RecognizerResult

from datamap.scanner.cues import WORD
from datamap.scanner.custom import lowered
from datamap.scanner.quick import Quick

WORDS: Final = Path(__file__).parent / "data" / "sensitive_words.yaml"
SURE: Final = 0.6

#: By the first word: phrases, the longest first, each with its entity.
Index = Mapping[str, tuple[tuple[str, str], ...]]


@cache
def _index() -> Index:
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    index: dict[str, set[tuple[str, str]]] = {}
    for entity, languages in raw.items():
        for phrase in {str(phrase) for phrases in languages.values() for phrase in phrases}:
            if first := WORD.match(phrase):
                index.setdefault(first.group(), set()).add((phrase, entity))
    return {first: tuple(sorted(found, key=lambda item: (-len(item[0]), item))) for first, found in index.items()}


class SensitiveRecogniser(Quick):
    """Every phrase of the lists, whole words only, whatever the language of the text."""

    ENTITY = "MEDICAL_TERM"

    def __init__(self) -> None:
        super().__init__()
        self.supported_entities = sorted({entity for found in _index().values() for _, entity in found})

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self._result(*find) for find in _phrases(lowered(text))]

    def _result(self, start: int, end: int, entity: str) -> RecognizerResult:
        result = self.result(start, end, SURE)
        result.entity_type = entity
        return result


def _phrases(low: str) -> Iterator[tuple[int, int, str]]:
    index = _index()
    for match in WORD.finditer(low):
        for phrase, entity in index.get(match.group(), ()) or index.get(match.group().partition("-")[0], ()):
            end = match.start() + len(phrase)
            if low.startswith(phrase, match.start()) and not low[end : end + 1].isalnum():
                yield match.start(), end, entity
                break
