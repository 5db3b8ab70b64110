"""What Candor knows about a project, each fact with where it comes from: register, map, scan and lab together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from core.types import Fact, FactValue, Grade, Reason, Source
from datamap.selectors.facts import map_facts
from datamap.selectors.facts_scan import scan_facts
from lab.selectors import lab_facts
from pia.frameworks.vocabulary import FACTS
from pia.register_facts import register_facts

if TYPE_CHECKING:
    from core.models import Project
    from pia.models.assessment import Assessment


def gather(project: Project) -> dict[str, Fact]:
    """Every known fact of a project by key. A key that is missing is unknown."""
    found: dict[str, Fact] = {}
    for provider in (register_facts, map_facts, scan_facts, lab_facts):
        found |= {fact.key: fact for fact in provider(project) if fact.key in FACTS}
    return found


def facts_of(assessment: Assessment) -> dict[str, Fact]:
    """The facts an assessment speaks of: those of today in a draft, those it was frozen with ever after."""
    if assessment.frozen is None:
        return gather(assessment.project)
    return {entry["key"]: from_json(entry) for entry in assessment.frozen["facts"]}


def values(facts: Mapping[str, Fact]) -> dict[str, FactValue]:
    return {key: fact.value for key, fact in facts.items()}


def as_json(fact: Fact) -> dict[str, Any]:
    """A fact with its provenance as JSON values."""
    return {
        "key": fact.key,
        "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
        "grade": fact.grade.value,
        "reason": {"code": fact.reason.code, "params": dict(fact.reason.params)},
        "sources": sources_as_json(fact.sources),
    }


def from_json(entry: Mapping[str, Any]) -> Fact:
    return Fact(
        key=entry["key"],
        value=value_from_json(entry["value"]),
        grade=Grade(entry["grade"]),
        reason=Reason(entry["reason"]["code"], entry["reason"]["params"]),
        sources=tuple(Source(**source) for source in entry["sources"]),
    )


def value_from_json(value: Any) -> FactValue:
    found: FactValue = tuple(value) if isinstance(value, list) else value
    return found


def sources_as_json(sources: Iterable[Source]) -> list[dict[str, str]]:
    return [
        {
            "kind": source.kind,
            "ref": source.ref,
            "label": source.label,
            "detail": source.detail,
            "sha256": source.sha256,
            "at": source.at,
        }
        for source in sources
    ]
