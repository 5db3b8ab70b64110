"""What can happen here: scenarios generated from facts and the flow graph, each with the reason it exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.types import Condition, FactValue, Reason, holds
from pia.risk.values import DESIGN_KINDS, Flow, Kind, Scenario, Threat


@dataclass(frozen=True, slots=True)
class Rule:
    """When a scenario belongs on the list. Facts that are not known yet keep it there, and the reason says so."""

    kind: Kind
    threat: Threat
    when: Condition
    code: str
    facts: tuple[str, ...] = ()
    only_if_known: bool = False  # a threat that must be seen in the data map, such as a processor


@dataclass(frozen=True, slots=True)
class Generated:
    """The scenarios, and what was left out with the reason why not."""

    scenarios: tuple[Scenario, ...]
    left_out: tuple[tuple[Kind, Threat, Reason], ...]


_TRAINED: Final[Condition] = {
    "all": [{"fact": "model.personal_data", "not": "no"}, {"fact": "project.training", "not": "api_only"}]
}
_PUBLIC: Final[Condition] = {"fact": "interface.public", "is": True}
_NOT_PUBLIC: Final[Condition] = {"fact": "interface.public", "not": True}
_TRAINED_PUBLIC: Final[Condition] = {"all": [_TRAINED, _PUBLIC]}
_TRAINED_INSIDE: Final[Condition] = {"all": [_TRAINED, _NOT_PUBLIC]}
_GENERATIVE: Final[Condition] = {"fact": "project.ai_kind", "is": "generative"}
_PROCESSORS: Final[Condition] = {"fact": "recipients.processors", "at_least": 1}
_BARE_TRANSFER: Final[Condition] = {"fact": "transfers.without_assessment", "at_least": 1}
_AFFECTS: Final[Condition] = {
    "any": [
        {"fact": "decision.significant", "is": True},
        {"fact": "decision.automated", "is": True},
        {"fact": "project.ai_kind", "is": "ranking"},
        {"fact": "project.ai_kind", "is": "classifier"},
    ]
}
_EXISTING: Final[Condition] = {
    "any": [{"fact": "training.existing_data", "is": True}, {"fact": "purposes.count", "at_least": 2}]
}
_LONG: Final[Condition] = {
    "any": [{"fact": "copies.excess", "at_least": 1}, {"fact": "copies.without_retention", "at_least": 1}]
}
_ABROAD: Final[Condition] = {"fact": "transfers", "is": True}
_INPUT: Final[Condition] = {"fact": "source.scraped", "is": True}
_DATA: Final = ("data.fields", "data.categories", "people.count")
_MODEL: Final = ("model.personal_data", "project.training", "interface.public", "text.share_identified")

RULES: Final = (
    Rule(Kind.ACCESS, Threat.OUTSIDER, {}, "held", (*_DATA, "flows.unprotected")),
    Rule(Kind.ACCESS, Threat.PRIVILEGED_INSIDER, {}, "insiders", (*_DATA, "stores.count")),
    Rule(
        Kind.ACCESS, Threat.PROCESSOR, _PROCESSORS, "processors", (*_DATA, "recipients.processors"), only_if_known=True
    ),
    Rule(
        Kind.ACCESS,
        Threat.FOREIGN_STATE,
        _BARE_TRANSFER,
        "bare_transfer",
        (*_DATA, "recipients.third_countries", "transfers.without_assessment"),
        only_if_known=True,
    ),
    Rule(Kind.MODIFICATION, Threat.LIMITED_INSIDER, {}, "written_to", (*_DATA, "stores.count")),
    Rule(Kind.DISAPPEARANCE, Threat.ACCIDENT, {}, "depended_on", (*_DATA, "stores.count")),
    Rule(
        Kind.UNFAIR_DECISION,
        Threat.DESIGN,
        _AFFECTS,
        "affects_people",
        ("decision.significant", "decision.automated", "decision.oversight", "project.ai_kind"),
    ),
    Rule(
        Kind.FUNCTION_CREEP,
        Threat.DESIGN,
        _EXISTING,
        "other_purposes",
        ("training.existing_data", "purposes.count", "compatibility.assessed"),
    ),
    Rule(
        Kind.EXCESSIVE_RETENTION,
        Threat.DESIGN,
        _LONG,
        "kept_long",
        ("copies.count", "copies.excess", "copies.without_retention"),
    ),
    Rule(
        Kind.UNLAWFUL_TRANSFER,
        Threat.DESIGN,
        _ABROAD,
        "abroad",
        ("recipients.third_countries", "transfers.without_tool", "transfers.without_assessment"),
    ),
    Rule(Kind.MEMORISATION, Threat.PUBLIC_API, _TRAINED_PUBLIC, "trained_public", _MODEL, only_if_known=True),
    Rule(Kind.MEMORISATION, Threat.LIMITED_INSIDER, _TRAINED_INSIDE, "trained_inside", _MODEL),
    Rule(Kind.MEMBERSHIP, Threat.PUBLIC_API, _TRAINED_PUBLIC, "trained_public", _MODEL, only_if_known=True),
    Rule(Kind.MEMBERSHIP, Threat.LIMITED_INSIDER, _TRAINED_INSIDE, "trained_inside", _MODEL),
    Rule(Kind.INVERSION, Threat.PUBLIC_API, _TRAINED_PUBLIC, "trained_public", _MODEL, only_if_known=True),
    Rule(Kind.INVERSION, Threat.LIMITED_INSIDER, _TRAINED_INSIDE, "trained_inside", _MODEL),
    Rule(Kind.EXTRACTION, Threat.PUBLIC_API, _TRAINED_PUBLIC, "copied_public", _MODEL, only_if_known=True),
    Rule(
        Kind.POISONING,
        Threat.OUTSIDER,
        _INPUT,
        "fed_from_outside",
        ("source.scraped", "source.direct"),
        only_if_known=True,
    ),
    Rule(Kind.POISONING, Threat.LIMITED_INSIDER, _TRAINED, "fed_from_inside", ("project.training", "source.direct")),
    Rule(
        Kind.LEAKAGE,
        Threat.PUBLIC_API,
        {"all": [_GENERATIVE, _PUBLIC]},
        "generates_public",
        ("project.ai_kind", "interface.public", "text.columns"),
        only_if_known=True,
    ),
    Rule(
        Kind.LEAKAGE,
        Threat.LIMITED_INSIDER,
        {"all": [_GENERATIVE, _NOT_PUBLIC]},
        "generates_inside",
        ("project.ai_kind", "text.columns"),
    ),
)

#: Which edges of the data map a scenario runs along.
_ALONG: Final[Mapping[Kind, Callable[[Flow], bool]]] = {
    Kind.ACCESS: lambda flow: "store" in (flow.origin, flow.target) or flow.encrypted is False,
    Kind.MODIFICATION: lambda flow: flow.target in ("store", "process"),
    Kind.DISAPPEARANCE: lambda flow: flow.target == "store",
    Kind.UNFAIR_DECISION: lambda flow: flow.origin == "model",
    Kind.FUNCTION_CREEP: lambda flow: flow.target == "model" or "training" in flow.stages,
    Kind.EXCESSIVE_RETENTION: lambda flow: flow.target == "store",
    Kind.UNLAWFUL_TRANSFER: lambda flow: flow.crosses_country,
    Kind.MEMORISATION: lambda flow: "model" in (flow.origin, flow.target) or "training" in flow.stages,
    Kind.MEMBERSHIP: lambda flow: "model" in (flow.origin, flow.target),
    Kind.INVERSION: lambda flow: flow.origin == "model",
    Kind.EXTRACTION: lambda flow: flow.origin == "model",
    Kind.POISONING: lambda flow: flow.target == "model" or "training" in flow.stages,
    Kind.LEAKAGE: lambda flow: flow.origin == "model",
}


def generate(facts: Mapping[str, FactValue], flows: Sequence[Flow] = ()) -> Generated:
    """Every scenario the facts speak for, in the order of the rules."""
    if facts.get("data.fields") == 0 and facts.get("model.personal_data") == "no":
        none = Reason("scenario.no_personal_data")
        return Generated((), tuple((rule.kind, rule.threat, none) for rule in RULES))
    scenarios: list[Scenario] = []
    left_out: list[tuple[Kind, Threat, Reason]] = []
    for rule in RULES:
        known = holds(rule.when, facts)
        if known or (known is None and not rule.only_if_known):
            scenarios.append(_scenario(rule, facts, flows, certain=bool(known)))
        else:
            left_out.append((rule.kind, rule.threat, Reason("scenario.not_seen", {"rule": rule.code})))
    return Generated(tuple(scenarios), tuple(left_out))


def key_of(kind: Kind, threat: Threat) -> str:
    """The name a scenario keeps through every refresh."""
    return f"{kind}.{threat}"


def _scenario(rule: Rule, facts: Mapping[str, FactValue], flows: Sequence[Flow], *, certain: bool) -> Scenario:
    because = [Reason(f"scenario.{rule.code}", _params(rule, facts))]
    if not certain:
        because.append(Reason("scenario.not_known"))
    along = tuple(flow.ref for flow in flows if rule.kind in _ALONG and _ALONG[rule.kind](flow))
    if along:
        because.append(Reason("scenario.flows", {"count": len(along)}))
    return Scenario(
        key=key_of(rule.kind, rule.threat),
        kind=rule.kind,
        threat=rule.threat,
        because=tuple(because),
        facts=tuple(key for key in rule.facts if key in facts),
        flows=along,
    )


def _params(rule: Rule, facts: Mapping[str, FactValue]) -> dict[str, str | int | float | bool]:
    """The facts the rule names, flat enough for a sentence."""
    found: dict[str, str | int | float | bool] = {}
    for key in rule.facts:
        value = facts.get(key)
        if value is not None:
            found[key.replace(".", "_")] = ", ".join(value) if isinstance(value, tuple) else value
    return found


def is_design(kind: Kind) -> bool:
    """Whether likelihood starts at 4 and falls by safeguards instead of controls."""
    return kind in DESIGN_KINDS
