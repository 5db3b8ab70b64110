"""Conditions over facts are three-valued: what is unknown is never taken for no."""

from __future__ import annotations

from typing import Any, Final

import pytest

from core.types import FactValue, holds

FACTS: Final[dict[str, FactValue]] = {
    "transfers": True,
    "people.count": 40_000,
    "data.categories": ("health", "contact"),
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"fact": "transfers", "is": True}, True),
        ({"fact": "transfers", "not": True}, False),
        ({"fact": "people.count", "at_least": 40_000}, True),
        ({"fact": "people.count", "at_least": 40_001}, False),
        ({"fact": "data.categories", "includes": "health"}, True),
        ({"fact": "unknown", "is": True}, None),
        ({"all": [{"fact": "unknown", "is": 1}, {"fact": "transfers", "is": False}]}, False),
        ({"all": [{"fact": "unknown", "is": 1}, {"fact": "transfers", "is": True}]}, None),
        ({"any": [{"fact": "unknown", "is": 1}, {"fact": "transfers", "is": True}]}, True),
        ({"any": [{"fact": "unknown", "is": 1}, {"fact": "transfers", "is": False}]}, None),
    ],
)
def test_a_condition_holds_fails_or_stays_open(condition: dict[str, Any], *, expected: bool | None) -> None:
    assert holds(condition, FACTS) is expected


@pytest.mark.parametrize(
    "condition", [{"fact": "x"}, {"is": 1}, {"fact": "x", "is": 1, "not": 2}, {"all": [], "any": []}]
)
def test_anything_else_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        holds(condition, FACTS)
