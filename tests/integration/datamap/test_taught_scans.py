"""A scan by a real worker uses what the team taught, says so, and keeps no cell."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from core import jobs, parts
from core.models import Job
from core.types import Category, Identifying
from datamap import tasks
from datamap.models import Decision, WordList
from datamap.scanner.options import Pattern, Recogniser
from datamap.services import datasets, findings, recognisers, words
from tests.integration.datamap.conftest import upload
from tests.support.worker import database_url, wait_for_job

if TYPE_CHECKING:
    from core.models import Project, User
    from datamap.models import Dataset
    from tests.support.worker import Worker

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STAFF = Recogniser(
    "Staff number", "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT, (Pattern("badge", r"\bNW-\d{6}\b", 0.6),)
)
CSV = "ref,mailbox,remark\n" + "".join(
    f"NW-{number:06d},Desk@Northwind.example,Please ask colleague NW-{number:06d} about my late parcel.\n"
    for number in range(417_000, 417_060)
)


def scanned(actor: User, project: Project, name: str, content: str) -> Dataset:
    dataset = datasets.add_dataset(actor=actor, project=project, upload=upload(content.encode(), name))
    assert dataset.job
    wait_for_job(dataset.job, seconds=120)
    dataset.refresh_from_db()
    return dataset


def test_a_teams_recogniser_words_and_decisions_reach_its_scans(
    live_worker: Worker, engineer: User, project: Project
) -> None:
    row = recognisers.add_recogniser(actor=engineer, team=project.team, given=STAFF)
    words.add_words(actor=engineer, team=project.team, to=WordList.ALLOW, texts=["desk@northwind.example"])
    dataset = scanned(engineer, project, "first.csv", CSV)

    found = {finding.column: finding for finding in dataset.findings.all()}
    assert (found["ref"].entity, found["ref"].identifying, found["ref"].category) == (
        "STAFF_NUMBER", "direct", "employment",
    )  # fmt: skip
    reason = found["ref"].why[-1]
    assert (reason["code"], reason["params"]["version"]) == ("value.custom", row.version)
    assert "by the recogniser “Staff number”" in " ".join(found["ref"].why_in_words)
    assert found["mailbox"].identifying == "none"
    assert found["remark"].entities["STAFF_NUMBER"] == 60
    assert f"Staff number {row.version}" in dataset.engines

    findings.decide_finding(actor=engineer, finding=found["ref"], decision=Decision.REJECTED)
    second = scanned(engineer, project, "orders.csv", "Ref,amount\n" + "".join(f"NW-{n:06d},{n}\n" for n in range(80)))
    again = second.findings.get(column="Ref")
    assert (again.decision, again.suggested and again.suggested["decision"]) == ("", "rejected")

    dump = subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout
    assert b"NW-417" not in dump
    assert b"NW-0000" not in dump


def test_a_scan_goes_by_what_was_taught_when_it_handed_out_work(engineer: User, project: Project) -> None:
    row = recognisers.add_recogniser(actor=engineer, team=project.team, given=STAFF)
    words.add_words(actor=engineer, team=project.team, to=WordList.ALLOW, texts=["desk@northwind.example"])
    dataset = datasets.add_dataset(actor=engineer, project=project, upload=upload(CSV.encode(), "first.csv"))
    whole = jobs.Run(Job.objects.get(pk=str(dataset.job_id)))
    begun = tasks._options(whole, dataset)
    kept = parts.Part(tasks.OPTIONS, result=json.dumps(begun.to_json()).encode())
    with transaction.atomic():
        parts.create(whole.job, [kept, parts.Part(tasks.READ, holds=whole.job.holds)])
    recognisers.delete_recogniser(actor=engineer, recogniser=row)

    later, part = jobs.Run(whole.job), jobs.Run(whole.job.parts.get(kind=tasks.READ))
    assert begun.recognisers == (STAFF,)
    assert tasks._options(later, dataset) == tasks._options(part, dataset) == begun
