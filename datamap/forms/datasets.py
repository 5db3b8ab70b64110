"""Forms of samples and findings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.storage import UNTIL_SCANNED, Retention
from datamap.models import CategoryChoice, Decision, IdentifyingChoice

RETENTION_CHOICES = (
    ("", _("Delete it once it is scanned and measured")),
    ("7", _("Keep it 7 days, for more measurements")),
    ("30", _("Keep it 30 days, for more measurements")),
)


class DatasetForm(forms.Form):
    file = forms.FileField(label=_("Sample"), allow_empty_file=True)  # the service refuses it, by name
    keep_days = forms.ChoiceField(label=_("Afterwards"), choices=RETENTION_CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("CSV, TSV, JSON Lines, Parquet or plain text, up to %(size)s.") % {
            "size": filesizeformat(settings.SAMPLE_MAX_BYTES)
        }

    def clean_keep_days(self) -> Retention:
        days = self.cleaned_data["keep_days"]
        return Retention(days=int(days)) if days else UNTIL_SCANNED


class DecisionForm(forms.Form):
    """Accept, reject, take back, or say what the column is instead."""

    decision = forms.ChoiceField(choices=Decision.choices, required=False)
    identifying = forms.ChoiceField(label=_("Finding"), choices=IdentifyingChoice.choices, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=CategoryChoice.choices, required=False)

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.decide_finding`."""
        data = self.cleaned_data
        return {
            "decision": Decision(data["decision"]),
            "identifying": IdentifyingChoice(data["identifying"]) if data["identifying"] else None,
            "category": CategoryChoice(data["category"]) if data["category"] else None,
        }
