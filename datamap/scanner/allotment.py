"""Which texts the language models read: as many as there is time for, shared among the columns of a scan.

The patterns of the full pass see every cell whatever is read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from core.types import Reason
from datamap.scanner.verdict import Judged

#: Characters the models read of one scan: under a minute of processor time, at 8,000 to 14,000 a second.
BUDGET: Final = 400_000
#: What a text costs beside its characters, in characters.
EACH: Final = 10
#: Texts read of a column: with 1,500 a share is known to 2.5 points.
TEXTS: Final = 1_500
SHORTENED: Final = 1_500  # characters of a text that are read
#: Distinct values read of an undecided column, and of each of them.
NAMES: Final = 25
NAME: Final = 100

T = TypeVar("T")


def allotted(columns: Sequence[Judged], budget: int = BUDGET) -> list[Judged]:
    """The columns with what is read of each: all it asks for, or an equal share of what is left."""
    read: dict[int, tuple[str, ...]] = dict.fromkeys(range(len(columns)), ())
    asked = {number: _asked(column) for number, column in enumerate(columns)}
    waiting = sorted((number for number in asked if asked[number]), key=lambda number: _cost(asked[number]))
    for place, number in enumerate(waiting):
        share = budget // (len(waiting) - place)
        cost = _cost(asked[number])
        count = len(asked[number]) if cost <= share else max(1, len(asked[number]) * share // cost)
        read[number] = spread(asked[number], count)
        budget -= min(budget, _cost(read[number]))
    return [replace(column, read=read[number]) for number, column in enumerate(columns)]


def unread(columns: Sequence[Judged]) -> tuple[Reason, ...]:
    """What the scan's record says where time was too short for texts of the sample."""
    short = [column for column in columns if len(column.read) < len(_asked(column))]
    if not short:
        return ()
    read, asked = sum(len(column.read) for column in short), sum(len(_asked(column)) for column in short)
    return (Reason("texts_unread", {"part": "", "columns": len(short), "read": read, "texts": asked}),)


def spread(values: Sequence[T], count: int) -> tuple[T, ...]:
    """So many of the values, evenly over their order."""
    if len(values) <= count:
        return tuple(values)
    return tuple(values[place * len(values) // count] for place in range(count))


def _asked(column: Judged) -> tuple[str, ...]:
    if column.open_for == "text":
        return tuple(value[:SHORTENED] for value in spread(column.column.values, TEXTS))
    if column.open_for == "names":
        return tuple(value[:NAME] for value in column.shape.probe[:NAMES])
    return ()


def _cost(texts: Sequence[str]) -> int:
    """A text that occurs several times is read once."""
    return sum(len(text) + EACH for text in set(texts))
