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
from datamap.services.fields import Word
from datamap.wording_formats import format_name

FORMAT_CHOICES = (("", _("Recognise it")), *((name, format_name(name)) for name in FORMATS))
DIALECT_CHOICES = (("", _("Recognise it")), *((name, format_name(name)) for name in DIALECTS))
#: A page's worth and more; beyond it one takes "all that fit".
MOST: Final = 5_000


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
    """What a field holds, by a person's word: the proposal (`accept`), something else, or (`reset`) nothing said."""

    category = forms.ChoiceField(label=_("Category"), choices=(("", "—"), *CategoryChoice.choices), required=False)
    identifying = forms.ChoiceField(
        label=_("Identifies"), choices=(("", "—"), *IdentifyingChoice.choices), required=False
    )
    accept = forms.BooleanField(required=False)
    reset = forms.BooleanField(required=False)

    def word(self) -> Word:
        data = self.cleaned_data
        if data["reset"]:
            return Word()
        if data["accept"]:
            return Word(as_proposed=True)
        return Word(
            category=CategoryChoice(data["category"]) if data["category"] else None,
            identifying=IdentifyingChoice(data["identifying"]) if data["identifying"] else None,
        )


class BulkForm(CategoryForm):
    """The same for the ticked fields, or (`all`) for every one that the page's filter shows."""

    all = forms.BooleanField(required=False)
    opened = forms.DateTimeField(required=False)

    def chosen(self) -> list[uuid.UUID]:
        """The ids that were ticked; what is none is passed over."""
        given = self.data.getlist("field")[:MOST] if hasattr(self.data, "getlist") else []
        return [uuid.UUID(one) for one in given if _UUID.fullmatch(one)]

    def says_something(self) -> bool:
        """Fields to decide, and what to say of them."""
        data = self.cleaned_data
        word = data["reset"] or data["accept"] or data["category"] or data["identifying"]
        return bool(word and (data["all"] or self.chosen()))


class RenameForm(forms.Form):
    """A guessed renaming, and whether it is one."""

    entity = forms.CharField(max_length=400, strip=False)
    path = forms.CharField(max_length=400, strip=False)
    old_entity = forms.CharField(max_length=400, strip=False)
    old_path = forms.CharField(max_length=400, strip=False)
    same = forms.TypedChoiceField(choices=(("yes", "yes"), ("no", "no")), coerce=lambda value: value == "yes")

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.fields.decide_rename`."""
        data = self.cleaned_data
        guess = tuple(data[name] for name in ("entity", "path", "old_entity", "old_path"))
        return {"guess": guess, "same": data["same"]}
