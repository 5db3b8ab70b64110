"""People decide while a scan records its findings: no decision is lost, and whoever comes too late is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from core.errors import Refused
from core.models import Role
from datamap.models import Dataset, Decision, Finding
from datamap.services import findings
from tests.factories import person
from tests.integration.datamap.factories import DatasetFactory
from tests.integration.datamap.test_scan_records import MAIL, SHIP, record

if TYPE_CHECKING:
    from core.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scanned() -> Dataset:
    dataset: Dataset = DatasetFactory()
    record(dataset, MAIL, SHIP)
    return dataset


@pytest.fixture
def engineer(scanned: Dataset) -> User:
    return person(Role.ENGINEER, team=scanned.project.team)


def reject(actor: User, finding: Finding) -> Any:
    """The row, or how it was refused."""
    try:
        return findings.decide_finding(actor=actor, finding=finding, decision=Decision.REJECTED)
    except Refused as refused:
        return refused
    finally:
        connection.close()


def decided_while_recording(actor: User, finding: Finding, *columns: Any) -> Any:
    """Somebody rejects a finding after a new scan wrote its findings and before they count."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            record(finding.dataset, *columns)
            deciding = pool.submit(reject, actor, finding)
            with pytest.raises(TimeoutError):
                deciding.result(timeout=1)
        return deciding.result(timeout=30)


def test_a_decision_waits_for_the_scan_and_is_kept(scanned: Dataset, engineer: User) -> None:
    mail = scanned.findings.get(column="mail")
    decided_while_recording(engineer, mail, MAIL, SHIP)

    assert scanned.findings.get(column="mail").decision == Decision.REJECTED


def test_a_decision_on_a_column_that_went_is_refused(scanned: Dataset, engineer: User) -> None:
    mail = scanned.findings.get(column="mail")
    refused = decided_while_recording(engineer, mail, SHIP)

    assert (refused.code, refused.status) == ("findings_changed", 409)
    assert [finding.column for finding in scanned.findings.all()] == ["ship"]


def test_a_scan_waits_for_a_decision_and_keeps_it(scanned: Dataset, engineer: User) -> None:
    def scan_again() -> None:
        try:
            record(Dataset.objects.get(pk=scanned.pk), MAIL, SHIP)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mail = scanned.findings.get(column="mail")
            findings.decide_finding(actor=engineer, finding=mail, decision=Decision.REJECTED)
            recording = pool.submit(scan_again)
            with pytest.raises(TimeoutError):
                recording.result(timeout=1)
        recording.result(timeout=30)

    assert scanned.findings.get(column="mail").decision == Decision.REJECTED
