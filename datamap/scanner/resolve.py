"""Which of several claims on the same characters stands, and where exactly it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from datamap.scanner.gazetteer import folded, is_organisation, plain_words
from datamap.scanner.groups import Candidate
from datamap.scanner.types import Span

#: Below this a result is a guess that nothing supports.
LEAST: Final = 0.35
#: Entities that words name; the rest prove themselves by their form.
WORDS: Final = frozenset({"PERSON", "LOCATION", "NRP", "STREET_ADDRESS"})
#: What a bare number has to show before it is one of these: digits.
DIGITS: Final = {
    "PHONE_NUMBER": (7, 15),
    "NATIONAL_ID": (5, 20),
    "BANK_ACCOUNT": (6, 34),
    "PASSPORT": (6, 12),
    "DRIVER_LICENSE": (5, 20),
    "POSTCODE": (3, 9),
}
TITLES: Final = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|professor|doctor|sir|madam|lady|lord|rev|father|sister|aunt|uncle|captain|herr|frau|fräulein|"
    r"monsieur|madame|mademoiselle|mme|mlle|maître|señora?|srta?|sra|sr|don|doña|signora?|sig|sig\.ra|dott|avv|ing|dhr|mevr|"
    r"mevrouw|meneer|pan|pani|senhora?|dipl|msgr|hi|hello|hey|dear|hallo|liebe|lieber|cher|chère|hola|ciao|bonjour|thanks|regards)"
    r"\b\.?[ ]+",
    re.IGNORECASE,
)
POSSESSIVE: Final = re.compile(r"['’]s?$")


def resolve(text: str, claims: Iterable[Candidate], organisations: Sequence[tuple[int, int]] = ()) -> Iterator[Span]:
    """The claims that stand, exactly bounded, in the order of the text."""
    kept: list[Span] = []
    trimmed = [better for claim in claims if (better := _trimmed(text, claim)) is not None]
    credible = [claim for claim in trimmed if _credible(text, claim, organisations)]
    for claim in sorted(credible, key=_precedence, reverse=True):
        if all(claim.end <= other.start or claim.start >= other.end for other in kept):
            kept.append(Span(claim.start, claim.end, claim.entity, round(claim.score, 2)))
    return iter(sorted(kept, key=lambda span: span.start))


def _precedence(claim: Candidate) -> tuple[int, float, int]:
    """Form before words, a whole address before a part of it, then the surer, then the longer."""
    return _strength(claim), claim.score, claim.end - claim.start


def _strength(claim: Candidate) -> int:
    if claim.score < 0.5:
        return 0
    if claim.entity == "NRP":
        return 1
    if claim.entity in WORDS:
        return 3 if claim.entity == "STREET_ADDRESS" else 2
    return 4 if claim.source == "pattern" else 2


def _trimmed(text: str, claim: Candidate) -> Candidate | None:
    start, end = claim.start, claim.end
    if claim.entity in DIGITS and claim.source == "model":
        start, end = _whole_number(text, start, end)
    if claim.entity == "PERSON":
        while match := TITLES.match(text, start, end):
            start = match.end()
        if match := POSSESSIVE.search(text, start, end):
            end = match.start()
    while start < end and not (text[start].isalnum() or text[start] in "+(@"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == ")"):
        end -= 1
    return claim._replace(start=start, end=end) if end - start >= 2 else None


def _whole_number(text: str, start: int, end: int) -> tuple[int, int]:
    """All of a number of which the model saw a part."""
    while start and (text[start - 1].isalnum() or text[start - 1] in "-+./"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-/"):
        end += 1
    return start, end


def _credible(text: str, claim: Candidate, organisations: Sequence[tuple[int, int]]) -> bool:
    piece = text[claim.start : claim.end]
    if claim.score < LEAST:
        return False
    if claim.entity in DIGITS and claim.source == "model":
        low, high = DIGITS[claim.entity]
        return low <= sum(map(str.isdigit, piece)) <= high
    if claim.entity in WORDS:
        return _named(piece, claim, organisations)
    return True


def _named(piece: str, claim: Candidate, organisations: Sequence[tuple[int, int]]) -> bool:
    """Has letters and no markup; in lower case only where the model is sure; no company."""
    letters = [character for character in piece if character.isalpha()]
    if len(letters) < 2 or any(character in "<{}[]|=_@\\" for character in piece):
        return False
    if claim.entity == "STREET_ADDRESS":
        return True
    if claim.source == "ner" and not any(character.isupper() or not character.islower() for character in letters):
        return False
    words = [folded(word) for word in re.findall(r"[^\W\d_]+", piece)]
    if all(word in plain_words() for word in words):
        return False
    if claim.entity == "NRP":
        return True
    if claim.source == "model" and any(start <= claim.start and claim.end <= end for start, end in organisations):
        return claim.score >= 0.9 and not is_organisation(piece)
    return not is_organisation(piece)
