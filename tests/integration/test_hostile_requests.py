"""No request ends in an error of ours: every address is sent what no browser and no honest program would send."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from django.db import transaction
from django.test import Client, override_settings

from core.apibase import PROBLEM
from core.models import Role
from tests.support.addresses import addresses
from tests.support.world import World, make_world, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

QUERY: Final = (
    "q=%00a&search=%00a&name=%00a&path=%00&show=%00&version=%00&table=%00&kind=%00&page=-1&page_size=x&order=%00"
)
#: Names that our bodies have; each is sent with every hostile value.
FIELDS: Final = (
    "name", "purpose", "text", "status", "version", "answers", "notes", "details", "move", "kind", "decision", "reason",
    "columns", "citations", "people_count", "purposes", "jurisdictions", "risks", "title", "description", "opinion",
    "category", "identifying", "source", "target", "fields", "categories", "level", "severity", "likelihood", "grade",
    "regex", "patterns", "deny_list", "deny_list_score", "context", "languages", "entity", "enabled", "texts", "list",
    "sought", "summary", "threshold", "justification", "assignee", "due", "owner", "frameworks", "packs", "team",
)  # fmt: skip
#: And names that our forms have besides.
FORM_FIELDS: Final = (
    "q", "search", "item", "email", "role", "login", "password", "time_zone", "language", "scopes", "days",
    "answer", "section", "key", "field", "note", "value", "file", "from", "stage", "protection", "fields_text",
    "boundary", "decided", "outcome", "departure", "conditions", "how", "not_sought_reason", "agrees", "view",
    "move", "label", "comment", "other", "number", "seen", "choice", "options", "reference", "expires_on",
    "to", "allow-texts", "deny-texts", "patterns-TOTAL_FORMS", "patterns-0-regex", "patterns-0-score", "others",
    "action", "next", "retention", "keep_days", "finding", "order", "argument",
)  # fmt: skip
VALUES: Final[dict[str, str]] = {
    "NUL": r'"a\u0000b"',
    "half a surrogate": r'"a\ud800b"',
    "a list of lists": r'[["a\u0000"], {"a\u0000": "\ud800"}]',
    "an object": r'{"a\u0000b": "c\u0000d", "\ud800": ["\u0000"]}',
    "a huge number": "1" + "0" * 400,
    "not a number": "-1e999",
    "null": "null",
}
BODIES: Final[dict[str, str]] = {
    "deep": "[" * 20_000,
    "deep objects": '{"a":' * 20_000,
    "million digits": '{"version": ' + "9" * 1_000_000 + "}",
    "no object": '"text"',
    "a list": "[1, 2]",
    "cut off": '{"name": "a',
    "bytes": "\x00\x01\x02",
    **{name: "{" + ", ".join(f'"{field}": {value}' for field in FIELDS) + "}" for name, value in VALUES.items()},
    **{
        f"{name} below": "{" + ", ".join(f'"{field}": {{"personal_data": {value}}}' for field in FIELDS) + "}"
        for name, value in VALUES.items()
    },
}


@pytest.fixture
def world() -> Iterator[World]:
    with override_settings(CANDOR_DEMO=True):  # the second factor has tests of its own
        yield make_world("alder")


def as_(world: World, role: Role) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])
    return client


@pytest.mark.parametrize("role", [Role.OFFICER])
def test_a_program_that_sends_nonsense_is_told_so(world: World, role: Role) -> None:
    client = as_(world, role)
    broken = []
    for address in addresses():
        if not address.is_api:
            continue
        path = address.path(rows(world, address.route))
        for method, (name, body) in product(("POST", "PATCH", "PUT"), BODIES.items()):
            with transaction.atomic():
                answer = client.generic(method, path, body, content_type="application/json")
                transaction.set_rollback(True)  # each begins where the others did
            if answer.status_code >= 500 or (answer.status_code >= 400 and answer["Content-Type"] != PROBLEM):
                broken.append((method, address.route, name, answer.status_code))
    assert broken == []


@pytest.mark.parametrize("role", [Role.OFFICER])
def test_a_query_that_no_page_has_is_no_error(world: World, role: Role) -> None:
    client = as_(world, role)
    broken = []
    for address in addresses():
        path = address.path(rows(world, address.route) | {"secret": "x", "token": "x"})
        answer = client.get(f"{path}?{QUERY}")
        if answer.status_code >= 500:
            broken.append((address.route, answer.status_code))
    assert broken == []


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OWNER])
@pytest.mark.timeout(900)  # every page, five times
def test_a_form_that_no_page_has_is_no_error(world: World, role: Role) -> None:
    client = as_(world, role)
    broken = []
    for address in addresses():
        if address.is_api:
            continue
        path = address.path(rows(world, address.route) | {"secret": "x", "token": "x"})
        for value in ("a\x00b", "\u202e", "9" * 5000, "²", ""):
            with transaction.atomic():
                answer = client.post(path, dict.fromkeys((*FIELDS, *FORM_FIELDS), value))
                transaction.set_rollback(True)  # each begins where the others did
            if answer.status_code >= 500:
                broken.append((address.route, value[:3], answer.status_code))
    assert broken == []
