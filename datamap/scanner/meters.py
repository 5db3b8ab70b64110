"""The full pass: every cell of a column against the high-risk patterns, counted in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamap.scanner import patterns
from datamap.scanner.sought import NOTHING, Sought

#: Values repeat where a batch has fewer distinct ones than this share of its rows.
REPEATS: Final = 0.3
#: Distinct matches kept per column and pattern, for the validators.
KEEP: Final = 200
#: The same of a recogniser that people added.
KEEP_OWN: Final = 40
#: A pattern that matched more of the last batch than this is tried by itself, not first with the others at once.
COMMON: Final = 0.05


@dataclass(slots=True)
class Meter:
    """What the full pass counts in one column. Repeated values are matched once and counted as often as they stand.

    `values` are the first KEEP distinct matches in the file's order.
    """

    filled: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    repeats: bool = True
    common: frozenset[str] = frozenset()

    def feed(self, column: Any, sought: Sought = NOTHING) -> None:
        cells, weights = self._distinct(column)
        if not len(cells):
            return
        lengths, text = _buffers(cells)
        self.filled += _sum(lengths > 0, weights)
        self._seek(sought, cells, weights)
        may = patterns.possible(text, int(lengths.max()))
        self.common = frozenset(name for name in may if name in self.common)
        rest = tuple(name for name in may if name not in self.common)
        matched = {name: self._count(name, cells, weights) for name in self.common}
        if len(rest) > 1:
            cells, weights = _only(pc.match_substring_regex(cells, patterns.either(rest)), cells, weights)
        if len(cells):
            matched |= {name: self._count(name, cells, weights) for name in rest}
        self.common = frozenset(name for name, count in matched.items() if count > COMMON * len(lengths))

    def merge(self, later: Meter) -> Meter:
        """What both saw; `later` stands behind this one in the file."""
        rows, values = dict(self.rows), {name: dict(kept) for name, kept in self.values.items()}
        for name, count in later.rows.items():
            rows[name] = rows.get(name, 0) + count
            both = {**values.get(name, {}), **later.values[name]}
            values[name] = dict.fromkeys(list(both)[: KEEP if name in patterns.SOURCES else KEEP_OWN])
        return Meter(self.filled + later.filled, rows, values)

    def to_json(self) -> dict[str, Any]:
        return {"filled": self.filled, "rows": self.rows, "values": {name: list(v) for name, v in self.values.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Meter:
        return cls(data["filled"], data["rows"], {name: dict.fromkeys(kept) for name, kept in data["values"].items()})

    def _distinct(self, column: Any) -> tuple[Any, Any]:
        """The cells to look at and how many times each stands (None: once); encoding pays only where values repeat."""
        encoded = column
        if not pa.types.is_dictionary(column.type):
            if not self.repeats:
                return _plain(column.drop_null()), None
            encoded = column.dictionary_encode()
            self.repeats = len(encoded.dictionary) < REPEATS * len(column)
        indices = encoded.indices.drop_null().to_numpy()
        weights = np.bincount(indices, minlength=len(encoded.dictionary)) if len(indices) else np.zeros(0, np.int64)
        seen = weights > 0
        cells = encoded.dictionary.filter(pa.array(seen)) if len(seen) else encoded.dictionary[:0]
        return _plain(cells), weights[seen]

    def _seek(self, sought: Sought, cells: Any, weights: Any) -> None:
        for name, places, found in sought.find(cells):
            self.rows[name] = self.rows.get(name, 0) + (len(places) if weights is None else int(weights[places].sum()))
            self._keep(name, found, KEEP_OWN)

    def _keep(self, name: str, found: Iterable[str], most: int) -> None:
        kept = self.values.setdefault(name, {})
        for text in found if len(kept) < most else ():
            kept[text] = None
            if len(kept) >= most:
                break

    def _count(self, name: str, cells: Any, weights: Any) -> int:
        """Count a pattern's matches; returns in how many of the cells."""
        matches = pc.match_substring_regex(cells, patterns.SOURCES[name])
        count = int(matches.true_count)
        if not count:
            return 0
        self.rows[name] = self.rows.get(name, 0) + _sum(matches.to_numpy(zero_copy_only=False), weights)
        kept = self.values.setdefault(name, {})
        if len(kept) < KEEP:
            for value in cells.filter(matches).slice(0, KEEP - len(kept)):
                if match := patterns.COMPILED[name].search(value.as_py()):
                    kept[match.group()[:100]] = None
        return count


def _plain(cells: Any) -> Any:
    return cells if cells.type == pa.string() else cells.cast(pa.string())


def _buffers(cells: Any) -> tuple[Any, Any]:
    """The lengths in bytes of cells without nulls, and all their bytes."""
    _valid, offsets, text = cells.buffers()
    places = np.frombuffer(offsets, dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    if text is None or places[0] == places[-1]:
        return np.diff(places), np.zeros(0, np.uint8)
    return np.diff(places), np.frombuffer(text, dtype=np.uint8)[places[0] : places[-1]]


def _only(mask: Any, cells: Any, weights: Any) -> tuple[Any, Any]:
    if not mask.true_count:
        return cells[:0], None
    return cells.filter(mask), weights[mask.to_numpy(zero_copy_only=False)] if weights is not None else None


def _sum(mask: Any, weights: Any) -> int:
    return int(np.count_nonzero(mask) if weights is None else weights[mask].sum())
