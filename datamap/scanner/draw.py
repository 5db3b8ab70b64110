"""A uniform sample of rows that doesn't depend on how a file was divided.

Each row's place (chunk of the file, row of the chunk) has a pseudo-random priority; the rows with the smallest ones are
the sample. So two halves of a file drawn apart and put together give the rows that one pass gives, and a scan that is
repeated after a fault finds the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEED: Final = 20_160_427  # the day of Regulation (EU) 2016/679
MAX_CELL: Final = 4_000
MAX_CELLS: Final = 1_000_000
FEWEST: Final = 30
#: A place is one number: the chunk, and its row in these low bits.
ROW_BITS: Final = 40


def priorities(places: Any) -> Any:
    """A 64-bit mix of each place (splitmix64's finaliser, Steele, Lea and Flood 2014)."""
    mixed = (places + np.uint64(SEED)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


class Reservoir:
    """The `size` rows of smallest priority among those fed; fewer, at least FEWEST, if they have over `most` cells.

    Batches hold the rows of one `chunk` in their order. Memory is bounded by twice the sample.
    """

    def __init__(self, size: int, chunk: int = 0, *, most: int = 0, before: Reservoir | None = None) -> None:
        self.size = size
        self.most = most or 1 << 62
        self.seen = 0
        self._chunk = chunk
        self._places = np.zeros(0, np.uint64)
        self._cells: dict[str, list[str | None]] = {}
        #: No row of a higher priority is in the sample; what stands `before` in the file may say so already.
        self._limit: int | None = before._limit if before else None

    @property
    def rows(self) -> int:
        """How many rows are in the sample."""
        self._prune()
        return len(self._places)

    @property
    def cells(self) -> dict[str, list[str | None]]:
        """The sample column by column, rows in the file's order if it holds all of them, else in random order."""
        self._prune()
        if len(self._places) == self.seen:
            return self._cells
        order = np.argsort(priorities(self._places)).tolist()
        return {name: [cells[i] for i in order] for name, cells in self._cells.items()}

    def feed(self, batch: Mapping[str, Any], rows: int) -> None:
        """Look at `rows` more rows of the chunk; `batch` maps names to Arrow strings, a column may come late."""
        start = (self._chunk << ROW_BITS) + self.seen
        places = np.arange(start, start + rows, dtype=np.uint64)
        self.seen += rows
        for name in batch:
            self._cells.setdefault(name, [None] * len(self._places))
        chosen = self._chosen(priorities(places))
        if len(chosen):
            self._put(batch, chosen)
            self._places = np.concatenate((self._places, places[chosen]))
        if len(self._places) > 2 * self._room():
            self._prune()

    def merge(self, later: Reservoir) -> Reservoir:
        """The sample of both; `later` stands behind this one in the file."""
        self._prune()
        later._prune()
        both = Reservoir(self.size, most=self.most)
        both.seen = self.seen + later.seen
        both._places = np.concatenate((self._places, later._places))
        for name in {**self._cells, **later._cells}:
            none: list[None] = [None]
            both._cells[name] = [
                *self._cells.get(name, none * len(self._places)),
                *later._cells.get(name, none * len(later._places)),
            ]
        both._prune()
        return both

    def to_json(self) -> dict[str, Any]:
        self._prune()
        return {
            "size": self.size,
            "most": self.most,
            "seen": self.seen,
            "places": self._places.tolist(),
            "cells": self._cells,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reservoir:
        known = cls(data["size"], most=data["most"])
        known.seen, known._cells = data["seen"], {name: list(cells) for name, cells in data["cells"].items()}
        known._places = np.array(data["places"], np.uint64)
        return known

    def _room(self) -> int:
        """Depends on the columns alone, and only falls as they grow: so it is the same however the file was divided."""
        return min(self.size, max(FEWEST, self.most // max(1, len(self._cells))))

    def _chosen(self, drawn: Any) -> Any:
        """Which of the next rows may be in the sample, in their order."""
        room = self._room()
        chosen = np.arange(len(drawn)) if self._limit is None else np.flatnonzero(drawn <= np.uint64(self._limit))
        if len(chosen) > room:
            chosen = np.sort(chosen[np.argpartition(drawn[chosen], room - 1)[:room]])
        return chosen

    def _put(self, batch: Mapping[str, Any], chosen: Any) -> None:
        take = pa.array(chosen)
        for name, cells in self._cells.items():
            column = batch.get(name)
            cells.extend([None] * len(chosen) if column is None else _cut(column.take(take)).to_pylist())

    def _prune(self) -> None:
        room = self._room()
        if len(self._places) <= room:
            return
        drawn = priorities(self._places)
        keep = np.sort(np.argpartition(drawn, room - 1)[:room])
        self._places, self._limit = self._places[keep], int(drawn[keep].max())
        kept = keep.tolist()
        self._cells = {name: [cells[i] for i in kept] for name, cells in self._cells.items()}


def _cut(column: Any) -> Any:
    """Cells as they go into the sample: no longer than MAX_CELL characters, cut before they are written out."""
    if pa.types.is_dictionary(column.type):
        return pc.utf8_slice_codeunits(column.dictionary, 0, MAX_CELL).take(column.indices)
    return pc.utf8_slice_codeunits(column, 0, MAX_CELL)
