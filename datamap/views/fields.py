"""Deciding what a schema's fields hold: one in place, several at once; and whether a guessed renaming is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import permissions
from core.errors import Conflict, Refused
from core.web import AuthedRequest, project_view
from datamap.forms.schemas import BulkForm, CategoryForm, RenameForm
from datamap.models import CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.selectors import schemas as selectors
from datamap.services import fields as services
from datamap.views.findings import back
from datamap.views.schemas import schema_of

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet

    from core.models import Project


@project_view
@require_http_methods(["GET", "POST"])
def schema_field(request: AuthedRequest, project: Project, schema_id: uuid.UUID, field_id: uuid.UUID) -> HttpResponse:
    """One field's row: shown, opened for a change (`?change`), or decided."""
    schema = schema_of(request, project, schema_id)
    field = get_object_or_404(selectors.field_for(request.user), pk=field_id, version__schema=schema)
    decided = request.method == "POST"
    field, told = _decide(request, field) if decided else (field, "")
    if decided and not request.htmx:
        return back(request, schema, told)
    context = _row(request, schema, field) | {"told": told}
    return render(request, "datamap/schema_field_swap.html", context, status=409 if told else 200)


def _decide(request: AuthedRequest, field: SchemaField) -> tuple[SchemaField, str]:
    """The field decided, or as it stands with what kept it from being."""
    form = CategoryForm(request.POST)
    if not form.is_valid():
        permissions.check_can_write(request.user, field.version.schema.project)
        raise Refused(_("That is no category. Reload the page."), code="invalid", status=422)
    seen = request.GET.get("seen", "")
    try:
        return services.decide_field(actor=request.user, field=field, word=form.word(), seen=seen), ""
    except Conflict as error:
        return selectors.field_for(request.user).get(pk=field.pk), error.text


def _row(request: AuthedRequest, schema: Schema, field: SchemaField) -> dict[str, Any]:
    may_write = permissions.can_write(request.user, schema.project)
    return {
        "project": schema.project,
        "schema": schema,
        "field": field,
        "changing": request.method == "GET" and "change" in request.GET and may_write,
        "may_write": may_write,
        "is_current": field.version_id == schema.current_id,
        "category_choices": CategoryChoice.choices,
        "identifying_choices": IdentifyingChoice.choices,
    }


@project_view
@require_POST
def schema_bulk(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """One word on the ticked fields, or on all that the filter in the address shows."""
    schema = schema_of(request, project, schema_id)
    form = BulkForm(request.POST)
    if schema.current is not None and form.is_valid() and form.says_something():
        _decide_several(request, schema.current, form)
    else:
        permissions.check_can_write(request.user, project)
        messages.error(request, _("Choose fields, and what they hold."))
    return redirect(f"{schema.get_absolute_url()}?{request.GET.urlencode()}")


def _decide_several(request: AuthedRequest, version: SchemaVersion, form: BulkForm) -> None:
    """Do it, and tell how many, or why not."""
    rows, opened = _meant(request, version, form), form.cleaned_data["opened"]
    try:
        count = services.decide_fields(
            actor=request.user, version=version, fields=rows, word=form.word(), opened=opened
        )
    except Refused as error:
        messages.error(request, error.text)
    else:
        text = ngettext("%(count)d field decided.", "%(count)d fields decided.", count)
        messages.success(request, text % {"count": count})


def _meant(request: AuthedRequest, version: SchemaVersion, form: BulkForm) -> QuerySet[SchemaField]:
    if form.cleaned_data["all"]:
        return selectors.Asked.of(request.GET).rows(version)
    return selectors.fields_in(version).filter(pk__in=form.chosen())


@project_view
@require_POST
def schema_rename(request: AuthedRequest, project: Project, schema_id: uuid.UUID) -> HttpResponse:
    """A person's word on a guessed renaming."""
    schema = schema_of(request, project, schema_id)
    form = RenameForm(request.POST)
    try:
        if schema.current is not None and form.is_valid():
            services.decide_rename(actor=request.user, version=schema.current, **form.arguments())
        else:
            permissions.check_can_write(request.user, project)
            messages.error(request, _("There is no such renaming."))
    except Refused as error:
        messages.error(request, error.text)
    return redirect(f"{schema.get_absolute_url()}#changes")
