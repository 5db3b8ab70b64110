"""The sections every view of an assessment is filed under: EDPB DPIA template v1.0, March 2026, consultation version.

Only the numbers live here; their titles are worded in `pia.wording`, and listed for pack authors in docs/packs.md.
"""

from __future__ import annotations

from typing import Final

#: Chapter -> its sub-sections, in the order they are read.
CHAPTERS: Final[dict[str, tuple[str, ...]]] = {
    "0": ("0.1", "0.2", "0.3"),
    "1": ("1.1", "1.2", "1.3", "1.4", "1.5"),
    "2": ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10", "2.11", "2.12"),
    "3": ("3.1", "3.2"),
    "4": ("4.1", "4.2", "4.3"),
    "5": ("5.1", "5.2"),
    "6": ("6.1", "6.2", "6.3"),
}
SUBSECTIONS: Final[tuple[str, ...]] = tuple(part for parts in CHAPTERS.values() for part in parts)


def chapter_of(section: str) -> str:
    """The chapter a sub-section belongs to: "2.10" -> "2"."""
    return section.partition(".")[0]


def position(section: str) -> int:
    """Where a sub-section stands in reading order. Raises ValueError for an unknown one."""
    return SUBSECTIONS.index(section)
