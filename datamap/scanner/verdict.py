"""A column on its way from values to a finding."""

from __future__ import annotations

from dataclasses import dataclass

from core.types import Category, Identifying, Reason
from datamap.scanner.evidence import Evidence
from datamap.scanner.lexicon import NOTHING, Proposal
from datamap.scanner.shape import Shape
from datamap.scanner.types import Column


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column is taken for. `entity` is "" where nothing identifies."""

    entity: str
    identifying: Identifying
    category: Category
    confidence: float
    share: float  # of filled cells
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A column decided by itself: a verdict, or what it is open for, and what it would be among people."""

    column: Column
    shape: Shape
    verdict: Verdict | None
    open_for: str = ""  # "text", "names" or nothing
    proposal: Proposal = NOTHING
    evidence: tuple[Evidence, ...] = ()
    read: tuple[str, ...] = ()  # the cells that the language models read
