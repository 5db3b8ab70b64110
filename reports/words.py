"""The words for what a verification found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from reports.signing.verify import Verdict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERDICTS: Final[dict[str, StrOrPromise]] = {
    Verdict.VALID: _("Valid"),
    Verdict.INCOMPLETE: _("Incomplete"),
    Verdict.ALTERED: _("Altered"),
    Verdict.UNKNOWN_ISSUER: _("Unknown issuer"),
    Verdict.UNSIGNED: _("Not signed"),
    Verdict.SUPERSEDED: _("Superseded"),
    Verdict.STALE: _("Stale"),
}

TONES: Final[dict[str, str]] = {
    Verdict.VALID: "good",
    Verdict.INCOMPLETE: "serious",
    Verdict.ALTERED: "bad",
    Verdict.UNKNOWN_ISSUER: "bad",
    Verdict.UNSIGNED: "serious",
    Verdict.SUPERSEDED: "warn",
    Verdict.STALE: "warn",
}

REASONS: Final[dict[str, StrOrPromise]] = {
    "as_issued": _("The file is byte for byte what this installation issued, and it is the current word."),
    "not_latest": _("The file is genuine, but a later report says something else."),
    "needs_review": _("The file is genuine, but something has changed since the approval and is waiting for review."),
    "seal_missing": _("The content is ours, but the seal has been cut off."),
    "not_our_bytes": _("The seal is ours, but the file differs from the one that was issued."),
    "no_record": _("The seal is ours, but this installation has no record of issuing the file."),
    "changed": _("The file was changed after it was sealed."),
    "other_key": _("The file is signed, but not with a key of this installation."),
    "no_signature": _("The file carries no signature."),
    "not_a_pdf": _("This is not a PDF."),
    "unreadable": _("The file can't be read to its end, and carries no seal."),
    "too_hard": _("Checking the file took more than a report ever needs, so it is none of ours."),
}
