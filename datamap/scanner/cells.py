"""Cells as a person would have typed them: a list's elements apart, whole numbers without ".0", ="0791" as 0791."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from datamap.scanner.types import Column

#: The share of cells that must be written so before they are taken to be.
MOST: Final = 0.95
WHOLE: Final = re.compile(r"(-?\d+)\.0")
FORMULA: Final = re.compile(r'="([^"]*)"')
#: Parts of the names of columns that hold several values a cell: lists, and keys that are data.
LISTS: Final = ("[]", "*")


def tidied(column: Column) -> Column:
    """The column with cells that say what they mean; how many cells are filled stays."""
    values = _elements(column)
    for form in (FORMULA, WHOLE):
        values = _inside(values, form)
    return column if values == column.values else replace(column, values=values)


def _elements(column: Column) -> tuple[str, ...]:
    if not any(part in column.name for part in LISTS) or not any("\n" in value for value in column.values):
        return column.values
    return tuple(part for value in column.values for line in value.split("\n") if (part := line.strip()))


def _inside(values: tuple[str, ...], form: re.Pattern[str]) -> tuple[str, ...]:
    if not values or form.fullmatch(values[0]) is None:
        return values
    matches = [form.fullmatch(value) for value in values]
    if _share(matches) < MOST:
        return values
    return tuple(match.group(1) if match else value for match, value in zip(matches, values, strict=True))


def _share(matches: Iterable[re.Match[str] | None]) -> float:
    found = [match is not None for match in matches]
    return sum(found) / max(1, len(found))
