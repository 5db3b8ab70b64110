"""What only the full pass saw: high-risk values in a few rows, which no sample shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from core.types import Reason
from datamap.scanner import validators
from datamap.scanner.types import Column, Hit
from datamap.scanner.validators import CONFIRM

#: The code of the reason that such a find gives.
CODE: Final = "value.rare"
#: A check that hardly anything passes by chance, and the share of matches that must pass it.
SURE: Final = frozenset({"EMAIL_ADDRESS", "IBAN_CODE", "US_SSN"})
MOST_OF_SURE: Final = 0.5
MOST: Final = 0.6
FEW_ROWS: Final = 3
PHONE_ROWS: Final = 5


class Rare(NamedTuple):
    """An entity, in how many rows of the file it was confirmed, as a share of the filled cells."""

    entity: str
    rows: int
    share: float

    @property
    def reason(self) -> Reason:
        return Reason(CODE, {"entity": self.entity, "rows": self.rows})


def rare(column: Column) -> list[Rare]:
    """What the full pass confirmed in a column, the most frequent first."""
    return sorted(_confirmed(column), key=lambda find: find.share, reverse=True)


def _confirmed(column: Column) -> Iterator[Rare]:
    if column.filled == 0:
        return
    for entity, hit in column.hits.items():
        if entity == "IP_ADDRESS" and validators.are_versions(hit.values):
            continue
        ratio = sum(map(CONFIRM[entity], hit.values)) / max(1, len(hit.values))
        share = ratio * hit.rows / column.filled
        if share > 0 and _counts(entity, hit, ratio, share):
            yield Rare(entity, round(ratio * hit.rows), share)


def _counts(entity: str, hit: Hit, ratio: float, share: float) -> bool:
    """A few chance matches are no find: digits pass a check one time in ten, an e-mail address is no chance."""
    if entity in SURE:
        return ratio >= MOST_OF_SURE
    if entity == "PHONE_NUMBER":
        return ratio >= MOST_OF_SURE and (share >= 0.005 or hit.rows >= PHONE_ROWS)
    return ratio >= MOST and (hit.rows >= FEW_ROWS or share >= 0.01)
