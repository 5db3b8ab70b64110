"""Answers and coverage of a version, in the words the report prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pia.frameworks.coverage import Status
from pia.models.assessment import STATUS_TONES, EvidenceKind
from reports.snapshot.evidence import Register
from reports.templatetags.report_words import percent

_GRADES: Final = {
    "asserted": gettext_lazy("asserted"),
    "documented": gettext_lazy("documented"),
    "tested": gettext_lazy("tested"),
}
_ANSWERED: Final = frozenset({Status.MET.value, Status.PARTIAL.value})


def answers(data: Mapping[str, Any], evidence: Register) -> list[dict[str, Any]]:
    """Every answer of the version, in reading order."""
    titles = {section["id"]: section["title"] for section in data["sections"]}
    gaps = {(one["pack"], item) for one in data["coverage"] for item in one["gaps"]}
    return [_answer(entry, titles, gaps, evidence) for entry in data["answers"]]


def _answer(
    entry: Mapping[str, Any], titles: Mapping[str, str], gaps: set[tuple[str, str]], evidence: Register
) -> dict[str, Any]:
    applies = entry["applies"]
    return {
        "section": f"{entry['section']} {titles[entry['section']]}",
        "citation": entry["badge"],
        "title": entry["title"],
        "question": entry["question"],
        "text": entry["text"],
        "status": entry["status_label"] if applies else _("Not triggered"),
        "tone": STATUS_TONES[entry["status"]] if applies else "neutral",
        "grade": str(_GRADES[entry["grade"]]) if applies and entry["status"] in _ANSWERED else "",
        "by": entry["author"],
        "at": entry["edited_at"] or "",
        "evidence": [_evidence(cited, evidence) for cited in entry["evidence"]],
        "reason": "" if applies else " ".join(entry["untriggered"]),
        "gate": entry["gate"],
        "gap": (entry["pack"], entry["item"]) in gaps,
        "applies": applies,
    }


def _evidence(cited: Mapping[str, Any], evidence: Register) -> dict[str, Any]:
    """A cited fact with the numbers of its sources, or a document, which is its own source."""
    sources = cited["sources"]
    if cited["kind"] == EvidenceKind.DOCUMENT:
        sources = [
            {"kind": "document", "ref": cited["reference"], "label": cited["label"], "detail": cited["reference"]}
        ]
    numbers = [evidence.number(source) for source in sources]
    return {
        "n": ", ".join(str(n) for n in numbers) or "–",
        "says": cited["text"],
        "label": "; ".join(dict.fromkeys(source["label"] for source in sources)) or _("derived from other facts"),
    }


def frameworks(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    packs = {pack["id"]: pack for pack in data["packs"]}
    return [_framework(one, packs[one["pack"]], data["answers"]) for one in data["coverage"]]


def _framework(one: Mapping[str, Any], pack: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    items = [entry for entry in entries if entry["pack"] == one["pack"]]
    return {
        "id": one["pack"],
        "title": one["title"],
        "version": f"{pack['version']}, {pack['status']}",
        "items": len(items),
        "applicable": sum(entry["applies"] for entry in items),
        "shares": dict(one["shares"]),
        "evidenced": one["evidenced"],
        "gaps": len(one["gaps"]),
    }


def findings(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A line for each framework under “What the evidence says”."""
    return [
        {
            "what": framework["title"],
            "result": _("%(share)s evidenced") % {"share": percent(framework["evidenced"])},
            "how": _("%(applicable)s of %(items)s items apply; open musts: %(gaps)s") % framework,
            "n": None,
        }
        for framework in found
    ]
