"""A second project, half-way: registered, scanned, screening begun, an assessment just started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from config.demo import data
from config.demo.waiting import wait_for_jobs
from core import services
from core.models import AiKind, Known, Phase, Project, RecipientKind, Training
from core.uploads import encrypted
from datamap.models import Dataset
from datamap.models.dataset import Decision
from datamap.services import datasets, draft, findings, schemas
from pia.models import Answer
from pia.services import answers, assessments, screening

if TYPE_CHECKING:
    from config.demo.people import Cast

NAME: Final = "Shop recommender"
WRITTEN: Final = {
    "35.1": "Recommendations on the shop's start page, trained on two years of purchases. Nothing is live yet.",
    "30.1.b": "Showing products a shopper is likely to want. Training is part of it.",
}


def make_shop(cast: Cast) -> Project:
    """What a team has after its first afternoon."""
    project = services.register_project(
        actor=cast.engineer,
        team=cast.team,
        name=NAME,
        purpose="Recommend products on the start page from what a shopper and similar shoppers bought.",
        phase=Phase.DESIGN,
        ai_kind=AiKind.RECOMMENDER,
        training=Training.CENTRAL,
        people_categories=["customers"],
        people_count=8_500,
        collected_directly=Known.YES,
        jurisdictions=["EU"],
        purposes=[{"name": "Recommend products"}],
        recipients=[{"name": "Brightline Analytics Inc.", "kind": RecipientKind.PROCESSOR, "country": "US"}],
    )
    schemas.add_schema(actor=cast.engineer, project=project, upload=encrypted("shop.sql", data.SHOP_SCHEMA.encode()))
    datasets.add_dataset(actor=cast.engineer, project=project, upload=encrypted("shoppers.csv", data.shoppers_csv()))
    wait_for_jobs(project)
    for finding in Dataset.objects.get(project=project).findings.filter(decision=Decision.OPEN)[:3]:
        findings.decide_finding(actor=cast.engineer, finding=finding, decision=Decision.ACCEPTED)
    later = encrypted("shoppers.csv", data.shoppers_csv(later=True))
    datasets.add_dataset(actor=cast.engineer, project=project, upload=later)
    wait_for_jobs(project)
    draft.draft_map(actor=cast.engineer, project=project)
    screening.answer_screening(actor=cast.officer, project=project, answers={"prohibited": (), "wp248.3": "no"})
    assessment = assessments.start_assessment(actor=cast.officer, project=project)
    for item, text in WRITTEN.items():
        row = Answer.objects.get(assessment=assessment, pack__key="gdpr-pia", item=item)
        answers.save_answer(actor=cast.officer, answer=row, version=row.version, text=text, status="met")
    return project
