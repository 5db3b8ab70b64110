"""What a sample's page says of its scan: what was read, in which language, and what went since the scan before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.types import Reason
from datamap.languages import language_name
from datamap.models.dataset import CategoryChoice, percent
from datamap.rescan import Seen
from datamap.wording_entities import entity_name
from datamap.wording_scan import left_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datamap.models import Dataset


def reading(dataset: Dataset) -> list[str]:
    """Plain sentences: what of the file was read how, and what was not."""
    return list(_reading(dataset)) if dataset.is_scanned else []


def _reading(dataset: Dataset) -> Iterator[str]:
    rows, sampled = dataset.rows, dataset.sampled
    if sampled < rows:
        yield _(
            "All %(rows)s rows were searched for high-risk patterns such as card, account and identity numbers; "
            "columns were judged on a random sample of %(sampled)s of them."
        ) % {"rows": intcomma(rows), "sampled": intcomma(sampled)}
    elif not rows:
        yield _("There are no rows: columns were judged by their names alone.")
    else:
        yield ngettext("The only row was read.", "All %(rows)s rows were read.", rows) % {"rows": intcomma(rows)}
    if dataset.skipped:
        yield ngettext(
            "%(count)s row was left out: it does not have the right number of cells.",
            "%(count)s rows were left out: they do not have the right number of cells.",
            dataset.skipped,
        ) % {"count": intcomma(dataset.skipped)}
    if not dataset.has_header:
        yield _("The first row looks like data, so columns are called c1, c2 and so on.")
    for reason in dataset.left_out:
        yield left_out(Reason(reason["code"], reason.get("params", {})))


def language_text(dataset: Dataset) -> str:
    """The language texts were read in, and who said so."""
    if dataset.language:
        chosen = _("%(language)s, as chosen") % {"language": language_name(dataset.language)}
        if dataset.found_language and dataset.found_language != dataset.language:
            return _("%(chosen)s; most texts look %(found)s (%(share)s)") % {
                "chosen": chosen,
                "found": language_name(dataset.found_language),
                "share": percent(dataset.language_share),
            }
        return chosen
    if not dataset.found_language:
        return _("not detected: too little text")
    return _("%(language)s, detected in %(share)s of the texts") % {
        "language": language_name(dataset.found_language),
        "share": percent(dataset.language_share),
    }


def gone(dataset: Dataset) -> list[dict[str, Any]]:
    """The columns that the scan before had: name, and what they were, where they told something."""
    return [{"column": seen.column, "was": was(seen)} for seen in map(Seen.from_json, dataset.gone)]


def was(seen: Seen) -> str:
    """What a scan before said of a column, in a few words."""
    if not seen.tells:
        return str(_("no identifier found"))
    what = entity_name(seen.entity) if seen.entity else str(CategoryChoice(seen.category).label)
    return _("%(what)s, %(share)s of rows, confidence %(confidence)s") % {
        "what": what,
        "share": percent(seen.share),
        "confidence": f"{seen.confidence:.2f}",
    }
