"""How well spans fit: by characters and by spans, as F with beta 2 (to miss a name weighs four times a false alarm).

Characters: precision and recall of the set of characters that lie in any span, whatever its entity.
Spans: a found span is right where a labelled span of the same family has at least `LEAST` of their characters in common
(intersection over union); each counts once. Spans of one family with nothing but blanks and punctuation
between them count as one on both sides, so a house number beside its street costs nobody anything.
Families: what one tool calls a location another calls a street address or postcode; all are places here.
Presidio's research package scores the same way (Intersection over union, merged neighbours, beta 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Spot = tuple[int, int, str]

LEAST: Final = 0.5
BETA: Final = 2.0
FAMILIES: Final = {
    **dict.fromkeys(("STREET_ADDRESS", "GPE", "POSTCODE", "ZIP_CODE", "CITY"), "LOCATION"),
    **{"DOMAIN_NAME": "URL", "DATE_OF_BIRTH": "DATE_TIME", "NATIONALITY": "NRP", "RELIGION": "NRP"},
    **{"DRIVER_LICENSE": "US_DRIVER_LICENSE", "BANK_ACCOUNT": "US_BANK_NUMBER"},
}


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float

    @property
    def f2(self) -> float:
        weighted = BETA**2 * self.precision + self.recall
        return (1 + BETA**2) * self.precision * self.recall / weighted if weighted else 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with what is in it and what was found."""

    text: str
    labelled: Sequence[Spot]
    found: Sequence[Spot]


def by_characters(texts: Iterable[Marked]) -> Score:
    right = found = labelled = 0
    for text in texts:
        ours, theirs = _characters(text.found), _characters(text.labelled)
        right, found, labelled = right + len(ours & theirs), found + len(ours), labelled + len(theirs)
    return _score(right, found, labelled)


def by_spans(texts: Iterable[Marked], least: float = LEAST) -> Score:
    right = found = labelled = 0
    for text in texts:
        ours, theirs = merged(text.text, text.found), merged(text.text, text.labelled)
        right += sum(1 for _ in _matches(theirs, ours, least))
        found, labelled = found + len(ours), labelled + len(theirs)
    return _score(right, found, labelled)


def merged(text: str, spots: Iterable[Spot]) -> list[Spot]:
    """Neighbours of one family as one, by family."""
    result: list[Spot] = []
    for start, end, entity in sorted((start, end, FAMILIES.get(entity, entity)) for start, end, entity in spots):
        if result and result[-1][2] == entity and not any(map(str.isalnum, text[result[-1][1] : start])):
            result[-1] = (result[-1][0], max(end, result[-1][1]), entity)
        else:
            result.append((start, end, entity))
    return result


def _matches(labelled: Sequence[Spot], found: Sequence[Spot], least: float) -> Iterator[Spot]:
    taken: set[Spot] = set()
    for spot in labelled:
        fits = [other for other in found if other not in taken and other[2] == spot[2] and common(spot, other) >= least]
        if fits:
            taken.add(max(fits, key=lambda other: common(spot, other)))
            yield spot


def common(one: Spot, other: Spot) -> float:
    """Intersection over union."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared)


def _characters(spots: Iterable[Spot]) -> set[int]:
    return {position for start, end, _ in spots for position in range(start, end)}


def _score(right: int, found: int, labelled: int) -> Score:
    return Score(right / found if found else 0.0, right / labelled if labelled else 0.0)
