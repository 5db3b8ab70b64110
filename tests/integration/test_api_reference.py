"""The API does what its reference says: every answer has the fields that are described, every refusal is described."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.test import Client, override_settings
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator

from core.models import Role
from tests.support.world import World, make_world, rows

pytestmark = pytest.mark.django_db

PROBLEM: Final = "application/problem+json"


@pytest.fixture
def world() -> Iterator[World]:
    with override_settings(CANDOR_DEMO=True):  # the second factor has tests of its own
        yield make_world("alder")


def as_(world: World, role: Role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    return client


# --- the reference ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operation:
    path: str
    method: str
    described: dict[str, Any]

    @property
    def route(self) -> str:
        return self.path.replace("{", "<uuid:").replace("}", ">")

    def address(self, ids: dict[str, Any]) -> str:
        return self.path.format(**ids)

    def schema(self, status: int, kind: str) -> dict[str, Any]:
        """What an answer must look like; {} for one that is no JSON."""
        content = self.described["responses"][str(status)].get("content", {})
        found: dict[str, Any] = content[kind].get("schema", {}) if kind in content else {}
        return found

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


def strict(part: Any) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema, in which an object has no other fields than those described."""
    if isinstance(part, list):
        return [strict(item) for item in part]
    if not isinstance(part, dict):
        return part
    made = {key: strict(value) for key, value in part.items() if key not in {"nullable", "readOnly", "format"}}
    if part.get("type") == "object" and "properties" in part:
        made["properties"] = {name: strict(value) for name, value in part["properties"].items()}
        made.setdefault("additionalProperties", False)
    if "oneOf" in part:
        made["anyOf"] = made.pop("oneOf")  # an empty text is both no choice and short enough
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") is True else made


REFERENCE: Final[dict[str, Any]] = SchemaGenerator().get_schema(request=None, public=True)
COMPONENTS: Final = {"components": strict(REFERENCE["components"])}
COMPONENTS["components"]["schemas"]["Problem"]["additionalProperties"] = True  # some types add fields of their own
OPERATIONS: Final = [
    Operation(path, method, described)
    for path, methods in REFERENCE["paths"].items()
    for method, described in methods.items()
    if method in {"get", "post", "patch", "put", "delete"}
]


def complaints(operation: Operation, answer: Any) -> list[str]:
    """How an answer differs from its description."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if str(answer.status_code) not in operation.described["responses"]:
        return [f"{operation} answers {answer.status_code}"]
    schema = strict(operation.schema(answer.status_code, kind))
    if answer.status_code >= 400 and not schema:
        return [f"{operation} answers {answer.status_code} as {kind}"]
    if not schema or not kind.endswith("json"):
        return []
    errors = Draft202012Validator({**COMPONENTS, **schema}).iter_errors(answer.json())
    return [f"{operation}: {error.json_path}: {error.message[:200]}" for error in errors]


def ask(client: Client, operation: Operation, ids: dict[str, Any], body: str = "{}") -> list[str]:
    path = operation.address(ids)
    if operation.method == "get":
        return complaints(operation, client.get(path))
    return complaints(operation, client.generic(operation.method.upper(), path, body, content_type="application/json"))


# --- answers ----------------------------------------------------------------------------------------------------------


def test_what_is_read_is_described_field_by_field(world: World) -> None:
    client = as_(world, Role.OFFICER)
    read = [one for one in OPERATIONS if one.method == "get"]
    assert len(read) > 40
    assert [said for one in read for said in ask(client, one, rows(world, one.route))] == []


def test_every_refusal_is_described(world: World) -> None:
    found = []
    for role in (Role.AUDITOR, Role.OFFICER):
        client = as_(world, role)
        nothing = dict.fromkeys(world.ids, uuid.uuid4()) | {"reference": "none:0", "key": "none"}
        for one in OPERATIONS:
            found += ask(client, one, nothing)
            if role == Role.AUDITOR and one.method != "get":
                found += ask(client, one, rows(world, one.route)) + ask(client, one, rows(world, one.route), "{")
            if one.method == "get" and any(parameter["name"] == "page" for parameter in one.described["parameters"]):
                found += complaints(one, client.get(one.address(rows(world, one.route)), {"ordering": "nonsense"}))
    assert sorted(set(found)) == []


def test_a_stranger_s_refusal_is_described(world: World) -> None:
    client = Client(raise_request_exception=False)
    assert [said for one in OPERATIONS for said in ask(client, one, rows(world, one.route))] == []


# --- what the reference says ------------------------------------------------------------------------------------------


def parameters(operation_id: str) -> dict[str, Any]:
    (found,) = [one for one in OPERATIONS if one.described["operationId"] == operation_id]
    return {parameter["name"]: parameter["schema"] for parameter in found.described["parameters"]}


def test_a_list_s_filters_and_orders_are_described_with_their_values() -> None:
    known = parameters("findings_list")
    assert {"category", "change", "decision", "identifying", "name", "special", "suggested", "view"} <= set(known)
    assert known["decision"]["enum"] == ["accepted", "changed", "rejected"]
    assert known["special"]["type"] == known["suggested"]["type"] == "boolean"
    assert "-confidence" in known["ordering"]["enum"]


def test_only_what_makes_something_may_carry_an_idempotency_key() -> None:
    carrying = {one.described["operationId"] for one in OPERATIONS if "Idempotency-Key" in str(one.described)}
    assert {"projects_create", "findings_decide_many", "recognisers_import"} <= carrying
    assert not carrying & {"recognisers_try", "recognisers_preview", "verify", "findings_list", "findings_decide"}


def test_every_operation_says_what_it_does_in_its_own_words() -> None:
    said = {str(one): one.described.get("description", "") for one in OPERATIONS}
    assert [name for name, text in said.items() if not text or "Base of" in text] == []
