"""The reads that pages and the API share."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from core.models import Project, User
from pia.models.assessment import Assessment
from reports.models import Report, ReportRevision, State
from reports.permissions import can_issue_reports

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from reports.models import ReportQuerySet

#: Seconds a download waits for the seal that follows the drawing at once.
SEAL_WAIT: Final = 20.0


def visible(user: User) -> ReportQuerySet:
    """Reports of the projects this person may see, newest first, each with its revisions."""
    found: ReportQuerySet = Report.objects.for_user(user).prefetch_related("revisions")
    return found


def of_project(user: User, project: Project) -> ReportQuerySet:
    return visible(user).filter(project=project)


def latest_sealed(user: User, project: Project) -> Report | None:
    return next((report for report in of_project(user, project) if report.sealed), None)


def reportable(user: User, project: Project) -> list[Assessment]:
    """Assessments this person may issue a report of, newest first."""
    if not can_issue_reports(user, project):
        return []
    return list(Assessment.objects.for_user(user).filter(project=project).order_by("-number"))


def approved_without_report(user: User) -> QuerySet[Assessment]:
    """Decided versions that no sealed report tells of yet, in projects where the person issues reports."""
    told = ReportRevision.objects.filter(
        signatures__gt=0, report__assessment=OuterRef("pk"), report__version_sha256=OuterRef("version_sha256"),
        report__approved=True,
    )  # fmt: skip
    found: QuerySet[Assessment] = Assessment.objects.for_user(user).filter(state__in=("decided", "active"))
    return found.filter(~Exists(told)).exclude(version_sha256="")


def wait_for_seal(user: User, report_id: uuid.UUID, seconds: float = SEAL_WAIT) -> Report | None:
    """The report, after waiting a little while its seal is being set.

    A program that saw the drawing job end asks for the file at once; the seal takes half a second more.
    """
    deadline = time.monotonic() + seconds
    while True:
        report: Report | None = visible(user).filter(pk=report_id).first()
        if report is None or report.state != State.SEALING or time.monotonic() >= deadline:
            return report
        time.sleep(0.1)
