"""Forms of risks, controls and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import User
from pia import risk_words
from pia.models.risk import EvidenceGrade, MeasureStatus, Risk
from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind, Kind, Threat
from pia.selectors.people import people_of

if TYPE_CHECKING:
    from pia.models import Assessment

LEVELS: Final = [(str(value), f"{value} {risk_words.LEVELS[value]}") for value in (1, 2, 3, 4)]
ROWS: Final = {"rows": 4}


def words_of(kinds: Any, words: Any) -> list[tuple[str, Any]]:
    return [(kind.value, words[kind]) for kind in kinds]


class _People(forms.ModelChoiceField[User]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), required=False, empty_label=_("Nobody yet"), **kwargs)


class _Risks(forms.ModelMultipleChoiceField[Risk]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Risk.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.letter} · {obj.title or risk_words.title_of(obj.kind, obj.threat)}"


def _about(form: forms.Form, assessment: Assessment) -> None:
    """Fill the lists of people and risks with those of this assessment."""
    for field in form.fields.values():
        if isinstance(field, _People):
            field.queryset = people_of(assessment.project)
        if isinstance(field, _Risks):
            field.queryset = Risk.objects.filter(assessment=assessment).listed()


class RiskForm(forms.Form):
    """A scenario of one's own."""

    title = forms.CharField(label=_("What can happen"), max_length=200)
    kind = forms.ChoiceField(label=_("It is most like"), choices=words_of(Kind, risk_words.SHORT_KINDS))
    threat = forms.ChoiceField(label=_("Through whom"), choices=words_of(Threat, risk_words.THREATS))
    affected = forms.CharField(label=_("Who is affected"), max_length=300, required=False)
    description = forms.CharField(
        label=_("How it would happen, and what it would do to them"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
    )
    owner = _People(label=_("Owner"))

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", Kind.OWN.value)
        self.initial.setdefault("threat", Threat.LIMITED_INSIDER.value)
        _about(self, assessment)


class WordsForm(forms.Form):
    """A person's words on a risk."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: the generated name is used.")
    )
    description = forms.CharField(
        label=_("How it would happen here"), max_length=4000, required=False, widget=forms.Textarea(attrs=ROWS)
    )
    affected = forms.CharField(label=_("Who is affected"), max_length=300, required=False)
    argument = forms.CharField(
        label=_("Why maximum harm may stay at negligible likelihood"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Needed where severity is 4 and likelihood 1."),
    )
    owner = _People(label=_("Owner"))

    def __init__(self, *args: Any, risk: Risk, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "title": risk.title,
                "description": risk.description,
                "affected": risk.affected,
                "argument": risk.argument,
                "owner": risk.owner_id,
            },
        )
        super().__init__(*args, **kwargs)
        _about(self, risk.assessment)


class OverrideForm(forms.Form):
    """A level in place of the computed one."""

    stage = forms.ChoiceField(
        label=_("Which"), choices=[("current", _("Now")), ("residual", _("Target")), ("inherent", _("Inherent"))]
    )
    severity = forms.TypedChoiceField(label=_("Severity"), choices=LEVELS, coerce=int)
    likelihood = forms.TypedChoiceField(label=_("Likelihood"), choices=LEVELS, coerce=int)
    reason = forms.CharField(
        label=_("Why the computed level is wrong here"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


#: Details by kind of control; a field is shown only for kinds that read it.
DETAILS: Final[dict[str, tuple[ControlKind, ...]]] = {
    "readers": (ControlKind.ENCRYPTION, ControlKind.PSEUDONYMISATION),
    "epsilon": (ControlKind.DIFFERENTIAL_PRIVACY,),
    "delta": (ControlKind.DIFFERENTIAL_PRIVACY,),
    "adjacency": (ControlKind.DIFFERENTIAL_PRIVACY,),
    "person_level": (ControlKind.DIFFERENTIAL_PRIVACY,),
    "total": (ControlKind.DIFFERENTIAL_PRIVACY,),
    "k": (ControlKind.PSEUDONYMISATION,),
    "diversity": (ControlKind.PSEUDONYMISATION,),
    "free_text_screened": (ControlKind.PSEUDONYMISATION,),
    "tpr_upper": (ControlKind.ATTACK_TEST,),
}
_READERS: Final = [
    (threat.value, risk_words.THREATS[threat])
    for threat in (Threat.PRIVILEGED_INSIDER, Threat.PROCESSOR, Threat.FOREIGN_STATE, Threat.LIMITED_INSIDER)
]


class ControlForm(forms.Form):
    """A control in place, its evidence, and what the level rule needs to know of it."""

    kind = forms.ChoiceField(label=_("Control"), choices=words_of(ControlKind, risk_words.CONTROLS))
    description = forms.CharField(
        label=_("How it is done here"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    grade = forms.ChoiceField(label=_("Evidence"), choices=EvidenceGrade, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Where the evidence is"),
        max_length=4000,
        required=False,
        help_text=_("A document, a test, a lab result: precise enough to be looked up again."),
    )
    readers = forms.MultipleChoiceField(
        label=_("Who holds the key, or can compel it"),
        choices=_READERS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    epsilon = forms.FloatField(label=_("Total ε"), min_value=0, max_value=1000, required=False)
    delta = forms.FloatField(label=_("δ"), min_value=0, max_value=1, required=False)
    adjacency = forms.CharField(
        label=_("Neighbouring data sets differ by"), max_length=120, required=False, help_text=_("one person's records")
    )
    person_level = forms.BooleanField(label=_("The unit is a person, not a record"), required=False)
    total = forms.BooleanField(label=_("ε is the total over all releases and tuning runs"), required=False)
    k = forms.IntegerField(label=_("Measured k"), min_value=1, max_value=10**6, required=False)
    diversity = forms.IntegerField(label=_("Measured l (diversity)"), min_value=1, max_value=10**6, required=False)
    free_text_screened = forms.BooleanField(label=_("Free text is screened, or there is none"), required=False)
    tpr_upper = forms.FloatField(
        label=_("Upper 95 % bound of the true-positive rate at 1 % false positives"),
        min_value=0,
        max_value=1,
        required=False,
        help_text=_("0.02 is 2 %."),
    )
    risks = _Risks(label=_("Only these risks"), help_text=_("None ticked: every risk it can act on."))

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("grade", EvidenceGrade.ASSERTED)
        _about(self, assessment)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("kind")
        details = {
            name: data[name]
            for name, kinds in DETAILS.items()
            if kind in kinds and data.get(name) not in (None, "", False, [])
        }
        return {
            "kind": kind,
            "description": data.get("description", ""),
            "grade": data.get("grade"),
            "evidence": data.get("evidence", ""),
            "details": details,
            "risks": [risk.pk for risk in data.get("risks") or []],
        }

    def detail_rows(self) -> list[tuple[str, Any]]:
        """Each detail field with the condition under which it is shown."""
        return [(f"kind={'|'.join(kinds)}", self[name]) for name, kinds in DETAILS.items()]


class MeasureForm(forms.Form):
    """Planning a measure of the catalogue."""

    kind = forms.ChoiceField(label=_("Measure"), choices=words_of(MeasureKind, risk_words.MEASURES))
    title = forms.CharField(
        label=_("In your words"), max_length=200, required=False, help_text=_("Empty: the catalogue's name is used.")
    )
    description = forms.CharField(
        label=_("What exactly will be done"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = _People(label=_("Owner"), help_text=_("Only a measure with an owner and a date lowers the target."))
    due = forms.DateField(
        label=_("Due, before go-live"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    cost_note = forms.CharField(label=_("Cost"), max_length=300, required=False)
    risks = _Risks(label=_("Risks it acts on"), help_text=_("None ticked: all that it lowers today."))

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _about(self, assessment)

    def planned(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        risks = [risk.pk for risk in data.pop("risks")]
        return {**data, "risks": risks or None}


class MeasureChangeForm(forms.Form):
    """Who, when, what, and how far."""

    title = forms.CharField(label=_("In your words"), max_length=200, required=False)
    description = forms.CharField(
        label=_("What exactly will be done"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = _People(label=_("Owner"))
    due = forms.DateField(label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[(s.value, s.label) for s in MeasureStatus if s not in (MeasureStatus.DONE, MeasureStatus.DROPPED)],
    )
    cost_note = forms.CharField(label=_("Cost"), max_length=300, required=False)

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _about(self, assessment)


class DoneForm(forms.Form):
    """Finishing a measure with its evidence."""

    grade = forms.ChoiceField(label=_("Evidence"), choices=EvidenceGrade, widget=forms.RadioSelect)
    evidence = forms.CharField(
        label=_("Where the evidence is"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
