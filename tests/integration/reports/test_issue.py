from __future__ import annotations

import hashlib
import io
import json

import pikepdf
import pytest
import rfc8785
from django.core.exceptions import PermissionDenied

from core import jobs, storage
from core.models import AuditEvent, JobState, Role
from reports import document, services, snapshot
from reports.events import Event
from reports.models import Report, State
from tests.integration.reports.conftest import issued, run
from tests.support.assessed import World, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_here")]


def test_a_report_is_drawn_sealed_and_kept(approved: World) -> None:
    report = issued(approved)
    assert report.state == State.SEALED
    assert report.approved
    assert [r.signatures for r in report.revisions.all()] == [0, 1]
    sealed = report.sealed
    assert sealed
    pdf = storage.read_bytes(sealed.file)
    assert hashlib.sha256(pdf).hexdigest() == sealed.sha256
    assert "Conditionally approved" in sealed.signers[0]["statement"]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.AF[0].EF.F.read_bytes().decode() == report.snapshot


def test_anybody_can_compute_the_decided_hash_from_the_attached_facts(approved: World) -> None:
    report, _job = services.request_report(actor=approved[Role.OFFICER], assessment=approved.assessment)
    facts = json.loads(report.snapshot)
    assert hashlib.sha256(rfc8785.dumps(facts["data"])).hexdigest() == approved.assessment.version_sha256
    assert facts["decision"]["version_sha256"] == approved.assessment.version_sha256
    assert rfc8785.dumps(facts).decode() == report.snapshot


def test_the_same_snapshot_draws_the_same_file(approved: World) -> None:
    report = issued(approved)
    first = report.revisions.get(number=0)
    report.revisions.all().delete()
    again = jobs.submit(kind="reports.render_report", subject=report, by=None, project=report.project)
    run(again)
    assert report.revisions.get(number=0).sha256 == first.sha256


def test_an_undecided_version_is_stamped_not_approved_and_sealed_all_the_same(candor_home: object) -> None:
    here = world()
    report = issued(here)
    assert report.state == State.SEALED
    assert not report.approved
    assert "not approved" in report.statement
    assert report.version_sha256


def test_each_step_is_one_line_in_the_audit_trail(approved: World) -> None:
    report = issued(approved)
    services.download(actor=approved[Role.AUDITOR], report=report)
    events = AuditEvent.objects.filter(subject_id=str(report.pk)).order_by("at").values_list("event", flat=True)
    assert list(events) == [
        Event.REPORT_REQUESTED,
        Event.REPORT_RENDERED,
        Event.REPORT_SEALED,
        Event.REPORT_DOWNLOADED,
    ]


def test_a_second_delivery_makes_nothing_twice(approved: World) -> None:
    report = issued(approved)
    services.keep_rendition(actor=None, report=report, pdf=b"other", pages=1)
    services.keep_sealed(actor=None, report=report, pdf=b"other")
    assert report.revisions.count() == 2


def test_numbers_follow_each_other(approved: World) -> None:
    first, _job = services.request_report(actor=approved[Role.OFFICER], assessment=approved.assessment)
    second, _job = services.request_report(actor=approved[Role.OFFICER], assessment=approved.assessment)
    assert second.serial == first.serial + 1
    assert second.number.startswith("PIA-")


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.DPO, Role.DECIDER, Role.AUDITOR, Role.OWNER])
def test_only_a_privacy_officer_issues_reports(approved: World, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        services.request_report(actor=approved[role], assessment=approved.assessment)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/passwd"><script>alert(1)</script>',
        "{% include '/etc/passwd' %}{{ settings.SECRET_KEY }}",
        "a\x0bb‮right to left " + "W" * 4000,
        "']]></style><link rel=attachment href=file:///etc/passwd>",
    ],
)
def test_hostile_text_is_drawn_as_text(candor_home: object, hostile: str) -> None:
    here = world(purpose=hostile, name=hostile[:160])
    report = issued(here)
    assert report.sealed
    with pikepdf.open(io.BytesIO(storage.read_bytes(report.sealed.file))) as opened:
        assert len(opened.Root.AF) == 1


def test_a_report_that_asks_for_something_outside_ends_in_a_clean_failed_job(
    approved: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = document.compose

    def tampered(*args: object) -> document.Composed:
        composed = compose(*args)  # type: ignore[arg-type]
        return document.Composed(
            composed.html.replace("</body>", '<img src="file:///etc/passwd"></body>'), composed.assets
        )

    monkeypatch.setattr(document, "compose", tampered)
    report, job = services.request_report(actor=approved[Role.OFFICER], assessment=approved.assessment)
    ended = run(job)
    assert (ended.state, ended.error_code, ended.attempt) == (JobState.FAILED, "foreign_address", 1)
    report.refresh_from_db()
    assert report.state == State.FAILED
    assert not report.revisions.exists()


def test_a_snapshot_holds_no_float(approved: World) -> None:
    report, _job = services.request_report(actor=approved[Role.OFFICER], assessment=approved.assessment)
    worded = {key: value for key, value in json.loads(report.snapshot).items() if key != "data"}

    def floats(value: object) -> list[float]:
        if isinstance(value, dict):
            return [found for item in value.values() for found in floats(item)]
        if isinstance(value, list):
            return [found for item in value for found in floats(item)]
        return [value] if isinstance(value, float) else []

    assert floats(worded) == []


def test_freezing_takes_a_constant_number_of_queries(approved: World, django_assert_max_num_queries: object) -> None:
    report = Report(project=approved.project, assessment=approved.assessment, year=2026, serial=1)
    report.requested_at = approved.assessment.created_at
    report.audit_seq, report.audit_hash = 0, ""
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        snapshot.freeze(report)
