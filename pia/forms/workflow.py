"""Forms of review, advice and decision."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pia.models import Opinion
from pia.workflow import Outcome


class ReasonForm(forms.Form):
    """A move that needs its reasons written down."""

    reason = forms.CharField(label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ViewsForm(forms.Form):
    """Data subjects' views (Art. 35(9))."""

    sought = forms.TypedChoiceField(
        label=_("Were the people concerned asked, or their representatives?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    how = forms.CharField(label=_("Whom, and how"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("What they said"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    departure = forms.CharField(
        label=_("What departs from it, and why"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    not_sought_reason = forms.CharField(
        label=_("Why not"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdviseForm(forms.Form):
    """The data protection officer's advice."""

    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion, widget=forms.RadioSelect)
    text = forms.CharField(label=_("Advice"), max_length=20000, widget=forms.Textarea(attrs={"rows": 8}))


class DecideForm(forms.Form):
    """The controller's decision, with the password once more: a decision is signed by a person, not by a session."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reasons"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Beside the measures that are planned."),
    )
    departure = forms.CharField(
        label=_("Why the advice is not followed"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the decision departs from the advice (Art. 35(2))."),
    )
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked once more, so that nobody decides from a screen you left open."),
    )


class ConsultationForm(forms.Form):
    """Prior consultation (Art. 36)."""

    consulted_on = forms.DateField(
        label=_("Sent to the authority on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    extended = forms.BooleanField(label=_("The authority took six weeks more"), required=False)
    answered_on = forms.DateField(
        label=_("Answered on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    answer = forms.CharField(
        label=_("What it answered"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
