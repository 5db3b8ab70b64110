"""High-risk patterns for the full pass, in RE2's syntax: one linear pass whatever the cells hold.

A match is a suspicion; `validators` decides. The same text runs in Arrow's kernels (RE2 inside) and in google-re2.
"""

from __future__ import annotations

from typing import Final

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

#: Anything worth a second look; where this finds nothing the single patterns need not run.
ANY: Final[str] = "|".join(f"(?:{source})" for source in SOURCES.values())

COMPILED: Final = {name: re2.compile(source) for name, source in SOURCES.items()}

#: No pattern matches a shorter cell.
SHORTEST: Final = 6
