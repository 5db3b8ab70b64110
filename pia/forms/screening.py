"""Forms of the screening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pia.screening.questions import Kind

if TYPE_CHECKING:
    from pia.screening.questions import AnswerValue
    from pia.selectors.screening import ShownQuestion


class AnswerForm(forms.Form):
    """One question: its answer, and a note where the answer needs a reason."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you answer otherwise than the project's facts, or rely on a list or a law."),
    )

    def __init__(self, question: ShownQuestion, *args: Any, **kwargs: Any) -> None:
        saved = question.answered_by
        value = list(question.value) if isinstance(question.value, tuple) else question.value
        kwargs.setdefault("initial", {"value": value, "note": saved.note if saved else ""})
        super().__init__(*args, **kwargs)
        self.question = question
        choices = [(option.value, option.label) for option in question.options]
        if question.kind is Kind.ANY_OF:
            self.fields["value"] = forms.MultipleChoiceField(
                label=question.wording.short,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Tick what applies. Save without a tick if nothing does."),
            )
        else:
            self.fields["value"] = forms.ChoiceField(
                label=question.wording.short, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )  # fmt: skip
        self.order_fields(["value", "note"])

    def answer(self) -> AnswerValue:
        value = self.cleaned_data["value"]
        return tuple(value) if isinstance(value, list) else value


class CompleteForm(forms.Form):
    justification = forms.CharField(
        label=_("Why no assessment is made"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept with the result. An authority may ask for it."),
    )


class RebuttalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the risk is not high although two criteria are met"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Go through the criteria one by one. It takes effect once the data protection officer gave a view."
        ),
    )


class ViewForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("View of the data protection officer"),
        choices=[("yes", _("Agrees that no assessment is needed")), ("no", _("Advises to make the assessment"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    view = forms.CharField(label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
