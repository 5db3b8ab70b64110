"""Checks the conditions of a pack: their form, that the facts exist, and that a test suits the fact's type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pia.frameworks.located import Problem, Row, Table
from pia.frameworks.vocabulary import FACTS, TESTS, Kind


def check_condition(condition: Any, line: int) -> Iterator[Problem]:
    """Every mistake in a condition (forms: see `core.types.holds`)."""
    if not isinstance(condition, Table):
        if condition != {}:
            yield Problem(line, "a condition is a mapping like {fact: transfers, is: true}")
        return
    combined = [key for key in ("all", "any") if key in condition]
    if combined:
        yield from _check_parts(condition, combined[0])
    else:
        yield from _check_test(condition)


def _check_parts(condition: Table, mode: str) -> Iterator[Problem]:
    parts = condition[mode]
    if len(condition) != 1 or not isinstance(parts, Row) or not parts:
        yield Problem(condition.line, f"{mode!r} stands alone and holds a list of conditions")
        return
    for line, part in parts.located():
        yield from check_condition(part, line)


def _check_test(condition: Table) -> Iterator[Problem]:
    tests = [key for key in condition if key in TESTS]
    key = condition.get("fact")
    if len(condition) != 2 or len(tests) != 1 or not isinstance(key, str):
        yield Problem(condition.line, "a condition has 'fact' and one of is, not, at_least, includes")
    elif key not in FACTS:
        yield Problem(condition.at("fact"), f"the fact {key!r} does not exist")
    elif FACTS[key] not in TESTS[tests[0]] or not _suits(condition[tests[0]], FACTS[key]):
        yield Problem(condition.at(tests[0]), f"{tests[0]!r} with that value can't be asked of {key!r} ({FACTS[key]})")


def _suits(value: Any, kind: Kind) -> bool:
    if kind is Kind.FLAG:
        return isinstance(value, bool)
    if kind in (Kind.COUNT, Kind.SHARE):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, str)
