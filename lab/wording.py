"""What the lab's engines conclude, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_REASONS: Final[Mapping[str, StrOrPromise]] = {
    "reid.hidden": _("Everybody is hidden in a group of at least %(k)s who look alike; %(threshold)s were asked for."),
    "reid.singled_out": _(
        "%(share)s of the records (%(unique)s of %(records)s) are alone with their values of %(columns)s: "
        "whoever knows these of a person finds exactly one record."
    ),
    "reid.small_groups": _(
        "Nobody is alone, but the smallest group of look-alikes has only %(k)s members; %(threshold)s were asked for."
    ),
    "reid.average": _(
        "Somebody who knows that a person is in the file picks the right record with an average chance of %(risk)s "
        "(%(classes)s groups in %(records)s records)."
    ),
    "reid.at_risk": _("%(share)s of the records are in groups smaller than %(threshold)s."),
    "reid.least_columns": _("%(columns)s already single out %(share)s of the records."),
    "reid.no_small_set": _("No one, two or three of the columns together single out one record in twenty."),
    "reid.part_of_file": _("Measured on an even sample of %(rows)s rows; on the whole file fewer would be alone."),
    "reid.few_records": _("%(records)s records are few: a larger sample may look quite different."),
    "reid.sample_only": _(
        "This is the risk for people known to be in the sample. It is no upper bound for other columns or other files."
    ),
}
_SHARES: Final = frozenset({"share", "risk"})


def reason_text(reason: Mapping[str, Any]) -> str:
    """A stored reason {"code", "params"} in words."""
    return str(_REASONS[reason["code"]]) % {name: _value(name, value) for name, value in reason["params"].items()}


def _value(name: str, value: Any) -> str:
    if name in _SHARES:
        return percent(float(value))
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return str(value)


def percent(share: float) -> str:
    """0.64657516 -> "64.7 %"; nothing is rounded away to zero or up to everything."""
    shown = round(100 * share, 1)
    if shown == 0 and share > 0:
        return _now("under 0.1 %")
    if shown == 100 and share < 1:
        return _now("over 99.9 %")
    places = 0 if shown == int(shown) else 1
    return f"{number_format(shown, places)}\u00a0%"


def band_label(low: int, high: int) -> str:
    """The size of a group: alone, 2, 3 to 4, more than 50."""
    if high == 1:
        return _now("alone")
    if not high:
        return _now("%(low)s or more") % {"low": low}
    return str(low) if low == high else _now("%(low)s to %(high)s") % {"low": low, "high": high}
