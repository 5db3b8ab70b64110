"""A small framework and the people of one assessment, so that a test needs no hundred answers."""

from __future__ import annotations

from dataclasses import dataclass

from core.models import Project, Role, User
from pia.frameworks.pack import Group, Item, Pack, Weight
from pia.models import Answer, Assessment, FrameworkPack, Risk
from pia.packs import as_content, digest
from pia.selectors.risks import unargued
from pia.services import risks, workflow
from pia.services.assessments import start_assessment
from tests.factories import ProjectFactory, person

FACTS = {
    "ai_kind": "classifier",
    "training": "central",
    "public_interface": "no",
    "people_count": 4000,
    "model_personal_data": "unknown",
}


def small_pack() -> FrameworkPack:
    """Two questions: one of the lawfulness gate, one that is not."""
    items = (
        Item("6.1", "6", "Lawful basis", "2.1", "What allows it?", "Name the basis.", Weight.MUST, gate=True),
        Item("32", "32", "Security", "2.11", "How is it kept safe?", "Name the measures.", Weight.SHOULD),
    )
    groups = (Group("6", "Lawfulness"), Group("32", "Security"))
    pack = Pack("small", "Small framework", "Small", "1", "final", "", "", "", "EU", "", groups, items)
    content = as_content(pack)
    row, _created = FrameworkPack.objects.get_or_create(
        key=pack.id,
        version=pack.version,
        defaults={
            "title": pack.title,
            "short": pack.short,
            "status": pack.status,
            "jurisdiction": pack.jurisdiction,
            "content": content,
            "sha256": digest(content),
        },
    )
    return row


@dataclass(slots=True)
class Cast:
    """A project and one person for each role of its assessment."""

    project: Project
    engineer: User
    officer: User
    dpo: User
    decider: User
    auditor: User

    @property
    def everybody(self) -> dict[str, User]:
        return {name: getattr(self, name) for name in ("engineer", "officer", "dpo", "decider", "auditor")}


def cast(**fields: object) -> Cast:
    project = ProjectFactory(**(FACTS | fields))
    roles = {
        "engineer": Role.ENGINEER,
        "officer": Role.OFFICER,
        "dpo": Role.DPO,
        "decider": Role.DECIDER,
        "auditor": Role.AUDITOR,
    }
    people = Cast(project, **{name: person(role, team=project.team) for name, role in roles.items()})
    project.created_by = project.owner = people.officer
    project.save()
    return people


def drafted(people: Cast) -> Assessment:
    """A draft whose questions are all answered and met."""
    assessment = start_assessment(actor=people.officer, project=people.project, packs=[small_pack()])
    answers = Answer.objects.filter(assessment=assessment)
    answers.update(status="met", text="As the record says.", version=1, author=people.officer)
    return assessment


def submitted(people: Cast) -> Assessment:
    assessment = drafted(people)
    for risk in unargued(Risk.objects.filter(assessment=assessment)):
        risks.describe_risk(actor=people.officer, risk=risk, argument="The harm needs two keys.")
    return workflow.submit(actor=people.officer, assessment=assessment)


def advised(people: Cast, opinion: str = "favourable") -> Assessment:
    assessment = submitted(people)
    workflow.record_views(
        actor=people.officer, assessment=assessment, sought=False, not_sought_reason="They can't be reached yet."
    )
    workflow.advise(actor=people.dpo, assessment=assessment, text="Proportionate.", opinion=opinion)
    assessment.refresh_from_db()
    return assessment
