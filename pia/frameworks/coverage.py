"""How much of a framework an assessment covers: shares of the applicable weight by strength of evidence.

Never called compliance, and never averaged over frameworks. Shares are exact fractions that sum to 1 wherever
anything applies. A partly met item counts half; its other half is unmet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from core.types import Condition, FactValue, Grade, holds
from pia.frameworks.pack import Item, Pack, Weight


class Status(StrEnum):
    """A person's judgement of one item."""

    MET = "met"
    PARTIAL = "partial"
    UNMET = "unmet"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class Share(StrEnum):
    """The parts of the stacked bar, best first."""

    TESTED = "tested"
    DOCUMENTED = "documented"
    ASSERTED = "asserted"
    PARTIAL = "partial"
    UNMET = "unmet"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered to one item, as far as coverage cares."""

    status: Status = Status.UNANSWERED
    grade: Grade = Grade.ASSERTED
    expired: bool = False
    approved: bool = False  # a second person agreed that it is not applicable


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one item counts. `untriggered` names the facts that switched it off."""

    item: Item
    status: Status
    grade: Grade
    applies: bool
    untriggered: tuple[str, ...] = ()

    @property
    def is_gap(self) -> bool:
        """A `must` that applies and isn't met."""
        return self.applies and self.item.weight is Weight.MUST and self.status is not Status.MET

    @property
    def blocks(self) -> bool:
        """Lawfulness that is unmet, or that nobody has spoken to."""
        return self.applies and self.item.gate and self.status in (Status.UNMET, Status.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One framework's coverage. `shares` sum to 1, or are all 0 where nothing applies."""

    pack_id: str
    weight: int
    shares: Mapping[Share, Fraction]
    verdicts: tuple[Verdict, ...]

    @property
    def evidenced(self) -> Fraction:
        """Met with evidence that is more than somebody's word."""
        return self.shares[Share.TESTED] + self.shares[Share.DOCUMENTED]

    @property
    def gaps(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.is_gap)

    @property
    def gate(self) -> tuple[Verdict, ...]:
        """What blocks approval, whatever the shares."""
        return tuple(verdict for verdict in self.verdicts if verdict.blocks)

    @property
    def applicable(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.applies)

    @property
    def untriggered(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.untriggered)


NOTHING: Final = Given()


def coverage(pack: Pack, facts: Mapping[str, FactValue], answers: Mapping[str, Given]) -> Coverage:
    """Coverage of a pack, from facts by key and answers by item id."""
    return of_verdicts(pack.id, [judge(item, facts, answers.get(item.id, NOTHING)) for item in pack.items])


def of_verdicts(pack_id: str, verdicts: Iterable[Verdict]) -> Coverage:
    """Coverage where each item has been judged already."""
    judged = tuple(verdicts)
    applicable = [verdict for verdict in judged if verdict.applies]
    total = sum(verdict.item.weight.points for verdict in applicable)
    points = dict.fromkeys(Share, Fraction(0))
    for verdict in applicable:
        for share, portion in _portions(verdict):
            points[share] += portion * verdict.item.weight.points
    shares = {share: value / total if total else Fraction(0) for share, value in points.items()}
    return Coverage(pack_id=pack_id, weight=total, shares=shares, verdicts=judged)


def judge(item: Item, facts: Mapping[str, FactValue], given: Given) -> Verdict:
    """How one item counts: switched off by a fact, not applicable by two people, or as answered."""
    untriggered = () if holds(item.applies_when, facts) is not False else untriggered_by(item.applies_when, facts)
    status = given.status
    if status is Status.NOT_APPLICABLE and not given.approved:
        status = Status.UNANSWERED
    grade = _dropped(given.grade) if given.expired else given.grade
    applies = not untriggered and status is not Status.NOT_APPLICABLE
    return Verdict(item=item, status=status, grade=grade, applies=applies, untriggered=untriggered)


def untriggered_by(condition: Condition, facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The facts that make a condition false, in its own order, each once."""
    return tuple(dict.fromkeys(_false_facts(condition, facts)))


def _false_facts(condition: Condition, facts: Mapping[str, FactValue]) -> Iterable[str]:
    for part in condition.get("all", condition.get("any", ())):
        yield from _false_facts(part, facts)
    if "fact" in condition and holds(condition, facts) is False:
        yield condition["fact"]


def _portions(verdict: Verdict) -> tuple[tuple[Share, Fraction], ...]:
    if verdict.status is Status.MET:
        return ((Share(verdict.grade.value), Fraction(1)),)
    if verdict.status is Status.PARTIAL:
        return ((Share.PARTIAL, Fraction(1, 2)), (Share.UNMET, Fraction(1, 2)))
    return ((Share(verdict.status.value), Fraction(1)),)


def _dropped(grade: Grade) -> Grade:
    return list(Grade)[max(0, grade.rank - 1)]
