"""A project that was mapped, scanned, measured, assessed and, where asked, decided: rows as the services leave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from core.models import DataCopy, Project, Purpose, Recipient, Role, Team, User
from datamap.models import Boundary, DataElement, Dataset, Finding, Flow
from pia.models import Advice, Answer, AnswerStatus, Assessment, Decision, FrameworkPack, Measure, Risk, Views
from pia.services.assessments import freeze, start_assessment
from pia.workflow import Outcome, State
from tests.factories import ProjectFactory, TeamFactory, person

SHA = "ab" * 32


@dataclass(frozen=True)
class World:
    """A team with one person per role, and its assessment."""

    team: Team
    project: Project
    assessment: Assessment
    people: dict[Role, User]

    def __getitem__(self, role: Role) -> User:
        return self.people[role]


def team_of_all_roles() -> tuple[Team, dict[Role, User]]:
    team = TeamFactory()
    return team, {role: person(role, team=team) for role in Role}


def world(*, state: str = State.DRAFT, outcome: str | None = None, **fields: Any) -> World:
    """A finished assessment in this state; with an outcome it was decided."""
    team, people = team_of_all_roles()
    project = registered(team, people[Role.ENGINEER], **fields)
    mapped(project)
    scanned(project)
    if not FrameworkPack.objects.exists():
        call_command("load_packs", verbosity=0)
    packs = list(FrameworkPack.objects.filter(key="gdpr-pia"))
    assessment = start_assessment(actor=people[Role.OFFICER], project=project, packs=packs)
    answered(assessment, people[Role.OFFICER])
    planned(assessment, people[Role.ENGINEER])
    if state != State.DRAFT or outcome:
        decided(assessment, people, state, outcome)
    return World(team, project, assessment, people)


def registered(team: Team, owner: User, **fields: Any) -> Project:
    given: dict[str, Any] = {
        "owner": owner, "ai_kind": "classifier", "training": "fine_tuned", "phase": "development",
        "people_categories": ["customers"], "people_count": 40_000, "decisions": "Which message is read first.",
        "significant_decision": "no", "oversight": "human_decides", "data_source": "Support chat",
    }  # fmt: skip
    project = ProjectFactory(team=team, **(given | fields))
    Purpose.objects.create(project=project, name="Route messages", basis="legitimate_interests", balancing="Balanced.")
    Recipient.objects.create(project=project, name="Cloudy GmbH", country="DE", transfer_tool="not_needed")
    DataCopy.objects.create(project=project, kind="raw", where="S3", retention_days=30, erasure="delete")
    return project


def mapped(project: Project) -> None:
    outside = Boundary.objects.create(project=project, name="Customers", kind="outside")
    ours = Boundary.objects.create(project=project, name="Northwind", is_ours=True)
    people = DataElement.objects.create(project=project, kind="subjects", name="Customers", boundary=outside)
    store = DataElement.objects.create(project=project, kind="store", name="Chat store", boundary=ours)
    model = DataElement.objects.create(project=project, kind="model", name="Classifier", boundary=ours)
    Flow.objects.create(
        project=project, source=people, target=store, name="messages", categories=["communication"],
        protection="in_transit", stage="collection",
    )  # fmt: skip
    Flow.objects.create(project=project, source=store, target=model, name="messages", stage="training")


def scanned(project: Project) -> Dataset:
    dataset = Dataset.objects.create(
        project=project, name="chat_logs.parquet", sha256=SHA, size=1000, rows=4812, sampled=4812,
        scanned_at=timezone.now(),
    )  # fmt: skip
    found = (("message", True, "none", "communication", 0.38), ("email", False, "direct", "contact", 1.0))
    for position, (column, is_text, identifying, category, share) in enumerate(found):
        Finding.objects.create(
            dataset=dataset, position=position, column=column, is_text=is_text, found_identifying=identifying,
            found_category=category, identifying=identifying, category=category, confidence=0.9, share=share,
            low=max(share - 0.02, 0), high=min(share + 0.02, 1), examples=["‹masked›"],
        )  # fmt: skip
    return dataset


def answered(assessment: Assessment, author: User) -> None:
    """The first ten; the rest stay open, which keeps the report short."""
    first = Answer.objects.filter(assessment=assessment).order_by("item")[:10].values("pk")
    Answer.objects.filter(pk__in=first).update(
        text="Said in the project's paper.", status=AnswerStatus.MET, author=author, edited_at=timezone.now(), version=1
    )


def planned(assessment: Assessment, owner: User) -> None:
    measure = Measure.objects.create(
        assessment=assessment, kind="pseudonymise", owner=owner, due=date(2027, 1, 15), status="planned"
    )
    measure.risks.set(Risk.objects.filter(assessment=assessment)[:2])


def decided(assessment: Assessment, people: dict[Role, User], state: str, outcome: str | None) -> None:
    assessment.submitted_by, assessment.submitted_at = people[Role.OFFICER], timezone.now()
    freeze(assessment)
    assessment.state = state
    assessment.save()
    Views.objects.create(assessment=assessment, sought=True, how="A poll", summary="Most want names removed.")
    bound = {"assessment": assessment, "version_sha256": assessment.version_sha256}
    Advice.objects.create(**bound, opinion="conditions", text="Limit retention.", by=people[Role.DPO])
    if outcome:
        Decision.objects.create(
            **bound, outcome=Outcome(outcome), reason="The benefit is real.", by=people[Role.DECIDER],
            conditions="API behind sign-in\nDelete after 30 days",
        )  # fmt: skip
