"""Which texts are worth the second model: those with a capital that nothing explains, or a claim that is not sure.

Measured on the tuning texts: 37 % of them are; the rest gain nothing from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datamap.scanner.gazetteer import folded, plain_words
from datamap.scanner.groups import Candidate

CAPITAL: Final = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
#: Longer words in capitals are shouted; shorter ones are SMS, USB, PIN.
ABBREVIATED: Final = 4
SURE: Final = 0.9
BELIEVED: Final = 0.5


def doubtful(text: str, claims: Sequence[Candidate]) -> bool:
    if any(
        claim.source == "model" and claim.score < SURE for claim in claims if claim.entity in {"PERSON", "LOCATION"}
    ):
        return True
    explained = [claim for claim in claims if claim.score >= BELIEVED]
    return any(_is_unexplained(match, explained) for match in CAPITAL.finditer(text))


def _is_unexplained(word: re.Match[str], explained: Sequence[Candidate]) -> bool:
    if (word.group().isupper() and len(word.group()) <= ABBREVIATED) or folded(word.group()) in plain_words():
        return False
    return not any(claim.start < word.end() and word.start() < claim.end for claim in explained)
