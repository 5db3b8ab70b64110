"""Forms of the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lab import selectors
from lab.reidentification.measure import THRESHOLD
from lab.services import MAX_THRESHOLD

if TYPE_CHECKING:
    from datamap.models import Dataset


class ReidentificationForm(forms.Form):
    """Which columns an attacker is taken to know, and how large a group should be."""

    columns = forms.MultipleChoiceField(
        label=_("Columns an attacker may know"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column.")},
        help_text=_("Quasi-identifiers are ticked. With a name or an e-mail address everybody is singled out."),
    )
    threshold = forms.IntegerField(
        label=_("Smallest group that is safe enough"),
        min_value=2,
        max_value=MAX_THRESHOLD,
        initial=THRESHOLD,
        help_text=_(
            "11 is what medicines authorities ask of published trial data. For data that stays inside, 5 is common."
        ),
    )

    def __init__(self, dataset: Dataset, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = selectors.columns_of(dataset)
        field = self.fields["columns"]
        field.initial = [choice.finding.column for choice in offered if choice.suggested]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(choice.finding.column, _label(choice)) for choice in offered]


def _label(choice: selectors.ColumnChoice) -> str:
    finding = choice.finding
    return f"{finding.column} · {finding.get_identifying_display()}"
