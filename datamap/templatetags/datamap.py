"""Words for values that templates of the data map meet as codes."""

from __future__ import annotations

from typing import Any

from django import template

from core.types import Category
from datamap.categories import is_special
from datamap.models import CategoryChoice
from datamap.wording import reason

register = template.Library()


@register.filter
def category_name(value: str) -> str:
    return str(CategoryChoice(value).label) if value in CategoryChoice.values else value


@register.filter
def is_special_category(value: str) -> bool:
    return value in CategoryChoice.values and is_special(Category(value))


@register.filter
def reason_words(entry: dict[str, Any]) -> str:
    """A kept reason {"code", "params"} in words."""
    return reason(entry["code"], entry.get("params", {}))
