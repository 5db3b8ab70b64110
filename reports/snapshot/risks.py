"""Risks and measures of a version, in the words the report prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pia import risk_words
from pia.models.assessment import Assessment
from pia.models.risk import COMMITTED, MEASURE_TONES, STAGES, MeasureStatus
from pia.risk.scenarios import is_design
from pia.risk.values import Family, Kind
from pia.selectors.risks import risk_data
from reports.templatetags.report_words import level_word

_AI: Final = frozenset(
    {Kind.MEMORISATION, Kind.MEMBERSHIP, Kind.INVERSION, Kind.EXTRACTION, Kind.POISONING, Kind.LEAKAGE}
)
_STAGES: Final = {
    "inherent": gettext_lazy("Inherent"),
    "current": gettext_lazy("Now"),
    "residual": gettext_lazy("Residual"),
}
#: Bands from harmless to worst.
_RANK: Final = ("closed", "low", "medium", "high")


def risks(assessment: Assessment, version_data: Mapping[str, Any]) -> dict[str, Any]:
    """{headline, risks, measures}: those of the frozen version, else as they stand."""
    found: Mapping[str, Any] = version_data.get("risk") or risk_data(assessment)
    titles = {measure["id"]: measure_title(measure) for measure in found["measures"]}
    rows = [_risk(row, titles) for row in found["risks"]]
    by_key = {row["key"]: shown for row, shown in zip(found["risks"], rows, strict=True)}
    return {"headline": _headline(rows), "risks": rows, "measures": _measures(found["measures"], by_key)}


def _headline(rows: Iterable[Mapping[str, Any]]) -> dict[str, str | None]:
    """The worst band of each stage; None where nothing was scored."""
    shown = list(rows)
    return {
        stage: max((row[stage]["band"] or "closed" for row in shown), key=_RANK.index, default=None) for stage in STAGES
    }


def _risk(row: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    stages = {stage: _level(row["levels"][stage]) for stage in STAGES}
    return {
        "letter": row["letter"],
        "title": row["title"] or risk_words.title_of(row["kind"], row["threat"]),
        "source": _("Through %(who)s") % {"who": risk_words.THREATS[row["threat"]]},
        "family": str(risk_words.FAMILIES[_family(row["kind"])]),
        "owner": row.get("owner", ""),
        "description": "\n\n".join(part for part in (row["description"], row["argument"]) if part),
        **stages,
        "stages": [stages[stage] for stage in STAGES],
        "why": [_say(reason) for reason in row["because"]] + _reasons(row["computed"].get("current")),
        "override": _overrides(row["overrides"]),
        "measures": [titles[pk] for pk in row["measures"] if pk in titles],
    }


def _family(kind: str) -> Family:
    if is_design(Kind(kind)):
        return Family.DESIGN
    return Family.AI if kind in _AI else Family.EVENT


def _level(level: Mapping[str, Any]) -> dict[str, Any]:
    """A closed risk has no place on the matrix."""
    if level["band"] == "closed":
        return {"severity": None, "likelihood": None, "band": None}
    return {name: level[name] for name in ("severity", "likelihood", "band")}


def _reasons(rating: Mapping[str, Any] | None) -> list[str]:
    """Why the level is what it is now: severity, likelihood, then the rule."""
    if not rating:
        return []
    lines = []
    for name, words in (
        ("severity", _("Severity %(value)s: %(why)s")),
        ("likelihood", _("Likelihood %(value)s: %(why)s")),
    ):
        steps = [_say(reason) for reason in rating[f"{name}_because"]]
        if steps:
            lines.append(words % {"value": rating[name], "why": "; ".join(steps)})
    return lines + [_say(reason) for reason in rating["because"]]


def _say(reason: Mapping[str, Any]) -> str:
    """A reason with the step it makes: “tested process (−1)”."""
    step = risk_words.sign(reason["params"])
    text = risk_words.say(reason["code"], reason["params"])
    return f"{text} ({step})" if step and step not in text else text


def _overrides(rows: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(
        _("%(stage)s: %(severity)s × %(likelihood)s. %(reason)s") % {**row, "stage": _STAGES[row["stage"]]}
        for row in rows
    )


# --- measures -------------------------------------------------------------------------------------


def measure_title(measure: Mapping[str, Any]) -> str:
    return measure["title"] or str(risk_words.MEASURES[measure["kind"]])


def _measures(rows: Iterable[Mapping[str, Any]], risk_of: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The three that lower most first, then the rest by date; dropped ones are left out."""
    kept = [row for row in rows if row["status"] != MeasureStatus.DROPPED]
    ranked = sorted(kept, key=lambda row: _urgency(row, risk_of))
    return [_measure(row, risk_of, top=place < 3) for place, row in enumerate(ranked)]


def _urgency(row: Mapping[str, Any], risk_of: Mapping[str, Mapping[str, Any]]) -> tuple[int, int, str, str]:
    """Promised before proposed before done; then by the points taken off the risks it acts on; then by date."""
    order = {**dict.fromkeys(COMMITTED, 0), MeasureStatus.PROPOSED: 1, MeasureStatus.DONE: 2}
    taken = sum(_points(risk["current"]) - _points(risk["residual"]) for risk in _acted_on(row, risk_of))
    return order[row["status"]], -taken, row["due"] or "9999", row["id"]


def _points(level: Mapping[str, Any]) -> int:
    return int(level["severity"] or 0) + int(level["likelihood"] or 0)


def _acted_on(row: Mapping[str, Any], risk_of: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Risks a measure is tied to, else all that list it."""
    return [risk_of[key] for key in row["risks"] if key in risk_of]


def _measure(row: Mapping[str, Any], risk_of: Mapping[str, Mapping[str, Any]], *, top: bool) -> dict[str, Any]:
    return {
        "title": measure_title(row),
        "lowers": _lowers(_acted_on(row, risk_of)),
        "owner": row["owner"],
        "due": row["due"],
        "status": str(MeasureStatus(row["status"]).label),
        "tone": MEASURE_TONES[row["status"]],
        "top": top,
        "cost": row.get("cost", ""),
        "note": row["description"],
    }


def _lowers(acted_on: Iterable[Mapping[str, Any]]) -> str:
    """Each risk that comes down with what it comes to; where none does, the letters it stands against."""
    shown = list(acted_on)
    moved = [f"{risk['letter']} {_step(risk)}" for risk in shown if _step(risk)]
    return ", ".join(moved or [risk["letter"] for risk in shown])


def _step(risk: Mapping[str, Any]) -> str:
    now, then = risk["current"], risk["residual"]
    if now["band"] != then["band"]:
        return f"{level_word(now['band'])} → {level_word(then['band'])}"
    if _points(now) != _points(then):
        return f"{now['severity']}×{now['likelihood']} → {then['severity']}×{then['likelihood']}"
    return ""
