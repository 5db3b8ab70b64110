"""The textbook case: a sentiment classifier on support chats, taken from registration to a signed report."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from django.utils import timezone

from config.demo import data
from config.demo.waiting import wait_for_jobs
from core import services
from core.models import (
    AiActRole,
    AiKind,
    CopyKind,
    ErasureMeans,
    Known,
    LawfulBasis,
    OurRole,
    Oversight,
    Phase,
    Project,
    RecipientKind,
    Training,
    TransferTool,
)
from core.storage import Retention
from core.types import Category, Identifying
from core.uploads import encrypted
from datamap.models import Dataset
from datamap.models.dataset import Decision
from datamap.scanner.options import Pattern, Recogniser
from datamap.services import datasets, draft, findings, recognisers, schemas
from pia import facts
from pia.models import Answer, Assessment, Opinion, Risk
from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind
from pia.selectors import screening as screening_selectors
from pia.services import answers, assessments, measures, risks, screening, workflow
from pia.workflow import Outcome
from reports.services import request_report

if TYPE_CHECKING:
    from config.demo.people import Cast
    from pia.screening.questions import AnswerValue

NAME: Final = "Support-chat sentiment classifier"
ANSWERS: Final = Path(__file__).parent / "answers.yaml"


def make_chat(cast: Cast) -> Project:
    """Register, map, scan, measure, assess, decide, report; by the people whose part each is."""
    project = register(cast)
    teach(cast)
    upload(cast, project)
    screen(cast, project)
    assessment = assess(cast, project)
    decide(cast, assessment)
    request_report(actor=cast.officer, assessment=assessment)
    wait_for_jobs(project)
    return project


def register(cast: Cast) -> Project:
    return services.register_project(
        actor=cast.engineer,
        team=cast.team,
        name=NAME,
        purpose=(
            "Sort incoming support messages by sentiment, so that unhappy customers are answered first. A small text "
            "classifier is trained on two years of past chats and scores each new message for the queue."
        ),
        phase=Phase.DEVELOPMENT,
        ai_kind=AiKind.CLASSIFIER,
        model_family="Transformer encoder, 22 million parameters",
        base_model="MiniLM, multilingual",
        training=Training.FINE_TUNED,
        public_interface=Known.NO,
        decisions="The order in which agents see messages. Every message is read and answered by an agent.",
        decision_effect="Somebody may wait longer; nothing waits longer than four hours.",
        significant_decision=Known.NO,
        oversight=Oversight.HUMAN_DECIDES,
        our_role=OurRole.CONTROLLER,
        ai_act_role=AiActRole.BOTH,
        jurisdictions=["EU"],
        people_categories=["customers"],
        people_count=40_000,
        vulnerable=Known.NO,
        data_source="The company's own support platform: messages customers wrote to support.",
        collected_directly=Known.YES,
        scraped=Known.NO,
        existing_data=Known.YES,
        compatibility="Sorting support is closely linked to giving it; names go first; nobody is refused anything.",
        model_personal_data=Known.NO,
        model_personal_data_reason="Trained on stripped text; planted sentences did not come back in the release test.",
        purposes=[
            {
                "name": "Order the support queue",
                "basis": LawfulBasis.LEGITIMATE_INTERESTS,
                "balancing": "Balancing test LIA-7: shorter waits for people in need; stripped text; easy objection.",
            },
            {
                "name": "Train the classifier",
                "basis": LawfulBasis.LEGITIMATE_INTERESTS,
                "balancing": "Balancing test LIA-7: no effect on a person; names and places removed before training.",
            },
        ],
        recipients=[
            {
                "name": "Elbe Hosting GmbH",
                "kind": RecipientKind.PROCESSOR,
                "country": "DE",
                "transfer_tool": TransferTool.NOT_NEEDED,
                "contract": "Processing agreement of 2 May 2025",
            },
            {
                "name": "Tonal Labels SARL",
                "kind": RecipientKind.PROCESSOR,
                "country": "FR",
                "transfer_tool": TransferTool.NOT_NEEDED,
                "contract": "Processing agreement of 11 August 2025",
            },
        ],
        copies=[
            _copy(CopyKind.RAW, "Nightly export, Frankfurt", 730, 30, ErasureMeans.DELETE),
            _copy(CopyKind.FEATURES, "Training set, Frankfurt", 180, 180, ErasureMeans.DELETE),
            _copy(CopyKind.WEIGHTS, "Model registry", 365, 365, ErasureMeans.RETRAIN),
            _copy(CopyKind.LOGS, "Scoring service", 30, 30, ErasureMeans.EXPIRE),
            _copy(CopyKind.BACKUPS, "Encrypted, Frankfurt", 35, 35, ErasureMeans.EXPIRE),
        ],
    )


def _copy(kind: CopyKind, where: str, days: int, needed: int, erasure: ErasureMeans) -> dict[str, Any]:
    return {
        "kind": kind,
        "where": where,
        "retention_days": days,
        "justified_days": needed,
        "erasure": erasure,
        "encrypted": Known.YES,
    }


def teach(cast: Cast) -> None:
    """What the company calls an order, so that scans find it in messages."""
    recognisers.add_recogniser(
        actor=cast.engineer,
        team=cast.team,
        given=Recogniser(
            name="Order number",
            entity="ORDER_NUMBER",
            category=Category.BEHAVIOUR,
            identifying=Identifying.QUASI,
            patterns=(Pattern("order", r"\bA-\d{6}\b", 0.7),),
            context=("order", "parcel", "delivery"),
        ),
    )


def upload(cast: Cast, project: Project) -> None:
    """The schema and two samples, through the same jobs as anybody's; then the map is drafted from them."""
    schemas.add_schema(
        actor=cast.engineer, project=project, upload=encrypted("support_platform.sql", data.SCHEMA_V1.encode())
    )
    kept = Retention(days=7)
    for name, content in (("customers.csv", data.customers_csv()), ("chat_logs.parquet", data.chats_parquet())):
        datasets.add_dataset(actor=cast.engineer, project=project, upload=encrypted(name, content), retention=kept)
    wait_for_jobs(project)
    for dataset in Dataset.objects.filter(project=project):
        for finding in dataset.findings.filter(decision=Decision.OPEN):
            findings.decide_finding(actor=cast.engineer, finding=finding, decision=Decision.ACCEPTED)
    draft.draft_map(actor=cast.engineer, project=project)


def screen(cast: Cast, project: Project) -> None:
    """Answer what no fact answers yet, then record the result."""
    given: dict[str, AnswerValue] = {"prohibited": (), "annex_iii": (), "wp248.1": "yes", "deployer": "private"}
    for _round in range(10):
        open_ones = screening_selectors.verdict_of(project).unanswered
        if not open_ones:
            break
        values: dict[str, AnswerValue] = {key: given.get(key, "no") for key in open_ones}
        screening.answer_screening(actor=cast.officer, project=project, answers=values)
    screening.complete_screening(actor=cast.officer, project=project)


def assess(cast: Cast, project: Project) -> Assessment:
    """Answers with their citations, controls with their evidence, three measures with owner and date."""
    assessment = assessments.start_assessment(actor=cast.officer, project=project)
    known = facts.gather(project)
    for pack, items in yaml.safe_load(ANSWERS.read_text(encoding="utf-8")).items():
        rows = {row.item: row for row in Answer.objects.filter(assessment=assessment, pack__key=pack)}
        for item, given in items.items():
            if item in rows:
                _answer(cast, rows[item], given, known)
    _controls(cast, assessment)
    _measures(cast, assessment)
    workflow.record_views(
        actor=cast.officer,
        assessment=assessment,
        sought=True,
        how="Twelve customers of the user council, one meeting in October",
        summary="They want the link to object inside the chat, and no score in the customer's file.",
        departure="None: the link is there, and the score is kept with the ticket only.",
    )
    return assessment


def _answer(cast: Cast, row: Answer, given: dict[str, Any], known: dict[str, Any]) -> None:
    who = cast.officer
    for key in given.get("cite", ()):
        if key in known:
            answers.cite_fact(actor=who, answer=row, key=key)
    if "doc" in given:
        answers.cite_document(actor=who, answer=row, label=given["doc"], reference="Document store")
    row.refresh_from_db()
    answers.save_answer(
        actor=who, answer=row, version=row.version, text=given["text"], status=given.get("status", "met")
    )


def _controls(cast: Cast, assessment: Assessment) -> None:
    for kind, grade, words, evidence in (
        (ControlKind.ACCESS_CONTROL, "tested", "Roles per system, reviewed each quarter", "Access review Q3"),
        (ControlKind.ENCRYPTION, "documented", "Our own keys, at rest and on the way", "Encryption standard ES-1"),
        (ControlKind.BACKUP, "tested", "Nightly, restored in August in 40 minutes", "Restore test, August"),
        (ControlKind.HUMAN_CHECK, "documented", "An agent reads every message", "Queue rules"),
        (ControlKind.ERROR_RATE, "tested", "Errors by language and plan differ by less than 2 points", "Evaluation 4"),
        (ControlKind.CONTESTABILITY, "tested", "Agents overrule a score, customers object", "Objection test, October"),
        (ControlKind.PURPOSE_ENFORCED, "documented", "Only the queue may call the endpoint", "Access policy AP-9"),
    ):
        risks.add_control(
            actor=cast.engineer, assessment=assessment, kind=kind, grade=grade, description=words, evidence=evidence
        )


def _measures(cast: Cast, assessment: Assessment) -> None:
    soon = timezone.localdate()
    for kind, title, days in (
        (MeasureKind.PSEUDONYMISE, "Replace names, addresses and places by keyed tokens at ingestion", 54),
        (MeasureKind.SHORTEN_RETENTION, "Delete raw exports after 30 days", 60),
        (MeasureKind.RED_TEAM, "Attack the pipeline and the model before each release", 24),
    ):
        measures.plan_measure(
            actor=cast.officer, assessment=assessment, kind=kind, title=title, owner=cast.engineer, due=_due(soon, days)
        )


def _due(today: date, days: int) -> date:
    return today + timedelta(days=days)


def decide(cast: Cast, assessment: Assessment) -> None:
    """Submit, advise, decide: three people, one frozen version."""
    for risk in Risk.objects.filter(assessment=assessment):
        if risk.current_severity == 4 and risk.current_likelihood == 1:
            risks.describe_risk(
                actor=cast.officer, risk=risk, argument="The remaining path needs two failures at once."
            )
    row = workflow.submit(actor=cast.officer, assessment=assessment)
    workflow.advise(
        actor=cast.dpo,
        assessment=row,
        opinion=Opinion.CONDITIONS,
        text=(
            "The purpose is clear and the data is reduced. I advise to approve on condition that tokens replace names "
            "before the first training on live exports, and that the deletion job's report comes to me each month."
        ),
    )
    workflow.decide(
        actor=cast.decider,
        assessment=row,
        outcome=Outcome.CONDITIONALLY_APPROVE,
        reason="The benefit to customers is real and no risk stays high. The advice is followed in full.",
        conditions="No training on live exports before tokens replace names; raw exports deleted after 30 days.",
    )
