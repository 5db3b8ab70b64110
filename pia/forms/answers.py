"""What is typed in the workspace."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pia.models import AnswerEvidence, AnswerStatus


class AnswerForm(forms.Form):
    """An answer over the version that was read. A part that is not sent stays as it is."""

    version = forms.IntegerField(min_value=0)
    text = forms.CharField(required=False, max_length=20_000, strip=False)
    status = forms.ChoiceField(required=False, choices=AnswerStatus.choices)

    def values(self) -> dict[str, Any]:
        """What `save_answer` takes; line ends as a textarea shows them."""
        given = self.cleaned_data
        return {
            "version": given["version"],
            "text": given["text"].replace("\r\n", "\n") if "text" in self.data else None,
            "status": given["status"] or None,
        }


class DocumentForm(forms.ModelForm[AnswerEvidence]):
    """A document as evidence: what it is, where it is, until when it holds."""

    class Meta:
        model = AnswerEvidence
        fields: ClassVar = ["label", "reference", "expires_on"]
        widgets: ClassVar = {"expires_on": forms.DateInput(attrs={"type": "date"})}

    label = forms.CharField(label=_("What it is"), max_length=200)
    reference = forms.CharField(label=_("Where it is"), max_length=500)
