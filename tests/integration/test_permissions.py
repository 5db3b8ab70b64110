"""Every address x role x own and another team's rows x method x htmx. A new address is in the table by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client, override_settings

from core.models import AuditEvent, Role
from tests.support.addresses import Address, addresses
from tests.support.world import World, make_world, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import User

pytestmark = pytest.mark.django_db

METHODS: Final = ("get", "post", "patch", "put", "delete")
HTMX: Final[tuple[dict[str, str], ...]] = ({}, {"HX-Request": "true"})
REQUESTS: Final = [(method, headers) for method in METHODS for headers in HTMX]
#: Open to anybody, by design.
PUBLIC: Final = re.compile(r"^(health/|api/schema/|api/docs/|api/v1/verify/|verify/|invitation/)")
#: Parameters that belong to no team: a person, a framework's key, a public token, an invitation's secret.
TEAMLESS: Final = frozenset({"user_id", "key", "stage", "name", "secret", "token", "reference"})
#: Answers that tell nothing about whether a thing exists: not there, or not this method.
HIDDEN: Final = frozenset({404, 405})


@pytest.fixture
def worlds() -> Iterator[tuple[World, World]]:
    with override_settings(CANDOR_DEMO=True):  # the second factor has tests of its own
        yield make_world("alder"), make_world("zebrawood")


def as_(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def ask(client: Client, method: str, path: str, headers: dict[str, str]) -> Any:
    if method == "get":
        return client.get(path, headers=headers)
    return client.generic(method.upper(), path, "{}", content_type="application/json", headers=headers)


def text(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace"))


def owned(address: Address) -> set[str]:
    return set(address.parameters) - TEAMLESS


def test_every_parameter_of_every_address_is_in_the_table(worlds: tuple[World, World]) -> None:
    known = set(worlds[0].ids) | TEAMLESS | {"row_id"}
    unknown = {address.route for address in addresses() if set(address.parameters) - known}
    assert unknown == set(), "add a row of this kind to tests/support/world.py"


@pytest.mark.parametrize("role", list(Role))
def test_another_teams_rows_are_not_there_whatever_the_method(worlds: tuple[World, World], role: Role) -> None:
    mine, theirs = worlds
    client = as_(mine.people[role])
    seen = []
    for address in addresses():
        if not owned(address):
            continue
        path = address.path(rows(theirs, address.route) | {"secret": "x", "token": "x"})
        for method, headers in REQUESTS:
            answer = ask(client, method, path, headers)
            if answer.status_code not in HIDDEN or "zebrawood" in text(answer):
                seen.append((method, address.route, answer.status_code, bool(headers)))
    assert seen == []


@pytest.mark.parametrize("role", list(Role))
def test_a_row_of_another_team_is_not_reached_through_ones_own_project(worlds: tuple[World, World], role: Role) -> None:
    mine, theirs = worlds
    client = as_(mine.people[role])
    seen = []
    for address in addresses():
        nested = owned(address) - {"project_id"}
        if "project_id" not in address.parameters or not nested:
            continue
        path = address.path(rows(theirs, address.route) | {"project_id": mine.ids["project_id"]})
        for method, headers in REQUESTS:
            answer = ask(client, method, path, headers)
            if answer.status_code not in HIDDEN or "zebrawood" in text(answer):
                seen.append((method, address.route, answer.status_code, bool(headers)))
    assert seen == []


@pytest.mark.parametrize("role", list(Role))
def test_no_list_search_export_or_count_tells_of_another_team(worlds: tuple[World, World], role: Role) -> None:
    mine, _theirs = worlds
    client = as_(mine.people[role])
    leaks = []
    for address in addresses():
        if address.parameters or PUBLIC.match(address.route):
            continue
        answer = client.get(address.path({}) + "?q=Project&search=Project")
        if answer.status_code >= 500 or "zebrawood" in text(answer):
            leaks.append((address.route, answer.status_code))
    assert leaks == []


def test_a_stranger_is_sent_to_sign_in_or_told_401(worlds: tuple[World, World]) -> None:
    mine, _theirs = worlds
    client = Client(raise_request_exception=False)
    open_ones = []
    for address in addresses():
        if PUBLIC.match(address.route):
            continue
        for method in METHODS:
            answer = ask(client, method, address.path(rows(mine, address.route)), {})
            closed = answer.status_code in ({401, 405} if address.is_api else {302, 403, 405})
            if not closed or (answer.status_code == 302 and "/accounts/login/" not in answer["Location"]):
                open_ones.append((method, address.route, answer.status_code))
    assert open_ones == []


@pytest.mark.parametrize("role", list(Role))
def test_no_address_of_ones_own_team_ends_in_an_error_of_ours(worlds: tuple[World, World], role: Role) -> None:
    mine, _theirs = worlds
    client = as_(mine.people[role])
    broken = []
    for address in addresses():
        path = address.path(rows(mine, address.route) | {"secret": "x", "token": "x"})
        answer = client.get(path)
        if answer.status_code >= 500:
            broken.append((address.route, answer.status_code))
    assert broken == []


#: What changes one's own account only, or ends one's own session.
OWN: Final = re.compile(r"^(profile/|invitation/|verify/|api/v1/verify/|projects/new/draft/)")


def test_an_auditor_writes_nothing(worlds: tuple[World, World]) -> None:
    mine, _theirs = worlds
    client = as_(mine.people[Role.AUDITOR])
    before = AuditEvent.objects.count()
    wrote = []
    for address in addresses():
        if OWN.match(address.route):
            continue
        path = address.path(rows(mine, address.route))
        for method in ("post", "patch", "put", "delete"):
            answer = ask(client, method, path, {})
            now = AuditEvent.objects.count()
            if now != before or answer.status_code in {201, 202, 204}:
                wrote.append((method, address.route, answer.status_code))
                before = now
    assert wrote == []


#: Rights over a team's people and erasure are the owner's; reading is everybody's.
TEAM_WORK: Final = re.compile(
    r"^(team/|welcome/|profile/|projects/<uuid:project_id>/erase/|api/v1/projects/<uuid:project_id>/$|audit/)"
)


def test_an_owner_holds_no_assessment_rights_by_that_alone(worlds: tuple[World, World]) -> None:
    mine, _theirs = worlds
    client = as_(mine.people[Role.OWNER])
    before = AuditEvent.objects.count()
    wrote = []
    for address in addresses():
        if OWN.match(address.route) or TEAM_WORK.match(address.route):
            continue
        path = address.path(rows(mine, address.route))
        for method in ("post", "patch", "put", "delete"):
            answer = ask(client, method, path, {})
            now = AuditEvent.objects.count()
            if now != before or answer.status_code in {201, 202, 204}:
                wrote.append((method, address.route, answer.status_code))
                before = now
    assert wrote == []
