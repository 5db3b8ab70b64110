"""Schemas: from the upload to fields with categories, versions, decisions; and what strangers and hostile files get."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import storage
from core.errors import Refused
from core.models import AuditEvent, Job, JobState, Role
from core.services.jobs import cancel_job
from core.signals import project_erasing
from datamap.models import CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.selectors.schemas import diff_to_previous
from datamap.services import fields as decisions
from datamap.services import schemas as services
from datamap.signals import schema_changed
from datamap.tasks import parse_schema
from tests.factories import person
from tests.integration.datamap.conftest import upload
from tests.support.worker import wait_for_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from core.models import Project, User
    from tests.support.worker import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("candor_home")]

SQL = b"""CREATE TABLE customers (id int PRIMARY KEY, email varchar(100) NOT NULL, religion text,
 phone_model text, city text);
INSERT INTO customers VALUES (1, 'canary-7781@example.org', 'x', 'y', 'z');
CREATE TABLE broken;
"""
SQL_2 = b"""CREATE TABLE customers (id bigint PRIMARY KEY, email varchar(100) NOT NULL, batch_flag text,
 phone_model text, city text, passport_no text);
"""


def add(actor: User, project: Project, content: bytes = SQL, name: str = "shop.sql", **options: Any) -> SchemaVersion:
    version = services.add_schema(actor=actor, project=project, upload=upload(content, name), **options)
    if version.job and version.job.state == JobState.QUEUED:
        parse_schema(str(version.job.pk))
    version.refresh_from_db()
    return version


def fields(version: SchemaVersion) -> dict[str, SchemaField]:
    return {field.path: field for field in version.fields.all()}


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []

    def listen(sender: Any, **kwargs: Any) -> None:
        found.append(kwargs)

    schema_changed.connect(listen)
    yield found
    schema_changed.disconnect(listen)


def test_an_upload_becomes_fields_with_proposed_categories(engineer: User, project: Project, heard: list[Any]) -> None:
    version = add(engineer, project)
    found = fields(version)
    assert list(found) == ["id", "email", "religion", "phone_model", "city"]
    assert (found["email"].category, found["email"].identifying, found["email"].nullable) == (
        "contact",
        "direct",
        False,
    )
    assert (found["religion"].category, found["religion"].special) == ("religion", True)
    assert found["phone_model"].category == "none"
    assert (version.format, version.unparsed[0]["line"], version.schema.current_id) == ("sql", 4, version.pk)
    assert heard[0]["project"] == project and "customers.email" in heard[0]["new_personal"]


def test_only_the_structure_stays(engineer: User, project: Project, candor_home: Path) -> None:
    version = add(engineer, project)
    assert version.file is not None
    version.file.refresh_from_db()
    assert not version.file.is_present
    assert not list(candor_home.rglob("*.enc"))
    kept = (
        str(list(SchemaField.objects.values()))
        + str(version.entities)
        + str(list(AuditEvent.objects.values()))
        + str(list(Job.objects.values()))
    )
    assert "canary-7781" not in kept


def test_the_next_version_carries_decisions_and_puts_new_personal_data_first(
    engineer: User, project: Project, heard: list[Any]
) -> None:
    first = add(engineer, project)
    word = decisions.Word(category=CategoryChoice.ONLINE_ID, identifying=IdentifyingChoice.QUASI)
    decisions.decide_field(actor=engineer, field=fields(first)["phone_model"], word=word)
    second = add(engineer, project, SQL_2)
    assert (second.number, second.schema_id, second.new_personal) == (2, first.schema_id, 1)
    assert fields(second)["phone_model"].category == "online_identifier"
    assert heard[-1]["new_personal"] == ["customers.passport_no"]
    from datamap.selectors.schemas import diff_to_previous

    diff = diff_to_previous(second)
    assert diff is not None
    assert [(change.kind, change.column.path) for change in diff.changes][0] == ("added", "passport_no")
    assert {(change.kind, change.column.path) for change in diff.changes} == {
        ("added", "passport_no"),
        ("added", "batch_flag"),
        ("retyped", "id"),
        ("removed", "religion"),
    }


def test_the_same_content_makes_no_new_version(engineer: User, project: Project) -> None:
    first = add(engineer, project)
    assert add(engineer, project).pk == first.pk
    assert SchemaVersion.objects.count() == 1


def test_versions_may_be_read_in_any_order(engineer: User, project: Project, heard: list[Any]) -> None:
    add(engineer, project)
    second, third = (
        services.add_schema(actor=engineer, project=project, upload=upload(content, "shop.sql"))
        for content in (SQL_2, SQL_2.replace(b"batch_flag", b"iban"))
    )
    heard.clear()
    for version in (third, second):
        parse_schema(str(version.job_id))
    assert Schema.objects.get(pk=second.schema_id).current == third
    assert len(heard) == 1
    diff = diff_to_previous(third)
    assert diff is not None
    assert diff.count("added") + diff.count("renamed") == 1  # against the second


def test_a_word_on_a_replaced_version_is_refused(engineer: User, project: Project) -> None:
    old = fields(add(engineer, project))["city"]
    add(engineer, project, SQL_2)
    word = decisions.Word(category=CategoryChoice.HEALTH)
    with pytest.raises(Refused) as caught:
        decisions.decide_field(actor=engineer, field=old, word=word)
    assert caught.value.code == "superseded"
    with pytest.raises(Refused):
        decisions.decide_fields(actor=engineer, version=old.version, fields=SchemaField.objects.all(), word=word)


def test_the_api_asks_for_all_versions_at_once(
    client: Client, engineer: User, project: Project, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        version = add(engineer, project, SQL + b"-- %d" % number)
    client.force_login(engineer)
    with django_assert_max_num_queries(14):
        answer = client.get(f"/api/v1/schemas/{version.schema_id}/")
    assert len(answer.json()["versions"]) == 8


def test_a_decision_can_be_taken_back_and_made_for_many(engineer: User, project: Project, heard: list[Any]) -> None:
    version = add(engineer, project)
    found = fields(version)
    chosen = [found["id"].pk, found["phone_model"].pk, uuid.uuid4()]
    count = decisions.decide_fields(
        actor=engineer,
        version=version,
        fields=SchemaField.objects.filter(pk__in=chosen),
        word=decisions.Word(category=CategoryChoice.HEALTH),
    )
    assert count == 2
    assert SchemaField.objects.filter(version=version, special=True).count() == 3
    assert heard[-1]["new_personal"] == ["customers.phone_model"]
    back = decisions.decide_field(actor=engineer, field=found["phone_model"], word=decisions.Word())
    assert (back.category, back.is_decided) == ("none", False)


def test_each_verb_leaves_one_event(engineer: User, project: Project) -> None:
    version = add(engineer, project)
    field = fields(version)["city"]
    decisions.decide_field(actor=engineer, field=field, word=decisions.Word(category=CategoryChoice.NONE))
    word = decisions.Word(category=CategoryChoice.LOCATION)
    decisions.decide_fields(actor=engineer, version=version, fields=version.fields.filter(pk=field.pk), word=word)
    services.delete_schema(actor=engineer, schema=version.schema)
    events = list(AuditEvent.objects.filter(project_id=project.pk).order_by("at").values_list("event", flat=True))
    assert events == ["schema.added", "schema.parsed", "field.decided", "field.decided_many", "schema.deleted"]
    assert not Schema.objects.exists()


def _columnar(name: str) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"email": ["canary-7781@example.org"], "home": [{"city": "Ghent"}]})
    sink = pa.BufferOutputStream()
    if name.endswith("parquet"):
        pq.write_table(table, sink)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


@pytest.mark.parametrize("name", ["people.parquet", "people.arrow"])
def test_a_file_of_columns_gives_its_fields_and_no_cell(engineer: User, project: Project, name: str) -> None:
    version = add(engineer, project, _columnar(name), name)
    assert (version.format, list(fields(version))) == (name.rpartition(".")[2], ["email", "home.city"])
    assert fields(version)["email"].category == CategoryChoice.CONTACT
    kept = f"{version.entities}{version.unparsed}{list(version.fields.values())}"
    assert "canary" not in kept and "Ghent" not in kept


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("a.proto", b"message A { string email = 1; }", "protobuf"),
        ("a.graphql", b"type A { email: String }", "graphql"),
        ("manifest.json", b'{"nodes": {"model.a": {"columns": {"email": {}}}}, "sources": {}}', "dbt"),
        ("a.json", b'{"name": "A", "fields": [{"fieldname": "email", "fieldtype": "Data"}]}', "frappe"),
        ("a.txt", b'{"name": "A\\u0000", "properties": {"email": {"description": "\\u0000\\ud800"}}}', "json-schema"),
    ],
)
def test_every_format_can_be_kept(engineer: User, project: Project, name: str, content: bytes, format_: str) -> None:
    version = add(engineer, project, content, name)
    assert (version.format, list(fields(version))) == (format_, ["email"])


def test_readers_and_strangers_change_nothing(project: Project, engineer: User, stranger: User) -> None:
    version = add(engineer, project)
    auditor = person(Role.AUDITOR, team=project.team)
    for actor in (auditor, stranger):
        with pytest.raises(PermissionDenied):
            services.add_schema(actor=actor, project=project, upload=upload(SQL, "a.sql"))
        with pytest.raises(PermissionDenied):
            decisions.decide_field(actor=actor, field=fields(version)["city"], word=decisions.Word())
        with pytest.raises(PermissionDenied):
            services.delete_schema(actor=actor, schema=version.schema)
    assert not Schema.objects.for_user(stranger).exists()
    assert not SchemaField.objects.for_user(stranger).exists()


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), (b"PK\x03\x04zip", "is_zip"), (b"%PDF-1", "is_pdf")])
def test_what_is_plainly_no_schema_is_refused_at_once(
    engineer: User, project: Project, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        services.add_schema(actor=engineer, project=project, upload=upload(content, "x.sql"))
    assert caught.value.code == code
    assert not Schema.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b'{"a":' * 100_000, "deep.json", "too_deep"),
        (b'{"properties": {"a": {}}', "broken.json", "json"),
        (b"nothing of use", "words.bin", "unknown_format"),
        (b"a\x00b,c\n1,2\n", "nul.csv", "nul_bytes"),
        (b"dataset:\n - &a [x]\n" + b" - &a [*a, *a, *a, *a]\n" * 12, "bomb.yml", "alias_bomb"),
    ],
)
def test_hostile_files_fail_with_file_and_reason_and_the_next_job_runs(
    engineer: User, project: Project, content: bytes, name: str, code: str
) -> None:
    version = add(engineer, project, content, name)
    assert version.job
    job = Job.objects.get(pk=version.job.pk)
    assert (job.state, job.error_code) == (JobState.FAILED, code)
    assert name in job.error
    assert not version.is_parsed and version.schema.current is None
    assert add(engineer, project).is_parsed


def test_a_schema_in_the_works_is_not_deleted(engineer: User, project: Project) -> None:
    version = services.add_schema(actor=engineer, project=project, upload=upload(SQL, "a.sql"))
    with pytest.raises(Refused):
        services.delete_schema(actor=engineer, schema=version.schema)
    assert version.job is not None
    cancel_job(actor=engineer, job=version.job)
    services.delete_schema(actor=engineer, schema=version.schema)


def test_the_api_takes_a_file_and_tells_what_was_read(client: Client, engineer: User, project: Project) -> None:
    client.force_login(engineer)
    answer = client.post(f"/api/v1/projects/{project.pk}/schemas/", {"file": SimpleUploadedFile("../../shop.sql", SQL)})
    assert answer.status_code == 202, answer.content
    parse_schema(answer.json()["job"])
    schema = client.get(f"/api/v1/schemas/{answer.json()['id']}/").json()
    assert (schema["name"], schema["current"]["field_count"]) == ("shop.sql", 5)
    assert schema["entities"][0]["personal"] == 4
    listed = client.get(f"/api/v1/schemas/{schema['id']}/fields/?personal=true&page_size=2").json()
    assert (listed["count"], len(listed["results"])) == (4, 2)
    field = listed["results"][0]
    changed = client.patch(
        f"/api/v1/schemas/{schema['id']}/fields/{field['id']}/", {"category": "health"}, content_type="application/json"
    )
    assert (changed.json()["category"], changed.json()["decided"]) == ("health", True)
    assert client.get(f"/api/v1/projects/{project.pk}/schemas/").json()["count"] == 1
    assert client.get(f"/api/v1/schemas/{schema['id']}/diff/").json() == []
    assert client.delete(f"/api/v1/schemas/{schema['id']}/").status_code == 204


def test_another_team_gets_404_everywhere(client: Client, engineer: User, stranger: User, project: Project) -> None:
    version = add(engineer, project)
    schema, field = version.schema, fields(version)["city"]
    client.force_login(stranger)
    pages = [
        reverse("datamap:schemas", args=[project.pk]),
        reverse("datamap:schema", args=[project.pk, schema.pk]),
        reverse("datamap:schema_field", args=[project.pk, schema.pk, field.pk]),
        f"/api/v1/projects/{project.pk}/schemas/",
        f"/api/v1/schemas/{schema.pk}/",
        f"/api/v1/schemas/{schema.pk}/fields/",
        f"/api/v1/schemas/{schema.pk}/fields/{field.pk}/",
        f"/api/v1/schemas/{schema.pk}/versions/",
        f"/api/v1/schemas/{schema.pk}/diff/",
    ]
    for page in pages:
        assert client.get(page).status_code == 404, page
    assert (
        client.post(f"/api/v1/projects/{project.pk}/schemas/", {"file": SimpleUploadedFile("a.sql", SQL)}).status_code
        == 404
    )
    assert client.post(reverse("datamap:schema_delete", args=[project.pk, schema.pk])).status_code == 404


def test_a_schema_of_another_project_is_not_reached_through_ones_own(
    client: Client, engineer: User, stranger: User, project: Project
) -> None:
    version = add(engineer, project)
    from tests.factories import ProjectFactory

    own = ProjectFactory(team=project.team)
    client.force_login(engineer)
    assert client.get(reverse("datamap:schema", args=[own.pk, version.schema_id])).status_code == 404


def test_pages_show_names_as_text(client: Client, engineer: User, project: Project) -> None:
    version = add(engineer, project, b"<script>alert(1)</script>,email\n", "x.csv")
    client.force_login(engineer)
    html = client.get(version.schema.get_absolute_url() + "?show=all").content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html
    assert client.get(reverse("datamap:schemas", args=[project.pk])).status_code == 200


def test_a_field_is_changed_in_place(client: Client, engineer: User, project: Project) -> None:
    version = add(engineer, project)
    field = fields(version)["city"]
    client.force_login(engineer)
    url = reverse("datamap:schema_field", args=[project.pk, version.schema_id, field.pk])
    assert b"<select" in client.get(url + "?change", headers={"HX-Request": "true"}).content
    client.post(url, {"category": "health", "identifying": "none"}, headers={"HX-Request": "true"})
    field.refresh_from_db()
    assert (field.category, field.special, field.decided_by) == ("health", True, engineer)
    bulk = reverse("datamap:schema_bulk", args=[project.pk, version.schema_id])
    client.post(bulk, {"field": [str(one.pk) for one in version.fields.all()], "category": "behaviour"})
    assert set(version.fields.values_list("category", flat=True)) == {"behaviour"}


def test_queries_do_not_grow_with_fields(
    client: Client, engineer: User, project: Project, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wide = b"CREATE TABLE t (" + b",".join(b"email_%d text" % n for n in range(300)) + b");"
    version = add(engineer, project, wide)
    client.force_login(engineer)
    client.get(version.schema.get_absolute_url())
    with django_assert_max_num_queries(60):
        answer = client.get(version.schema.get_absolute_url())
    assert answer.content.count(b'<tr id="field-') == 20


@pytest.mark.slow
def test_a_real_worker_reads_a_schema_and_the_file_goes(live_worker: Worker, engineer: User, project: Project) -> None:
    version = services.add_schema(actor=engineer, project=project, upload=upload(SQL, "shop.sql"))
    assert version.job and version.file
    wait_for_job(version.job, seconds=60)
    version.refresh_from_db()
    assert (version.is_parsed, version.field_count) == (True, 5)
    version.file.refresh_from_db()
    assert not version.file.is_present


def test_erasing_a_project_takes_a_schema_that_waits(engineer: User, project: Project) -> None:
    version = services.add_schema(actor=engineer, project=project, upload=upload(SQL, "shop.sql"))
    assert version.file and storage.handle(version.file)
    project_erasing.send(sender=type(project), project=project)
    version.file.refresh_from_db()
    assert not version.file.is_present
