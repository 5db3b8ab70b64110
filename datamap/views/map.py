"""The data map: the flow graph as a picture and as two tables that can do everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import permissions
from core.web import AuthedRequest, project_view
from datamap.forms.flows import BoundaryForm, ElementForm, FlowForm
from datamap.models import Stage
from datamap.selectors.diagram import picture_of
from datamap.selectors.flows import boundary_for, element_for, flow_for, graph_of
from datamap.selectors.inventory import inventory_of
from datamap.selectors.threats import threats_of
from datamap.services import draft, flows

if TYPE_CHECKING:
    import uuid

    from core.models import Project
    from datamap.models import Boundary, DataElement, Flow


@project_view
@require_GET
def map_page(request: AuthedRequest, project: Project) -> HttpResponse:
    graph = graph_of(project)
    picture, why_not = picture_of(graph) if not graph.is_empty else (None, "")
    numbered = list(enumerate(graph.flows, 1))
    stages = [(stage.label, [pair for pair in numbered if pair[1].stage == stage]) for stage in Stage]
    context = {
        "project": project,
        "graph": graph,
        "picture": picture,
        "why_not": why_not,
        "stages": stages,
        "threats": threats_of(graph, inventory_of(project)) if not graph.is_empty else [],
        "may_write": permissions.can_write(request.user, project),
    }
    return render(request, "datamap/map.html", context)


@project_view
@require_GET
def map_svg(request: AuthedRequest, project: Project) -> HttpResponse:
    """The picture as a file."""
    picture, _why_not = picture_of(graph_of(project))
    if picture is None:
        raise Http404
    response = render(
        request, "datamap/map_picture.svg", {"picture": picture, "project": project}, content_type="image/svg+xml"
    )
    response["Content-Disposition"] = f'attachment; filename="data-map-{project.number}.svg"'
    return response


@project_view
@require_POST
def map_draft(request: AuthedRequest, project: Project) -> HttpResponse:
    count = draft.draft_map(actor=request.user, project=project)
    if count:
        messages.success(
            request,
            ngettext("%(count)d entry was added to the map.", "%(count)d entries were added to the map.", count)
            % {"count": count},
        )
    else:
        messages.info(request, _("The map already shows what is known."))
    return redirect("datamap:map", project.pk)


@project_view
@require_http_methods(["GET", "POST"])
def boundary_edit(request: AuthedRequest, project: Project, row_id: uuid.UUID | None = None) -> HttpResponse:
    row: Boundary | None = get_object_or_404(boundary_for(request.user), pk=row_id, project=project) if row_id else None
    return _edit(request, project, BoundaryForm, row, "boundary")


@project_view
@require_http_methods(["GET", "POST"])
def element_edit(request: AuthedRequest, project: Project, row_id: uuid.UUID | None = None) -> HttpResponse:
    row: DataElement | None = (
        get_object_or_404(element_for(request.user), pk=row_id, project=project) if row_id else None
    )
    return _edit(request, project, ElementForm, row, "element")


@project_view
@require_http_methods(["GET", "POST"])
def flow_edit(request: AuthedRequest, project: Project, row_id: uuid.UUID | None = None) -> HttpResponse:
    row: Flow | None = get_object_or_404(flow_for(request.user), pk=row_id, project=project) if row_id else None
    return _edit(request, project, FlowForm, row, "flow")


def _edit(request: AuthedRequest, project: Project, form_class: Any, row: Any, kind: str) -> HttpResponse:
    """Show and save one row of the map; what was typed stays when something is not right."""
    permissions.check_can_write(request.user, project)
    form = form_class(request.POST or None, instance=row, project=project)
    if request.method == "POST" and form.is_valid():
        values = form.arguments() if isinstance(form, FlowForm) else form.cleaned_data
        save: Any = {"boundary": flows.save_boundary, "element": flows.save_element, "flow": flows.save_flow}[kind]
        try:
            save(actor=request.user, project=project, **{kind: row}, **values)
        except ValidationError as error:
            _tell(form, error)
        else:
            return redirect("datamap:map", project.pk)
    context = {
        "project": project,
        "form": form,
        "row": row,
        "kind": kind,
        "heading": _heading(kind, is_new=row is None),
    }
    return render(request, "datamap/map_form.html", context, status=422 if form.errors else 200)


def _tell(form: Any, error: ValidationError) -> None:
    """The service's refusal beside the field it is about."""
    for name, texts in (error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}).items():
        shown = "fields_text" if name == "fields" else name
        for text in texts:
            form.add_error(shown if shown in form.fields else None, text)


def _heading(kind: str, *, is_new: bool) -> str:
    return {
        ("boundary", True): _("Add a trust boundary"),
        ("boundary", False): _("Change the trust boundary"),
        ("element", True): _("Add an element"),
        ("element", False): _("Change the element"),
        ("flow", True): _("Add a flow"),
        ("flow", False): _("Change the flow"),
    }[kind, is_new]


@project_view
@require_POST
def boundary_delete(request: AuthedRequest, project: Project, row_id: uuid.UUID) -> HttpResponse:
    flows.delete_boundary(
        actor=request.user, boundary=get_object_or_404(boundary_for(request.user), pk=row_id, project=project)
    )
    return redirect("datamap:map", project.pk)


@project_view
@require_POST
def element_delete(request: AuthedRequest, project: Project, row_id: uuid.UUID) -> HttpResponse:
    flows.delete_element(
        actor=request.user, element=get_object_or_404(element_for(request.user), pk=row_id, project=project)
    )
    return redirect("datamap:map", project.pk)


@project_view
@require_POST
def flow_delete(request: AuthedRequest, project: Project, row_id: uuid.UUID) -> HttpResponse:
    flows.delete_flow(actor=request.user, flow=get_object_or_404(flow_for(request.user), pk=row_id, project=project))
    return redirect("datamap:map", project.pk)
