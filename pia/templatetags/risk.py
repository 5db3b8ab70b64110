"""Risks in templates: the engine's codes and values as words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from core import registry
from datamap.models import CategoryChoice
from pia import risk_words
from pia.models import Control, Measure, Risk, Staleness
from pia.selectors import portfolio

register = template.Library()


@register.filter
def say(reason: Mapping[str, Any]) -> str:
    """A reason in words."""
    return risk_words.say(reason["code"], reason.get("params", {}))


@register.filter
def step_number(reason: Mapping[str, Any]) -> str:
    """The number in front of a step of a level: 4, −1, +1."""
    return risk_words.sign(reason.get("params", {}))


@register.filter
def step_tone(reason: Mapping[str, Any]) -> str:
    by = int(reason.get("params", {}).get("by", 0))
    return "good" if by < 0 else "bad" if by > 0 else "neutral"


@register.filter
def risk_title(risk: Risk) -> str:
    """What a risk is called: a person's words where there are any."""
    return risk.title or risk_words.title_of(risk.kind, risk.threat)


@register.filter
def kind_words(kind: str) -> Any:
    return risk_words.KINDS.get(kind, kind)


@register.filter
def threat_words(threat: str) -> Any:
    return risk_words.THREATS.get(threat, threat)


@register.filter
def family_words(risk: Risk) -> Any:
    return risk_words.family_of(risk.kind)


@register.filter
def control_title(control: Control) -> Any:
    return risk_words.CONTROLS.get(control.kind, control.kind)


@register.filter
def measure_title(measure: Measure) -> Any:
    return measure.title or risk_words.MEASURES.get(measure.kind, measure.kind)


@register.filter
def measure_words(kind: str) -> Any:
    return risk_words.MEASURES.get(kind, kind)


@register.filter
def measure_condition(kind: str) -> str:
    return risk_words.condition_of(kind)


@register.filter
def level_words(value: int) -> Any:
    return risk_words.LEVELS.get(int(value), value)


@register.filter
def stale_words(cause: Staleness) -> str:
    return risk_words.say(cause.code, cause.params)


@register.filter
def event_words(event: str) -> Any:
    return registry.event_label(event)


@register.filter
def category_words(category: str) -> Any:
    return CategoryChoice(category).label


@register.filter
def is_special(category: str) -> bool:
    """Art. 9 or 10."""
    return portfolio.is_special(category)
