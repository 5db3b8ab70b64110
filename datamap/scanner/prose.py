"""Which columns are free text: messages, comments, what a bank statement says of a payment."""

from __future__ import annotations

from typing import Final

from datamap.scanner.evidence import share_of
from datamap.scanner.gazetteer import is_street
from datamap.scanner.lexicon import Proposal, tokens
from datamap.scanner.shape import Shape

#: What a header names that is no text, however many words its values have.
NO_TEXT: Final = frozenset({"DEVICE_ID", "PASSWORD", "GENETIC", "BIOMETRIC", "PHOTO", "URL"})
SURE: Final = 0.5
#: Headers of words that may be about anybody or nobody: the phrases under them are read, and decide.
DESCRIPTIONS: Final = frozenset(
    {
        *("description", "desc", "descr", "details", "subject"),
        *("beschreibung", "verwendungszweck", "buchungstext", "betreff", "libelle", "concepto", "descripcion"),
        *("causale", "descrizione", "descricao", "omschrijving", "opis"),
    }
)
#: Products and companies are written in capitals; of phrases, half have a word that is not.
WITH_SMALL_WORDS: Final = 0.5
#: Messages differ; labels repeat.
DIFFERENT: Final = 0.3
#: Longer ones are no addresses: characters, words.
LONGEST_PLACE: Final = 160
LONGEST_STREET: Final = 12


def is_prose(proposal: Proposal, shape: Shape, header: str = "") -> bool:
    """By its sentences, or by phrases under a header of free text or of a description. "" is no header."""
    if proposal.entity in NO_TEXT and proposal.confidence >= SURE:
        return False
    told = proposal.entity == "FREE_TEXT" or _is_described(shape, header)
    worded = shape.is_text or (told and shape.has_phrases and shape.uniqueness >= DIFFERENT)
    return worded and not _is_address_like(proposal, shape)


def _is_described(shape: Shape, header: str) -> bool:
    return not DESCRIPTIONS.isdisjoint(tokens(header)) and share_of(shape, _has_small_word) >= WITH_SMALL_WORDS


def _has_small_word(value: str) -> bool:
    return any(word[0].islower() for word in value.split())


def _is_address_like(proposal: Proposal, shape: Shape) -> bool:
    place = proposal.entity == "LOCATION" and shape.longest < LONGEST_PLACE
    return place or (shape.words < LONGEST_STREET and share_of(shape, is_street) >= 0.6)
