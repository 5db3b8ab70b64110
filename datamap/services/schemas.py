"""The verbs of schemas: add, record what was read, decide categories, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import jobs, storage
from core.audit import change
from core.errors import Refused
from core.models import UNFINISHED, Job, Project, User
from core.permissions import check_can_write
from core.rows import held
from datamap.drift import Diff, compare
from datamap.events import Event
from datamap.models import Schema, SchemaField, SchemaVersion
from datamap.parsers.text import refuse_plainly_other
from datamap.parsers.types import Unreadable
from datamap.selectors.schemas import columns_of, previous_of
from datamap.signals import schema_changed
from datamap.wording import unreadable

if TYPE_CHECKING:
    from core.uploads import EncryptedUpload
    from datamap.proposals import Proposed

PARSE: Final = "datamap.parse_schema"
_HEAD: Final = 4096


class NotASchema(Refused):
    """The file is certainly no schema; told at once instead of after a job."""

    status = 415
    code = "unsupported_format"


def add_schema(
    *,
    actor: User,
    project: Project,
    upload: EncryptedUpload,
    schema: Schema | None = None,
    name: str = "",
    format_: str = "",
    dialect: str = "",
) -> SchemaVersion:
    """Keep an (already encrypted) schema file until it is read, as a version of `schema` or of the one of that name.

    The name is the file's own unless given. The content of the current version again makes no new one.
    Raises PermissionDenied, NotASchema.
    """
    check_can_write(actor, project)
    _refuse_what_is_no_schema(upload)
    called = (schema.name if schema else name.strip() or storage.safe_name(upload.name or ""))[:200]
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)  # one upload at a time gives version numbers
        found: Schema = (
            schema or Schema.objects.get_or_create(project=project, name=called, defaults={"created_by": actor})[0]
        )
        latest = found.versions.select_related("job").first()
        if (
            latest
            and latest.sha256 == upload.sha256
            and (latest.is_parsed or (latest.job and latest.job.state in UNFINISHED))
        ):
            return latest
        return _add_version(actor, found, upload, {"format": format_, "dialect": dialect})


def _refuse_what_is_no_schema(upload: EncryptedUpload) -> None:
    with upload.open_plain() as file:
        head = file.read(_HEAD)
    try:
        refuse_plainly_other(head)
    except Unreadable as error:
        is_empty = error.code == "empty"
        text = f"{upload.name}: {unreadable(error.code)}"
        raise NotASchema(text, code=error.code, status=400 if is_empty else 415) from None


def _add_version(actor: User, schema: Schema, upload: EncryptedUpload, params: dict[str, Any]) -> SchemaVersion:
    number = (schema.versions.aggregate(latest=Max("number"))["latest"] or 0) + 1
    with change(actor=actor, event=Event.SCHEMA_ADDED, project=schema.project) as log:
        stored = storage.keep(upload)
        version: SchemaVersion = SchemaVersion.objects.create(
            schema=schema,
            number=number,
            file_name=stored.name,
            sha256=stored.sha256,
            size=stored.size,
            file=stored,
            created_by=actor,
        )
        version.job = jobs.submit(
            kind=PARSE, subject=version, by=actor, project=schema.project, holds=stored, params=params
        )
        version.save(update_fields=["job"])
        log.about(version, sha256=stored.sha256, size=stored.size)
    return version


def record_schema(*, job: Job, version: SchemaVersion, parsed: dict[str, Any], fields: list[Proposed]) -> Diff:
    """Keep what was read, carry people's decisions over, announce what is new. Call inside `run.finishing()`.

    Versions may be read in any order: each is compared with the one before it, and only the newest is current.
    Raises Gone where the schema was deleted meanwhile.
    """
    with change(actor=job.created_by, event=Event.SCHEMA_PARSED, project=version.schema.project) as log:
        schema = held(Schema.objects.select_related("current"), version.schema_id)
        before = previous_of(version)
        rows = [_row(version, position, field) for position, field in enumerate(fields)]
        _carry_decisions(before, rows)
        SchemaField.objects.filter(version=version).delete()
        SchemaField.objects.bulk_create(rows, batch_size=1000)
        diff = compare(columns_of(before), columns_of(version))
        version.format, version.dialect = parsed["format"], parsed["dialect"]
        version.entities = [
            {key: entity[key] for key in ("name", "kind", "line", "derived", "description")}
            for entity in parsed["entities"]
        ]
        version.unparsed, version.field_count = parsed["unparsed"], len(rows)
        version.new_personal, version.parsed_at = len(diff.new_personal), timezone.now()
        version.save()
        is_newest = schema.current is None or schema.current.number <= version.number
        if is_newest:
            schema.current = version
            schema.save(update_fields=["current"])
        log.about(
            version,
            sha256=version.sha256,
            fields=len(rows),
            new_personal=len(diff.new_personal),
            unparsed=len(version.unparsed),
        )
        if is_newest:
            new = [f"{column.entity}.{column.path}" for column in diff.new_personal]
            schema_changed.send(sender=Schema, schema_version=version, project=version.schema.project, new_personal=new)
    return diff


def _row(version: SchemaVersion, position: int, field: Proposed) -> SchemaField:
    return SchemaField(
        version=version,
        position=position,
        entity=field.entity[:400],
        path=field.path[:400],
        type=field.type[:400],
        nullable=field.nullable,
        description=field.description,
        key=field.key,
        references=field.references[:400],
        found_category=field.category,
        found_identifying=field.identifying,
        found_entity=field.detected,
        confidence=field.confidence,
        why=field.why,
        category=field.category,
        identifying=field.identifying,
        special=field.special,
    )


def _carry_decisions(before: SchemaVersion | None, rows: list[SchemaField]) -> None:
    decided = before.fields.filter(decided_at__isnull=False).select_related("decided_by") if before else ()
    by_key = {(field.entity.lower(), field.path.lower()): field for field in decided}
    for row in rows:
        if known := by_key.get((row.entity.lower(), row.path.lower())):
            row.category, row.identifying, row.special = known.category, known.identifying, known.special
            row.decided_by, row.decided_at = known.decided_by, known.decided_at


def delete_schema(*, actor: User, schema: Schema) -> None:
    """Delete a schema with its versions and decisions. Raises PermissionDenied, or Refused while it is being read."""
    check_can_write(actor, schema.project)
    versions = list(schema.versions.select_related("job", "file"))
    if any(version.job is not None and version.job.state in UNFINISHED for version in versions):
        raise Refused(_("The schema is being read. Stop that first."), code="busy")
    with change(actor=actor, event=Event.SCHEMA_DELETED, project=schema.project) as log:
        log.about(schema, versions=len(versions))
        files = [version.file for version in versions if version.file is not None and version.file.is_present]
        held(Schema.objects.all(), schema.pk).delete()
        for stored in files:
            storage.delete(stored)
