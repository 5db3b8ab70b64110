"""Schemas: upload with live progress, the fields of one with their categories, what changed between versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import permissions
from core.errors import Refused
from core.models import UNFINISHED
from core.uploads import accepts_upload
from core.web import AuthedRequest, project_view
from datamap.forms.schemas import BulkForm, CategoryForm, SchemaForm, VersionForm
from datamap.models import CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.selectors import schemas as selectors
from datamap.services import schemas as services
from datamap.wording import unparsed

if TYPE_CHECKING:
    import uuid

    from core.models import Project

PAGE = 100


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
    schema = _schema(request, project, schema_id)
    template = "datamap/schema_fields.html" if request.htmx.target == "fields" else "datamap/schema.html"
    return render(request, template, _page(request, schema))


def _page(request: AuthedRequest, schema: Schema) -> dict[str, Any]:
    versions = list(schema.versions.select_related("job", "created_by"))
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked and one.is_parsed), schema.current)
    latest = versions[0] if versions else None
    context: dict[str, Any] = {
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
    return context | (_fields(request, shown) if shown else {})


def _fields(request: AuthedRequest, version: SchemaVersion) -> dict[str, Any]:
    summary = selectors.summary_of(version)
    asked = request.GET.get("show", "")
    show = asked if asked in selectors.VIEWS else ("identifying" if summary.personal else "all")
    text, entity = request.GET.get("q", "").strip()[:200], request.GET.get("table", "")[:400]
    rows = selectors.fields_in(version, show, text, entity)
    return {
        "summary": summary,
        "show": show,
        "q": text,
        "table": entity,
        "entities": selectors.entities_of(version),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "category_choices": CategoryChoice.choices,
        "identifying_choices": IdentifyingChoice.choices,
        "unparsed": [{**part, "text": unparsed(part["reason"])} for part in version.unparsed],
        "diff": selectors.diff_to_previous(version),
    }


@accepts_upload(limit=_limit)
@project_view
@require_POST
def schema_version(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """The next version of this schema."""
    schema = _schema(request, project, schema_id)
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
    schema = _schema(request, project, schema_id)
    try:
        services.delete_schema(actor=request.user, schema=schema)
    except Refused as error:
        messages.error(request, error.text)
        return redirect(schema)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": schema.name})
    return redirect("datamap:schemas", project.pk)


@project_view
@require_http_methods(["GET", "POST"])
def schema_field(request: AuthedRequest, project: Project, schema_id: uuid.UUID, field_id: uuid.UUID) -> HttpResponse:
    """One field's row: shown, opened for a change (`?change`), or changed."""
    schema = _schema(request, project, schema_id)
    field = get_object_or_404(selectors.field_for(request.user), pk=field_id, version__schema=schema)
    if request.method == "POST":
        form = CategoryForm(request.POST)
        if form.is_valid():
            given = form.arguments() if "reset" not in request.POST else {}
            field = services.override_category(actor=request.user, field=field, **given)
        if not request.htmx:
            return redirect(schema)
    return render(request, "datamap/schema_field.html", _row(request, schema, field, changing="change" in request.GET))


def _row(request: AuthedRequest, schema: Schema, field: SchemaField, *, changing: bool) -> dict[str, Any]:
    return {
        "project": schema.project,
        "schema": schema,
        "field": field,
        "changing": changing and permissions.can_write(request.user, schema.project),
        "may_write": permissions.can_write(request.user, schema.project),
        "is_current": field.version_id == schema.current_id,
        "category_choices": CategoryChoice.choices,
        "identifying_choices": IdentifyingChoice.choices,
    }


@project_view
@require_POST
def schema_bulk(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """One word on all chosen fields."""
    schema = _schema(request, project, schema_id)
    form = BulkForm(request.POST)
    if schema.current is not None and form.is_valid():
        given = form.arguments() if "reset" not in request.POST else {}
        count = services.override_categories(
            actor=request.user, version=schema.current, field_ids=form.cleaned_data["field"], **given
        )
        messages.success(
            request, ngettext("%(count)d field decided.", "%(count)d fields decided.", count) % {"count": count}
        )
    else:
        permissions.check_can_write(request.user, project)
        messages.error(request, _("Choose fields, and what they hold."))
    return redirect(f"{schema.get_absolute_url()}?{request.GET.urlencode()}")


def _schema(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> Schema:
    found: Schema = get_object_or_404(selectors.schema_for(request.user), pk=schema_id, project=project)
    return found
