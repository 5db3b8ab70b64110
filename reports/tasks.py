"""Drawing and sealing, as jobs."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from core import jobs, sandbox
from core.models import Job
from reports import document, services
from reports.models import RENDER, SEAL, Report

if TYPE_CHECKING:
    from core.types import Json

#: 300 pages take 43 CPU seconds and 0.8 GB; a report that needs more is refused.
RENDER_LIMITS: Final = sandbox.Limits(cpu=180, memory=3 << 29, wall=300)
_WHY: Final = {
    "foreign_address": _("The report asked for something outside itself, so it was not drawn."),
    "cpu_limit": _("Drawing the report took too long."),
    "time_limit": _("Drawing the report took too long."),
    "memory_limit": _("The report is too large to be drawn."),
}


def _page(job: Job) -> str:
    report = Report.objects.filter(pk=job.subject_id).first()
    return report.get_absolute_url() if report else ""


@jobs.task(RENDER, queue="report", label=_("Drawing a report"), max_attempts=3, url=_page)
def render_report(run: jobs.Run) -> None:
    """Draw the frozen snapshot in a limited child process, then hand over to the seal."""
    report = run.subject(Report)
    run.progress(10, _("Setting the pages"))
    frozen = json.loads(report.snapshot)
    composed = document.compose(frozen, report.snapshot.encode())
    run.progress(25, _("Drawing"))
    answer = _draw(run, report, composed)
    with run.finishing(_("Drawn: %(pages)s pages") % {"pages": answer["pages"]}):
        pdf = base64.b64decode(answer["pdf"])
        services.keep_rendition(actor=run.job.created_by, report=report, pdf=pdf, pages=answer["pages"])


def _draw(run: jobs.Run, report: Report, composed: document.Composed) -> Any:
    request: Json = {
        "html": composed.html,
        "assets": composed.to_json(),
        "snapshot": report.snapshot,
        "at": report.requested_at.isoformat(),
        "note": "RFC 8785",
    }
    try:
        return sandbox.call(
            "reports.rendering.run:render",
            request,
            limits=RENDER_LIMITS,
            on_progress=lambda _percent, _code: run.progress(-1),
        )
    except sandbox.SandboxError as error:
        raise jobs.JobFailed(error.code, _WHY.get(error.code, _("The report could not be drawn."))) from error


@jobs.task(SEAL, queue="sign", label=_("Sealing a report"), max_attempts=3, url=_page)
def sign_report(run: jobs.Run) -> None:
    """Seal what was drawn, with the installation's key."""
    report = run.subject(Report)
    run.progress(20, _("Sealing"))
    sealed = services.sealed_bytes(report)
    with run.finishing(_("Sealed")):
        services.keep_sealed(actor=run.job.created_by, report=report, pdf=sealed)
