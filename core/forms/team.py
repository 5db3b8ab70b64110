"""Teams, roles, invitations, profiles and tokens."""

from __future__ import annotations

import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from core.choices import JURISDICTIONS
from core.models import Role, Scope, Sector, Team, User


class TeamForm(forms.ModelForm[Team]):
    jurisdictions = forms.MultipleChoiceField(
        label=_("Jurisdictions"), choices=JURISDICTIONS, required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), choices=Sector.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Team
        fields = ("name", "controller", "jurisdictions", "sectors", "sample_retention_days")
        help_texts: ClassVar = {
            "sample_retention_days": _(
                "0: samples go as soon as the jobs that need them have ended, at latest after a day."
            )
        }


class FirstTeamForm(TeamForm):
    """The first run: a team, where it works, what its owner does, how to begin."""

    roles = forms.MultipleChoiceField(
        label=_("Your own part besides owner"),
        choices=[(role.value, role.label) for role in (Role.ENGINEER, Role.OFFICER)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An owner manages the team, and does not assess by that alone."),
    )
    begin = forms.ChoiceField(
        label=_("Begin with"),
        choices=[("project", _("Register the first project")), ("team", _("Invite the team"))],
        initial="project",
        widget=forms.RadioSelect,
    )

    class Meta(TeamForm.Meta):
        fields = ("name", "controller", "jurisdictions", "sectors")  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("begin") == "project" and not cleaned.get("roles"):
            self.add_error("roles", _("To register a project yourself, be its engineer or privacy officer too."))
        return cleaned


class NewTeamForm(forms.ModelForm[Team]):
    class Meta:
        model = Team
        fields = ("name", "controller")


class GrantForm(forms.Form):
    """A role for somebody who has an account."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Nobody here has this address. Invite them instead."))
        return found


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class AcceptForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: list[tuple[str, Any]] = [("", _("As the browser asks")), *settings.LANGUAGES]
        zones = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in zones)]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"), max_length=80, widget=forms.TextInput(attrs={"placeholder": _("CI pipeline")})
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, initial=[Scope.READ]
    )
    days = forms.TypedChoiceField(
        label=_("It ends after"), coerce=int, initial=90,
        choices=[(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("A year"))],
    )  # fmt: skip
