"""A schema's fields through pages and programs: filtered, decided at once, renamed; tables and changes page by page."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Refused
from core.models import AuditEvent, Role
from datamap.models import Schema, SchemaField, SchemaVersion
from datamap.selectors.schemas import diff_to_previous
from datamap.services import fields as services
from tests.factories import person
from tests.integration.datamap.factories import schema_of

if TYPE_CHECKING:
    from django.test import Client

    from core.models import Project, User

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "fields"}
GUESS = ("people", "hometown", "people", "home_town")


@pytest.fixture
def schema(project: Project) -> Schema:
    return schema_of(project, {"people": ["email", "home_town", "size"], "orders": ["email", "total"]})


def url(schema: Schema, name: str, query: str = "") -> str:
    return reverse(f"datamap:{name}", args=[schema.project_id, schema.pk]) + query


def events(schema: Schema) -> list[str]:
    return list(AuditEvent.objects.filter(project_id=schema.project_id).order_by("at").values_list("event", flat=True))


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def rows(answer: Any) -> int:
    return said(answer).count('<tr id="field-')


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),  # what needs a decision
        ("?show=all", 5),
        ("?show=all&table=orders", 2),
        ("?show=all&q=MAIL", 2),
        ("?show=all&category=location", 1),
        ("?show=all&category=nonsense&version=x&page=9", 5),
        ("?show=special", 0),
    ],
)
def test_fields_are_filtered_and_searched(
    client: Client, engineer: User, schema: Schema, query: str, count: int
) -> None:
    client.force_login(engineer)
    assert rows(client.get(schema.get_absolute_url() + query, headers=HTMX)) == count


def test_a_proposal_is_accepted_as_it_is(client: Client, engineer: User, schema: Schema) -> None:
    client.force_login(engineer)
    field = SchemaField.objects.get(entity="orders", path="email")
    address = reverse("datamap:schema_field", args=[schema.project_id, schema.pk, field.pk])
    answer = client.post(address, {"accept": "1"}, headers={"HX-Request": "true"})
    field.refresh_from_db()

    assert (field.category, field.decided_by, field.needs_decision) == ("contact", engineer, False)
    assert said(answer).strip().startswith("<tr")
    assert client.post(address, {"category": "sold"}, headers={"HX-Request": "true"}).status_code == 422


def test_all_that_the_filter_shows_are_decided_not_the_page_alone(
    client: Client, engineer: User, schema: Schema
) -> None:
    client.force_login(engineer)
    form = {"all": "1", "category": "health", "identifying": "none"}
    client.post(url(schema, "schema_bulk", "?show=all&table=orders"), form)

    assert set(SchemaField.objects.filter(entity="orders").values_list("category", "special")) == {("health", True)}
    assert not SchemaField.objects.filter(entity="people", decided_at__isnull=False).exists()
    assert events(schema) == ["field.decided_many"]


@pytest.mark.parametrize("form", [{}, {"all": "1"}, {"category": "health"}, {"field": ["x"], "accept": "1"}])
def test_what_says_nothing_decides_nothing(
    client: Client, engineer: User, schema: Schema, form: dict[str, Any]
) -> None:
    client.force_login(engineer)
    client.post(url(schema, "schema_bulk"), form)

    assert not SchemaField.objects.filter(decided_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["schema_bulk", "schema_rename"])
def test_who_only_reads_is_refused_whatever_they_send(
    client: Client, project: Project, schema: Schema, name: str, settings: Any
) -> None:
    settings.CANDOR_DEMO = True  # no second factor
    client.force_login(person(Role.AUDITOR, team=project.team))
    for form in ({}, {"all": "1", "accept": "1"}, dict(zip(FIELDS, (*GUESS, "yes"), strict=True))):
        assert client.post(url(schema, name), form).status_code == 403


FIELDS = ("entity", "path", "old_entity", "old_path", "same")


# --- renaming ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def renamed(schema: Schema, engineer: User) -> SchemaVersion:
    """The next version, in which a decided field has a new name."""
    field = SchemaField.objects.get(path="home_town")
    services.decide_field(actor=engineer, field=field, word=services.Word(as_proposed=True))
    schema_of(schema.project, {"people": ["email", "hometown", "size"], "orders": ["email", "total"]}, schema=schema)
    schema.refresh_from_db()
    assert schema.current is not None
    return schema.current


@pytest.mark.parametrize(("word", "decided", "new"), [("yes", True, 0), ("no", False, 1)])
def test_a_persons_word_on_a_guess_moves_the_decision_or_makes_it_new(
    client: Client,
    engineer: User,
    renamed: SchemaVersion,
    word: str,
    decided: bool,  # noqa: FBT001
    new: int,
) -> None:
    client.force_login(engineer)
    assert "Renamed, probably" in said(client.get(renamed.schema.get_absolute_url()))
    form = dict(zip(FIELDS, (*GUESS, word), strict=True))
    client.post(url(renamed.schema, "schema_rename"), form)
    renamed.refresh_from_db()
    diff = diff_to_previous(renamed)

    assert renamed.fields.get(path="hometown").is_decided is decided
    assert diff
    assert (len(diff.new_personal), renamed.new_personal) == (new, new)
    assert events(renamed.schema)[-1] == "field.rename_decided"
    with pytest.raises(Refused):
        services.decide_rename(actor=engineer, version=renamed, guess=GUESS, same=True)


def test_what_nobody_guessed_is_no_renaming(client: Client, engineer: User, renamed: SchemaVersion) -> None:
    client.force_login(engineer)
    for form in (dict.fromkeys(FIELDS, "yes"), {"entity": "x" * 500}, {}):
        assert client.post(url(renamed.schema, "schema_rename"), form).status_code == 302
    renamed.refresh_from_db()

    assert renamed.renames == []


# --- two at once ------------------------------------------------------------------------------------------------------


def test_who_overturns_a_word_on_a_field_unseen_is_told(client: Client, engineer: User, schema: Schema) -> None:
    client.force_login(engineer)
    assert schema.current
    field = schema.current.fields.first()
    assert field
    address = reverse("datamap:schema_field", args=[schema.project_id, schema.pk, field.pk]) + f"?seen={field.stamp}"
    first = client.post(address, {"category": "health"}, headers={"HX-Request": "true"})
    second = client.post(address, {"category": "contact"}, headers={"HX-Request": "true"})
    field.refresh_from_db()

    assert (first.status_code, second.status_code, field.category) == (200, 409, "health")
    assert "has changed since you opened this page" in said(second)
    client.force_login(person(Role.ENGINEER, team=schema.project.team))
    form = {"field": str(field.pk), "category": "contact", "opened": "2026-01-01T00:00:00+00:00"}
    assert "somebody else decided 1 of them" in said(client.post(url(schema, "schema_bulk"), form, follow=True))


# --- many tables ------------------------------------------------------------------------------------------------------


def test_a_thousand_tables_are_a_page_like_any_other(client: Client, engineer: User, schema: Schema) -> None:
    client.force_login(engineer)
    client.get(schema.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(schema.get_absolute_url())
    big = schema_of(schema.project, {f"table_{n}": ["email", "total"] for n in range(1000)})
    with CaptureQueriesContext(connection) as many:
        answer = client.get(big.get_absolute_url())

    assert len(many) <= len(few)
    assert rows(answer) == 20
    assert said(answer).count("&amp;table=") == 40 + 1
    assert len(answer.content) < 66_000
    more = client.get(url(big, "schema_tables", "?from=2"), headers={"HX-Request": "true"})
    assert said(more).count("<a ") == 40
    found = client.get(url(big, "schema_tables", "?tables=TABLE_77"), headers={"HX-Request": "true"})
    assert said(found).count("<a ") == 11


def test_all_changes_are_read_page_by_page(client: Client, engineer: User, schema: Schema) -> None:
    client.force_login(engineer)
    assert "There is no version before this one" in said(client.get(url(schema, "schema_changes")))
    schema_of(schema.project, {"wide": [f"column_{n}" for n in range(250)]}, schema=schema)
    page = client.get(schema.get_absolute_url())
    whole = client.get(url(schema, "schema_changes", "?page=3"))

    assert "Show all" in said(page)
    assert 'aria-label="Pages"' in said(whole)


def test_another_team_meets_nothing(client: Client, stranger: User, schema: Schema) -> None:
    client.force_login(stranger)
    for name in ("schema_tables", "schema_changes"):
        assert client.get(url(schema, name)).status_code == 404
    assert client.post(url(schema, "schema_rename"), {}).status_code == 404


def test_a_program_decides_many_and_settles_a_renaming(client: Client, engineer: User, renamed: SchemaVersion) -> None:
    out = StringIO()
    call_command("create_token", engineer.email, "--scopes", "read,write", "--days", "1", stdout=out)
    token = {"Authorization": f"Token {out.getvalue().split()[-1]}"}

    def send(what: str, data: dict[str, Any]) -> Any:
        address = f"/api/v1/schemas/{renamed.schema_id}/{what}/"
        return client.post(address, json.dumps(data), content_type="application/json", headers=token)

    assert send("fields/decide", {"accept": True, "view": "open"}).json() == {"count": 3}
    assert send("fields/decide", {"accept": True}).status_code == 400
    guess = dict(zip(FIELDS, (*GUESS, False), strict=True))
    assert send("renames", guess).status_code == 204
    assert send("renames", guess).json()["type"] == "urn:candor:problem:no_such_rename"
