"""One of everything in one team: what the permission table walks through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.management import call_command

from core import services
from core.models import Role, Team, User
from core.types import Category, Identifying
from datamap.models import (
    Boundary,
    DataElement,
    Decision,
    Flow,
    Schema,
    SchemaField,
    SchemaVersion,
    TeamColumn,
    TeamWord,
    WordList,
)
from datamap.scanner.options import Recogniser
from datamap.services import findings, recognisers, words
from lab.models import Measurement
from pia.models import Answer
from pia.services import assessments, measures, risks
from reports.services import request_report
from tests.factories import TeamFactory, person
from tests.integration.lab.factories import scanned

ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class World:
    """A team with its people, and the id of one row behind each parameter an address can have."""

    team: Team
    people: dict[Role, User]
    ids: dict[str, Any]
    marker: str


def make_world(marker: str) -> World:
    """Everything is called after `marker`, so that a leak shows in any page's text."""
    call_command("load_packs", verbosity=0)
    team = TeamFactory(name=f"Team {marker}")
    people = {role: person(role, team=team) for role in ROLES}
    officer, owner = people[Role.OFFICER], people[Role.OWNER]
    project = services.register_project(
        actor=officer, team=team, name=f"Project {marker}", purpose=f"Purpose {marker}", people_count=900
    )
    dataset = scanned(project, actor=officer)
    schema = Schema.objects.create(project=project, name=f"schema-{marker}.sql", created_by=officer)
    version = SchemaVersion.objects.create(schema=schema, number=1, file_name=schema.name, sha256="0" * 64, size=1)
    field = SchemaField.objects.create(version=version, position=0, entity=marker, path="email", type="text")
    Schema.objects.filter(pk=schema.pk).update(current=version)
    boundary = Boundary.objects.create(project=project, name=f"Boundary {marker}")
    element, other = (
        DataElement.objects.create(project=project, kind=kind, name=f"{kind} {marker}") for kind in ("store", "process")
    )
    flow = Flow.objects.create(project=project, source=element, target=other, name=f"Flow {marker}")
    measurement = Measurement.objects.create(
        project=project, dataset=dataset, parameters={"columns": ["city"], "threshold": 11}, input_sha256=dataset.sha256
    )
    assessment = assessments.start_assessment(actor=officer, project=project)
    risk = risks.add_risk(actor=officer, assessment=assessment, title=f"Risk {marker}", kind="own", threat="outsider")
    control = risks.add_control(actor=officer, assessment=assessment, kind="backup", grade="asserted")
    measure = measures.plan_measure(actor=officer, assessment=assessment, kind="monitor", title=f"Measure {marker}")
    report, job = request_report(actor=officer, assessment=assessment)
    answer = Answer.objects.filter(assessment=assessment).select_related("pack").order_by("item").first()
    invitation, _secret = services.invite(actor=owner, email=f"{marker}@example.org", role=Role.ENGINEER, team=team)
    token, _secret = services.create_token(
        actor=people[Role.ENGINEER], user=people[Role.ENGINEER], name=marker, scopes=["read"], days=1
    )
    finding = dataset.findings.first()
    kind = (Category.EMPLOYMENT, Identifying.DIRECT)
    recogniser = recognisers.add_recogniser(
        actor=officer,
        team=team,
        given=Recogniser(f"Recogniser {marker}", f"NUMBER_{marker.upper()}", *kind, deny_list=("x1",)),
    )
    words.add_words(actor=officer, team=team, to=WordList.ALLOW, texts=[f"Word {marker}"])
    rejected = dataset.findings.last()
    assert answer is not None
    assert finding is not None
    assert rejected is not None
    findings.decide_finding(actor=officer, finding=rejected, decision=Decision.REJECTED)
    ids = {
        "project_id": project.pk,
        "dataset_id": dataset.pk,
        "finding_id": finding.pk,
        "recogniser_id": recogniser.pk,
        "word_id": TeamWord.objects.get(team=team).pk,
        "column_id": TeamColumn.objects.get(team=team).pk,
        "schema_id": schema.pk,
        "field_id": field.pk,
        "boundary_id": boundary.pk,
        "element_id": element.pk,
        "flow_id": flow.pk,
        "measurement_id": measurement.pk,
        "assessment_id": assessment.pk,
        "other_id": assessment.pk,
        "answer_id": answer.pk,
        "reference": f"{answer.pack.key}:{answer.item}",
        "risk_id": risk.pk,
        "control_id": control.pk,
        "measure_id": measure.pk,
        "report_id": report.pk,
        "job_id": job.pk,
        "team_id": team.pk,
        "membership_id": people[Role.ENGINEER].memberships.get().pk,
        "invitation_id": invitation.pk,
        "user_id": people[Role.ENGINEER].pk,
        "token_id": token.pk,
        "stage": "current",
        "name": "archive",
        "key": "personal_data",
    }
    return World(team, people, ids, marker)


def rows(world: World, route: str) -> dict[str, Any]:
    """The ids for one route; `row_id` stands for the kind of row the route names."""
    kinds = {"boundaries": "boundary_id", "elements": "element_id", "flows": "flow_id"}
    row = next((world.ids[key] for name, key in kinds.items() if f"/{name}/<uuid:row_id>" in route), None)
    return {**world.ids, "row_id": row}
