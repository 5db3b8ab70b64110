"""Answers as pages, the API and the snapshot read them: each with its item, its verdict and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.types import Fact, FactValue, Grade
from pia import facts as gathered
from pia.frameworks.coverage import Given, Status, Verdict, judge
from pia.frameworks.pack import Bearing, Item
from pia.frameworks.sections import chapter_of, position
from pia.models import Answer, AnswerEvidence, Assessment, EvidenceKind
from pia.packs import item_of
from pia.wording import fact_text, sentence

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Known:
    """A fact beside a question: in words, how it bears, and its number where it is cited."""

    fact: Fact
    text: str
    says: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation in words; `now` is the fact as it reads today where that differs."""

    row: AnswerEvidence
    text: str
    now: str = ""

    @property
    def disagrees(self) -> bool:
        return bool(self.now)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of an assessment with all that belongs to it."""

    answer: Answer
    item: Item
    verdict: Verdict
    known: tuple[Known, ...] = ()
    cited: tuple[Cited, ...] = ()
    comments: int = 0
    untriggered: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        return str(self.answer)

    @property
    def badge(self) -> str:
        return f"{self.answer.pack.short} {self.item.citation}"

    @property
    def answered(self) -> bool:
        """Nothing is left to say: switched off by a fact, or judged (and, where not applicable, agreed)."""
        return not self.verdict.applies or self.verdict.status is not Status.UNANSWERED

    @property
    def disagrees(self) -> bool:
        return any(cited.disagrees for cited in self.cited)

    @property
    def awaits_approval(self) -> bool:
        return self.answer.status == Status.NOT_APPLICABLE and self.verdict.status is Status.UNANSWERED

    @property
    def chapter(self) -> str:
        return chapter_of(self.item.section)


def answers_of(assessment: Assessment) -> QuerySet[Answer]:
    """The rows with everything an entry needs, in a constant number of queries."""
    rows: QuerySet[Answer] = assessment.answers.with_pack()
    return rows.select_related("author", "approval__approved_by").prefetch_related("evidence__cited_by")


def entries(
    assessment: Assessment, facts: Mapping[str, Fact] | None = None, comments: Mapping[Any, int] | None = None
) -> list[Entry]:
    """Every question in the order of the template: by sub-section, then by pack, then as the pack has it."""
    known = gathered.facts_of(assessment) if facts is None else facts
    values = gathered.values(known)
    found = [entry(answer, known, values, (comments or {}).get(answer.pk, 0)) for answer in answers_of(assessment)]
    places = _places(found)
    return sorted(found, key=lambda one: (position(one.item.section), one.answer.pack.key, places[one.key]))


def entry(answer: Answer, known: Mapping[str, Fact], values: Mapping[str, FactValue], comments: int = 0) -> Entry:
    item, evidence = item_of(answer), list(answer.evidence.all())
    numbers = {row.key: row.number for row in evidence if row.kind == EvidenceKind.FACT}
    verdict = judge(item, values, given(answer, evidence))
    return Entry(
        answer=answer,
        item=item,
        verdict=verdict,
        known=tuple(
            Known(known[one.fact], fact_text(known[one.fact]), _says(one, known[one.fact]), numbers.get(one.fact))
            for one in item.evidence
            if one.fact in known
        ),
        cited=tuple(_cited(row, known) for row in evidence),
        comments=comments,
        untriggered=tuple(fact_text(known[key]) for key in verdict.untriggered if key in known),
    )


def given(answer: Answer, evidence: Iterable[AnswerEvidence]) -> Given:
    """What coverage needs of an answer. It is as strong as the best of its evidence that is still valid."""
    valid = [Grade(row.grade) for row in evidence if not row.is_expired]
    expired = [Grade(row.grade) for row in evidence if row.is_expired]
    best_valid = max(valid, key=lambda grade: grade.rank, default=Grade.ASSERTED)
    best_expired = max(expired, key=lambda grade: grade.rank, default=Grade.ASSERTED)
    faded = best_expired.rank - 1 > best_valid.rank
    return Given(
        status=Status(answer.status),
        grade=best_expired if faded else best_valid,
        expired=faded,
        approved=_approved(answer),
    )


def _says(bearing: Bearing, fact: Fact) -> str:
    """How a fact bears on the question; a "no" and a zero speak for themselves."""
    return bearing.says if fact.value else ""


def _approved(answer: Answer) -> bool:
    approval = getattr(answer, "approval", None)
    return approval is not None and approval.answer_version == answer.version and bool(answer.text.strip())


def _cited(row: AnswerEvidence, known: Mapping[str, Fact]) -> Cited:
    if row.kind == EvidenceKind.DOCUMENT:
        return Cited(row, row.label)
    text = sentence(row.key, gathered.value_from_json(row.value))
    today = known.get(row.key)
    now = fact_text(today) if today is not None else ""
    return Cited(row, text, now if now != text else "")


def _places(found: Iterable[Entry]) -> dict[str, int]:
    packs = {one.answer.pack_id: one.answer.pack for one in found}
    return {f"{pack.key}:{item.id}": n for pack in packs.values() for n, item in enumerate(pack.pack.items)}
