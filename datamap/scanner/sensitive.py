"""The recogniser of words of health, belief, union, politics, sex life, origin and crime."""

from __future__ import annotations

from typing import Any, Final

from presidio_analyzer import RecognizerResult

from datamap.scanner.custom import lowered
from datamap.scanner.quick import Quick
from datamap.scanner.sensitive_words import entities as listed
from datamap.scanner.sensitive_words import phrases

SURE: Final = 0.6


class SensitiveRecogniser(Quick):
    """Every phrase of the lists, whatever the language of the text."""

    ENTITY = "MEDICAL_TERM"

    def __init__(self) -> None:
        super().__init__()
        self.supported_entities = listed()

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        return [self._result(*find) for find in phrases(lowered(text))]

    def _result(self, start: int, end: int, entity: str) -> RecognizerResult:
        result = self.result(start, end, SURE)
        result.entity_type = entity
        return result
