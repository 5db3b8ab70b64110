"""Tables that leave as CSV."""

from __future__ import annotations

from typing import Final

#: A spreadsheet runs a cell that begins so as a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
