"""Every verb of every floor leaves its line in the audit trail: walked in the code, so that a new one can't forget."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from typing import TYPE_CHECKING, Any, Final

import pytest

from core import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

FLOORS: Final = ("core.services", "datamap.services", "lab.services", "pia.services", "reports.services")
APPS: Final = ("core.", "datamap.", "lab.", "pia.", "reports.")
#: What appends to the trail.
AUDITING: Final = (audit.change, audit.note)
#: Verbs that leave no line, each with its reason.
SILENT: Final = {
    "core.services.drafts.keep_draft": "a half-typed form is its writer's alone and changes nothing that others see",
    "core.services.drafts.drop_draft": "as keep_draft",
    "datamap.services.findings.apply": "a part of every verb that decides findings, and of its event",
    "datamap.services.findings.settle": "as apply",
}
#: Public functions of services that are no verbs: they change nothing, or only inside a verb's own event.
NO_VERBS: Final = {
    "core.services.people.find_invitation": "a read: which invitation a link opens",
    "datamap.services.learned.key_of": "arithmetic on a name",
    "datamap.services.learned.learn": "a part of decide_finding and decide_findings, and of their event",
    "datamap.services.learned.suggest": "a part of record_findings and of its event",
    "datamap.services.suggested.verdict_of": "a read: what a suggestion stands for",
    "datamap.services.findings.hold": "a read under a lock",
    "datamap.services.findings.is_special": "computes a field of a row that its caller saves",
    "pia.services.assessments.freeze": "a part of submit and of its event",
    "pia.services.carried.begin_risks": "a part of start_assessment and of its event",
    "pia.services.risks.locked": "a read under a lock",
    "pia.services.risks.bring_up_to_date": "recomputes inside the event of the verb that calls it",
    "pia.services.risks.rerate": "as bring_up_to_date",
    "pia.services.workflow.in_months": "arithmetic",
}


def modules() -> Iterator[ModuleType]:
    for name in FLOORS:
        floor = importlib.import_module(name)
        yield floor
        for found in pkgutil.iter_modules(getattr(floor, "__path__", [])):
            yield importlib.import_module(f"{name}.{found.name}")


def public_functions() -> dict[str, Callable[..., Any]]:
    """Every function a floor's services offer, by its full name; imported names count where they are defined."""
    found: dict[str, Callable[..., Any]] = {}
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{module.__name__}.{name}"] = function
    return found


FUNCTIONS: Final = public_functions()


def has_actor(function: Callable[..., Any]) -> bool:
    return "actor" in inspect.signature(function).parameters


def calls(function: Callable[..., Any]) -> Iterator[Any]:
    """What a function calls by a name of its module, or by `module.name`."""
    known = inspect.unwrap(function).__globals__
    for node in ast.walk(_tree(function)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            yield known.get(called.id)
        elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            owner = known.get(called.value.id)
            yield getattr(owner, called.attr, None) if inspect.ismodule(owner) else None


def _tree(function: Callable[..., Any]) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))


def reaches_the_trail(function: Callable[..., Any], seen: frozenset[Any] = frozenset()) -> bool:
    """Whether the function, or one of ours that it calls, opens an audit context."""
    for called in calls(function):
        if called in AUDITING:
            return True
        ours = inspect.isfunction(called) and called.__module__.startswith(APPS)
        if ours and called not in seen and reaches_the_trail(called, seen | {function, called}):
            return True
    return False


@pytest.mark.parametrize("name", sorted(name for name, function in FUNCTIONS.items() if has_actor(function)))
def test_a_verb_leaves_its_line(name: str) -> None:
    assert reaches_the_trail(FUNCTIONS[name]) != (name in SILENT)


@pytest.mark.parametrize("name", sorted(name for name, function in FUNCTIONS.items() if not has_actor(function)))
def test_what_nobody_asked_for_by_name_leaves_its_line_too_or_changes_nothing(name: str) -> None:
    assert reaches_the_trail(FUNCTIONS[name]) != (name in NO_VERBS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_verb_opens_one_audit_context_of_its_own(name: str) -> None:
    own = [called for called in calls(FUNCTIONS[name]) if called in AUDITING]
    assert len(own) <= 1


def test_the_exceptions_are_still_there() -> None:
    assert (SILENT.keys() | NO_VERBS.keys()) - FUNCTIONS.keys() == set()


def test_a_verb_that_forgot_would_be_noticed() -> None:
    def forgetful(*, actor: object) -> str:
        return textwrap.dedent(str(actor))

    assert not reaches_the_trail(forgetful)
    assert len([name for name, function in FUNCTIONS.items() if has_actor(function)]) > 60
