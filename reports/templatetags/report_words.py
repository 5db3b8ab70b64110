"""How a report writes dates, levels, shares and hashes. Input is a snapshot: plain JSON values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

register = template.Library()

#: Day, month in words, year: no reader of any language takes it for another day.
DAY: Final = "j F Y"


@register.filter
def day(value: str | None) -> str:
    """ISO 8601 -> 22 November 2026."""
    return formats.date_format(_date(value), DAY) if value else "–"


@register.filter
def moment(value: str | None) -> str:
    """ISO 8601 in UTC -> 22 November 2026, 14:02 UTC."""
    if not value:
        return "–"
    at = datetime.fromisoformat(value)
    return f"{formats.date_format(at.date(), DAY)}, {at:%H:%M} UTC"


def _date(value: str) -> date:
    return datetime.fromisoformat(value).date()


@register.filter
def level_word(band: str | None) -> str:
    """The word for low, medium or high; anything else means that the risk is closed."""
    return {"low": _("low"), "medium": _("medium"), "high": _("high")}.get(band or "", _("closed"))


@register.filter
def percent(share: str | float | None) -> str:
    """A share 0..1, as a number or a decimal string -> 38 %. Below 10 % a digit is kept where it says something."""
    if share in (None, ""):
        return "–"
    value = float(share or 0) * 100
    fine = 0 < value < 9.95 and round(value, 1) != round(value)
    shown = formats.number_format(round(value, 1) if fine else round(value), 1 if fine else 0)
    return f"{shown}\N{NARROW NO-BREAK SPACE}%"


@register.filter
def thousands(value: str | float | None) -> str:
    return "–" if value in (None, "") else f"{int(value or 0):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


@register.filter
def hash_short(digest: str | None) -> str:
    """9f2c41d0… -> 9f2c 41d0 … e41a."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}" if digest else ""


@register.filter
def hash_groups(digest: str | None) -> str:
    """In groups of eight, which break and can be compared by eye."""
    return " ".join((digest or "")[at : at + 8] for at in range(0, len(digest or ""), 8))
