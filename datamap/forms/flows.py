"""Forms of the data map's boundaries, elements and flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Purpose
from datamap.models import Boundary, CategoryChoice, DataElement, Dataset, Flow, Schema
from datamap.services.flows import BOUNDARY_FIELDS, ELEMENT_FIELDS, FLOW_FIELDS, MAX_LIST

if TYPE_CHECKING:
    from core.models import Project


class _OfProject(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    """Choices of related rows are those of the project; the service saves."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            "boundary": Boundary.objects.filter(project=project),
            "schema": Schema.objects.filter(project=project),
            "dataset": Dataset.objects.filter(project=project),
            "source": DataElement.objects.filter(project=project),
            "target": DataElement.objects.filter(project=project),
            "purpose": Purpose.objects.filter(project=project),
        }
        for name, queryset in own.items():
            if name in self.fields:
                self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The instance is left alone: the service sets and checks it."""

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class BoundaryForm(_OfProject):
    class Meta:
        model = Boundary
        fields: ClassVar = list(BOUNDARY_FIELDS)


class ElementForm(_OfProject):
    class Meta:
        model = DataElement
        fields: ClassVar = list(ELEMENT_FIELDS)


class FlowForm(_OfProject):
    categories = forms.MultipleChoiceField(
        label=_("Categories of personal data"),
        choices=[choice for choice in CategoryChoice.choices if choice[0] != "none"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_text = forms.CharField(
        label=_("Fields"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, such as customers.email."),
        max_length=40_000,
    )

    field_order = ("source", "target", "name", "stage", "purpose", "protection", "categories", "fields_text")

    class Meta:
        model = Flow
        fields: ClassVar = [name for name in FLOW_FIELDS if name not in {"fields", "categories"}]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("categories", self.instance.categories)
            self.initial.setdefault("fields_text", "\n".join(self.instance.fields))

    def clean_fields_text(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["fields_text"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MAX_LIST:
            raise forms.ValidationError(_("At most %(limit)s fields."), params={"limit": MAX_LIST})
        return found

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.save_flow`."""
        data = dict(self.cleaned_data)
        return {
            **{name: data[name] for name in self.Meta.fields},
            "categories": data["categories"],
            "fields": data["fields_text"],
        }
