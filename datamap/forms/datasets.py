"""Forms of samples and findings."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from core.storage import UNTIL_SCANNED, Retention
from datamap.languages import choices as language_choices
from datamap.models import CategoryChoice, Decision, IdentifyingChoice
from datamap.services.findings import ACCEPT_ABOVE, Verdict
from datamap.wording_entities import ENTITIES, entity_name

RETENTION_CHOICES = (
    ("", _("Delete it once it is scanned and measured")),
    ("7", _("Keep it 7 days, for more measurements")),
    ("30", _("Keep it 30 days, for more measurements")),
)
#: A page's worth and more; beyond it one takes "all that fit".
MOST: Final = 5_000
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LanguageForm(forms.Form):
    """In which language a sample's texts are read."""

    language = forms.ChoiceField(label=_("Language of the texts"), choices=language_choices, required=False)


class DatasetForm(LanguageForm):
    file = forms.FileField(label=_("Sample"), allow_empty_file=True)  # the service refuses it, by name
    keep_days = forms.ChoiceField(label=_("Afterwards"), choices=RETENTION_CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV, TSV, JSON, JSON Lines, Parquet, Avro, XLSX, logs, plain text, or a zip of these, up to %(size)s."
        ) % {"size": filesizeformat(settings.SAMPLE_MAX_BYTES)}

    def clean_keep_days(self) -> Retention:
        days = self.cleaned_data["keep_days"]
        return Retention(days=int(days)) if days else UNTIL_SCANNED


class DecisionForm(forms.Form):
    """Accept, reject, take back, or say what the column is instead."""

    decision = forms.ChoiceField(choices=Decision.choices, required=False)
    identifying = forms.ChoiceField(label=_("Finding"), choices=IdentifyingChoice.choices, required=False)
    category = forms.ChoiceField(label=_("Category"), choices=CategoryChoice.choices, required=False)
    entity = forms.RegexField(r"^[A-Z][A-Z0-9_]*$", label=_("Entity"), max_length=40, required=False)

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.findings.decide_finding`."""
        data = self.cleaned_data
        return {
            "decision": Decision(data["decision"]),
            "identifying": IdentifyingChoice(data["identifying"]) if data["identifying"] else None,
            "category": CategoryChoice(data["category"]) if data["category"] else None,
            "entity": data["entity"] or None,
        }


class SeveralForm(DecisionForm):
    """The same for the ticked findings, or (`all`) for every one that the page's filter shows."""

    all = forms.BooleanField(required=False)
    opened = forms.DateTimeField(required=False)

    def chosen(self) -> list[uuid.UUID]:
        """The ids that were ticked; what is none is passed over."""
        given = self.data.getlist("finding")[:MOST] if hasattr(self.data, "getlist") else []
        return [uuid.UUID(one) for one in given if _UUID.fullmatch(one)]

    def verdict(self) -> Verdict:
        return Verdict(**self.arguments())


class AcceptForm(forms.Form):
    """How sure is sure enough, and how many the person was told that would be."""

    above = forms.FloatField(min_value=0, max_value=1, required=False)
    expected = forms.IntegerField(min_value=0, required=False)

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.findings.accept_all_above`."""
        above = self.cleaned_data["above"]
        return {
            "confidence": ACCEPT_ABOVE if above is None else above,
            "expected": self.cleaned_data["expected"],
        }


def entity_choices(*known: str) -> list[tuple[str, str]]:
    """Entities by name, with those that a column already has."""
    codes = {*ENTITIES, *filter(None, known)}
    return sorted(((code, entity_name(code)) for code in codes), key=lambda row: row[1])
