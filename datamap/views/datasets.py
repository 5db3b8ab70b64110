"""Samples: upload with live progress, the findings of one, decisions, exports."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import audit, permissions
from core.errors import Refused
from core.tables import csv_cell
from core.uploads import accepts_upload
from core.web import AuthedRequest, project_view
from datamap.events import Event
from datamap.forms.datasets import DatasetForm, DecisionForm
from datamap.models import CategoryChoice, Dataset, Finding, IdentifyingChoice
from datamap.selectors.datasets import VIEWS, dataset_for, datasets_of, finding_for, findings_in, is_busy, summary_of
from datamap.services import datasets as services
from datamap.services import findings as decisions
from datamap.wording_scan import why

if TYPE_CHECKING:
    import uuid

    from core.models import Project

PAGE = 50


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
            )
        except Refused as error:
            form.add_error("file", error.text)
        else:
            return redirect(dataset)
    context = {
        "project": project,
        "form": form,
        "datasets": list(datasets_of(request.user, project)),
        "limit": settings.SAMPLE_MAX_BYTES,
        "may_write": permissions.can_write(request.user, project),
    }
    return render(request, "datamap/datasets.html", context, status=422 if form.errors else 200)


@project_view
@require_GET
def dataset_page(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = _dataset(request, project, dataset_id)
    template = "datamap/dataset_findings.html" if request.htmx.target == "findings" else "datamap/dataset.html"
    return render(request, template, _page(request, dataset))


def _page(request: AuthedRequest, dataset: Dataset) -> dict[str, Any]:
    summary = summary_of(dataset, above=decisions.ACCEPT_ABOVE)
    asked = request.GET.get("show", "")
    show = asked if asked in VIEWS else ("open" if summary.open else "all")
    text = request.GET.get("q", "").strip()[:200]
    return {
        "project": dataset.project,
        "dataset": dataset,
        "busy": is_busy(dataset),
        "summary": summary,
        "show": show,
        "q": text,
        "above": decisions.ACCEPT_ABOVE,
        "page": Paginator(findings_in(dataset, show, text), PAGE).get_page(request.GET.get("page")),
        "may_write": permissions.can_write(request.user, dataset.project),
    }


@project_view
@require_POST
def dataset_rescan(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = _dataset(request, project, dataset_id)
    try:
        services.rescan(actor=request.user, dataset=dataset)
    except Refused as error:
        messages.error(request, error.text)
    return redirect(dataset)


@project_view
@require_POST
def dataset_delete(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = _dataset(request, project, dataset_id)
    try:
        services.delete_dataset(actor=request.user, dataset=dataset)
    except Refused as error:
        messages.error(request, error.text)
        return redirect(dataset)
    messages.success(request, _("%(name)s and its findings are deleted.") % {"name": dataset.name})
    return redirect("datamap:datasets", project.pk)


@project_view
@require_POST
def findings_accept(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = _dataset(request, project, dataset_id)
    count = decisions.accept_all_above(actor=request.user, dataset=dataset)
    messages.success(
        request, ngettext("%(count)d finding accepted.", "%(count)d findings accepted.", count) % {"count": count}
    )
    return redirect(f"{dataset.get_absolute_url()}?show=all")


@project_view
@require_http_methods(["GET", "POST"])
def finding_decide(
    request: AuthedRequest, project: Project, dataset_id: uuid.UUID, finding_id: uuid.UUID
) -> HttpResponse:
    """GET: the row, or with `?change` the form in its place. POST: the decision, and the row as it is then."""
    finding = get_object_or_404(
        finding_for(request.user), pk=finding_id, dataset_id=dataset_id, dataset__project=project
    )
    if request.method == "POST":
        form = DecisionForm(request.POST)
        if form.is_valid():
            try:
                finding = decisions.decide_finding(actor=request.user, finding=finding, **form.arguments())
            except Refused as error:
                messages.error(request, error.text)
        if not request.htmx:
            return redirect(finding.dataset)
    changing = request.method == "GET" and "change" in request.GET
    context = {
        "project": project,
        "dataset": finding.dataset,
        "finding": finding,
        "changing": changing,
        "identifying_choices": IdentifyingChoice.choices,
        "category_choices": CategoryChoice.choices,
        "may_write": permissions.can_write(request.user, project),
    }
    return render(request, "datamap/dataset_finding.html", context)


@project_view
@require_GET
def findings_csv(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """All findings of a sample as a spreadsheet opens them: no cell can be taken for a formula."""
    dataset = _dataset(request, project, dataset_id)
    response = _download(request, dataset, "csv", "text/csv; charset=utf-8")
    response.write("\ufeff")
    writer = csv.writer(response)
    rows = [_exported(finding) for finding in findings_in(dataset)]
    writer.writerow([csv_cell(name) for name in EXPORTED])
    writer.writerows([csv_cell(_flat(row[name])) for name in EXPORTED] for row in rows)
    return response


@project_view
@require_GET
def findings_json(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    dataset = _dataset(request, project, dataset_id)
    response = _download(request, dataset, "json", "application/json")
    about = {"name": dataset.name, "sha256": dataset.sha256, "rows": dataset.rows, "sampled": dataset.sampled}
    findings = [_exported(finding) for finding in findings_in(dataset)]
    response.write(json.dumps({"dataset": about, "findings": findings}, ensure_ascii=False, indent=1))
    return response


EXPORTED = (
    "column", "type", "identifying", "entity", "category", "special", "confidence", "share", "low", "high", "distinct",
    "why", "examples", "entities", "decision", "decided_by",
)  # fmt: skip


def _exported(finding: Finding) -> dict[str, Any]:
    row = {name: getattr(finding, name) for name in EXPORTED if name not in {"why", "decided_by"}}
    return row | {"why": why(finding.reasons), "decided_by": finding.decided_by.email if finding.decided_by else ""}


def _flat(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{key} {count}" for key, count in value.items())
    return value


def _download(request: AuthedRequest, dataset: Dataset, suffix: str, content_type: str) -> HttpResponse:
    audit.note(
        actor=request.user, event=Event.FINDINGS_EXPORTED, subject=dataset, project=dataset.project, format=suffix
    )
    stem = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in dataset.name.rsplit(".", 1)[0])
    response = HttpResponse(content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="findings-{stem[:80] or "sample"}.{suffix}"'
    return response


def _dataset(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> Dataset:
    return get_object_or_404(dataset_for(request.user), pk=dataset_id, project=project)
