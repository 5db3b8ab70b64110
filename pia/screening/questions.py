"""What the screening asks, in order. Structure only: the wording is in `pia/screening_wording.py`.

Every question says when it is asked and which answer known facts propose. A proposal counts until a person says
otherwise; a person who says otherwise disputes a fact, and has to say why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.types import Condition, FactValue, holds

#: WP248 leaves "large scale" open. 10,000 is the Dutch authority's mark for health care; it only proposes an answer.
LARGE_SCALE: Final = 10_000

AnswerValue = str | tuple[str, ...]

YES: Final = "yes"
NO: Final = "no"
UNSURE: Final = "unsure"


class Kind(StrEnum):
    """How a question is answered: yes, no or unsure; any number of options; exactly one option."""

    YES_NO = "yes_no"
    ANY_OF = "any_of"
    ONE_OF = "one_of"


class Law(StrEnum):
    """The law a question belongs to, which is also when it is asked."""

    ALL = "all"
    GDPR = "gdpr"
    AI_ACT = "ai_act"
    PIPL = "pipl"
    CCPA = "ccpa"
    HIPAA = "hipaa"
    REG_S_P = "reg_s_p"


@dataclass(frozen=True, slots=True)
class Proposal:
    """`value` is the answer (or, for any-of, one option) that holds where the condition does."""

    value: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    law: Law
    kind: Kind = Kind.YES_NO
    options: tuple[str, ...] = ()
    proposes: tuple[Proposal, ...] = ()


def _is(fact: str, value: FactValue = True) -> dict[str, Any]:  # noqa: FBT002 - reads as a sentence at the call
    return {"fact": fact, "is": value}


def _least(fact: str, limit: float) -> dict[str, Any]:
    return {"fact": fact, "at_least": limit}


def _any(*parts: Condition) -> dict[str, Any]:
    return {"any": list(parts)}


def _all(*parts: Condition) -> dict[str, Any]:
    return {"all": list(parts)}


def _yes(when: Condition) -> Proposal:
    return Proposal(YES, when)


def _no(when: Condition) -> Proposal:
    return Proposal(NO, when)


#: Art. 5(1) AI Act; the last point applies from 2026-12-02.
PROHIBITED: Final = (
    "manipulation",
    "exploitation",
    "social_scoring",
    "crime_prediction",
    "face_scraping",
    "emotion_work_school",
    "biometric_traits",
    "live_identification",
    "intimate_imagery",
)
#: Annex III AI Act, points as numbered there.
ANNEX_III: Final = (
    "1.a", "1.b", "1.c", "2", "3.a", "3.b", "3.c", "3.d", "4.a", "4.b", "5.a", "5.b", "5.c", "5.d",
    "6.a", "6.b", "6.c", "6.d", "6.e", "7.a", "7.b", "7.c", "7.d", "8.a", "8.b",
)  # fmt: skip
DEPLOYERS: Final = ("public_body", "public_service", "private", "not_deployer")
PIPL: Final = ("55.1", "55.2", "55.3", "55.4", "55.5")
CCPA: Final = ("share", "sensitive", "significant_decision", "observed_traits", "sensitive_place", "training")

_PEOPLE = _any(_least("data.identifying", 1), _least("people.count", 1), _least("text.share_identified", 0.000001))
_SENSITIVE = _any(_is("data.special"), _is("data.criminal"))
_INTIMATE = _any(
    _is("data.special"),
    _is("data.criminal"),
    _is("data.financial"),
    _is("data.location"),
    {"fact": "data.categories", "includes": "communication"},
)
_MANY = _least("people.count", LARGE_SCALE)
_AUTOMATED = _all(_is("decision.automated"), _is("decision.significant"))
_WEAK = _any(_is("people.vulnerable"), _is("people.children"), _is("people.employees"))

WP248: Final = (
    Question(
        "wp248.1",
        Law.GDPR,
        proposes=(_yes(_any(_is("project.ai_kind", "recommender"), _is("project.ai_kind", "ranking"))),),
    ),
    Question(
        "wp248.2",
        Law.GDPR,
        proposes=(
            _yes(_AUTOMATED),
            _no(_any(_is("decision.automated", value=False), _is("decision.significant", value=False))),
        ),
    ),
    Question("wp248.3", Law.GDPR),
    Question("wp248.4", Law.GDPR, proposes=(_yes(_INTIMATE),)),
    Question("wp248.5", Law.GDPR, proposes=(_yes(_MANY),)),
    Question("wp248.6", Law.GDPR, proposes=(_yes(_any(_is("source.scraped"), _is("training.existing_data"))),)),
    Question("wp248.7", Law.GDPR, proposes=(_yes(_WEAK),)),
    Question(
        "wp248.8",
        Law.GDPR,
        proposes=(
            _yes(
                _any(
                    _is("project.ai_kind", "generative"),
                    _is("project.ai_kind", "biometric"),
                    _is("project.training", "federated"),
                )
            ),
        ),
    ),
    Question("wp248.9", Law.GDPR),
)

QUESTIONS: Final = (
    Question("personal_data", Law.ALL, proposes=(_yes(_PEOPLE),)),
    Question(
        "model_personal",
        Law.ALL,
        proposes=(_yes(_is("model.personal_data", "yes")), _no(_is("model.personal_data", "no"))),
    ),
    Question("prohibited", Law.AI_ACT, Kind.ANY_OF, PROHIBITED),
    Question("art35_3_a", Law.GDPR, proposes=(_yes(_AUTOMATED), _no(_is("decision.significant", value=False)))),
    Question("art35_3_b", Law.GDPR, proposes=(_yes(_all(_SENSITIVE, _MANY)),)),
    Question("art35_3_c", Law.GDPR),
    Question("national_list", Law.GDPR),
    *WP248,
    Question("general_risk", Law.GDPR),
    Question("exempt_list", Law.GDPR),
    Question("exempt_law", Law.GDPR),
    Question("annex_iii", Law.AI_ACT, Kind.ANY_OF, ANNEX_III),
    Question("annex_iii_narrow", Law.AI_ACT),
    Question("deployer", Law.AI_ACT, Kind.ONE_OF, DEPLOYERS),
    Question(
        "pipl",
        Law.PIPL,
        Kind.ANY_OF,
        PIPL,
        proposes=(
            Proposal(
                "55.1", _any(_is("data.special"), _is("data.financial"), _is("data.location"), _is("people.children"))
            ),
            Proposal("55.2", _is("decision.automated")),
            Proposal("55.3", _least("recipients.count", 1)),
            Proposal("55.4", _is("transfers")),
            Proposal("55.5", _is("decision.significant")),
        ),
    ),
    Question(
        "ccpa",
        Law.CCPA,
        Kind.ANY_OF,
        CCPA,
        proposes=(
            Proposal("sensitive", _any(_is("data.special"), _is("data.location"))),
            Proposal("significant_decision", _AUTOMATED),
            Proposal("training", _all(_is("decision.significant"), {"fact": "project.training", "not": "api_only"})),
        ),
    ),
    Question("hipaa", Law.HIPAA),
    Question("reg_s_p", Law.REG_S_P),
)
BY_KEY: Final[Mapping[str, Question]] = {question.key: question for question in QUESTIONS}


def facts_of(condition: Condition) -> tuple[str, ...]:
    """The keys a condition reads, in order and once each."""
    if "fact" in condition:
        return (str(condition["fact"]),)
    parts = condition.get("all") or condition.get("any") or ()
    return tuple(dict.fromkeys(key for part in parts for key in facts_of(part)))


def proposed(
    question: Question, facts: Mapping[str, FactValue]
) -> tuple[str | tuple[str, ...] | None, tuple[str, ...]]:
    """The answer known facts propose and the facts it rests on; (None, ()) where they say nothing.

    An any-of question is never proposed empty: that no fact speaks for an option is not a no.
    """
    holding = [p for p in question.proposes if holds(p.when, facts) is True]
    if not holding:
        return None, ()
    used = holding if question.kind is Kind.ANY_OF else holding[:1]
    keys = dict.fromkeys(key for p in used for key in facts_of(p.when) if key in facts and _speaks(p.when, key, facts))
    value = tuple(p.value for p in used) if question.kind is Kind.ANY_OF else used[0].value
    return value, tuple(keys)


def _speaks(condition: Condition, key: str, facts: Mapping[str, FactValue]) -> bool:
    """Whether this fact is one of those that make the condition hold."""
    if "fact" in condition:
        return condition["fact"] == key and holds(condition, facts) is True
    parts = condition.get("all") or condition.get("any") or ()
    return any(_speaks(part, key, facts) for part in parts)
