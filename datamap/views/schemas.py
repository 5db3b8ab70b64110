"""Schemas: upload with live progress, the fields of one with their categories, what changed between versions."""

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
from core.models import UNFINISHED
from core.types import Category
from core.uploads import accepts_upload
from core.web import AuthedRequest, project_view
from datamap.forms.schemas import SchemaForm, VersionForm
from datamap.models import CategoryChoice, IdentifyingChoice, Schema, SchemaVersion
from datamap.renames import Said, guess_key
from datamap.selectors import schemas as selectors
from datamap.services import schemas as services
from datamap.wording import unparsed
from datamap.wording_categories import about

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from core.models import Project
    from datamap.drift import Change

#: Fields, tables and changes that one answer shows.
PAGE: Final = 20
TABLES: Final = 40
ORPHANS: Final = 3  # so few at the end stand on the page before
CHANGES: Final = 8
ALL_CHANGES: Final = 100


def _limit() -> int:
    return int(settings.SCHEMA_MAX_BYTES)


@accepts_upload(limit=_limit)
@project_view
@require_http_methods(["GET", "POST"])
def schema_list(request: AuthedRequest, project: Project) -> HttpResponse:
    form = SchemaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.add_schema(actor=request.user, project=project, **form.arguments())
        except Refused as error:
            form.add_error("file", error.text)
        else:
            return redirect(version.schema)
    found = list(selectors.schemas_of(request.user, project))
    latest = selectors.latest_versions(found)
    context = {
        "project": project,
        "form": form,
        "rows": [(schema, latest.get(schema.pk)) for schema in found],
        "limit": _limit(),
        "may_write": permissions.can_write(request.user, project),
    }
    return render(request, "datamap/schemas.html", context, status=422 if form.errors else 200)


@project_view
@require_GET
def schema_page(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    schema = schema_of(request, project, schema_id)
    context = version_context(request, schema)
    version = context["version"]
    if version is None:
        return render(request, "datamap/schema.html", context)
    context |= fields_context(request, version)
    if request.htmx.target == "fields":
        return render(request, "datamap/schema_fields.html", context)
    return render(request, "datamap/schema.html", context | _around(request, version))


@project_view
@require_GET
def schema_tables(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """More tables for the list at the side, or those whose name fits."""
    context = version_context(request, schema_of(request, project, schema_id))
    if context["version"] is not None:
        context |= tables_context(request, context["version"])
        context["asked"] = selectors.Asked.of(request.GET)
    return render(request, "datamap/schema_tables.html", context)


@project_view
@require_GET
def schema_changes(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """Everything that changed since the version before, page by page."""
    context = version_context(request, schema_of(request, project, schema_id))
    diff = selectors.diff_to_previous(context["version"]) if context["version"] is not None else None
    page = Paginator(diff.changes if diff else (), ALL_CHANGES).get_page(request.GET.get("page"))
    changes = rename_rows(page.object_list, context["version"]) if diff else []
    return render(request, "datamap/schema_changes.html", context | {"diff": diff, "page": page, "changes": changes})


def rename_rows(changes: Iterable[Change], version: SchemaVersion) -> list[dict[str, Any]]:
    """Changes for a table; a guessed renaming waits for a word unless there is one."""
    said = {Said.from_json(one).key: one["same"] for one in version.renames}
    return [{"change": one, "said": said.get(guess_key(one))} for one in changes]


def version_context(request: AuthedRequest, schema: Schema) -> dict[str, Any]:
    """The version that the address asks for, the current one without, and what the person may do."""
    versions = list(schema.versions.select_related("job", "created_by"))
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked and one.is_parsed), schema.current)
    latest = versions[0] if versions else None
    return {
        "project": schema.project,
        "schema": schema,
        "versions": versions,
        "version": shown,
        "latest": latest,
        "busy": latest is not None and latest.job is not None and latest.job.state in UNFINISHED,
        "is_current": shown is not None and shown.pk == schema.current_id,
        "may_write": permissions.can_write(request.user, schema.project),
        "form": VersionForm(),
        "limit": _limit(),
    }


def fields_context(request: AuthedRequest, version: SchemaVersion) -> dict[str, Any]:
    """The part of the page that shows fields."""
    summary = selectors.summary_of(version)
    asked = selectors.Asked.of(request.GET, default="open" if summary.open else "all")
    return {
        "summary": summary,
        "asked": asked,
        "page": _pages(version, asked, summary).get_page(request.GET.get("page")),
        "category_choices": CategoryChoice.choices,
        "identifying_choices": IdentifyingChoice.choices,
    }


def _pages(version: SchemaVersion, asked: selectors.Asked, summary: selectors.Summary) -> Paginator[Any]:
    """The fields asked for; where nothing but a view narrows them, the summary has counted them."""
    pages = Paginator(asked.rows(version), PAGE, orphans=ORPHANS)
    if not (asked.text or asked.table or asked.category):
        pages.count = summary.counts[asked.view]
    return pages


def _around(request: AuthedRequest, version: SchemaVersion) -> dict[str, Any]:
    """What stands round the fields: tables, categories, changes, what could not be read."""
    diff = selectors.diff_to_previous(version)
    return {
        "categories": [(about(Category(name)), total) for name, total in selectors.categories_of(version)],
        "unparsed": [{**part, "text": unparsed(part["reason"])} for part in version.unparsed],
        "diff": diff,
        "changes": rename_rows(diff.changes[:CHANGES], version) if diff else [],
        "more_changes": len(diff.changes) - CHANGES if diff else 0,
        **tables_context(request, version),
    }


def tables_context(request: AuthedRequest, version: SchemaVersion) -> dict[str, Any]:
    """Some of the tables, to go to; the rest comes as one scrolls."""
    text = request.GET.get("tables", "").strip()[:200]
    found = Paginator(selectors.tables_like(version, text), TABLES)
    return {"tables": found.get_page(request.GET.get("from")), "tables_text": text}


@accepts_upload(limit=_limit)
@project_view
@require_POST
def schema_version(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """The next version of this schema."""
    schema = schema_of(request, project, schema_id)
    form = VersionForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            services.add_schema(actor=request.user, project=project, upload=form.cleaned_data["file"], schema=schema)
        else:
            messages.error(request, _("Choose a file."))
    except Refused as error:
        messages.error(request, error.text)
    return redirect(schema)


@project_view
@require_POST
def schema_delete(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    schema = schema_of(request, project, schema_id)
    try:
        services.delete_schema(actor=request.user, schema=schema)
    except Refused as error:
        messages.error(request, error.text)
        return redirect(schema)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": schema.name})
    return redirect("datamap:schemas", project.pk)


def schema_of(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> Schema:
    """The schema of this project, or 404 for who may not see it."""
    found: Schema = get_object_or_404(selectors.schema_for(request.user), pk=schema_id, project=project)
    return found
