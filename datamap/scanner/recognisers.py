"""Our recognisers, as Presidio's: they sit in its registry beside its own and answer to its analyzer.

Patterns and deny lists come from data/recognisers.yaml (Presidio's format) or the file an installation names.
What needs code is here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from datamap.scanner.cues import cues
from datamap.scanner.custom import Finder, finder
from datamap.scanner.installation import LANGUAGE, installation
from datamap.scanner.options import Recogniser
from datamap.scanner.patterns import SOURCES
from datamap.scanner.quick import ALONE, ENDS, Quick
from datamap.scanner.said import DATE, said
from datamap.scanner.sensitive import SensitiveRecogniser
from datamap.scanner.validators import is_email, is_national_phone, is_phone


class TelephoneRecogniser(Quick):
    """Telephone numbers: valid with a country code, or in the plan of a large country when written as one is."""

    ENTITY = "PHONE_NUMBER"
    SHAPE: Final = re.compile(
        rf"{ALONE}(?<![.+\-/])\+?(?:\(\d{{1,4}}\)|\d)[\d ().\-/]{{5,18}}\d(?:\s?(?:x|ext\.?)\s?\d{{1,5}})?{ENDS}(?!-)"
    )
    GROUPED: Final = re.compile(r"\(?\d{3}\)?[ .\-/]{1,2}\d{3}[ .\-]\d{4}(?:\s?(?:x|ext\.?)\s?\d+)?")
    CONTEXT: Final = [
        "phone",
        "number",
        "telephone",
        "cell",
        "cellphone",
        "mobile",
        "call",
        "tel",
        "fax",
        "reach",
        "whatsapp",
    ]

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(supported_language, self.CONTEXT)

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """Numbers in the text. A number without separators and country code scores low: context lifts it."""
        return [
            self.result(match.start(), match.end(), score)
            for match in self.SHAPE.finditer(text)
            if (score := self._score(match.group()))
        ]

    def _score(self, number: str) -> float:
        digits = sum(map(str.isdigit, number))
        if not 7 <= digits <= 19 or DATE.fullmatch(number):
            return 0.0
        if number.startswith("+"):
            return 0.9 if is_phone(number) else 0.4
        separated = digits < len(number)
        if is_national_phone(number):
            return 0.65 if separated else 0.3
        return 0.35 if separated and self.GROUPED.fullmatch(number) else 0.0


class MailRecogniser(Quick):
    """E-mail addresses by form. Presidio's own fetches a list of domains from the network, which must not happen."""

    ENTITY = "EMAIL_ADDRESS"
    SHAPE: Final = re.compile(SOURCES["EMAIL_ADDRESS"])

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        if "@" not in text:
            return []
        return [
            self.result(m.start(), m.end(), 1.0) for m in self.SHAPE.finditer(text) if is_email(m.group().rstrip("."))
        ]


class AddedRecogniser(EntityRecognizer):
    """Recognisers that people added, as one of Presidio's. Their context words have raised the scores already."""

    def __init__(self, ready: Finder, supported_language: str) -> None:
        self._ready = ready
        entities = sorted({it.entity for it in ready.recognisers})
        super().__init__(supported_entities=entities, supported_language=supported_language, name="Added")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """What they find in the text, whatever `entities` names: an entity of theirs is in nobody's list."""
        return [
            RecognizerResult(
                found.entity,
                found.start,
                found.end,
                found.score,
                AnalysisExplanation(found.recogniser, found.score, pattern_name=found.pattern),
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: found.recogniser,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                },
            )
            for found in self._ready.find(text)
        ]


@lru_cache(maxsize=4)
def added(recognisers: tuple[Recogniser, ...], language: str) -> tuple[EntityRecognizer, ...]:
    """A team's own recognisers and the installation's for texts in a language, for Presidio's `ad_hoc_recognizers`.

    The analyzer knows one language for all that has a form, so they stand under that.
    """
    ready = finder(installation().recognisers + recognisers, language)
    return (AddedRecogniser(ready, LANGUAGE),) if ready else ()


def registry() -> RecognizerRegistry:
    """Presidio's registry with its own recognisers, ours, and what the installation's YAML adds."""
    given = installation().for_presidio
    built = RecognizerRegistry(recognizers=[], supported_languages=[LANGUAGE])
    if given["recognizers"]:
        built = RecognizerRegistryProvider(registry_configuration=given).create_recognizer_registry()
    for recogniser in (MailRecogniser(), TelephoneRecogniser(), *said(), *cues(), SensitiveRecogniser()):
        built.add_recognizer(recogniser)
    return built
