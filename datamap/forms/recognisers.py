"""Forms of a team's recognisers and word lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.types import Category, Identifying
from datamap.models import CategoryChoice, IdentifyingChoice, WordList
from datamap.scanner.custom import LONGEST_NAME, LONGEST_PATTERN, MOST_PATTERNS, check, check_pattern
from datamap.scanner.kinds import KINDS
from datamap.scanner.options import Pattern, Recogniser
from datamap.selectors.recognisers import entities_of
from datamap.wording_recognisers import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from core.models import Team

PREFIX: Final = "patterns"
IMPORT_BYTES: Final = 1 << 20


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _words(text: str) -> tuple[str, ...]:
    """Words between commas or line ends; a context word may be several."""
    return tuple(dict.fromkeys(word.strip() for word in re.split(r"[,;\n]", text) if word.strip()))


class RecogniserForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    entity = forms.CharField(
        label=gettext_lazy("Entity"),
        max_length=40,
        help_text=gettext_lazy(
            "What a find is called, in capitals: STAFF_NUMBER. An entity Candor knows joins its finds."
        ),
        widget=forms.TextInput(attrs={"list": "entities", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    identifying = forms.ChoiceField(
        label=gettext_lazy("It points at a person"), choices=IdentifyingChoice.choices, initial=IdentifyingChoice.DIRECT
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=CategoryChoice.choices, initial="identity")
    deny_list = forms.CharField(
        label=gettext_lazy("Words that are always found"),
        required=False,
        max_length=220_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line, in any case, found where they stand alone."),
    )
    context = forms.CharField(
        label=gettext_lazy("Context words"),
        required=False,
        max_length=6_000,
        help_text=gettext_lazy(
            "Between commas. One of them before a find, or in a column's header, adds 0.35 to its score."
        ),
    )
    languages = forms.CharField(
        label=gettext_lazy("Languages"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Two letters each, such as en, fr. Empty: every language."),
    )
    enabled = forms.BooleanField(label=gettext_lazy("Use it in scans"), required=False, initial=True)

    def clean_entity(self) -> str:
        return str(self.cleaned_data["entity"]).strip().upper().replace(" ", "_")


class PatternForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Pattern's name"), max_length=LONGEST_NAME, required=False)
    regex = forms.CharField(
        label=gettext_lazy("Regular expression"),
        max_length=LONGEST_PATTERN,
        strip=False,
        widget=forms.TextInput(attrs={"class": "mono", "spellcheck": "false", "autocapitalize": "off"}),
    )
    score = forms.FloatField(
        label=gettext_lazy("Score"),
        min_value=0.01,
        max_value=1,
        initial=0.5,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.has_changed() and "regex" in cleaned and "score" in cleaned:
            for reason in check_pattern(self.pattern()):
                self.add_error("score" if reason.code == "pattern.score" else "regex", problem(reason))
        return cleaned

    def pattern(self) -> Pattern:
        number = int(str(self.prefix).rsplit("-", 1)[-1]) + 1
        name = self.cleaned_data.get("name") or _("pattern %(number)d") % {"number": number}
        return Pattern(name, self.cleaned_data["regex"], self.cleaned_data["score"])


class _Rows(forms.BaseFormSet[PatternForm]):
    """Rows that come back are judged alike: an untouched one is no row, whether it was offered or added."""

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()


PatternRows = forms.formset_factory(
    PatternForm, formset=_Rows, extra=0, can_delete=True, max_num=MOST_PATTERNS, validate_max=True
)

#: Where a problem is shown; what is not here stands above the form.
FIELDS: Final = {
    "name": "name",
    "entity": "entity",
    "entity_known": "entity",
    "word": "deny_list",
    "words": "deny_list",
    "context": "context",
    "contexts": "context",
    "language": "languages",
}


class RecogniserSheet:
    """The whole form: the recogniser and its patterns, valid or not as one."""

    def __init__(self, *, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        initial = initial or {}
        self.form = RecogniserForm(data, initial=dict(initial))
        patterns = initial.get("patterns", [{}])
        self.rows = PatternRows(data, prefix=PREFIX, initial=None if data is not None else patterns)
        self.deny_list_score = float(initial.get("deny_list_score", 1.0))

    def is_valid(self) -> bool:
        if not all([self.form.is_valid(), self.rows.is_valid()]):
            return False
        for reason in check(self.recogniser()):
            if not reason.code.startswith("pattern."):
                self.form.add_error(FIELDS.get(reason.code), problem(reason))
        return not self.form.errors

    def recogniser(self) -> Recogniser:
        data = self.form.cleaned_data
        return Recogniser(
            name=data["name"].strip(),
            entity=data["entity"],
            category=Category(data["category"]),
            identifying=Identifying(data["identifying"]),
            patterns=tuple(row.pattern() for row in self.rows.forms if _is_filled(row)),
            deny_list=_lines(data["deny_list"]),
            context=_words(data["context"]),
            languages=tuple(dict.fromkeys(re.findall(r"[^\s,;]+", data["languages"].lower()))),
            deny_list_score=self.deny_list_score,
        )

    @property
    def enabled(self) -> bool:
        return bool(self.form.cleaned_data["enabled"])

    def problems(self) -> list[str]:
        """Every error, for the box beside the form."""
        forms_ = [self.form, *self.rows.forms]
        named = [
            str(text) if name == "__all__" else f"{form.fields[name].label}: {text}"
            for form in forms_
            for name, texts in form.errors.items()
            for text in texts
        ]
        return [*named, *map(str, self.rows.non_form_errors())]


def _is_filled(row: PatternForm) -> bool:
    return bool(row.cleaned_data.get("regex")) and not row.cleaned_data.get("DELETE")


def initial_of(given: Recogniser, *, enabled: bool = True) -> dict[str, Any]:
    """A recogniser as the form shows it."""
    return {
        "name": given.name,
        "entity": given.entity,
        "category": str(given.category),
        "identifying": str(given.identifying),
        "patterns": [{"name": it.name, "regex": it.regex, "score": it.score} for it in given.patterns] or [{}],
        "deny_list": "\n".join(given.deny_list),
        "context": ", ".join(given.context),
        "languages": ", ".join(given.languages),
        "enabled": enabled,
        "deny_list_score": given.deny_list_score,
    }


def starters() -> dict[str, Recogniser]:
    """What most teams begin with, by the key in the address."""
    direct = Identifying.DIRECT
    return {
        "staff": Recogniser(
            _("Staff number"), "STAFF_NUMBER", Category.EMPLOYMENT, direct,
            (Pattern(_("letters and digits"), r"\b[A-Z]{2}-?\d{5,8}\b", 0.4),),
            context=("staff", "employee", "badge", "personnel"),
        ),
        "customer": Recogniser(
            _("Customer number"), "CUSTOMER_NUMBER", Category.IDENTITY, direct,
            (
                Pattern(_("with its prefix"), r"\bC(?:UST)?-?\d{6,10}\b", 0.6),
                Pattern(_("digits alone"), r"\b\d{8}\b", 0.1),
            ),
            context=("customer", "client", "account"),
        ),
        "case": Recogniser(
            _("Case number"), "CASE_NUMBER", Category.IDENTITY, Identifying.QUASI,
            (Pattern(_("year and number"), r"\b(?:CASE|REF|TKT)[-/ ]?\d{4}[-/ ]?\d{3,8}\b", 0.6),),
            context=("case", "ticket", "matter", "file"),
        ),
    }  # fmt: skip


def known_entities() -> list[str]:
    return sorted(entity for entity, kind in KINDS.items() if kind.identifying is not Identifying.NONE)


class WordsForm(forms.Form):
    """Texts for one of a team's two lists."""

    texts = forms.CharField(
        label=gettext_lazy("Texts, one a line"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )
    entity = forms.ChoiceField(label=gettext_lazy("They are"))

    def __init__(self, data: QueryDict | None = None, *, team: Team, kind: WordList) -> None:
        super().__init__(data, prefix=kind)
        self.kind = kind
        if kind == WordList.ALLOW:
            del self.fields["entity"]
        else:
            names = [("", _("Choose an entity")), *[(name, name) for name in entities_of(team)]]
            self.fields["entity"].choices = names  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `services.words.add_words`."""
        data = self.cleaned_data
        return {"to": self.kind, "texts": _lines(data["texts"]), "entity": data.get("entity", "")}


class ImportForm(forms.Form):
    """A file, or the text that one holds: as it came, or as the person mended it after a preview."""

    file = forms.FileField(
        label=gettext_lazy("A file in Presidio's format"), help_text=gettext_lazy("YAML, up to 1 MB."), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        strip=False,
        max_length=IMPORT_BYTES,
        widget=forms.Textarea(attrs={"rows": 16, "class": "mono", "spellcheck": "false", "wrap": "off"}),
    )
    expected = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("text") and not self.errors:
            self.add_error("file", _("Choose a file, or paste its text."))
        return cleaned

    def content(self) -> bytes | str:
        """What the file holds, or the text."""
        if upload := self.cleaned_data["file"]:
            with upload.open_plain() as file:
                content: bytes = file.read(IMPORT_BYTES)
            return content
        return str(self.cleaned_data["text"])
