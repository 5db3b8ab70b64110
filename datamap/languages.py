"""Languages of a sample's texts: what a person may choose, and how a code reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: ISO 639-1. English and French have a language model; the others are carried by lexicon, gazetteer and validators.
OFFERED: Final = (
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "da", "el", "fi", "hu", "nb", "ro", "sv", "tr", "uk", "ru",
    "ar", "he", "hi", "ja", "ko", "zh",
)  # fmt: skip
_OURS: Final = {"zh": _("Chinese"), "no": _("Norwegian")}


def language_name(code: str) -> str:
    """A language in the reader's own; the code itself where it has no name here."""
    if code in _OURS:
        return str(_OURS[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def choices() -> list[tuple[str, StrOrPromise]]:
    """For a form: detection first, then by name."""
    named = sorted(((code, language_name(code)) for code in OFFERED), key=lambda row: row[1])
    return [("", _("Detect it")), *named]
