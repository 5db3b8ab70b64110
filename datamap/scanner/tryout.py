"""Trying recognisers on a text: the text in pieces, each found one with who found it. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from datamap.scanner.custom import Finder, Found, is_allowed, strongest
from datamap.scanner.options import Recogniser

#: Characters of a text that may be tried, and seconds that it may take.
LONGEST: Final = 10_000
SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `found` is None between finds. `mine` where the recogniser tried out found it."""

    text: str = field(repr=False)  # a log that names a piece shows none of it
    found: Found | None = None
    mine: bool = False
    allowed: bool = False  # found, and by the team's word it names nobody


def try_out(
    text: str, draft: Recogniser | None, others: tuple[Recogniser, ...] = (), allow: frozenset[str] = frozenset()
) -> list[Piece]:
    """What the draft and the recognisers beside it find. Raises custom.TooSlow after SECONDS."""
    drafts = (draft,) if draft else ()
    found = strongest(Finder((*drafts, *others)).find(text[:LONGEST], seconds=SECONDS))
    return list(_pieces(text[:LONGEST], found, draft, allow))


def _pieces(text: str, found: list[Found], draft: Recogniser | None, allow: frozenset[str]) -> Iterator[Piece]:
    done = 0
    for find in found:
        if find.start > done:
            yield Piece(text[done : find.start])
        part = text[find.start : find.end]
        mine = draft is not None and find.recogniser == draft.name
        yield Piece(part, find, mine=mine, allowed=is_allowed(part, allow))
        done = find.end
    if done < len(text):
        yield Piece(text[done:])
