"""Long work of the data map: claim, call an engine and a service, report."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import jobs, sandbox, storage
from datamap.models import Dataset, SchemaVersion
from datamap.proposals import propose_fields
from datamap.scanner.scan import scan
from datamap.scanner.types import Table
from datamap.selectors.recognisers import scan_options
from datamap.services import datasets as services
from datamap.services import scans
from datamap.services import schemas as schema_services
from datamap.wording import unreadable as unreadable_schema
from datamap.wording_scan import unreadable

if TYPE_CHECKING:
    from core.models import Job
    from core.types import Json

#: Reading is bounded like any parsing of an upload; a large file gets more time, never more memory.
MEMORY: Final = 1 << 30
SECONDS_PER_GIB: Final = 240


def _page(job: Job) -> str:
    found = Dataset.objects.filter(pk=job.subject_id).first()
    return found.get_absolute_url() if found else ""


@jobs.task(services.SCAN, queue="scan", label=gettext_lazy("Scanning a sample"), max_attempts=3, url=_page)
def scan_dataset(run: jobs.Run) -> None:
    """Read a sample in a child process, find personal data in this warm one, keep the findings."""
    started = time.monotonic()
    dataset = run.subject(Dataset)
    run.progress(1, _("Opening %(name)s") % {"name": dataset.name})
    table = Table.from_json(_read(run, dataset))
    run.progress(60, _("Classifying columns"))
    result = scan(
        table, scan_options(dataset), name=dataset.name, progress=lambda percent, code: _report(run, percent, code)
    )
    columns = len(result.findings)
    message = ngettext("%(count)d column", "%(count)d columns", columns) % {"count": columns}
    with run.finishing(message):
        scans.record_findings(
            job=run.job, dataset=dataset, scan=result, encoding=table.encoding, seconds=time.monotonic() - started
        )


def _read(run: jobs.Run, dataset: Dataset) -> dict[str, Any]:
    if run.job.holds is None or not run.job.holds.is_present:
        raise jobs.JobFailed("file_gone", _("The sample was deleted before it could be scanned. Upload it again."))
    request: dict[str, Json] = {"handle": storage.handle(run.job.holds).to_json(), "name": dataset.name}
    seconds = 60 + int(dataset.size / (1 << 30) * SECONDS_PER_GIB)

    def on_progress(percent: int, _code: str) -> None:
        run.progress(percent if percent < 0 else 2 + percent * 55 // 100, _("Reading rows") if percent >= 0 else "")

    try:
        answer: dict[str, Any] = sandbox.call(
            "datamap.scanner.read_run:read",
            request,
            limits=sandbox.Limits(cpu=seconds, memory=MEMORY, wall=seconds * 2),
            on_progress=on_progress,
        )
    except sandbox.SandboxError as error:
        if error.code in {"internal", "crashed"}:
            raise
        reason = unreadable(error.code, error.line)
        raise jobs.JobFailed(error.code, f"{dataset.name}: {reason}") from None
    return answer


def _report(run: jobs.Run, percent: int, code: str) -> None:
    message = _("Reading texts for names") if code == "texts" else _("Classifying columns")
    run.progress(60 + percent * 38 // 100, message)


def _schema_page(job: Job) -> str:
    found = SchemaVersion.objects.filter(pk=job.subject_id).select_related("schema").first()
    return found.schema.get_absolute_url() if found else ""


@jobs.task(
    schema_services.PARSE, queue="scan", label=gettext_lazy("Reading a schema"), max_attempts=3, url=_schema_page
)
def parse_schema(run: jobs.Run) -> None:
    """Read a schema in a child process, propose categories, keep the structure; the file goes with the job."""
    version = run.subject(SchemaVersion)
    run.progress(1, _("Opening %(name)s") % {"name": version.file_name})
    parsed = _parse(run, version)
    fields = propose_fields(parsed, lambda percent: run.progress(70 + percent * 28 // 100, _("Proposing categories")))
    message = ngettext("%(count)d field", "%(count)d fields", len(fields)) % {"count": len(fields)}
    with run.finishing(message):
        schema_services.record_schema(job=run.job, version=version, parsed=parsed, fields=fields)


def _parse(run: jobs.Run, version: SchemaVersion) -> dict[str, Any]:
    if run.job.holds is None or not run.job.holds.is_present:
        raise jobs.JobFailed("file_gone", _("The file was deleted before it could be read. Upload it again."))
    request = {"file": storage.handle(run.job.holds).to_json(), "name": version.file_name, **run.params}

    def on_progress(percent: int, _code: str) -> None:
        run.progress(percent if percent < 0 else 2 + percent * 65 // 100, _("Reading tables") if percent >= 0 else "")

    try:
        answer: dict[str, Any] = sandbox.call(
            "datamap.parsers.run:parse",
            request,
            limits=sandbox.Limits(cpu=60, memory=MEMORY, wall=120),
            on_progress=on_progress,
        )
    except sandbox.SandboxError as error:
        if error.code in {"internal", "crashed"}:
            raise
        reason = unreadable_schema(error.code, error.line, error.params)
        raise jobs.JobFailed(error.code, f"{version.file_name}: {reason}") from None
    return answer
