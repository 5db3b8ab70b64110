"""Long work as people see it: what runs, what failed, and the way to stop it or try again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import jobs
from core.forms.lists import JobFilter
from core.models import Job
from core.services.jobs import cancel_job, retry_job
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    import uuid


@signed_in
@require_GET
def job_list(request: AuthedRequest) -> HttpResponse:
    form = JobFilter(request.GET)
    found = Job.objects.for_user(request.user).select_related("project", "created_by")
    if form.is_valid() and form.cleaned_data["state"]:
        found = found.filter(state=form.cleaned_data["state"])
    return render(
        request, "core/jobs.html", {"page": Paginator(found, 25).get_page(request.GET.get("page")), "form": form}
    )


@signed_in
@require_GET
def job_strip(request: AuthedRequest) -> HttpResponse:
    """The running job in the top bar."""
    return render(request, "core/job_strip.html")


@signed_in
@require_GET
def job_row(request: AuthedRequest, job_id: uuid.UUID) -> HttpResponse:
    """One job with its progress. When it has ended, the page hears `jobFinished` and may refresh what it shows."""
    job = _job(request, job_id)
    response = render(request, "core/job_row.html", {"job": job})
    if job.is_finished and request.htmx:
        response["HX-Trigger"] = json.dumps({"jobFinished": {"id": str(job.pk), "kind": job.kind, "state": job.state}})
    return response


@signed_in
@require_POST
def job_cancel(request: AuthedRequest, job_id: uuid.UUID) -> HttpResponse:
    job = cancel_job(actor=request.user, job=_job(request, job_id))
    return _answer(request, job)


@signed_in
@require_POST
def job_retry(request: AuthedRequest, job_id: uuid.UUID) -> HttpResponse:
    job = _job(request, job_id)
    try:
        job = retry_job(actor=request.user, job=job)
    except jobs.JobFailed as error:
        messages.error(request, error.text)
        return redirect("core:jobs")
    return _answer(request, job)


def _answer(request: AuthedRequest, job: Job) -> HttpResponse:
    if request.htmx:
        return render(request, "core/job_row.html", {"job": job})
    messages.info(request, _("%(job)s: %(state)s") % {"job": job.label, "state": job.get_state_display()})
    return redirect("core:jobs")


def _job(request: AuthedRequest, job_id: uuid.UUID) -> Job:
    found: Job = get_object_or_404(
        Job.objects.for_user(request.user).select_related("project", "created_by"), pk=job_id
    )
    return found
