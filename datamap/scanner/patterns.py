"""High-risk patterns for the full pass, in RE2's syntax: one linear pass whatever the cells hold.

A match is a suspicion; `validators` decides. The same text runs in Arrow's kernels (RE2 inside) and in google-re2.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import re2

SOURCES: Final[dict[str, str]] = {
    "EMAIL_ADDRESS": r"[A-Za-z0-9._%+'\-]+@[A-Za-z0-9][A-Za-z0-9.\-]*\.[A-Za-z]{2,24}",
    "PHONE_NUMBER": r"\+\d[\d ().\-]{6,17}\d",
    "CREDIT_CARD": r"\b(?:\d{4}[ \-]?){3}\d{1,7}\b|\b3\d{3}[ \-]?\d{6}[ \-]?\d{4,5}\b",
    "IBAN_CODE": r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b",
    "US_SSN": r"\b\d{3}[\- ]\d{2}[\- ]\d{4}\b",
    "IP_ADDRESS": r"\b(?:\d{1,3}\.){3}\d{1,3}\b|\b(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}\b",
    "MAC_ADDRESS": r"\b(?:[0-9A-Fa-f]{2}[:\-]){5}[0-9A-Fa-f]{2}\b",
}

COMPILED: Final = {name: re2.compile(source) for name, source in SOURCES.items()}

#: No pattern matches a shorter cell.
SHORTEST: Final = 6


def either(names: tuple[str, ...]) -> str:
    """One expression that matches where any of these patterns does."""
    return "|".join(f"(?:{SOURCES[name]})" for name in names)


def possible(text: Any, longest: int) -> tuple[str, ...]:
    """The patterns that may match somewhere in `text`, the bytes (numpy, uint8) of cells of at most `longest` bytes.

    Looking for the bytes a pattern can't do without is many times cheaper than matching it.
    """
    if longest < SHORTEST:
        return ()
    raw = text.tobytes()
    at, plus, dash, space, dot, colon = (sign in raw for sign in (b"@", b"+", b"-", b" ", b".", b":"))
    digit = longest >= 7 and bool(np.any(text - np.uint8(48) < 10))
    upper = digit and longest >= 12 and bool(np.any(text - np.uint8(65) < 26))
    may = {
        "EMAIL_ADDRESS": at and dot,
        "PHONE_NUMBER": digit and plus and longest >= 9,
        "CREDIT_CARD": digit and longest >= 13,
        "IBAN_CODE": upper,
        "US_SSN": digit and (dash or space) and longest >= 11,
        "IP_ADDRESS": (digit and dot) or (colon and longest >= 15),
        "MAC_ADDRESS": (colon or dash) and longest >= 17,
    }
    return tuple(name for name in SOURCES if may[name])
