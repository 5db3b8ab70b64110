"""Forms of schemas and of their fields' categories."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from datamap.models import CategoryChoice, IdentifyingChoice
from datamap.parsers.detect import FORMATS
from datamap.parsers.dialects import DIALECTS

FORMAT_CHOICES = (("", _("Recognise it")), *((name, name) for name in FORMATS))
DIALECT_CHOICES = (("", _("Recognise it")), *((name, name) for name in DIALECTS))


_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SchemaForm(forms.Form):
    """One file. Without a name the file's own is taken: the same name again is the next version."""

    file = forms.FileField(label=_("Schema"), allow_empty_file=True)  # the service refuses it, by name
    name = forms.CharField(
        label=_("Name"), max_length=200, required=False, help_text=_("The same name again makes the next version.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMAT_CHOICES, required=False)
    dialect = forms.ChoiceField(label=_("SQL dialect"), choices=DIALECT_CHOICES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "SQL, JSON Schema, OpenAPI, GraphQL, Avro, Parquet, Arrow, Protobuf, dbt manifest or catalog, Frappe"
            " DocType, CSV header, Fides or Croissant, up to %(size)s."
        ) % {"size": filesizeformat(settings.SCHEMA_MAX_BYTES)}

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.add_schema`."""
        data = self.cleaned_data
        return {"upload": data["file"], "name": data["name"], "format_": data["format"], "dialect": data["dialect"]}


class VersionForm(forms.Form):
    """The next version of a schema."""

    file = forms.FileField(label=_("Next version"), allow_empty_file=True)  # the service refuses it, by name


class CategoryForm(forms.Form):
    """What a field holds, by a person's word; both empty gives the proposal its say again."""

    category = forms.ChoiceField(label=_("Category"), choices=(("", "—"), *CategoryChoice.choices), required=False)
    identifying = forms.ChoiceField(
        label=_("Identifies"), choices=(("", "—"), *IdentifyingChoice.choices), required=False
    )

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.override_category`."""
        data = self.cleaned_data
        return {
            "category": CategoryChoice(data["category"]) if data["category"] else None,
            "identifying": IdentifyingChoice(data["identifying"]) if data["identifying"] else None,
        }


class BulkForm(CategoryForm):
    """The same for several fields of one version; ids of other versions are passed over by the service."""

    field = forms.TypedMultipleChoiceField(
        label=_("Fields"), coerce=uuid.UUID, error_messages={"required": _("Choose at least one field.")}
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        chosen = data.getlist("field")[:5000] if data is not None else []
        self.fields["field"].choices = [(one, one) for one in chosen if _UUID.fullmatch(one)]  # type: ignore[attr-defined]
