"""Words and shapes for values that templates of the data map meet as codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.types import Category, Reason
from datamap import histogram as histograms
from datamap import wording_dataset, wording_entities, wording_formats
from datamap.categories import is_special
from datamap.models import CategoryChoice, ChangeChoice
from datamap.models.dataset import percent
from datamap.wording import reason
from datamap.wording_categories import About, about

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from datamap.models import Dataset, Finding, SchemaField
    from datamap.rescan import Seen

register = template.Library()

#: What masking leaves in a text in place of an entity.
_PLACE: Final = re.compile(r"(‹[A-Z0-9_]+›)")
#: Characters that show nothing, or turn the text after them round: a column's name shows that they are there.
_UNSEEN: Final = re.compile("[\u0000-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@register.filter
def category_name(value: str) -> str:
    return str(CategoryChoice(value).label) if value in CategoryChoice.values else value


@register.filter
def is_special_category(value: str) -> bool:
    return value in CategoryChoice.values and is_special(Category(value))


@register.filter
def category_about(value: str) -> About:
    """A category's article of the GDPR with its reason, and its terms in other vocabularies."""
    return about(Category(value))


@register.filter
def reason_words(entry: dict[str, Any] | Reason) -> str:
    """A reason, or a kept one {"code", "params"}, in words."""
    if isinstance(entry, Reason):
        return reason(entry.code, entry.params)
    return reason(entry["code"], entry.get("params", {}))


@register.filter
def entity_name(value: str) -> str:
    return wording_entities.entity_name(value)


@register.filter
def row_url(row: Finding | SchemaField) -> str:
    """A row's address, seen from the page that lists it: short, for it is in each row several times."""
    return f"findings/{row.pk}/" if hasattr(row, "column") else f"fields/{row.pk}/"


@register.filter
def change_name(value: str) -> str:
    return str(ChangeChoice(value).label)


@register.filter
def change_tone(value: str) -> str:
    return ChangeChoice(value).tone


@register.filter
def was(seen: Seen) -> str:
    """What the scan before said."""
    return wording_dataset.was(seen)


@register.filter
def language_text(dataset: Dataset) -> str:
    return wording_dataset.language_text(dataset)


@register.filter
def percent_text(share: float | None) -> str:
    return percent(share) if share is not None else ""


@register.filter
def histogram(finding: Finding) -> histograms.Histogram:
    """What a column holds, to be drawn as bars."""
    return histograms.histogram(finding.entities, finding.reasons)


@register.filter
def band(finding: Finding) -> dict[str, float]:
    """A share and its interval on a scale of 100: `low`, `width`, `at`. Never thinner than can be seen."""
    low, high = 100 * max(finding.low, 0), 100 * min(finding.high, 1)
    return {"low": round(low, 1), "width": round(max(high - low, 0.5), 1), "at": round(100 * finding.share - 0.75, 1)}


@register.filter
def marked(text: str) -> SafeString:
    """A masked text in which what was taken out stands apart."""
    parts = _PLACE.split(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if _PLACE.fullmatch(part) else part,) for part in parts)
    )


@register.filter
def visible_name(name: str) -> str:
    """A column's name in which what can't be seen can: a blank name, control and direction characters."""
    return _UNSEEN.sub("␣", name) if name.strip() else _("(no name)")


@register.simple_tag
def finding_views() -> list[tuple[str, str]]:
    """The filters over findings, in the order in which they are worked through."""
    return [
        ("open", _("Needs a decision")),
        ("changed", _("Changed")),
        ("identifying", _("Identifying")),
        ("direct", _("Direct")),
        ("quasi", _("Quasi")),
        ("special", _("Special")),
        ("text", _("Free text")),
        ("undecided", _("Undecided")),
        ("decided", _("Decided")),
        ("all", _("All")),
    ]


@register.filter
def format_name(code: str) -> str:
    """A format or an SQL dialect as people write it."""
    return wording_formats.format_name(code)


@register.simple_tag
def field_views() -> list[tuple[str, str]]:
    """The filters over a schema's fields."""
    return [
        ("open", _("Needs a decision")),
        ("identifying", _("With personal data")),
        ("direct", _("Direct")),
        ("quasi", _("Quasi")),
        ("special", _("Special")),
        ("decided", _("Decided")),
        ("all", _("All")),
    ]


@register.simple_tag
def finding_orders() -> list[tuple[str, str]]:
    return [
        ("position", _("In the file's order")),
        ("column", _("By name")),
        ("-confidence", _("Surest first")),
        ("confidence", _("Least sure first")),
        ("-share", _("Most rows first")),
    ]
