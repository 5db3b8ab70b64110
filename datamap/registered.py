"""What the data map adds to the ground floor's pages for samples: the Scan step, work, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.models import JobState
from core.permissions import can_write
from core.registry import SearchHit, StepState, WorkItem
from datamap.models import Dataset, Finding
from datamap.selectors.datasets import datasets_of, finding_for, is_busy, open_by_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.models import Project, Team, User

HITS = 20


def scan_state(user: User, project: Project) -> StepState:
    """Done once every sample is scanned and every finding decided."""
    url = reverse("datamap:datasets", args=[project.pk])
    found = list(datasets_of(user, project))
    if not found:
        return StepState("todo", _("no sample yet"), url, (_("Upload a sample of the data"),))
    if any(is_busy(dataset) for dataset in found):
        return StepState("doing", _("scanning"), url)
    failed = [d.name for d in found if d.job and d.job.state == JobState.FAILED and not d.is_scanned]
    if failed:
        return StepState("blocked", _("a scan failed"), url, tuple(failed))
    waiting = sum(dataset.open_findings for dataset in found)  # type: ignore[attr-defined]
    columns = sum(dataset.columns for dataset in found)  # type: ignore[attr-defined]
    summary = ngettext("%(count)d sample", "%(count)d samples", len(found)) % {"count": len(found)}
    summary += " · " + ngettext("%(count)d field", "%(count)d fields", columns) % {"count": columns}
    if waiting:
        return StepState("doing", summary, url, (_needs(waiting),))
    return StepState("done" if columns else "doing", summary, url)


def _needs(count: int) -> str:
    return ngettext("%(count)d finding needs a decision", "%(count)d findings need a decision", count) % {
        "count": count
    }


def scan_work(user: User) -> Iterator[WorkItem]:
    """Findings that wait for a decision, for those who may decide them."""
    for dataset in open_by_dataset(user):
        if can_write(user, dataset.project):
            text = _("%(needs)s in %(name)s") % {"needs": _needs(dataset.open_findings), "name": dataset.name}  # type: ignore[attr-defined]
            yield WorkItem(text, dataset.get_absolute_url() + "?show=open", dataset.project, gettext_lazy("Scan"))


def sample_hits(user: User, text: str) -> Iterator[SearchHit]:
    """Samples by name and columns by name, in the projects the person sees."""
    for dataset in Dataset.objects.for_user(user).filter(name__icontains=text).select_related("project")[:HITS]:
        yield SearchHit(dataset.name, dataset.get_absolute_url(), gettext_lazy("Sample"), dataset.project.name)
    found: list[Finding] = list(finding_for(user).filter(column__icontains=text)[:HITS])
    for finding in found:
        dataset = finding.dataset
        url = f"{dataset.get_absolute_url()}?show=all&q={finding.column}"
        yield SearchHit(
            finding.column, url, gettext_lazy("Column of a sample"), f"{dataset.project.name} · {dataset.name}"
        )


def team_action(_user: User, team: Team) -> dict[str, Any]:
    """The way from a team's page to its recognisers, for everybody who sees the team."""
    return {"team": team}
