"""The record of an AI project, as one form in parts, with repeatable rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from core import permissions
from core.choices import JURISDICTIONS, PeopleCategory, SpecialCondition, VulnerableGroup
from core.models import DataCopy, Project, Purpose, Recipient, Role, Team, User
from core.services.projects import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BaseFormSet, BoundField
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

MAX_ROWS: Final = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form: what it is about, why it is asked, its fields, and the rows that belong to it."""

    key: str
    title: StrOrPromise
    why: StrOrPromise
    fields: tuple[str, ...]
    rows: str = ""
    wide: frozenset[str] = frozenset()


PARTS: Final = (
    Part(
        "basics",
        _("The project"),
        _("A name and a purpose are enough to begin. The rest can follow, step by step."),
        ("team", "name", "purpose", "owner", "phase", "sector", "repository_url", "model_card_url", "assessed_with"),
        wide=frozenset({"name", "purpose"}),
    ),
    Part(
        "model",
        _("The model"),
        _("Which kind of AI, where it comes from, and who can reach it."),
        (
            "ai_kind",
            "training",
            "model_family",
            "base_model",
            "public_interface",
            "model_personal_data",
            "model_personal_data_reason",
        ),
        wide=frozenset({"model_personal_data_reason"}),
    ),
    Part(
        "effect",
        _("Decisions and people"),
        _("What the output is used for, and what it does to somebody when it is wrong."),
        ("decisions", "decision_effect", "significant_decision", "oversight"),
        wide=frozenset({"decisions", "decision_effect"}),
    ),
    Part(
        "role",
        _("Role and law"),
        _("Who answers for the processing, under which law, where the people live."),
        ("our_role", "ai_act_role", "regime", "jurisdictions"),
        wide=frozenset({"jurisdictions"}),
    ),
    Part(
        "subjects",
        _("Data subjects"),
        _("Whose data it is. An estimate of the number is better than none."),
        ("people_categories", "people_count", "vulnerable", "vulnerable_groups"),
        wide=frozenset({"people_categories", "vulnerable_groups"}),
    ),
    Part(
        "source",
        _("Source of the data"),
        _("Where the data comes from decides what people were told, and may expect."),
        ("data_source", "collected_directly", "scraped", "existing_data", "compatibility", "special_condition"),
        wide=frozenset({"data_source", "compatibility"}),
    ),
    Part(
        "purposes",
        _("Purposes and lawful basis"),
        _("Each purpose has its own basis. Legitimate interests need a balancing test, consent its record."),
        (),
        rows="purposes",
    ),
    Part(
        "recipients",
        _("Recipients"),
        _("Who gets the data: processors, sub-processors, others; and under which transfer tool."),
        (),
        rows="recipients",
    ),
    Part(
        "copies",
        _("Copies and retention"),
        _("Data lives on in features, weights, logs, backups. Each has its own end and way to erase."),
        (),
        rows="copies",
    ),
)


class Keys(forms.MultipleChoiceField):
    """A JSON list of keys, chosen with check boxes."""

    widget = forms.CheckboxSelectMultiple


class ProjectForm(forms.ModelForm[Project]):
    """Fields of a project; saving is the service's work. `version` tells whether somebody else saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    jurisdictions = Keys(
        label=_("Where the people live"),
        choices=JURISDICTIONS,
        required=False,
        help_text=_("Member states with rules of their own count one by one."),
    )
    people_categories = Keys(label=_("Who the data is about"), choices=PeopleCategory.choices, required=False)
    vulnerable_groups = Keys(label=_("Vulnerable groups among them"), choices=VulnerableGroup.choices, required=False)
    repository_url = forms.URLField(label=_("Repository"), required=False, assume_scheme="https")
    model_card_url = forms.URLField(label=_("Model card"), required=False, assume_scheme="https")
    repository_url = forms.URLField(label=_("Repository"), required=False, assume_scheme="https")
    model_card_url = forms.URLField(label=_("Model card"), required=False, assume_scheme="https")
    special_condition = forms.ChoiceField(
        label=_("Condition for special categories, Art. 9(2)"), choices=SpecialCondition.choices, required=False
    )

    class Meta:
        model = Project
        fields = FIELDS
        widgets: ClassVar = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "decisions": forms.Textarea(attrs={"rows": 2}),
            "decision_effect": forms.Textarea(attrs={"rows": 2}),
            "data_source": forms.Textarea(attrs={"rows": 2}),
            "compatibility": forms.Textarea(attrs={"rows": 3}),
            "model_personal_data_reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {
            "purpose": _("One paragraph: what it does, for whom, and what changes for them."),
            "phase": _("Development and deployment are assessed apart."),
            "sector": _("Selects the checklists of that sector."),
            "assessed_with": _("Similar processing may share one assessment (Art. 35(1))."),
            "model_family": _("For example: gradient boosting, transformer, CNN."),
            "base_model": _("The model it was tuned from, with its version."),
            "model_personal_data": _(
                "Can a person be found in it, or made to appear in its output? (EDPB Opinion 28/2024)"
            ),
            "decision_effect": _("What a wrong output costs a person: money, a delay, a chance, health."),
            "significant_decision": _("A contract, a job, credit, care, a benefit: Art. 22."),
            "people_count": _("An estimate is fine."),
            "vulnerable": _("They are most of the people, not only some."),
            "existing_data": _("Then it must be compatible with the first purpose."),
            "compatibility": _("Link between the purposes, context, kind of data, consequences, safeguards."),
        }

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["name"].widget.attrs["autofocus"] = not self.instance.name
        self._offer_what_is_there()
        self._offer_teams()
        self._offer_people_and_projects()
        self.fields["version"].initial = self.instance.version
        for name in ("ai_kind", "training", "ai_act_role"):
            field = self.fields[name]
            field.choices = [("", _("Not said yet")), *[pair for pair in field.choices if pair[0]]]  # type: ignore[attr-defined]
        self.fields["assessed_with"].empty_label = _("No other project")  # type: ignore[attr-defined]

    def _offer_what_is_there(self) -> None:
        """Keys a program has set and this form does not know stay on offer: saving must not lose them."""
        for name in ("jurisdictions", "people_categories", "vulnerable_groups", "special_condition"):
            kept = getattr(self.instance, name) or []
            field = self.fields[name]
            known = {key for key, _label in field.choices}  # type: ignore[attr-defined]
            more = [(key, key) for key in ([kept] if isinstance(kept, str) else kept) if key not in known]
            field.choices = [*field.choices, *more]  # type: ignore[attr-defined]

    def _offer_teams(self) -> None:
        field = self.fields["team"]
        if self.instance.name:
            del self.fields["team"]
            return
        teams = [team for team in Team.objects.all() if permissions.can_register(self.actor, team)]
        field.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])  # type: ignore[attr-defined]
        if len(teams) == 1:
            field.initial, field.widget = teams[0].pk, forms.HiddenInput()

    def _offer_people_and_projects(self) -> None:
        seen = self.actor.roles
        team_ids = [key for key in seen if key is not None]
        members = User.objects.filter(is_active=True).filter(
            Q(memberships__team__isnull=True) | (Q() if None in seen else Q(memberships__team__in=team_ids))
        )
        members = members.exclude(~Q(memberships__role__in=[Role.ENGINEER, Role.OFFICER, Role.DECIDER, Role.OWNER]))
        self.fields["owner"].queryset = members.distinct()  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _("Myself") if not self.instance.owner_id else "—"  # type: ignore[attr-defined]
        others = Project.objects.for_user(self.actor).exclude(pk=self.instance.pk).order_by("name")
        self.fields["assessed_with"].queryset = others  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the service takes: every field but the ones it has other names for."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


class PurposeForm(forms.ModelForm[Purpose]):
    class Meta:
        model = Purpose
        fields = ("name", "basis", "balancing", "consent_record")
        widgets: ClassVar = {
            "balancing": forms.Textarea(attrs={"rows": 2}),
            "name": forms.TextInput(attrs={"placeholder": _("For example: route messages to the right team")}),
        }
        help_texts: ClassVar = {
            "balancing": _("For legitimate interests: whose interest, why necessary, why people's do not outweigh it."),
            "consent_record": _("For consent: where it is recorded and can be withdrawn."),
        }


class RecipientForm(forms.ModelForm[Recipient]):
    class Meta:
        model = Recipient
        fields = ("name", "kind", "country", "transfer_tool", "contract", "transfer_assessed")
        help_texts: ClassVar = {"contract": _("Name or number of the agreement (Art. 28).")}

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).strip().upper()


class CopyForm(forms.ModelForm[DataCopy]):
    class Meta:
        model = DataCopy
        fields = ("kind", "where", "retention_days", "justified_days", "retention_reason", "erasure", "encrypted")
        widgets: ClassVar = {"where": forms.TextInput(attrs={"placeholder": _("Bucket, database, registry")})}


class SheetRows(forms.BaseFormSet[Any]):
    """Rows that come back are all judged alike: an untouched one is no row, whether it was offered or added."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


def _rows(form: type[forms.ModelForm[Any]]) -> type[BaseFormSet[Any]]:
    return forms.formset_factory(form, formset=SheetRows, extra=0, can_delete=True, max_num=MAX_ROWS, validate_max=True)


PurposeRows, RecipientRows, CopyRows = _rows(PurposeForm), _rows(RecipientForm), _rows(CopyForm)
ROWS: Final = {"purposes": PurposeRows, "recipients": RecipientRows, "copies": CopyRows}


class ProjectSheet:
    """The whole sheet: the project's fields and its three lists of rows, valid or not as one."""

    def __init__(
        self, *, actor: User, project: Project | None, data: QueryDict | None = None, draft: QueryDict | None = None
    ) -> None:
        """`data` is judged; `draft` only fills the sheet, as it was typed."""
        self.project = project
        self.form = ProjectForm(data, instance=project, actor=actor)
        if draft is not None:
            self.form.initial.update(_typed(self.form.fields, draft))
        self.rows: dict[str, BaseFormSet[Any]] = {
            key: rows(data, prefix=key, initial=None if data is not None else _initial(project, key, draft))
            for key, rows in ROWS.items()
        }

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def values(self) -> dict[str, Any]:
        """Arguments for register_project and update_project."""
        return {**self.form.values(), **{key: self._row_values(key) for key in ROWS}}

    def _row_values(self, key: str) -> list[dict[str, Any]]:
        filled = [form.cleaned_data for form in self.rows[key].forms if form.cleaned_data]
        return [{k: v for k, v in row.items() if k != "DELETE"} for row in filled if not row.get("DELETE")]

    def parts(self) -> list[tuple[Part, list[tuple[BoundField, bool]], BaseFormSet[Any] | None]]:
        return [
            (
                part,
                [(self.form[name], name in part.wide) for name in part.fields if name in self.form.fields],
                self.rows.get(part.rows),
            )
            for part in PARTS
        ]

    @property
    def error_count(self) -> int:
        rows = sum(len(form.errors) for formset in self.rows.values() for form in formset.forms)
        return len(self.form.errors) + rows


def _typed(fields: Mapping[str, forms.Field], draft: QueryDict, prefix: str = "") -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(draft, MultiValueDict(), f"{prefix}{name}")
        for name, field in fields.items()
        if name != "version"
    }


def _initial(project: Project | None, key: str, draft: QueryDict | None) -> list[dict[str, Any]]:
    form: type[forms.ModelForm[Any]] = ROWS[key].form
    if draft is not None:
        total = draft.get(f"{key}-TOTAL_FORMS", "0")
        numbers = range(min(int(total[:9]), MAX_ROWS) if total.isdecimal() else 0)
        kept = [number for number in numbers if f"{key}-{number}-DELETE" not in draft]
        return [_typed(form.base_fields, draft, f"{key}-{number}-") for number in kept]
    if project is None:
        return [{}] if key == "purposes" else []
    return [{name: getattr(row, name) for name in form.base_fields} for row in getattr(project, key).all()]
