"""A snapshot becomes the finished HTML of a report and the assets it shows. Reads nothing but the snapshot."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import segno
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from datamap import diagram
from reports.document_words import contents, grades, methods
from reports.rendering.charts import bars, flow, matrix
from reports.templatetags.report_words import level_word, percent

Snapshot = Mapping[str, Any]
#: Risks on the one-page matrix; more would cross each other's arrows.
ON_ONE_PAGE: Final = 8
#: Pictures wider than this many px get a page across, or their words are too small to read.
WIDE: Final = 1000
_BANDS: Final = {"high": 0, "medium": 1, "low": 2}
MARK: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20" height="20">'
    b'<path d="M10 1.5a8.5 8.5 0 1 0 8.5 8.5h-4.6A3.9 3.9 0 1 1 10 6.1z" fill="#9fb3c5"/>'
    b'<path d="M12.6 1.9a8.5 8.5 0 0 1 5.5 5.5l-4.4 1.3a3.9 3.9 0 0 0-2.4-2.4z" fill="#ffffff"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Composed:
    """What the drawing process is handed; asset name -> SVG."""

    html: str
    assets: dict[str, bytes]

    def to_json(self) -> dict[str, dict[str, str]]:
        return {
            name: {"data": base64.b64encode(data).decode(), "media_type": "image/svg+xml"}
            for name, data in self.assets.items()
        }


#: What a page must not hold: controls, which break the file's metadata, and marks that turn the reading direction.
_CONTROLS: Final = (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFEFF)
_TURNING: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNPRINTABLE: Final = dict.fromkeys((*_CONTROLS, *_TURNING))


#: A word longer than a narrow column. Hashes and addresses are set in a type that breaks anywhere, and times are short
#: once they are worded: those stay as they are.
_LONG_WORD: Final = re.compile(r"(?<!\S)(?!https?://|[0-9a-f]{64}\b|\d{4}-\d\d-\d\dT)\S{25,}")
_BREAK: Final = "\N{ZERO WIDTH SPACE}"


def printable(value: Any) -> Any:
    """The same JSON value with every text fit to print: no controls, and long words that can be broken."""
    if isinstance(value, str):
        return _LONG_WORD.sub(_breakable, value.translate(_UNPRINTABLE))
    if isinstance(value, list):
        return [printable(item) for item in value]
    return {key: printable(item) for key, item in value.items()} if isinstance(value, dict) else value


def _breakable(word: re.Match[str]) -> str:
    """Break points behind punctuation, else after every twelve characters."""
    return re.sub(r"([_./\\-]+(?=\w)|[^\s_./\\-]{12})", rf"\1{_BREAK}", word[0])


def compose(frozen: Snapshot, canonical: bytes) -> Composed:
    """`canonical` is the attached form of `frozen`. Raises datamap.diagram.NotDrawn."""
    snapshot: Snapshot = {key: printable(value) for key, value in frozen.items() if key != "data"}
    with override(snapshot["report"]["language"]):
        assets = {"mark.svg": MARK, "qr.svg": qr(snapshot["report"]["verify_url"])}
        context = {
            "s": snapshot,
            "snapshot_sha256": hashlib.sha256(canonical).hexdigest(),
            "contents": contents(),
            "methods": methods(),
            **_risks(snapshot, assets),
            **_coverage(snapshot, assets),
            **_answers(snapshot),
            "inventory": by_store(snapshot["inventory"]),
            "scans": [_scan(scan, index, assets) for index, scan in enumerate(snapshot["scans"])],
            **_diagram(snapshot, assets),
        }
        return Composed(render_to_string("reports/pdf/report.html", context), assets)


def qr(url: str) -> bytes:
    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=3, xmldecl=False, svgns=True, dark="#0d1b2a", light="#fff")
    return out.getvalue()


# --- risks ----------------------------------------------------------------------------------------


def _risks(snapshot: Snapshot, assets: dict[str, bytes]) -> dict[str, Any]:
    risks = sorted(snapshot["risks"], key=lambda r: (_BANDS.get(r["current"]["band"], 3), -_weight(r), r["letter"]))
    worst = risks[:ON_ONE_PAGE]
    summary_alt = _("Risk matrix of the worst risks: %(list)s.") % {"list": _in_words(worst)}
    before_alt = _("Risk matrix without controls; the table below lists each risk.")
    after_alt = _("Risk matrix as things stand; the table below lists each risk.")
    assets["matrix-summary.svg"] = matrix.draw([_mark(r, "inherent", "current") for r in worst], _words(summary_alt))
    assets["matrix-before.svg"] = matrix.draw([_mark(r, "inherent", "inherent") for r in risks], _words(before_alt))
    assets["matrix-after.svg"] = matrix.draw([_mark(r, "current", "current") for r in risks], _words(after_alt))
    return {
        "worst": worst,
        "more_risks": len(risks) - len(worst),
        "top": [m for m in snapshot["measures"] if m["top"]][:3],
        "matrix_alt": summary_alt,
        "before_alt": before_alt,
        "after_alt": after_alt,
    }


def _weight(risk: Mapping[str, Any]) -> int:
    now = risk["current"]
    return int(now["severity"] or 0) * 10 + int(now["likelihood"] or 0)


def _in_words(risks: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join(
        f"{r['letter']} {r['title']} {level_word(r['inherent']['band'])} → {level_word(r['current']['band'])}"
        for r in risks
    )


def _mark(risk: Mapping[str, Any], before: str, after: str) -> matrix.Mark:
    """A risk that was never open has no place without controls either: it stays where `after` is."""
    end = _place(risk[after])
    return matrix.Mark(risk["letter"], _place(risk[before]) or end or (1, 1), end)


def _place(level: Mapping[str, Any]) -> matrix.Place | None:
    return (int(level["severity"]), int(level["likelihood"])) if level["severity"] and level["likelihood"] else None


def _words(alt: str) -> matrix.Words:
    levels = (_("Negligible"), _("Limited"), _("Significant"), _("Maximum"))
    return matrix.Words(alt=alt, severity=_("Severity"), likelihood=_("Likelihood"), levels=levels)


# --- frameworks and answers -----------------------------------------------------------------------


def _coverage(snapshot: Snapshot, assets: dict[str, bytes]) -> dict[str, Any]:
    words = grades()
    frameworks = snapshot["frameworks"]
    alt = "; ".join(f"{f['title']}: {percent(f['evidenced'])} {_('evidenced')}" for f in frameworks)
    stacks = [bars.Stack(f["title"], {grade: float(share) for grade, share in f["shares"].items()}) for f in frameworks]
    assets["coverage.svg"] = bars.coverage(stacks, words, alt)
    rows = [{**f, "shares": [f["shares"].get(grade, "0") for grade in words]} for f in frameworks]
    return {"coverage": rows, "grades": list(words.values()), "coverage_alt": alt}


def _answers(snapshot: Snapshot) -> dict[str, Any]:
    """Sections with a full entry for what somebody answered, and a short line for the rest."""
    answers = snapshot["answers"]
    sections: dict[str, dict[str, Any]] = {}
    for answer in answers:
        section = sections.setdefault(answer["section"], {"title": answer["section"], "answered": [], "quiet": []})
        section["answered" if answer["text"] or answer["evidence"] else "quiet"].append(answer)
    gates = [{**a, "numbers": [e["n"] for e in a["evidence"]]} for a in answers if a["gate"] and a["applies"]]
    return {
        "sections": list(sections.values()),
        "gates": gates,
        "gaps": [a for a in answers if a["gap"]],
    }


# --- data -----------------------------------------------------------------------------------------


def by_store(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    stores: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        stores.setdefault(row["store"], []).append(row)
    return [{"name": name, "fields": fields} for name, fields in stores.items()]


def _scan(scan: Mapping[str, Any], index: int, assets: dict[str, bytes]) -> dict[str, Any]:
    """The twelve columns that hold most personal data, as bars, over the full table."""
    bars_of = [c for c in scan["columns"] if c["share"] not in (None, "")]
    top = sorted(bars_of, key=lambda c: -float(c["share"]))[:12]
    if len(top) < 2:  # one bar says no more than its figure
        return {**scan, "chart": ""}
    alt = "; ".join(f"{c['name']}: {c['found']} {percent(c['share'])}" for c in top)
    name = f"scan-{index}.svg"
    shown = [bars.Bar(f"{c['name']} · {c['found']}", float(c["share"]), percent(c["share"])) for c in top]
    assets[name] = bars.shares(shown, alt)
    return {**scan, "chart": name, "chart_alt": alt}


def _diagram(snapshot: Snapshot, assets: dict[str, bytes]) -> dict[str, Any]:
    """The picture people see on the map's page; a graph too large for a picture is left to its table."""
    graph = snapshot["flows"]["graph"]
    if not graph["nodes"] or len(graph["nodes"]) > diagram.MAX_ELEMENTS or len(graph["edges"]) > diagram.MAX_FLOWS:
        return {"diagram": False}
    nodes = [diagram.Node(**node) for node in graph["nodes"]]
    edges = [diagram.Edge(**edge) for edge in graph["edges"]]
    picture = diagram.draw(nodes, edges, graph["clusters"])
    alt = _("Data-flow diagram; the table below lists each flow.")
    shapes = [(shape.tag, shape.attributes, shape.text) for shape in picture.shapes]
    assets["flows.svg"] = flow.draw(
        shapes,
        view_box=picture.view_box,
        size=(picture.width, picture.height),
        move=picture.translate,
        alt=alt,
    )
    return {"diagram": True, "diagram_alt": alt, "wide": picture.width > WIDE}
