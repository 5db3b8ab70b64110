"""The screening as pages and the API read it: questions with their answers and facts, and the running result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Project, User
from core.types import Fact, FactValue
from pia import screening_wording as words
from pia.facts import gather
from pia.models.screening import Screening, ScreeningAnswer, ScreeningDispute, ScreeningRebuttal
from pia.screening import verdict as engine
from pia.screening.questions import AnswerValue, Kind, Question, proposed
from pia.screening.verdict import Finding, Line, Verdict
from pia.wording import fact_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

    from core.types import Json


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact beside a question: its sentence and where it comes from."""

    key: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownOption:
    value: str
    label: StrOrPromise
    chosen: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with what is known and answered about it."""

    key: str
    number: int
    kind: Kind
    wording: words.Wording
    options: tuple[ShownOption, ...]
    value: AnswerValue | None
    by_fact: bool
    answer: str
    answered_by: ScreeningAnswer | None
    facts: tuple[ShownFact, ...]
    disputed: bool
    waited_for: bool

    @property
    def state(self) -> str:
        """answered, prefilled, open, or idle: a follow-up whose cause is missing."""
        if self.answered_by:
            return "answered"
        if self.by_fact:
            return "prefilled"
        return "open" if self.waited_for else "idle"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One rule of the result in words."""

    rule: str
    title: StrOrPromise
    duty: StrOrPromise
    finding: Finding
    finding_text: StrOrPromise
    tone: str
    reasons: tuple[str, ...]
    waits_for: tuple[StrOrPromise, ...]
    applies_from: str


@dataclass(frozen=True, slots=True)
class ShownDispute:
    """A fact somebody disputed, with both answers in words."""

    row: ScreeningDispute
    title: StrOrPromise
    proposed: str
    given: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything a screening page shows."""

    screening: Screening | None
    verdict: Verdict
    headline: StrOrPromise
    advice: StrOrPromise
    tone: str
    lines: tuple[ShownLine, ...]
    questions: tuple[ShownQuestion, ...]
    disputes: tuple[ShownDispute, ...]
    rebuttal: ScreeningRebuttal | None

    @property
    def answered(self) -> int:
        return sum(question.state != "open" for question in self.relevant)

    @property
    def relevant(self) -> tuple[ShownQuestion, ...]:
        """Questions that are answered or waited for; follow-ups without their cause are left out."""
        return tuple(question for question in self.questions if question.state != "idle")

    @property
    def share(self) -> int:
        return round(100 * self.answered / len(self.relevant)) if self.relevant else 0

    @property
    def next_open(self) -> ShownQuestion | None:
        return next((question for question in self.questions if question.waited_for), None)

    def question(self, key: str) -> ShownQuestion | None:
        return next((question for question in self.questions if question.key == key), None)

    def after(self, key: str) -> ShownQuestion | None:
        """The next open question in order, going round to the first."""
        keys = [question.key for question in self.questions]
        start = keys.index(key) + 1 if key in keys else 0
        ordered = self.questions[start:] + self.questions[:start]
        return next((question for question in ordered if question.waited_for), None)


def fact_values(project: Project) -> dict[str, FactValue]:
    """The project's facts as the engine reads them."""
    return {key: fact.value for key, fact in gather(project).items()}


def answers_of(screening: Screening | None) -> dict[str, AnswerValue]:
    """A person's answers, as the engine reads them."""
    if screening is None:
        return {}
    return {answer.question: as_value(answer.value) for answer in screening.answers.all()}


def as_value(stored: Any) -> AnswerValue:
    """An answer as PostgreSQL keeps it, as the engine takes it."""
    return tuple(str(option) for option in stored) if isinstance(stored, list) else str(stored)


def as_json(value: AnswerValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def standing_rebuttal(project: Project) -> ScreeningRebuttal | None:
    return (
        ScreeningRebuttal.objects.filter(screening__project=project, withdrawn_at=None)
        .select_related("by", "viewed_by")
        .first()
    )


def screening_of(project: Project) -> Screening | None:
    found: Screening | None = (
        Screening.objects.filter(project=project)
        .select_related("completed_by")
        .prefetch_related("answers__author")
        .first()
    )
    return found


def verdict_of(project: Project) -> Verdict:
    """The result as it stands now."""
    return _verdict(screening_of(project), fact_values(project), standing_rebuttal(project))


def _verdict(
    screening: Screening | None, facts: Mapping[str, FactValue], rebuttal: ScreeningRebuttal | None
) -> Verdict:
    """A rebuttal counts once the DPO gave a view, and only for the criteria it speaks of."""
    answers = answers_of(screening)
    plain = engine.judge(answers, facts)
    if rebuttal is None or not rebuttal.has_view or not set(plain.criteria) <= set(rebuttal.criteria):
        return plain
    return engine.judge(answers, facts, rebutted=True)


def screening_for(user: User, project: Project) -> Shown:
    """The screening of a project the person may see."""
    project = Project.objects.for_user(user).get(pk=project.pk)
    screening, facts, rebuttal = screening_of(project), gather(project), standing_rebuttal(project)
    values = {key: fact.value for key, fact in facts.items()}
    verdict = _verdict(screening, values, rebuttal)
    headline, advice = words.HEADLINES[verdict.headline]
    return Shown(
        screening=screening,
        verdict=verdict,
        headline=headline,
        advice=advice,
        tone=words.TONES[verdict.headline],
        lines=tuple(_line(line) for line in verdict.lines),
        questions=_questions(screening, facts, values, verdict),
        disputes=tuple(_dispute(row) for row in screening.disputes.select_related("by")) if screening else (),
        rebuttal=rebuttal,
    )


def _dispute(row: ScreeningDispute) -> ShownDispute:
    return ShownDispute(
        row=row,
        title=words.QUESTIONS[row.question].short,
        proposed=words.answer_text(row.question, as_value(row.proposed)),
        given=words.answer_text(row.question, as_value(row.given)),
    )


def _line(line: Line) -> ShownLine:
    return ShownLine(
        rule=line.rule,
        title=words.RULES[line.rule],
        duty=words.DUTIES[line.duty],
        finding=line.finding,
        finding_text=words.FINDINGS[line.finding],
        tone=words.TONES[line.finding],
        reasons=tuple(words.reason_text(reason) for reason in line.because),
        waits_for=tuple(words.QUESTIONS[key].short for key in line.waits_for),
        applies_from=line.applies_from,
    )


def _questions(
    screening: Screening | None, facts: Mapping[str, Fact], values: Mapping[str, FactValue], verdict: Verdict
) -> tuple[ShownQuestion, ...]:
    saved = {answer.question: answer for answer in screening.answers.all()} if screening else {}
    disputed = {dispute.question for dispute in verdict.disputes}
    return tuple(
        _question(
            question,
            number,
            saved.get(question.key),
            facts,
            values,
            disputed=question.key in disputed,
            waited_for=question.key in verdict.unanswered,
        )
        for number, question in enumerate(engine.asked(values), start=1)
    )


def _question(
    question: Question,
    number: int,
    saved: ScreeningAnswer | None,
    facts: Mapping[str, Fact],
    values: Mapping[str, FactValue],
    *,
    disputed: bool,
    waited_for: bool,
) -> ShownQuestion:
    suggestion, keys = proposed(question, values)
    value = as_value(saved.value) if saved else suggestion
    return ShownQuestion(
        key=question.key,
        number=number,
        kind=question.kind,
        wording=words.QUESTIONS[question.key],
        options=_options(question, value, suggestion),
        value=value,
        by_fact=saved is None and suggestion is not None,
        answer=words.answer_text(question.key, value) if value is not None else "",
        answered_by=saved,
        facts=tuple(_fact(facts[key]) for key in keys),
        disputed=disputed,
        waited_for=waited_for,
    )


def _options(question: Question, value: AnswerValue | None, suggestion: AnswerValue | None) -> tuple[ShownOption, ...]:
    labels = words.OPTIONS.get(question.key, words.ANSWERS)
    return tuple(
        ShownOption(key, label, chosen=_holds(value, key), proposed=_holds(suggestion, key))
        for key, label in labels.items()
    )


def _holds(value: AnswerValue | None, key: str) -> bool:
    return key in value if isinstance(value, tuple) else value == key


def _fact(fact: Fact) -> ShownFact:
    return ShownFact(fact.key, fact_text(fact), tuple(source.label for source in fact.sources))


def verdict_json(verdict: Verdict) -> dict[str, Json]:
    """The result as it is recorded on completion: codes, never words, so that it can be read in any language."""
    return {
        "headline": str(verdict.headline),
        "criteria": list(verdict.criteria),
        "lines": [
            {
                "rule": line.rule,
                "duty": str(line.duty),
                "finding": str(line.finding),
                "applies_from": line.applies_from,
                "because": [{"code": reason.code, "params": dict(reason.params)} for reason in line.because],
            }
            for line in verdict.lines
        ],
        "disputes": [
            {"question": d.question, "proposed": as_json(d.proposed), "given": as_json(d.given), "facts": list(d.facts)}
            for d in verdict.disputes
        ],
    }


def screening_data(project: Project) -> dict[str, Json] | None:
    """The screening as a version freezes it, in words and codes; None where nobody answered anything."""
    screening = screening_of(project)
    if screening is None:
        return None
    rebuttal = standing_rebuttal(project)
    verdict = _verdict(screening, fact_values(project), rebuttal)
    return {
        "headline": str(verdict.headline),
        "text": str(words.HEADLINES[verdict.headline][0]),
        "criteria": [str(words.QUESTIONS[key].short) for key in verdict.criteria],
        "completed": screening.is_complete,
        "completed_by": str(screening.completed_by or ""),
        "completed_at": screening.completed_at.isoformat() if screening.completed_at else "",
        "justification": screening.justification,
        "lines": [
            {
                "rule": line.rule,
                "title": str(line.title),
                "finding": str(line.finding),
                "text": str(line.finding_text),
                "reasons": list(line.reasons),
                "applies_from": line.applies_from,
            }
            for line in map(_line, verdict.lines)
        ],
        "disputes": [
            {"question": str(words.QUESTIONS[row.question].short), "reason": row.reason, "by": str(row.by or "")}
            for row in screening.disputes.select_related("by")
        ],
        "rebuttal": _rebuttal_data(rebuttal) if rebuttal else None,
    }


def _rebuttal_data(rebuttal: ScreeningRebuttal) -> dict[str, Json]:
    return {
        "reason": rebuttal.reason,
        "by": str(rebuttal.by or ""),
        "agrees": rebuttal.agrees,
        "view": rebuttal.view,
        "viewed_by": str(rebuttal.viewed_by or ""),
    }


@dataclass(frozen=True, slots=True)
class ScreeningGap:
    """What the screening leaves open for an assessment. Only a prohibited practice stands in the way."""

    text: str
    detail: str
    url: str
    blocking: bool


def screening_gaps(project: Project) -> tuple[ScreeningGap, ...]:
    """A prohibited practice, or a screening that nobody completed."""
    screening = screening_of(project)
    url = reverse("pia:screening_summary", args=[project.pk])
    if screening is not None and verdict_of(project).headline is Finding.STOP:
        headline, advice = words.HEADLINES[Finding.STOP]
        return (ScreeningGap(str(headline), str(advice), url, blocking=True),)
    if screening is None or not screening.is_complete:
        text, detail = _("The screening is not complete"), _("It says why an assessment is required, or why not.")
        return (ScreeningGap(text, detail, url, blocking=False),)
    return ()
