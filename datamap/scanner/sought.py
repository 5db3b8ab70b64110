"""The full pass for what people taught the scanner: every cell of a file against a team's patterns and words.

All recognisers are looked for at once, and one by one only in the cells where any is. Their patterns run in RE2, so
their time grows with the text alone; one that is slow all the same is left out from there on, and named.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc
import re2

from datamap.scanner.custom import FLAGS, lowered, version
from datamap.scanner.options import Recogniser

#: Processor time of all of them together: at the start, and for each GiB of cells. Reading has 60 and 240.
SECONDS: Final = 10.0
SECONDS_PER_GIB: Final = 120.0
#: Instructions that run together; more fall out of RE2's fast way.
TOGETHER: Final = 4_000
MEMORY: Final = 32 << 20
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
        self.slow: dict[str, None] = {}
        self._spent, self._looked = 0.0, 0
        self._take([_One(recogniser) for recogniser in recognisers])

    def _take(self, ones: list[_One]) -> None:
        self._ones = ones
        self._groups = list(_groups([one for one in ones if one.expression]))
        self._wordy = [one for one in ones if one.words]
        self._words = _compiled("|".join(one.words for one in self._wordy)) if self._wordy else None

    def find(self, cells: Any) -> Iterator[tuple[str, Any, Iterator[str]]]:
        """Of distinct Arrow strings, for each recogniser in any: its version, their places, what it found."""
        for start, piece in _pieces(cells) if self._ones else ():
            began = time.thread_time()
            for one, places in self._found(piece).items():
                around = (one.around(piece[place].as_py()) for place in places.tolist())
                yield one.version, places + start, filter(None, around)
            self._spent += time.thread_time() - began
            self._looked += piece.nbytes
            self._keep_to_time(piece)

    def _found(self, cells: Any) -> dict[_One, Any]:
        found: dict[_One, Any] = {}
        for group, expression in self._groups:
            where = _matching(cells, expression)
            for one in group if len(where) else ():
                if len(places := where[_matching(cells.take(where), one.expression)]):
                    found[one] = places
        where = _holding(cells, self._words) if self._words else ()
        for one in self._wordy if len(where) else ():
            if len(places := where[_holding(cells.take(where), one.compiled_words)]):
                found[one] = np.union1d(found.get(one, places), places)
        return found

    def _keep_to_time(self, cells: Any) -> None:
        while self._ones and self._spent > SECONDS + SECONDS_PER_GIB * self._looked / (1 << 30):
            slowest = max(self._ones, key=lambda one: one.seconds(cells))
            self.slow[slowest.name] = None
            self._take([one for one in self._ones if one is not slowest])
            self._spent /= 2  # what it took is not the others' fault


class _One:
    """A recogniser: an expression for its patterns, and one for its words, "" for none."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.name, self.version = recogniser.name, version(recogniser)
        words = sorted({" ".join(lowered(word).split()) for word in recogniser.deny_list})
        self.expression = "|".join(f"(?:{FLAGS}{_closed(pattern.regex)})" for pattern in recogniser.patterns)
        self.words = f"(?i:{'|'.join(map(_word, words))})" if words else ""
        self.compiled_words = _compiled(self.words) if words else None
        self._compiled = _compiled("|".join(filter(None, (self.expression, self.words))))
        self.size = int(_compiled(self.expression).programsize)

    def around(self, cell: str) -> str:
        """The find with what stands around it, which decides what it is worth."""
        text = cell.encode("utf-8", "replace")
        match = self._compiled.search(text)
        if match is None:
            return ""
        return text[max(0, match.start() - BEFORE) : match.start() + BEHIND].decode("utf-8", "ignore")

    def seconds(self, cells: Any) -> float:
        """How long it takes over some of these cells alone."""
        _start, piece = next(_pieces(cells, PROBE))
        began = time.thread_time()
        if self.expression:
            _matching(piece, self.expression)
        if self.words:
            _holding(piece, self.compiled_words)
        return time.thread_time() - began


def _matching(cells: Any, expression: str) -> Any:
    """The places of the cells that an expression matches."""
    return np.flatnonzero(pc.match_substring_regex(cells, expression).to_numpy(zero_copy_only=False))


def _holding(cells: Any, words: Any) -> Any:
    """The places of the cells that hold a word: all at once, for to make thousands of words ready takes long."""
    lines = pc.binary_join_element_wise(cells, "", "\n")
    _valid, offsets, text = lines.buffers()
    ends = np.frombuffer(offsets, np.int32)[lines.offset + 1 : lines.offset + 1 + len(lines)]
    starts = [match.start() for match in words.finditer(text.to_pybytes())]
    return np.unique(np.searchsorted(ends, starts, side="right"))


def _compiled(expression: str) -> Any:
    options = re2.Options()
    options.max_mem, options.log_errors, options.never_capture = MEMORY, False, True
    return re2.compile(expression.encode(), options=options)


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
