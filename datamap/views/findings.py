"""Deciding findings: one in place, several at once, all that are sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import permissions
from core.errors import Conflict, Refused
from core.web import AuthedRequest, project_view
from datamap.forms.datasets import AcceptForm, DecisionForm, SeveralForm, entity_choices
from datamap.models import CategoryChoice, Dataset, Finding, IdentifyingChoice, Schema
from datamap.selectors.datasets import finding_for
from datamap.selectors.findings import Asked, overview_of
from datamap.services import findings as services
from datamap.views.datasets import dataset_of, overview_context

if TYPE_CHECKING:
    import uuid

    from core.models import Project


@project_view
@require_http_methods(["GET", "POST"])
def finding_decide(
    request: AuthedRequest, project: Project, dataset_id: uuid.UUID, finding_id: uuid.UUID
) -> HttpResponse:
    """One finding: its row, with `?change` a form in its place, a page of its own without htmx; POST decides."""
    finding = get_object_or_404(
        finding_for(request.user), pk=finding_id, dataset_id=dataset_id, dataset__project=project
    )
    decided = request.method == "POST"
    finding, told = _decide(request, finding) if decided else (finding, "")
    if decided and not request.htmx:
        return back(request, finding.dataset, told)
    context = _row_context(request, finding) | {"decided": decided, "told": told}
    page = "datamap/dataset_finding_swap.html" if request.htmx else "datamap/finding.html"
    return render(request, page, context, status=409 if told else 200)


def back(request: AuthedRequest, page: Dataset | Schema, told: str) -> HttpResponse:
    """Without htmx: to the page itself, with what kept the decision from being made."""
    if told:
        messages.error(request, told)
    return redirect(page)


def _decide(request: AuthedRequest, finding: Finding) -> tuple[Finding, str]:
    """The finding decided, or as it stands with what kept it from being."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        permissions.check_can_write(request.user, finding.dataset.project)
        raise Refused(_("That is no decision. Reload the page."), code="invalid", status=422)
    seen = request.GET.get("seen", "")
    try:
        decided = services.decide_finding(actor=request.user, finding=finding, seen=seen, **form.arguments())
    except Conflict as error:
        return finding_for(request.user).get(pk=finding.pk), error.text
    decided.dataset = finding.dataset
    return decided, ""


def _row_context(request: AuthedRequest, finding: Finding) -> dict[str, Any]:
    may_write = permissions.can_write(request.user, finding.dataset.project)
    asked = "change" in request.GET or not request.htmx
    changing = request.method == "GET" and asked and may_write
    return {
        "asked": _asked(request),
        "project": finding.dataset.project,
        "dataset": finding.dataset,
        "finding": finding,
        "changing": changing,
        "identifying_choices": IdentifyingChoice.choices,
        "category_choices": CategoryChoice.choices,
        "entity_choices": entity_choices(finding.entity, finding.found_entity) if changing else (),
        **overview_context(request, finding.dataset, overview_of(finding.dataset)),
    }


def _asked(request: AuthedRequest) -> Asked:
    """What the page that holds the row shows, by its address."""
    return Asked.of(QueryDict(urlsplit(request.htmx.current_url or "").query))


@project_view
@require_POST
def findings_decide(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """The ticked findings, or all that the filter in the address shows."""
    dataset = dataset_of(request, project, dataset_id)
    form = SeveralForm(request.POST)
    if form.is_valid() and (form.cleaned_data["all"] or form.chosen()):
        rows = Asked.of(request.GET).rows(dataset) if form.cleaned_data["all"] else _ticked(dataset, form)
        said = {"verdict": form.verdict(), "opened": form.cleaned_data["opened"]}
        _answer(request, lambda: services.decide_findings(actor=request.user, dataset=dataset, findings=rows, **said))
    else:
        permissions.check_can_write(request.user, project)
        messages.error(request, _("Tick the columns that you decide."))
    return redirect(f"{dataset.get_absolute_url()}?{request.GET.urlencode()}")


def _ticked(dataset: Dataset, form: SeveralForm) -> Any:
    return dataset.findings.filter(pk__in=form.chosen())


@project_view
@require_POST
def findings_accept(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """Everything undecided that is at least as sure as the person asked for."""
    dataset = dataset_of(request, project, dataset_id)
    form = AcceptForm(request.POST)
    if form.is_valid():
        _answer(request, lambda: services.accept_all_above(actor=request.user, dataset=dataset, **form.arguments()))
    else:
        permissions.check_can_write(request.user, project)
        messages.error(request, _("Give a confidence from 0 to 1."))
    return redirect(dataset)


def _answer(request: AuthedRequest, verb: Any) -> None:
    """Do it, and tell how many, or why not."""
    try:
        count = verb()
    except Refused as error:
        messages.error(request, error.text)
    else:
        text = ngettext("%(count)d finding decided.", "%(count)d findings decided.", count) % {"count": count}
        messages.success(request, text)
