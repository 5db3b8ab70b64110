"""Dividing a big file into chunks of whole rows, always the same ones for the same file.

Where a chunk starts depends on the file and CHUNK alone, never on who reads it. In delimited text a line end inside
quotes is no row's end, so quotes are followed from the start of the file: one pass that looks at nothing else.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from datamap.scanner.formats.stream import Batch
    from datamap.scanner.source import Source

CHUNK: Final = 64 << 20
BLOCK: Final = 1 << 20
#: Encodings in which a byte below 0x30 may be part of another character.
WIDE: Final = ("utf-16", "utf-32", "utf-7", "iso2022", "iso-2022", "hz")
NEWLINE: Final = 10
CARRIAGE_RETURN: Final = 13


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes `start` to `end` of a file, or its row groups; `line` is how many lines stand before, if that matters."""

    start: int
    end: int
    line: int = 0


@dataclass(slots=True)
class Division:
    """How one stream of `source` is divided: `find` the chunks, and the batches `of` one."""

    source: Source
    find: Callable[[], list[Chunk]]
    of: Callable[[Chunk], Iterator[Batch]]
    known: list[Chunk] = field(default_factory=list)

    def chunks(self) -> list[Chunk]:
        self.known = self.known or self.find()
        return self.known

    def read(self, number: int) -> Iterator[Batch]:
        return self.of(self.chunks()[number])


def can_divide(source: Source, encoding: str) -> bool:
    """Whether a text is worth dividing, and its bytes tell where lines end."""
    return source.size > CHUNK and not encoding.replace("_", "-").startswith(WIDE)


def lines(source: Source) -> list[Chunk]:
    """Chunks of whole lines, each at least CHUNK bytes but the last."""
    return _chunks(source, lambda raw, _before: _Plain(raw), counted=True)


def rows(source: Source, *, delimiter: str, quote: str) -> list[Chunk]:
    """Chunks of whole rows of delimited text, each at least CHUNK bytes but the last."""
    quotes = Quotes(delimiter, quote)
    return _chunks(source, quotes.follow)


def _chunks(source: Source, look: Callable[[bytes, int], _Plain], *, counted: bool = False) -> list[Chunk]:
    place = source.file.seek(len(codecs.BOM_UTF8) if source.head.startswith(codecs.BOM_UTF8) else 0)
    starts, line, before = [Chunk(0, 0)], 0, NEWLINE
    while raw := source.file.read(BLOCK):
        block = look(raw, before)
        if (target := starts[-1].start + CHUNK - place) < len(raw):
            end = block.row_end(max(0, target))
            if end >= 0 and place + end < source.size:
                starts.append(Chunk(place + end, 0, line + raw.count(b"\n", 0, end) * counted))
        place, before = place + len(raw), raw[-1]
        line += raw.count(b"\n") if counted else 0
    ends = [chunk.start for chunk in starts[1:]] + [source.size]
    return [Chunk(chunk.start, end, chunk.line) for chunk, end in zip(starts, ends, strict=True)]


class _Plain:
    """A block in which every line end is a row's end."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def row_end(self, start: int) -> int:
        """The offset behind the first row that ends at `start` or later, -1 for none in this block."""
        return self.raw.find(b"\n", start) + 1 or -1


class _Quoted(_Plain):
    """A block in which line ends count only outside quotes; `toggles` are the offsets at which that changes."""

    def __init__(self, raw: bytes, toggles: Any, *, inside: bool) -> None:
        super().__init__(raw)
        self.toggles = toggles
        self.inside = inside

    def row_end(self, start: int) -> int:
        ends = np.flatnonzero(np.frombuffer(self.raw, np.uint8)[start:] == NEWLINE) + start
        outside = ends[(np.searchsorted(self.toggles, ends) + self.inside) % 2 == 0]
        return int(outside[0]) + 1 if len(outside) else -1


class Quotes:
    """Follows the quotes of delimited text. A quote opens only at a cell's start, as in Arrow's parser."""

    def __init__(self, delimiter: str, quote: str) -> None:
        self._quote = ord(quote)
        self._byte = quote.encode()
        self._starters = np.zeros(256, bool)
        self._starters[[ord(delimiter), NEWLINE, CARRIAGE_RETURN]] = True
        self._inside = False
        self._closed = False  # the last byte of the block before was a closing quote: another one reopens

    def follow(self, raw: bytes, before: int) -> _Plain:
        """Take the next block; `before` is the last byte of the one before it."""
        inside = self._inside
        if self._byte not in raw:
            self._closed = False
            return _Plain(raw) if not inside else _Quoted(raw, np.zeros(0, np.int64), inside=True)
        block = np.frombuffer(raw, np.uint8)
        toggles = self._toggles(block, before)
        self._inside = bool((inside + len(toggles)) % 2)
        self._closed = not self._inside and len(toggles) > 0 and int(toggles[-1]) == len(raw) - 1
        return _Quoted(raw, toggles, inside=inside)

    def _toggles(self, block: Any, before: int) -> Any:
        places = np.flatnonzero(block == self._quote)
        openers = places[int(self._inside) :: 2]
        previous = block[openers - 1]
        if len(openers) and openers[0] == 0:
            previous[0] = before
        fits = self._starters[previous] | (
            previous == self._quote
        )  # right behind a closing one it reopens: "" in a cell
        if len(openers) and openers[0] == 0 and before == self._quote:
            fits[0] = self._closed
        return places if fits.all() else self._walked(block, places, before)

    def _walked(self, block: Any, places: Any, before: int) -> Any:
        """Quote by quote, where some stand inside cells that don't begin with one."""
        toggles: list[int] = []
        inside, closed = self._inside, -1 if self._closed else -2
        for place in places.tolist():
            previous = int(block[place - 1]) if place else before
            if inside or self._starters[previous] or closed == place - 1:
                closed = place if inside else -2
                inside = not inside
                toggles.append(place)
        return np.array(toggles, np.int64)
