"""What the top floor adds to pages of the ground floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.permissions import can_read
from core.registry import SearchHit, StepState, WorkItem
from pia.models.assessment import Assessment
from pia.workflow import State as AssessmentState
from reports import selectors, verification
from reports.models import State
from reports.permissions import can_issue_reports
from reports.signing.verify import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Project, User


def report_state(user: User, project: Project) -> StepState:
    """Done when a sealed report of the decision is out; a report of an undecided version is only on the way."""
    url = reverse("reports:project", args=[project.pk])
    reports = list(selectors.of_project(user, project)[:20])
    current = next((report for report in reports if report.sealed), None)
    if any(report.state in (State.WAITING, State.RENDERING, State.SEALING) for report in reports):
        return StepState("doing", _("being made"), url)
    if current is None:
        approved = (AssessmentState.DECIDED, AssessmentState.ACTIVE)
        decided = Assessment.objects.filter(project=project, state__in=approved).exists()
        return StepState("todo", _("not issued yet"), url, () if decided else (_("A decision"),))
    if not current.approved:
        return StepState("doing", _("%(number)s, not approved") % {"number": current}, url)
    verdict, _reason = verification.standing(current)
    if verdict is Verdict.STALE:
        return StepState("blocked", _("%(number)s is stale") % {"number": current}, url)
    return StepState("done", _("%(number)s, sealed") % {"number": current}, url)


def report_work(user: User) -> Iterator[WorkItem]:
    """Decided versions whose report has not been issued, for those who issue it."""
    for assessment in selectors.approved_without_report(user)[:50]:
        if can_issue_reports(user, assessment.project):
            yield WorkItem(
                text=_("Issue the report of %(assessment)s") % {"assessment": assessment},
                url=reverse("reports:project", args=[assessment.project_id]),
                project=assessment.project,
                kind=_("Report"),
            )


def report_hits(user: User, text: str) -> Iterator[SearchHit]:
    """By number of a report or name of its project."""
    wanted = Q(project__name__icontains=text)
    tail = text.rpartition("-")[2]
    if tail.isdecimal() and len(tail) < 9:
        wanted |= Q(serial=int(tail))
    for report in selectors.visible(user).filter(wanted)[:10]:
        if can_read(user, report.project):
            yield SearchHit(
                text=report.number, url=report.get_absolute_url(), kind=_("Report"), detail=report.project.name
            )
