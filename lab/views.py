"""Pages of the lab: a card per measurement, a form to run one, the gauge on a sample's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import permissions
from core.errors import Refused
from core.web import AuthedRequest, project_view
from datamap.models import Dataset
from lab import selectors, services
from lab.cards import card_of, gauge_context
from lab.forms import ReidentificationForm

if TYPE_CHECKING:
    import uuid

    from core.models import Project


@require_safe
@project_view
def index(request: AuthedRequest, project: Project) -> HttpResponse:
    context = {
        "project": project,
        "cards": [card_of(measurement) for measurement in selectors.measurements_of(request.user, project)],
        "datasets": selectors.measurable(request.user, project),
        "can_write": permissions.can_write(request.user, project),
    }
    return render(request, "lab/index.html", context)


@require_safe
@project_view
def measurement(request: AuthedRequest, project: Project, measurement_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(selectors.measurements_of(request.user, project), pk=measurement_id)
    context = {"project": project, "card": card_of(found), "can_write": permissions.can_write(request.user, project)}
    return render(request, "lab/measurement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@project_view
def measure(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """Choose columns and group size for one sample, and queue the measurement."""
    dataset = get_object_or_404(Dataset.objects.for_user(request.user), project=project, pk=dataset_id)
    permissions.check_can_write(request.user, project)
    form = ReidentificationForm(dataset, request.POST or None)
    if form.is_valid() and _queued(request, project, dataset, form):
        return redirect("lab:index", project.pk)
    context: dict[str, Any] = {"project": project, "dataset": dataset, "form": form}
    return render(request, "lab/measure.html", context, status=422 if form.is_bound else 200)


def _queued(request: AuthedRequest, project: Project, dataset: Dataset, form: ReidentificationForm) -> bool:
    try:
        services.measure_reidentification(actor=request.user, project=project, dataset=dataset, **form.cleaned_data)
    except Refused as error:
        form.add_error(None, error.text)
        return False
    messages.success(request, _("The measurement is queued. The result appears here."))
    return True


@require_safe
@project_view
def gauge(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """The tile of a sample's page again, while it waits for the result."""
    dataset = get_object_or_404(Dataset.objects.for_user(request.user), project=project, pk=dataset_id)
    return render(request, "lab/dataset_gauge.html", gauge_context(dataset))


@require_POST
@project_view
def cite(request: AuthedRequest, project: Project, measurement_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(selectors.measurements_of(request.user, project), pk=measurement_id)
    try:
        services.cite_measurement(actor=request.user, measurement=found)
    except Refused as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Its figures now stand beside every question and risk they bear on."))
    return redirect("lab:index", project.pk)
