"""What recognisers written in code have in common, as Presidio wants it."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

#: A number's bounds: no letter or digit beside it, but any sign of a script that puts no blank between words.
_GLUED: Final = r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
ALONE: Final = rf"(?<!{_GLUED})"
ENDS: Final = rf"(?!{_GLUED})"


class Quick(EntityRecognizer):
    """A recogniser that needs nothing loaded."""

    ENTITY = ""
    name: str
    id: str

    def __init__(self, supported_language: str = "en", context: list[str] | None = None) -> None:
        super().__init__(supported_entities=[self.ENTITY], supported_language=supported_language, context=context)

    def load(self) -> None:
        """Nothing to load."""

    def result(self, start: int, end: int, score: float) -> RecognizerResult:
        return RecognizerResult(
            self.ENTITY,
            start,
            end,
            score,
            AnalysisExplanation(self.name, score),
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )
