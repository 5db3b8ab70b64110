"""The running result of a screening: one line per rule, each with the reasons behind it, and the headline.

Rules: Art. 35(1), (3), (4), (5), (10) GDPR; WP248 rev.01 (two criteria presume, one needs a justification; where it is
unclear, assess: so "unsure" counts as met); AI Act Art. 5, 6 and 27; PIPL Art. 55; 11 CCR 7150; 45 CFR 164.308;
17 CFR 248.30.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.types import FactValue, Reason
from pia.screening.jurisdictions import laws
from pia.screening.questions import (
    BY_KEY,
    NO,
    QUESTIONS,
    UNSURE,
    WP248,
    YES,
    AnswerValue,
    Kind,
    Law,
    Question,
    proposed,
)

#: Annex III obligations, and with them the FRIA, were moved here by the 2026 Digital Omnibus on AI.
FRIA_FROM: Final = "2027-12-02"
INTIMATE_IMAGERY_FROM: Final = "2026-12-02"
TRIGGERS: Final = ("art35_3_a", "art35_3_b", "art35_3_c")


class Duty(StrEnum):
    """What a rule can ask for."""

    SCOPE = "scope"
    PROHIBITION = "prohibition"
    DPIA = "dpia"
    FRIA = "fria"
    PIPIA = "pipia"
    CCPA = "ccpa"
    HIPAA = "hipaa"
    REG_S_P = "reg_s_p"


class Finding(StrEnum):
    """What a rule comes to, the strongest first."""

    STOP = "stop"
    REQUIRED = "required"
    PRESUMED = "presumed"
    OPEN = "open"
    REBUTTED = "rebutted"
    JUSTIFY = "justify"
    EXEMPT = "exempt"
    NOT_REQUIRED = "not_required"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in force: a person's, or one proposed by facts."""

    value: AnswerValue
    by_fact: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """A person's answer that departs from what the facts propose."""

    question: str
    proposed: AnswerValue
    given: AnswerValue
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule says, why, and what it still waits for."""

    rule: str
    duty: Duty
    finding: Finding
    because: tuple[Reason, ...] = ()
    waits_for: tuple[str, ...] = ()
    applies_from: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole result. `criteria` are the WP248 criteria met; `unanswered` is what completing waits for."""

    headline: Finding
    lines: tuple[Line, ...]
    criteria: tuple[str, ...]
    unanswered: tuple[str, ...]
    disputes: tuple[Dispute, ...]

    def line(self, rule: str) -> Line | None:
        return next((line for line in self.lines if line.rule == rule), None)


@dataclass(slots=True)
class Sheet:
    """The answers in force, for the rules to read."""

    given: Mapping[str, Given]
    rebutted: bool = False

    def value(self, key: str) -> AnswerValue | None:
        found = self.given.get(key)
        return found.value if found else None

    def says(self, key: str, *values: str) -> bool:
        return self.value(key) in values

    def options(self, key: str) -> tuple[str, ...] | None:
        """What was ticked; None where the question is open."""
        value = self.value(key)
        return None if value is None else ((value,) if isinstance(value, str) else value)

    def open(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key not in self.given)

    def reasons(self, keys: Iterable[str]) -> tuple[Reason, ...]:
        """One reason for each question that was answered yes or unsure."""
        return tuple(self._reason(key) for key in keys if self.says(key, YES, UNSURE))

    def _reason(self, key: str) -> Reason:
        found = self.given[key]
        code = "unsure" if found.value == UNSURE else ("fact" if found.by_fact else "answer")
        return Reason(f"screening.{code}", {"question": key, "facts": ", ".join(found.facts)})


def asked(facts: Mapping[str, FactValue]) -> tuple[Question, ...]:
    """The questions that concern this project, in order."""
    applying = laws(facts)
    return tuple(question for question in QUESTIONS if question.law in applying)


def given(answers: Mapping[str, AnswerValue], facts: Mapping[str, FactValue]) -> dict[str, Given]:
    """The answers in force: a person's own first, what facts propose where nobody answered."""
    in_force: dict[str, Given] = {}
    for question in asked(facts):
        if question.key in answers:
            in_force[question.key] = Given(answers[question.key])
            continue
        value, keys = proposed(question, facts)
        if value is not None:
            in_force[question.key] = Given(value, by_fact=True, facts=keys)
    return in_force


def disputes(answers: Mapping[str, AnswerValue], facts: Mapping[str, FactValue]) -> tuple[Dispute, ...]:
    """Where a person contradicts a fact. Being unsure is no contradiction, nor is ticking more than the facts say."""
    found = []
    for key, value in answers.items():
        question = BY_KEY.get(key)
        suggestion, keys = proposed(question, facts) if question else (None, ())
        if suggestion is not None and _contradicts(value, suggestion):
            found.append(Dispute(key, suggestion, value, keys))
    return tuple(found)


def _contradicts(value: AnswerValue, suggestion: AnswerValue) -> bool:
    if isinstance(suggestion, tuple):
        return not set(suggestion) <= set(value if isinstance(value, tuple) else (value,))
    return value not in (suggestion, UNSURE)


def check(key: str, value: AnswerValue) -> None:
    """Raise ValueError unless `value` answers question `key`."""
    question = BY_KEY.get(key)
    if question is None:
        raise ValueError(f"no question {key!r}")
    allowed = question.options or (YES, NO, UNSURE)
    if question.kind is Kind.ANY_OF:
        fits = isinstance(value, tuple) and set(value) <= set(allowed) and len(set(value)) == len(value)
    else:
        fits = isinstance(value, str) and value in allowed
    if not fits:
        raise ValueError(f"{value!r} is no answer to {key!r}")


def judge(answers: Mapping[str, AnswerValue], facts: Mapping[str, FactValue], *, rebutted: bool = False) -> Verdict:
    """The result so far. `rebutted`: the presumption was rebutted with reasons and the DPO gave a view."""
    in_force = given(answers, facts)
    sheet = Sheet(in_force, rebutted)
    outside = sheet.says("personal_data", NO) and sheet.says("model_personal", NO)
    rules = _RULES_OUTSIDE if outside else _RULES
    lines = tuple(line for law, rule in rules if law in laws(facts) and (line := rule(sheet)) is not None)
    return Verdict(
        headline=_headline(lines),
        lines=lines,
        criteria=tuple(q.key for q in WP248 if sheet.says(q.key, YES, UNSURE)),
        unanswered=_unanswered(sheet, facts, outside=outside),
        disputes=disputes(answers, facts),
    )


def _unanswered(sheet: Sheet, facts: Mapping[str, FactValue], *, outside: bool) -> tuple[str, ...]:
    """Without personal data only the questions about scope and the AI Act are left. Follow-ups wait for their cause."""
    idle = set() if sheet.options("annex_iii") else {"annex_iii_narrow", "deployer"}
    return tuple(
        question.key
        for question in asked(facts)
        if question.key not in sheet.given
        and question.key not in idle
        and (not outside or question.law in (Law.ALL, Law.AI_ACT))
    )


def _headline(lines: Iterable[Line]) -> Finding:
    """The strongest finding, without the FRIA (a later duty of its own) and what an exemption lifts."""
    lines = list(lines)
    exemption = next((line for line in lines if line.rule == "exemption" and line.finding is Finding.EXEMPT), None)
    lifted = _lifted(exemption, lines) if exemption else frozenset()
    findings = {line.finding for line in lines if line.rule not in lifted and line.duty is not Duty.FRIA}
    return next((finding for finding in Finding if finding in findings), Finding.OPEN)


def _lifted(exemption: Line, lines: Iterable[Line]) -> frozenset[str]:
    """Art. 35(10) sets paragraphs 1 to 7 aside; a list under Art. 35(5) can't set aside 35(3) or 35(4)."""
    weak = frozenset({"wp248", "general"})
    if any(reason.params.get("question") == "exempt_law" for reason in exemption.because):
        return weak | {"art35_3", "national_list"}
    hit = any(line.rule in ("art35_3", "national_list") and line.finding is Finding.REQUIRED for line in lines)
    return frozenset() if hit else weak | {"art35_3", "national_list"}


# --- the rules --------------------------------------------------------------------------------------------------------


def _scope(sheet: Sheet) -> Line | None:
    keys = ("personal_data", "model_personal")
    if sheet.says("personal_data", NO) and sheet.says("model_personal", NO):
        return Line("scope", Duty.SCOPE, Finding.OUTSIDE, (Reason("screening.no_personal_data"),))
    waits = sheet.open(keys)
    if waits and not sheet.reasons(keys):
        return Line("scope", Duty.SCOPE, Finding.OPEN, (), waits)
    return None


def _prohibited(sheet: Sheet) -> Line:
    practices = sheet.options("prohibited")
    if practices is None:
        return Line("prohibited", Duty.PROHIBITION, Finding.OPEN, (), ("prohibited",))
    if not practices:
        return Line("prohibited", Duty.PROHIBITION, Finding.NOT_REQUIRED, (Reason("screening.none_prohibited"),))
    only_later = practices == ("intimate_imagery",)
    return Line(
        "prohibited",
        Duty.PROHIBITION,
        Finding.STOP,
        tuple(Reason("screening.option", {"question": "prohibited", "option": practice}) for practice in practices),
        applies_from=INTIMATE_IMAGERY_FROM if only_later else "",
    )


def _triggered(rule: str, keys: tuple[str, ...], duty: Duty = Duty.DPIA) -> Callable[[Sheet], Line]:
    """A rule that one yes fulfils."""

    def line(sheet: Sheet) -> Line:
        waits, reasons = sheet.open(keys), sheet.reasons(keys)
        if any(sheet.says(key, YES) for key in keys):
            return Line(rule, duty, Finding.REQUIRED, reasons, waits)
        if reasons:
            return Line(rule, duty, Finding.PRESUMED, reasons, waits)
        if waits:
            return Line(rule, duty, Finding.OPEN, (), waits)
        return Line(rule, duty, Finding.NOT_REQUIRED, (Reason("screening.all_no", {"count": len(keys)}),))

    return line


def _wp248(sheet: Sheet) -> Line:
    keys = tuple(question.key for question in WP248)
    reasons, waits = sheet.reasons(keys), sheet.open(keys)
    count = Reason("screening.criteria", {"met": len(reasons), "of": len(keys), "open": len(waits)})
    if len(reasons) >= 2:
        finding = Finding.REBUTTED if sheet.rebutted else Finding.PRESUMED
    elif waits:
        finding = Finding.OPEN
    else:
        finding = Finding.JUSTIFY if reasons else Finding.NOT_REQUIRED
    return Line("wp248", Duty.DPIA, finding, (count, *reasons), waits)


def _exemption(sheet: Sheet) -> Line | None:
    keys = tuple(key for key in ("exempt_law", "exempt_list") if sheet.says(key, YES))
    if not keys:
        return None
    return Line("exemption", Duty.DPIA, Finding.EXEMPT, sheet.reasons(keys))


def _fria(sheet: Sheet) -> Line:
    points = sheet.options("annex_iii")
    if points is None:
        return Line("fria", Duty.FRIA, Finding.OPEN, (), ("annex_iii",))
    if not points:
        return Line("fria", Duty.FRIA, Finding.NOT_REQUIRED, (Reason("screening.no_annex_iii"),))
    because = tuple(Reason("screening.option", {"question": "annex_iii", "option": point}) for point in points)
    if sheet.says("annex_iii_narrow", YES):
        if not sheet.says("wp248.1", YES, UNSURE):
            return Line("fria", Duty.FRIA, Finding.NOT_REQUIRED, (*because, Reason("screening.narrow_task")))
        because = (*because, Reason("screening.profiles"))  # Art. 6(3): profiling is always high-risk
    return _fria_of_deployer(sheet, points, because)


def _fria_of_deployer(sheet: Sheet, points: tuple[str, ...], because: tuple[Reason, ...]) -> Line:
    deployer = sheet.value("deployer")
    if deployer is None:
        return Line("fria", Duty.FRIA, Finding.OPEN, because, ("deployer",), FRIA_FROM)
    reason = Reason("screening.option", {"question": "deployer", "option": str(deployer)})
    public = deployer in ("public_body", "public_service") and any(point != "2" for point in points)
    scoring = deployer != "not_deployer" and bool({"5.b", "5.c"} & set(points))
    finding = Finding.REQUIRED if public or scoring else Finding.NOT_REQUIRED
    return Line("fria", Duty.FRIA, finding, (*because, reason), applies_from=FRIA_FROM)


def _listed(rule: str, duty: Duty) -> Callable[[Sheet], Line]:
    """A rule that any ticked option fulfils."""

    def line(sheet: Sheet) -> Line:
        ticked = sheet.options(rule)
        if ticked is None:
            return Line(rule, duty, Finding.OPEN, (), (rule,))
        because = tuple(Reason("screening.option", {"question": rule, "option": option}) for option in ticked)
        if not ticked:
            return Line(rule, duty, Finding.NOT_REQUIRED, (Reason("screening.all_no", {"count": 1}),))
        return Line(rule, duty, Finding.REQUIRED, because)

    return line


_AI_ACT_RULES: Final = ((Law.AI_ACT, _prohibited), (Law.AI_ACT, _fria))
_RULES_OUTSIDE: Final = ((Law.ALL, _scope), *_AI_ACT_RULES)
_RULES: Final = (
    (Law.AI_ACT, _prohibited),
    (Law.ALL, _scope),
    (Law.GDPR, _triggered("art35_3", TRIGGERS)),
    (Law.GDPR, _triggered("national_list", ("national_list",))),
    (Law.GDPR, _wp248),
    (Law.GDPR, _triggered("general", ("general_risk",))),
    (Law.GDPR, _exemption),
    (Law.AI_ACT, _fria),
    (Law.PIPL, _listed("pipl", Duty.PIPIA)),
    (Law.CCPA, _listed("ccpa", Duty.CCPA)),
    (Law.HIPAA, _triggered("hipaa", ("hipaa",), Duty.HIPAA)),
    (Law.REG_S_P, _triggered("reg_s_p", ("reg_s_p",), Duty.REG_S_P)),
)
