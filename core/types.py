"""Value types every floor shares. Plain Python: engines import this and nothing else of the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeAlias

Json: TypeAlias = "None | bool | int | float | str | Sequence[Json] | Mapping[str, Json]"
FactValue: TypeAlias = "bool | int | float | str | tuple[str, ...]"
Condition: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an engine concluded something: a code with parameters. The floor above words it."""

    code: str
    params: Mapping[str, str | int | float | bool] = field(default_factory=dict)


class Grade(StrEnum):
    """How well a statement is backed, weakest first."""

    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    TESTED = "tested"

    @property
    def rank(self) -> int:
        return list(Grade).index(self)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, precise enough to be looked up again."""

    kind: str  # register, schema, scan, map, lab, document
    ref: str  # id of the row it was read from
    label: str  # what a person calls it: "chat_logs.parquet, column message"
    detail: str = ""
    sha256: str = ""
    at: str = ""  # ISO 8601, UTC


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing Candor knows, with its provenance. A key that is absent is unknown, never false."""

    key: str
    value: FactValue
    grade: Grade
    reason: Reason
    sources: tuple[Source, ...] = ()


class Identifying(StrEnum):
    """How a column points at a person. In a table about people every column is personal data (Art. 4(1) GDPR)."""

    DIRECT = "direct"
    QUASI = "quasi"
    NONE = "none"


class Category(StrEnum):
    """Kinds of personal data."""

    IDENTITY = "identity"
    CONTACT = "contact"
    GOVERNMENT_ID = "government_id"
    FINANCIAL = "financial"
    HEALTH = "health"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    LOCATION = "location"
    ONLINE_ID = "online_identifier"
    BEHAVIOUR = "behaviour"
    COMMUNICATION = "communication"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    FAMILY = "family"
    CHILDREN = "children"
    ETHNICITY = "race_or_ethnicity"
    RELIGION = "religion"
    POLITICS = "politics"
    UNION = "union"
    SEX_LIFE = "sex_life"
    CRIMINAL = "criminal"
    NONE = "none"


#: Art. 9(1) GDPR.
SPECIAL: Final = frozenset(
    {
        Category.HEALTH,
        Category.GENETIC,
        Category.BIOMETRIC,
        Category.ETHNICITY,
        Category.RELIGION,
        Category.POLITICS,
        Category.UNION,
        Category.SEX_LIFE,
    }
)
#: Art. 10 GDPR.
CRIMINAL: Final = frozenset({Category.CRIMINAL})


def holds(condition: Condition, facts: Mapping[str, FactValue]) -> bool | None:
    """Whether a condition holds over known facts; None where a fact it needs is unknown.

    Forms: {fact: KEY, is|not|at_least|includes: X}, {all: [...]}, {any: [...]}, {} (always).
    Three-valued: `all` is False as soon as one part is, `any` True as soon as one part is.
    Raises ValueError on any other form.
    """
    if not condition:
        return True
    if "all" in condition or "any" in condition:
        return _combine(condition, facts)
    key = condition.get("fact")
    tests = [name for name in _TESTS if name in condition]
    if not isinstance(key, str) or len(tests) != 1 or len(condition) != 2:
        raise ValueError(f"not a condition: {dict(condition)}")
    if key not in facts:
        return None
    return bool(_TESTS[tests[0]](facts[key], condition[tests[0]]))


def _combine(condition: Condition, facts: Mapping[str, FactValue]) -> bool | None:
    if len(condition) != 1:
        raise ValueError(f"not a condition: {dict(condition)}")
    ((mode, parts),) = condition.items()
    results = [holds(part, facts) for part in parts]
    decisive = mode == "any"
    if decisive in results:
        return decisive
    return None if None in results else not decisive


def _at_least(value: FactValue, limit: Any) -> bool:
    return isinstance(value, (int, float)) and value >= limit


def _includes(value: FactValue, item: Any) -> bool:
    return isinstance(value, tuple) and item in value


_TESTS: Final = {
    "is": lambda value, expected: value == expected,
    "not": lambda value, expected: value != expected,
    "at_least": _at_least,
    "includes": _includes,
}
