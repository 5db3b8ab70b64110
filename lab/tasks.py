"""The lab's jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from core import jobs, sandbox, storage
from datamap.wording_scan import unreadable
from lab import services
from lab.models import Measurement

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from core.models import Job

LIMITS: Final = sandbox.Limits(cpu=240, memory=3 << 29, wall=300)
STAGES: Final[dict[str, StrOrPromise]] = {
    "reading": _("Reading the columns"),
    "measuring": _("Counting groups of people who look alike"),
    "searching": _("Looking for the fewest columns that single people out"),
}
FAILURES: Final[dict[str, StrOrPromise]] = {
    "no_rows": _("The sample has no rows to measure."),
    "no_such_column": _("The sample has no such column."),
    "memory_limit": _("The columns hold too many different values to measure within the memory allowed. Choose fewer."),
    "cpu_limit": _("The measurement took too long. Choose fewer columns."),
    "time_limit": _("The measurement took too long. Choose fewer columns."),
}


def _page(job: Job) -> str:
    found = Measurement.objects.filter(pk=job.subject_id).first()
    return found.get_absolute_url() if found else ""


@jobs.task(services.REIDENTIFICATION, queue="default", label=_("Measuring re-identification"), url=_page)
def measure_reidentification(run: jobs.Run) -> None:
    """Measure in a sandboxed child that reads the ciphertext; keep the figures."""
    measurement = run.subject(Measurement)
    figures = _measured(run, measurement)
    with run.finishing(_("Measured on %(count)d columns") % {"count": len(measurement.columns)}):
        services.record_reidentification(actor=run.job.created_by, measurement=measurement, figures=figures)


def _measured(run: jobs.Run, measurement: Measurement) -> dict[str, Any]:
    stored = run.job.holds
    if stored is None or not stored.is_present:
        raise jobs.JobFailed("file_gone", _("The sample was deleted. Upload the same file again to measure it."))
    request = {
        "handle": storage.handle(stored).to_json(),
        "name": stored.name,
        "columns": measurement.columns,
        "threshold": measurement.parameters["threshold"],
    }
    try:
        figures: dict[str, Any] = sandbox.call(
            "lab.child:reidentification",
            request,
            limits=LIMITS,
            on_progress=lambda percent, code: run.progress(percent, STAGES.get(code, "")),
        )
    except sandbox.SandboxError as error:
        if error.code in {"internal", "crashed"}:
            raise
        text = FAILURES.get(error.code) or unreadable(error.code, error.line, error.params)
        raise jobs.JobFailed(error.code, f"{stored.name}: {text}") from None
    return figures
