"""What is known of the data: inventory, flows, scans and measurements, with figures as decimal strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.types import Category
from datamap.models import CategoryChoice, DataElement, Dataset, Finding, Flow, IdentifyingChoice, Protection
from datamap.selectors.flows import graph_of
from datamap.selectors.inventory import Item, inventory_of
from lab.models import Kind, Measurement
from reports.templatetags.report_words import percent, thousands

if TYPE_CHECKING:
    from core.models import Project
    from reports.snapshot.evidence import Register


def decimal(value: float) -> str:
    """A measured figure as text: what is hashed must not depend on how a float is written."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


# --- scans ----------------------------------------------------------------------------------------


def scans(project: Project, evidence: Register) -> list[dict[str, Any]]:
    """Every scanned sample with the columns that say something about people."""
    found = Dataset.objects.filter(project=project, scanned_at__isnull=False).prefetch_related("findings")
    return [_scan(dataset, evidence) for dataset in found.order_by("created_at")]


def _scan(dataset: Dataset, evidence: Register) -> dict[str, Any]:
    at = dataset.scanned_at.isoformat() if dataset.scanned_at else ""
    source = {"kind": "scan", "ref": str(dataset.pk), "label": dataset.name, "sha256": dataset.sha256, "at": at}
    return {
        "n": evidence.number(source),
        "name": dataset.name,
        "sha256": dataset.sha256,
        "rows": dataset.rows,
        "at": at,
        "scanner": _("Candor's scanner, on %(rows)s rows") % {"rows": thousands(dataset.sampled or dataset.rows)},
        "columns": [_column(finding) for finding in dataset.findings.all() if _tells(finding)],
        "texts": [_text(finding) for finding in dataset.findings.all() if finding.is_text],
    }


def _tells(finding: Finding) -> bool:
    return finding.identifying != IdentifyingChoice.NONE or finding.category != "none" or bool(finding.special_labels)


def _column(finding: Finding) -> dict[str, Any]:
    labels = [str(finding.category_label), *finding.special_labels]
    shown = [label for label in dict.fromkeys(labels) if label]
    return {
        "name": finding.column,
        "found": ", ".join(shown),
        "identifying": str(IdentifyingChoice(finding.identifying).label),
        "share": decimal(finding.share),
        "confidence": decimal(finding.confidence),
        "example": str(finding.examples[0]) if finding.examples else "",
    }


def _text(finding: Finding) -> dict[str, str]:
    return {
        "name": finding.column,
        "share": decimal(finding.share),
        "low": decimal(finding.low),
        "high": decimal(finding.high),
    }


# --- inventory and flows --------------------------------------------------------------------------


def inventory(project: Project) -> list[dict[str, Any]]:
    """Every field that is personal data, by store: what schemas declare and what samples show, as on the map's page."""
    return [_item(item) for item in inventory_of(project) if item.is_personal]


def _item(item: Item) -> dict[str, Any]:
    by_sample = item.source == "sample"
    words = {
        (True, True): _("confirmed, sample"),
        (True, False): _("proposed, sample"),
        (False, True): _("confirmed, schema"),
        (False, False): _("proposed, schema"),
    }
    within = [str(CategoryChoice(name).label) for name in item.within]
    return {
        "store": f"{item.store}: {item.entity}" if item.entity and item.entity not in item.store else item.store,
        "field": item.path,
        "category": ", ".join(dict.fromkeys([item.category_label, *within])),
        "identifying": item.identifying_label,
        "special": _protected(item) if item.special else "",
        "source": words[by_sample, item.decided],
    }


def _protected(item: Item) -> str:
    """The article that protects the category more than others."""
    return "Art. 10" if item.category == Category.CRIMINAL else "Art. 9"


def flows(project: Project) -> dict[str, Any]:
    """The graph, as values to draw and as rows of a table."""
    found = graph_of(project)
    nodes = [
        {"id": str(one.pk), "kind": one.kind, "name": one.name, "cluster": str(one.boundary_id or "")}
        for one in found.elements
    ]
    edges = [
        {"source": str(one.source_id), "target": str(one.target_id), "label": one.name, "tone": _tone(one)}
        for one in found.flows
    ]
    clusters = {str(one.pk): one.name for one in found.boundaries}
    graph = {"nodes": nodes, "edges": edges, "clusters": clusters}
    return {"graph": graph, "rows": [_flow(one) for one in found.flows]}


def _tone(flow: Flow) -> str:
    """As on the map's page: unprotected is bad, not known is a warning."""
    if flow.protection == Protection.NONE:
        return "bad"
    return "warn" if flow.protection == Protection.UNKNOWN and flow.categories else "plain"


def _flow(flow: Flow) -> dict[str, Any]:
    known = CategoryChoice.values
    categories = ", ".join(str(CategoryChoice(name).label) for name in flow.categories if name in known)
    return {
        "source": _place(flow.source),
        "target": _place(flow.target),
        "what": f"{flow.name} ({categories})" if categories else flow.name,
        "purpose": str(flow.purpose or ""),
        "stage": str(flow.get_stage_display()),
        "protection": str(flow.get_protection_display()),
        "crosses": flow.crosses,
    }


def _place(element: DataElement) -> str:
    apart = element.boundary is not None and element.boundary.name != element.name
    return f"{element.name}, {element.boundary}" if apart else element.name


# --- measurements ---------------------------------------------------------------------------------


def lab(project: Project, evidence: Register) -> list[dict[str, Any]]:
    """The measurements that people cite, one per sample."""
    cited = Measurement.objects.filter(project=project, kind=Kind.REIDENTIFICATION).cited().select_related("dataset")
    return [_measured(measurement, evidence) for measurement in cited.order_by("measured_at")]


def _measured(measurement: Measurement, evidence: Register) -> dict[str, Any]:
    result: Mapping[str, Any] = measurement.result or {}
    at = measurement.measured_at.isoformat() if measurement.measured_at else ""
    versions = ", ".join(f"{name} {number}" for name, number in sorted(measurement.versions.items()))
    source = {
        "kind": "lab", "ref": str(measurement.pk), "label": str(measurement), "detail": versions,
        "sha256": measurement.input_sha256, "at": at,
    }  # fmt: skip
    return {
        "n": evidence.number(source),
        "dataset": measurement.dataset.name,
        "k": int(result["k"]),
        "uniqueness": decimal(result["uniqueness"]),
        "average": decimal(result["average_risk"]),
        "rows": int(result.get("rows") or measurement.dataset.rows),
        "columns": ", ".join(measurement.columns),
        "at": at,
        "note": "",
    }


def findings(scanned: Iterable[Mapping[str, Any]], measured: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines under “What the evidence says” on the one page: free text first, then how identifying tables are."""
    lines = []
    for scan in scanned:
        for text in sorted(scan["texts"], key=lambda one: -float(one["share"]))[:1]:
            span = {"low": percent(text["low"]), "high": percent(text["high"]), "rows": thousands(scan["rows"])}
            lines.append(
                {
                    "what": _("Texts in “%(column)s” that hold an identifier") % {"column": text["name"]},
                    "result": percent(text["share"]),
                    "how": _("%(rows)s rows of %(name)s; 95 %% interval %(low)s to %(high)s")
                    % {**span, "name": scan["name"]},
                    "n": scan["n"],
                }
            )
    for one in measured:
        lines.append(
            {
                "what": _("Singled out in %(name)s") % {"name": one["dataset"]},
                "result": _("%(share)s, k = %(k)s") % {"share": percent(one["uniqueness"]), "k": one["k"]},
                "how": _("by %(columns)s; average prosecutor risk %(risk)s")
                % {"columns": one["columns"], "risk": percent(one["average"])},
                "n": one["n"],
            }
        )
    return lines
