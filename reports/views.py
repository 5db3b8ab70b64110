"""The library of reports, one report, and the public page where anybody checks a file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import storage
from core.uploads import EncryptedUpload, accepts_upload
from core.web import AuthedRequest, project_view, signed_in
from pia.models.assessment import Assessment
from reports import selectors, services, throttle, verification, words
from reports.permissions import can_download_reports, can_issue_reports
from reports.signing.verify import Verdict

if TYPE_CHECKING:
    from core.models import Project
    from reports.models import Report
    from reports.verification import Answer


@signed_in
@require_GET
def library(request: AuthedRequest) -> HttpResponse:
    """Every report this person may see."""
    page = Paginator(selectors.visible(request.user), 25).get_page(request.GET.get("page"))
    return render(request, "reports/library.html", {"page": page})


@project_view
@require_GET
def project_reports(request: AuthedRequest, project: Project) -> HttpResponse:
    context = {
        "project": project,
        "reports": selectors.of_project(request.user, project),
        "assessments": selectors.reportable(request.user, project),
        "may_issue": can_issue_reports(request.user, project),
    }
    return render(request, "reports/project.html", context)


@project_view
@require_POST
def issue(request: AuthedRequest, project: Project) -> HttpResponse:
    assessment = get_object_or_404(
        Assessment.objects.for_user(request.user).filter(project=project), pk=_id(request.POST.get("assessment", ""))
    )
    report, _job = services.request_report(actor=request.user, assessment=assessment)
    messages.success(request, _("%(number)s is being drawn. You can leave the page meanwhile.") % {"number": report})
    return redirect(report)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@project_view
@require_GET
def report_page(request: AuthedRequest, project: Project, report_id: UUID) -> HttpResponse:
    report = _report(request, project, report_id)
    verdict, reason = verification.standing(report)
    context = {
        "project": project,
        "report": report,
        "sealed": report.sealed,
        "signers": [_signer(signer) for signer in report.sealed.signers] if report.sealed else [],
        "standing": {"word": words.VERDICTS[verdict], "tone": words.TONES[verdict], "why": words.REASONS[reason]},
        "may_download": can_download_reports(request.user, project),
    }
    return render(request, "reports/report.html", context)


@project_view
@require_GET
def download(request: AuthedRequest, project: Project, report_id: UUID) -> HttpResponse:
    report = _report(request, project, report_id)
    stored = services.download(actor=request.user, report=report)
    return FileResponse(  # type: ignore[return-value]  # django-stubs keep streaming answers apart from HttpResponse
        storage.open_plain(stored), as_attachment=True, filename=report.file_name, content_type="application/pdf"
    )


def _report(request: AuthedRequest, project: Project, report_id: UUID) -> Report:
    found: Report = get_object_or_404(selectors.of_project(request.user, project), pk=report_id)
    return found


@never_cache
@accepts_upload(limit=verification.MAX_BYTES, login=False)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, token: str = "") -> HttpResponse:
    """Public. The QR code's address says what was issued; an upload says whether a copy is that."""
    throttle.take(request, "verify")
    issued = verification.by_token(token) if token else None
    if token and issued is None:
        raise Http404
    context: dict[str, Any] = {"issued": issued, "limit": verification.MAX_BYTES, "token": token}
    if issued:
        verdict, reason = verification.standing(issued)
        context["standing"] = {
            "word": words.VERDICTS[verdict],
            "tone": words.TONES[verdict],
            "why": words.REASONS[reason],
        }
    if request.method == "POST":
        upload = request.FILES.get("file")
        if isinstance(upload, EncryptedUpload):
            context |= {"answer": _shown(verification.verify_upload(upload)), "file_name": upload.name}
        else:
            context["problem"] = _("Choose the PDF first.")
    return render(request, "reports/verify.html", context, status=400 if "problem" in context else 200)


def _signer(signer: dict[str, Any]) -> dict[str, Any]:
    """A signer with the time as a time; what an unknown file claims may be none."""
    try:
        return {**signer, "at": datetime.fromisoformat(signer["signed_at"])}
    except ValueError:
        return {**signer, "at": None}


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        "word": words.VERDICTS[answer.verdict],
        "tone": words.TONES[answer.verdict],
        "why": words.REASONS[answer.reason],
        "valid": answer.verdict is Verdict.VALID,
        "approved": answer.approved,
        "genuine": answer.report is not None and answer.verdict in (
            Verdict.VALID, Verdict.SUPERSEDED, Verdict.STALE,
        ),
        "signers": [_signer(asdict(signer)) for signer in answer.signers],
        "sha256": answer.sha256,
        "report": answer.report,
        "facts_match": answer.facts_match,
    }  # fmt: skip
