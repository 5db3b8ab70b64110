"""The full pass for what people taught the scanner: every cell of a file against a team's patterns and words.

All recognisers are looked for at once, and one by one only in the cells where any is. Their patterns run in RE2, so
their time grows with the text alone; one that is slow all the same is left out from there on, and named.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pyarrow.compute as pc
import re2

from datamap.scanner.custom import FLAGS, version
from datamap.scanner.options import Recogniser

#: Processor time of all of them together: at the start, and for each GiB of cells. Reading has 60 and 240.
SECONDS: Final = 10.0
SECONDS_PER_GIB: Final = 120.0
#: Instructions that run together; more fall out of RE2's fast way.
TOGETHER: Final = 4_000
MEMORY: Final = 8 << 20
#: Bytes that are searched between two looks at the clock, and those that tell the slowest.
PIECE: Final = 256 << 10
PROBE: Final = 32 << 10
#: What is kept of a find: characters before it, and from its start.
BEFORE: Final = 100
BEHIND: Final = 200
WORD: Final = re.compile(r"[A-Za-z0-9_]")


class Sought:
    """Recognisers in a full pass, with the time they took. `slow` are the names of those that were left out."""

    def __init__(self, recognisers: Iterable[Recogniser] = ()) -> None:
        self.ones = [_One(recogniser) for recogniser in recognisers]
        self.slow: dict[str, None] = {}
        self._groups = list(_groups(self.ones))
        self._spent, self._looked = 0.0, 0

    def find(self, cells: Any) -> Iterator[tuple[str, Any, Iterator[str]]]:
        """Of distinct Arrow strings, for each recogniser in any: its version, a mask of the cells, what it found."""
        for start, piece in _pieces(cells) if self.ones else ():
            began = time.thread_time()
            for group, expression in self._groups:
                where = pc.indices_nonzero(pc.match_substring_regex(piece, expression))
                yield from self._in(group, piece.take(where), where.to_numpy() + start) if len(where) else ()
            self._spent += time.thread_time() - began
            self._looked += piece.nbytes
            self._keep_to_time(piece)

    def _in(self, group: Sequence[_One], cells: Any, places: Any) -> Iterator[tuple[str, Any, Iterator[str]]]:
        for one in group:
            matches = pc.match_substring_regex(cells, one.expression)
            if matches.true_count:
                found = cells.filter(matches)
                yield (
                    one.version,
                    places[matches.to_numpy(zero_copy_only=False)],
                    (text for cell in found if (text := one.around(cell.as_py()))),
                )

    def _keep_to_time(self, cells: Any) -> None:
        while self.ones and self._spent > SECONDS + SECONDS_PER_GIB * self._looked / (1 << 30):
            slowest = max(self.ones, key=lambda one: one.seconds(cells))
            self.slow[slowest.name] = None
            self.ones.remove(slowest)
            self._groups = list(_groups(self.ones))
            self._spent = self._spent / 2  # what it took is not the others' fault


class _One:
    """A recogniser as one expression."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.name, self.version = recogniser.name, version(recogniser)
        words = sorted({" ".join(word.lower().split()) for word in recogniser.deny_list})
        parts = [f"(?:{FLAGS}{_closed(pattern.regex)})" for pattern in recogniser.patterns]
        self.expression = "|".join([*parts, *([f"(?i:{'|'.join(map(_word, words))})"] if words else [])])
        self._compiled = _compiled(self.expression)
        self.size = int(self._compiled.programsize)

    def around(self, cell: str) -> str:
        """The find with what stands around it, which decides what it is worth."""
        match = self._compiled.search(cell)
        return cell[max(0, match.start() - BEFORE) : match.start() + BEHIND] if match else ""

    def seconds(self, cells: Any) -> float:
        _start, piece = next(_pieces(cells, PROBE))
        began = time.thread_time()
        pc.match_substring_regex(piece, self.expression)
        return time.thread_time() - began


def _compiled(expression: str) -> Any:
    options = re2.Options()
    options.max_mem, options.log_errors, options.never_capture = MEMORY, False, True
    return re2.compile(expression, options=options)


def _closed(regex: str) -> str:
    r"""A pattern that may be followed by others: an open \Q would take them in."""
    return regex + (r"\E" if regex.rfind(r"\Q") > regex.rfind(r"\E") else "")


def _word(word: str) -> str:
    """A word that stands alone, as far as ASCII tells; `custom` judges by every alphabet."""
    before, after = (r"\b" if WORD.match(edge) else "" for edge in (word[0], word[-1]))
    return before + re.escape(word) + after


def _groups(ones: Sequence[_One]) -> Iterator[tuple[list[_One], str]]:
    """Recognisers that are looked for together, and the expression that any of them matches."""
    group: list[_One] = []
    for one in ones:
        if group and sum(it.size for it in group) + one.size > TOGETHER:
            yield group, "|".join(it.expression for it in group)
            group = []
        group.append(one)
    if group:
        yield group, "|".join(it.expression for it in group)


def _pieces(cells: Any, size: int = PIECE) -> Iterator[tuple[int, Any]]:
    """Stretches of the cells of about so many bytes, each with its place."""
    step = max(1, len(cells) * size // max(size, cells.nbytes))
    for start in range(0, len(cells), step):
        yield start, cells.slice(start, step)


NOTHING: Final = Sought()
