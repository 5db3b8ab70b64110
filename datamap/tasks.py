"""Long work of the data map: claim, call an engine and a service, report."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import jobs, parts, registry, sandbox, storage
from datamap.models import Dataset, SchemaVersion
from datamap.proposals import propose_fields
from datamap.scanner.installation import installation
from datamap.scanner.options import DEFAULT, Options
from datamap.scanner.scan import STEP, read_texts, scan
from datamap.scanner.types import Span, Table, Unreadable
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
#: What a big scan is divided into: chunks of its file, and texts for the language models.
READ: Final = "datamap.read_part"
READ_TEXTS: Final = "datamap.read_texts"
#: What the team had taught when the scan began, kept for its later turns and its parts.
OPTIONS: Final = "datamap.scan_options"
registry.register_job_kind(registry.JobKind(OPTIONS, "scan", gettext_lazy("Options of a scan"), max_attempts=1))
#: Texts of one part.
PART_TEXTS: Final = 3 * STEP


def _page(job: Job) -> str:
    found = Dataset.objects.filter(pk=job.subject_id).first()
    return found.get_absolute_url() if found else ""


@jobs.task(services.SCAN, queue="scan", label=gettext_lazy("Scanning a sample"), max_attempts=3, url=_page)
def scan_dataset(run: jobs.Run) -> None:
    """Read a sample in a child process, find personal data in this warm one, keep the findings."""
    dataset = run.subject(Dataset)
    options = _options(run, dataset)
    table = _table(run, dataset, options)
    run.progress(60, _("Classifying columns"))
    result = scan(
        table,
        options,
        name=dataset.name,
        progress=partial(_report, run),
        read=partial(_spans, run, options, table),
    )
    columns = len(result.findings)
    message = ngettext("%(count)d column", "%(count)d columns", columns) % {"count": columns}
    with run.finishing(message):
        scans.record_findings(job=run.job, dataset=dataset, scan=result, encoding=table.encoding, seconds=run.seconds())


def _options(run: jobs.Run, dataset: Dataset) -> Options:
    """What the scan was told when it began, whatever its team changes meanwhile."""
    kept = parts.results(run.job.parent or run.job, OPTIONS)
    return Options.from_json(json.loads(kept[0])) if kept else scan_options(dataset)


def _hand_out(
    run: jobs.Run, work: list[parts.Part], options: Options, *, progress: tuple[int, int], message: str
) -> NoReturn:
    if not parts.has(run.job, OPTIONS):
        work = [*work, parts.Part(OPTIONS, result=json.dumps(options.to_json()).encode())]
    run.hand_out(work, progress=progress, message=message)


def _table(run: jobs.Run, dataset: Dataset, options: Options) -> Table:
    """The sample. A big file's parts are read by whoever is free: then this turn of the job ends here."""
    if seen := [json.loads(result) for result in parts.results(run.job, READ)]:
        return _put_together(dataset, seen)
    run.progress(1, _("Opening %(name)s") % {"name": dataset.name})
    if dataset.size > settings.SCAN_PART_BYTES and (shares := _shares(run, dataset)):
        message = ngettext("Reading rows in %(count)d part", "Reading rows in %(count)d parts", len(shares))
        _hand_out(run, shares, options, progress=(2, 58), message=message % {"count": len(shares)})
    return Table.from_json(_read(run, dataset, "datamap.scanner.read_run:read", dataset.size, upto=57, options=options))


def _shares(run: jobs.Run, dataset: Dataset) -> list[parts.Part]:
    """Neighbouring chunks of a file, about SCAN_PART_BYTES together. None where it is better read in one piece."""
    chunks: list[Json] = _read(run, dataset, "datamap.scanner.chunks:divide", dataset.size, upto=2)["chunks"]
    count = min(len(chunks), -(-dataset.size // settings.SCAN_PART_BYTES))
    cuts = [len(chunks) * number // count for number in range(count + 1)] if chunks else []
    return [
        parts.Part(READ, {"chunks": chunks, "first": first, "last": last}, holds=run.job.holds)
        for first, last in pairwise(cuts)
    ]


def _put_together(dataset: Dataset, seen: list[dict[str, Any]]) -> Table:
    if "table" in seen[0]:
        return Table.from_json(seen[0]["table"])
    from datamap.scanner.chunks import put_together  # noqa: PLC0415 - the web server loads tasks, and needs no Arrow

    try:
        return put_together(seen)
    except Unreadable as error:
        raise jobs.JobFailed(
            error.code, f"{dataset.name}: {unreadable(error.code, error.line, error.params)}"
        ) from None


@jobs.task(READ, queue="scan", label=gettext_lazy("Reading a part of a sample"), max_attempts=3)
def read_part(run: jobs.Run) -> None:
    """Read some chunks of a sample in a child process, for the scan that this is a part of."""
    dataset = run.subject(Dataset)
    chunks = run.params["chunks"]
    size = dataset.size * (run.params["last"] - run.params["first"]) // len(chunks)
    options = _options(run, dataset)
    seen = _read(run, dataset, "datamap.scanner.chunks:read_part", size, upto=99, options=options)
    with run.finishing():
        parts.keep_result(run.job, json.dumps(seen).encode())


def _read(
    run: jobs.Run, dataset: Dataset, engine: str, size: int, *, upto: int, options: Options = DEFAULT
) -> dict[str, Any]:
    """Have a child process read `size` bytes of the sample; its progress is up to `upto` per cent of the job's."""
    if run.job.holds is None or not run.job.holds.is_present:
        raise jobs.JobFailed("file_gone", _("The sample was deleted before it could be scanned. Upload it again."))
    request: dict[str, Json] = {"handle": storage.handle(run.job.holds).to_json(), "name": dataset.name, **run.params}
    request["recognisers"] = [asdict(it) for it in installation().recognisers + options.recognisers]
    seconds = 60 + int(size / (1 << 30) * SECONDS_PER_GIB)

    def on_progress(percent: int, _code: str) -> None:
        if percent < 0:
            run.progress(percent)
        else:
            run.progress(2 + percent * (upto - 2) // 100, _("Reading rows"))

    try:
        answer: dict[str, Any] = sandbox.call(
            engine,
            request,
            limits=sandbox.Limits(cpu=seconds, memory=MEMORY, wall=seconds * 2),
            on_progress=on_progress,
        )
    except sandbox.SandboxError as error:
        if error.code in {"internal", "crashed"}:
            raise
        reason = unreadable(error.code, error.line, error.params)
        raise jobs.JobFailed(error.code, f"{dataset.name}: {reason}") from None
    return answer


def _spans(
    run: jobs.Run, options: Options, table: Table, texts: list[str], languages: tuple[str, ...]
) -> dict[str, tuple[Span, ...]]:
    """What stands in the texts. Many are read by whoever is free: then this turn of the job ends here."""
    found: dict[str, tuple[Span, ...]] = {}
    for result in parts.results(run.job, READ_TEXTS):
        found |= {text: tuple(Span(*span) for span in spans) for text, spans in json.loads(result)}
    if not found and len(texts) > 2 * PART_TEXTS:
        _hand_out_texts(run, options, table, texts, languages)
    if not (left := [text for text in texts if text not in found]):
        return found
    return found | read_texts(left, options, partial(_report, run), languages)


def _hand_out_texts(
    run: jobs.Run, options: Options, table: Table, texts: list[str], languages: tuple[str, ...]
) -> NoReturn:
    known: dict[str, Json] = {"languages": list(languages)}
    work = [
        parts.Part(READ_TEXTS, known, given=json.dumps(texts[start : start + PART_TEXTS]).encode())
        for start in range(0, len(texts), PART_TEXTS)
    ]
    message = ngettext("Reading texts in %(count)d part", "Reading texts in %(count)d parts", len(work))
    said = message % {"count": len(work)}
    if not parts.has(run.job, READ):
        work.append(parts.Part(READ, result=json.dumps({"table": table.to_json()}).encode()))
    _hand_out(run, work, options, progress=(62, 98), message=said)


@jobs.task(READ_TEXTS, queue="scan", label=gettext_lazy("Reading some texts of a sample"), max_attempts=3)
def read_some_texts(run: jobs.Run) -> None:
    """Read the texts this part was given, with the warm models of this worker."""
    texts: list[str] = json.loads(parts.given(run.job))
    options, languages = _options(run, run.subject(Dataset)), tuple(run.params["languages"])
    spans = read_texts(texts, options, lambda percent, _code: run.progress(percent), languages)
    with run.finishing():
        found = [(text, [astuple(span) for span in spans[text]]) for text in spans]
        parts.keep_result(run.job, json.dumps(found).encode())


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
