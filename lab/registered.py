"""What the lab adds to pages of the floors below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import permissions
from core.models import UNFINISHED
from core.registry import StepState
from datamap.models import Dataset
from lab import selectors
from lab.cards import gauge_context

if TYPE_CHECKING:
    from core.models import Project, User


def measure_state(user: User, project: Project) -> StepState:
    """The step Measure: done once there is a result, doing while a job runs, blocked without a sample."""
    url = reverse("lab:index", args=[project.pk])
    found = selectors.measurements_of(user, project)
    results = found.measured().count()
    if found.filter(job__state__in=UNFINISHED).exists():
        return StepState("doing", _("measuring"), url)
    if results:
        text = ngettext("%(count)d result", "%(count)d results", results) % {"count": results}
        return StepState("done", text, url)
    if not Dataset.objects.for_user(user).filter(project=project, scanned_at__isnull=False).exists():
        return StepState("todo", _("waits for a sample"), url, (_("Upload and scan a sample first."),))
    return StepState("todo", _("nothing measured"), url, (_("Measure how easily people are singled out."),))


def dataset_gauge(_user: User, dataset: Dataset) -> dict[str, Any]:
    """The tile on a sample's page: the fewest columns that single people out, or how far the measurement is."""
    return gauge_context(dataset)


def dataset_action(user: User, dataset: Dataset) -> dict[str, Any]:
    """The button on a sample's page."""
    measurable = dataset.has_file and dataset.is_scanned and permissions.can_write(user, dataset.project)
    return {"dataset": dataset, "project": dataset.project, "can_measure": measurable}
