"""Filters above lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import registry
from core.models import AiKind, JobState, Phase, Project, Sector, Team, User


def any_of(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("All")), *[choice for choice in choices if choice[0]]]


class ProjectFilter(forms.Form):
    text = forms.CharField(
        label=_("Name or purpose"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("All"))
    phase = forms.ChoiceField(label=_("Phase"), choices=any_of(Phase.choices), required=False)
    ai_kind = forms.ChoiceField(label=_("Kind of AI"), choices=any_of(AiKind.choices), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=any_of(Sector.choices), required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(projects__in=Project.objects.for_user(actor)).distinct()
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class JobFilter(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=any_of(JobState.choices), required=False)


class AuditFilter(forms.Form):
    text = forms.CharField(
        label=_("Person or subject"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    event = forms.ChoiceField(label=_("Event"), required=False)
    project = forms.ModelChoiceField(
        label=_("Project"), queryset=Project.objects.none(), required=False, empty_label=_("All")
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = sorted(registry.event_labels().items(), key=lambda pair: str(pair[1]))
        self.fields["event"].choices = any_of(labels)  # type: ignore[attr-defined]
        self.fields["project"].queryset = Project.objects.for_user(actor).order_by("name")  # type: ignore[attr-defined]
