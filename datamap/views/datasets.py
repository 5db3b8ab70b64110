"""Samples: upload with live progress, the page of one, scanning again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import permissions
from core.errors import Refused
from core.uploads import accepts_upload
from core.web import AuthedRequest, project_view
from datamap.forms.datasets import DatasetForm, LanguageForm
from datamap.models import CategoryChoice, Dataset, IdentifyingChoice
from datamap.selectors.datasets import dataset_for, datasets_of, is_busy
from datamap.selectors.findings import ORPHANS, Asked, Overview, blocks_of, marks_of, overview_of
from datamap.services import datasets as services
from datamap.services import findings as decisions
from datamap.wording_dataset import gone, reading

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from core.models import Project

#: Findings that one answer shows: with all round them some 60 kB.
PAGE: Final = 12


@accepts_upload(limit=lambda: int(settings.SAMPLE_MAX_BYTES))
@project_view
@require_http_methods(["GET", "POST"])
def dataset_list(request: AuthedRequest, project: Project) -> HttpResponse:
    form = DatasetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            dataset = services.add_dataset(
                actor=request.user,
                project=project,
                upload=form.cleaned_data["file"],
                retention=form.cleaned_data["keep_days"],
                language=form.cleaned_data["language"],
            )
        except Refused as error:
            form.add_error("file", error.text)
        else:
            return redirect(dataset)
    datasets = list(datasets_of(request.user, project))
    context = {
        "project": project,
        "form": form,
        "datasets": datasets,
        "busy": any(map(is_busy, datasets)),
        "limit": settings.SAMPLE_MAX_BYTES,
        "may_write": permissions.can_write(request.user, project),
    }
    return render(request, "datamap/datasets.html", context, status=422 if form.errors else 200)


@project_view
@require_GET
def dataset_page(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = dataset_of(request, project, dataset_id)
    if request.htmx.target == "findings":
        return render(request, "datamap/dataset_findings.html", findings_context(request, dataset))
    context = findings_context(request, dataset) | {
        "busy": is_busy(dataset),
        "reading": reading(dataset),
        "gone": gone(dataset),
        "language_form": LanguageForm(initial={"language": dataset.language}),
    }
    return render(request, "datamap/dataset.html", context)


def findings_context(request: AuthedRequest, dataset: Dataset) -> dict[str, Any]:
    """The part of the page that shows findings; four queries, however many columns."""
    overview = overview_of(dataset)
    asked = Asked.of(request.GET, default="open" if overview.counts["open"] else "all")
    rows = asked.rows(dataset)
    marks = marks_of(rows)
    return {
        "project": dataset.project,
        "dataset": dataset,
        "asked": asked,
        "blocks": blocks_of(marks, PAGE),
        "page": counted(rows, PAGE, len(marks)).get_page(request.GET.get("page")),
        "category_choices": CategoryChoice.choices,
        "identifying_choices": IdentifyingChoice.choices,
        **overview_context(request, dataset, overview),
    }


def counted(rows: QuerySet[Any], size: int, count: int) -> Paginator[Any]:
    """Pages of rows that were counted already."""
    pages = Paginator(rows, size, orphans=ORPHANS)
    pages.count = count
    return pages


def overview_context(request: AuthedRequest, dataset: Dataset, overview: Overview) -> dict[str, Any]:
    """The numbers, and what the person may do with them."""
    return {
        "overview": overview,
        "above": decisions.ACCEPT_ABOVE,
        "confident": overview.sure[round(decisions.ACCEPT_ABOVE * 100)],
        "may_write": permissions.can_write(request.user, dataset.project),
    }


@project_view
@require_POST
def dataset_rescan(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """Scan again, in another language where one is chosen."""
    dataset = dataset_of(request, project, dataset_id)
    form = LanguageForm(request.POST)
    try:
        if form.is_valid():
            language = form.cleaned_data["language"] if "language" in request.POST else None
            services.rescan(actor=request.user, dataset=dataset, language=language)
        else:
            permissions.check_can_write(request.user, project)
            messages.error(request, _("That language is not offered here."))
    except Refused as error:
        messages.error(request, error.text)
    return redirect(dataset)


@project_view
@require_POST
def dataset_delete(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = dataset_of(request, project, dataset_id)
    try:
        services.delete_dataset(actor=request.user, dataset=dataset)
    except Refused as error:
        messages.error(request, error.text)
        return redirect(dataset)
    messages.success(request, _("%(name)s and its findings are deleted.") % {"name": dataset.name})
    return redirect("datamap:datasets", project.pk)


def dataset_of(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> Dataset:
    """The sample of this project, or 404 for who may not see it."""
    return get_object_or_404(dataset_for(request.user), pk=dataset_id, project=project)
