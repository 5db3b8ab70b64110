"""The data map: drafted once, then edited; its picture, the inventory, threats and facts that come of it."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.models import AuditEvent, CopyKind, DataCopy, Job, LawfulBasis, Purpose, Recipient, Role
from core.types import Grade
from datamap.models import (
    Boundary,
    CategoryChoice,
    DataElement,
    ElementKind,
    Flow,
    Protection,
    Schema,
    SchemaVersion,
    Stage,
)
from datamap.proposals import propose_fields
from datamap.selectors.facts import map_facts
from datamap.selectors.flows import graph_of
from datamap.selectors.inventory import inventory_of, rows_of
from datamap.selectors.threats import threats_of
from datamap.services import flows as services
from datamap.services.draft import draft_map
from datamap.services.schemas import record_schema
from datamap.signals import flow_changed
from tests.factories import ProjectFactory, person

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from core.models import Project, User

pytestmark = pytest.mark.django_db

COLUMNS = ("id", "email", "first_name", "religion", "city", "salary", "batch")


def with_schema(project: Project, actor: User, table: str = "customers") -> Schema:
    """A schema as its job leaves it."""
    schema = Schema.objects.create(project=project, name=f"{table}.sql")
    version = SchemaVersion.objects.create(schema=schema, number=1, file_name=schema.name, sha256="a" * 64, size=1)
    job = Job.objects.create(
        kind="datamap.parse_schema",
        subject_type="datamap.schemaversion",
        subject_id=version.pk,
        project=project,
        created_by=actor,
    )
    blank: dict[str, Any] = {"type": "text", "nullable": True, "description": "", "key": "", "references": ""}
    parsed = {
        "format": "sql",
        "dialect": "postgres",
        "entities": [
            {
                "name": table,
                "kind": "table",
                "line": 1,
                "derived": False,
                "description": "",
                "fields": [{"path": path, **blank} for path in COLUMNS],
            }
        ],
        "unparsed": [],
    }
    record_schema(job=job, version=version, parsed=parsed, fields=propose_fields(parsed, lambda percent: None))
    return schema


@pytest.fixture
def known(project: Project, engineer: User) -> Project:
    """A project with people, a purpose, a recipient, a copy and a schema."""
    project.people_categories, project.training, project.decisions = ["customers"], "central", "Who is called first"
    project.save()
    Purpose.objects.create(project=project, name="Answer faster", basis=LawfulBasis.CONTRACT)
    Recipient.objects.create(project=project, name="Cloud Inc", country="US")
    DataCopy.objects.create(project=project, kind=CopyKind.RAW, where="warehouse", retention_days=90)
    DataCopy.objects.create(project=project, kind=CopyKind.LOGS, where="", retention_days=30)
    with_schema(project, engineer)
    return project


def test_a_draft_shows_what_is_known_and_a_second_adds_nothing(known: Project, engineer: User) -> None:
    added = draft_map(actor=engineer, project=known)
    graph = graph_of(known)
    assert added == len(graph.elements) + len(graph.flows)
    assert {element.kind for element in graph.elements} == set(ElementKind.values)
    store = next(element for element in graph.elements if element.schema)
    assert (store.name, store.retention_days) == ("customers", 90)
    assert {boundary.name for boundary in graph.boundaries} == {known.team.controller, "Cloud Inc"}
    training = next(flow for flow in graph.flows if flow.stage == Stage.TRAINING and flow.source == store)
    assert "customers.email" in training.fields and "religion" in training.categories
    assert [flow.target.name for flow in graph.external] == ["Cloud Inc"]
    assert draft_map(actor=engineer, project=known) == 0


def test_a_draft_never_touches_what_people_made_of_it(known: Project, engineer: User) -> None:
    draft_map(actor=engineer, project=known)
    flow = Flow.objects.filter(project=known).first()
    assert flow is not None
    services.save_flow(actor=engineer, project=known, flow=flow, name="Ours", protection=Protection.IN_TRANSIT)
    with_schema(known, engineer, "orders")
    assert draft_map(actor=engineer, project=known) > 0
    flow.refresh_from_db()
    assert (flow.name, flow.protection) == ("Ours", "in_transit")


def test_rows_of_another_project_cannot_be_joined(known: Project, engineer: User) -> None:
    draft_map(actor=engineer, project=known)
    other = ProjectFactory(team=known.team)
    own = services.save_element(actor=engineer, project=other, kind=ElementKind.STORE, name="Own")
    foreign = DataElement.objects.filter(project=known).first()
    with pytest.raises(ValidationError):
        services.save_flow(actor=engineer, project=other, source=own, target=foreign, name="x")
    with pytest.raises(ValidationError):
        services.save_flow(actor=engineer, project=other, source=own, target=own, name="x")
    with pytest.raises(ValidationError):
        services.save_element(actor=engineer, project=other, kind="castle", name="x")


def test_each_verb_leaves_one_event_and_tells_the_floors_above(project: Project, engineer: User) -> None:
    heard: list[Any] = []

    def listen(sender: Any, **kwargs: Any) -> None:
        heard.append(kwargs["project"])

    flow_changed.connect(listen)
    try:
        boundary = services.save_boundary(actor=engineer, project=project, name="EU", country="DE")
        first = services.save_element(
            actor=engineer, project=project, kind=ElementKind.STORE, name="A", boundary=boundary
        )
        second = services.save_element(actor=engineer, project=project, kind=ElementKind.MODEL, name="B")
        flow = services.save_flow(
            actor=engineer, project=project, source=first, target=second, name="f", categories=["contact"]
        )
        services.save_flow(actor=engineer, project=project, flow=flow, protection=Protection.NONE)
        services.delete_flow(actor=engineer, flow=flow)
        services.delete_element(actor=engineer, element=first)
        services.delete_boundary(actor=engineer, boundary=boundary)
    finally:
        flow_changed.disconnect(listen)
    events = list(AuditEvent.objects.filter(project_id=project.pk).values_list("event", flat=True))
    assert len(events) == len(heard) == 8
    assert set(events) == {
        "boundary.saved",
        "element.saved",
        "flow.saved",
        "flow.deleted",
        "element.deleted",
        "boundary.deleted",
    }


def test_who_only_reads_cannot_draw(known: Project) -> None:
    for role in (Role.AUDITOR, Role.DPO, Role.DECIDER):
        reader = person(role, team=known.team)
        with pytest.raises(PermissionDenied):
            draft_map(actor=reader, project=known)
        with pytest.raises(PermissionDenied):
            services.save_boundary(actor=reader, project=known, name="x")


def test_the_inventory_tells_purpose_retention_and_recipients_of_each_field(known: Project, engineer: User) -> None:
    draft_map(actor=engineer, project=known)
    rows = rows_of(known, graph_of(known), inventory_of(known))
    email = next(row for row in rows if row.item.path == "email")
    assert (email.item.category, email.item.identifying, email.item.source) == ("contact", "direct", "schema")
    context = email.context
    assert (context.subjects, context.purposes, context.retention_days) == (("Customers",), ("Answer faster",), 90)
    assert (context.recipients, context.countries) == (("Cloud Inc",), ("US",))
    assert len(rows) == len(COLUMNS)


def test_facts_cite_the_fields_they_come_from(known: Project, engineer: User) -> None:
    facts = {fact.key: fact for fact in map_facts(known)}
    assert facts["data.fields"].value == len(COLUMNS)
    assert facts["data.special"].value is True and facts["data.special_categories"].value == ("religion",)
    assert "customers.religion" in facts["data.special"].sources[0].label
    assert facts["data.special"].grade == Grade.DOCUMENTED and facts["data.special"].sources[0].sha256 == "a" * 64
    assert facts["data.criminal"].value is False
    assert "flows.count" not in facts
    draft_map(actor=engineer, project=known)
    facts = {fact.key: fact for fact in map_facts(known)}
    assert facts["flows.external"].value == 1
    assert "flows.unprotected" not in facts, "unknown protection is not called none"
    Flow.objects.filter(project=known).update(protection=Protection.NONE)
    assert {fact.key: fact.value for fact in map_facts(known)}["flows.unprotected"] == Flow.objects.filter(
        project=known
    ).count()


def test_without_schema_sample_or_flow_nothing_is_claimed(project: Project) -> None:
    assert map_facts(project) == []


def test_threats_name_where_and_why(known: Project, engineer: User) -> None:
    draft_map(actor=engineer, project=known)
    Flow.objects.filter(project=known, stage=Stage.TRAINING).update(protection=Protection.NONE, purpose=None)
    found = threats_of(graph_of(known), inventory_of(known))
    cards = {threat.card for threat in found}
    assert {"I5", "D4", "I3", "U5", "Nc1", "Nc4", "DD1"} <= cards
    assert all(threat.because and threat.where for threat in found)


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_the_picture_has_no_style_no_script_and_names_as_text(client: Client, known: Project, engineer: User) -> None:
    services.save_element(
        actor=engineer, project=known, kind=ElementKind.STORE, name='"];x[label="<script>alert(1)</script>'
    )
    draft_map(actor=engineer, project=known)
    client.force_login(engineer)
    html = client.get(reverse("datamap:map", args=[known.pk])).content.decode()
    assert "<svg" in html and "<script>alert" not in html
    picture = html[html.index('aria-label="Data map; ') : html.index("</svg>", html.index('aria-label="Data map; '))]
    assert "style=" not in picture and "<title" not in picture and "href" not in picture
    svg = client.get(reverse("datamap:map_svg", args=[known.pk]))
    assert svg["Content-Disposition"].startswith("attachment") and b"<path" in svg.content


def test_pages_and_csv(client: Client, known: Project, engineer: User) -> None:
    client.force_login(engineer)
    assert b"Draft the map" in client.get(reverse("datamap:map", args=[known.pk])).content
    assert client.post(reverse("datamap:map_draft", args=[known.pk])).status_code == 302
    assert client.get(reverse("datamap:inventory", args=[known.pk])).status_code == 200
    answer = client.get(reverse("datamap:inventory_csv", args=[known.pk]) + "?show=all")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(COLUMNS) and rows[1]["Field"] == "email" and rows[1]["Recipients"] == "Cloud Inc"
    assert AuditEvent.objects.filter(event="inventory.exported").count() == 1
    element = DataElement.objects.filter(project=known, kind=ElementKind.STORE).first()
    model = DataElement.objects.filter(project=known, kind=ElementKind.MODEL).first()
    assert element and model
    new = {
        "source": str(element.pk),
        "target": str(model.pk),
        "name": "More",
        "stage": "training",
        "categories": ["contact"],
        "fields_text": "a.b\na.c\n",
        "protection": "",
    }
    assert client.post(reverse("datamap:flow_new", args=[known.pk]), new).status_code == 302
    flow = Flow.objects.get(name="More")
    assert flow.fields == ["a.b", "a.c"]
    assert (
        client.post(
            reverse("datamap:flow_edit", args=[known.pk, flow.pk]), {**new, "target": str(element.pk)}
        ).status_code
        == 422
    )
    assert client.get(reverse("datamap:flow_edit", args=[known.pk, flow.pk])).status_code == 200
    assert client.post(reverse("datamap:flow_delete", args=[known.pk, flow.pk])).status_code == 302
    boundary = Boundary.objects.filter(project=known).first()
    assert boundary
    assert (
        client.post(
            reverse("datamap:boundary_edit", args=[known.pk, boundary.pk]),
            {"name": "Renamed", "kind": "country", "country": "fr"},
        ).status_code
        == 302
    )
    boundary.refresh_from_db()
    assert (boundary.name, boundary.country) == ("Renamed", "FR")


def test_the_api_creates_changes_and_lists(client: Client, known: Project, engineer: User) -> None:
    client.force_login(engineer)
    base = f"/api/v1/projects/{known.pk}"
    assert client.post(f"{base}/flows/draft/").json()["added"] > 5
    elements = client.get(f"{base}/elements/").json()["results"]
    by_kind = {element["kind"]: element["id"] for element in elements}
    given = {
        "source": by_kind["store"],
        "target": by_kind["recipient"],
        "name": "Backup",
        "fields": ["a.b"],
        "categories": ["contact"],
        "stage": "sharing",
        "protection": "in_transit",
    }
    made = client.post(f"{base}/flows/", given, content_type="application/json")
    assert made.status_code == 201, made.content
    url = f"{base}/flows/{made.json()['id']}/"
    assert client.patch(url, {"protection": "none"}, content_type="application/json").json()["protection"] == "none"
    wrong = client.post(f"{base}/flows/", {**given, "target": by_kind["store"]}, content_type="application/json")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")
    inventory = client.get(f"{base}/inventory/?personal=true").json()
    assert inventory["count"] == 6 and inventory["results"][1]["purposes"] == ["Answer faster"]
    assert client.delete(url).status_code == 204


def test_another_team_gets_404(client: Client, known: Project, engineer: User, stranger: User) -> None:
    draft_map(actor=engineer, project=known)
    flow = Flow.objects.filter(project=known).first()
    assert flow
    client.force_login(stranger)
    for name in ("map", "inventory", "inventory_csv", "map_svg", "flow_new"):
        assert client.get(reverse(f"datamap:{name}", args=[known.pk])).status_code == 404, name
    base = f"/api/v1/projects/{known.pk}"
    for path in ("flows/", "elements/", "boundaries/", "inventory/", f"flows/{flow.pk}/"):
        assert client.get(f"{base}/{path}").status_code == 404, path
    own = ProjectFactory(team=stranger.memberships.get().team)
    assert client.get(f"/api/v1/projects/{own.pk}/flows/{flow.pk}/").status_code == 404
    assert client.get(reverse("datamap:flow_edit", args=[own.pk, flow.pk])).status_code == 404
    joined = {"source": str(flow.source_id), "target": str(flow.target_id), "name": "x"}
    assert client.post(f"/api/v1/projects/{own.pk}/flows/", joined, content_type="application/json").status_code == 400


def test_search_finds_fields_only_in_ones_own_projects(
    client: Client, known: Project, engineer: User, stranger: User
) -> None:
    for user, expected in ((engineer, True), (stranger, False)):
        client.force_login(user)
        assert (b"customers.religion" in client.get(reverse("core:search") + "?q=religi").content) is expected


def test_queries_do_not_grow_with_the_map(
    client: Client, known: Project, engineer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft_map(actor=engineer, project=known)
    for number in range(40):
        element = services.save_element(actor=engineer, project=known, kind=ElementKind.STORE, name=f"Store {number}")
        services.save_flow(
            actor=engineer,
            project=known,
            source=element,
            target=DataElement.objects.get(origin="model"),
            name="x",
            categories=[CategoryChoice.CONTACT],
        )
    client.force_login(engineer)
    for name in ("map", "inventory"):
        client.get(reverse(f"datamap:{name}", args=[known.pk]))
        with django_assert_max_num_queries(60):
            assert client.get(reverse(f"datamap:{name}", args=[known.pk])).status_code == 200
