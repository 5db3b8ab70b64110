"""The verbs of the data map: save and delete boundaries, elements and flows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from core.audit import change
from core.models import Project, User
from core.permissions import check_can_write
from core.rows import held
from datamap.events import Event
from datamap.models import Boundary, CategoryChoice, DataElement, Flow
from datamap.signals import flow_changed

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row", Boundary, DataElement, Flow)

BOUNDARY_FIELDS: Final = ("name", "kind", "country", "is_ours")
ELEMENT_FIELDS: Final = ("kind", "name", "boundary", "note", "retention_days", "schema", "dataset")
FLOW_FIELDS: Final = ("source", "target", "name", "fields", "categories", "stage", "purpose", "protection")
MAX_LIST: Final = 200  # field names or categories of one flow


def save_boundary(*, actor: User, project: Project, boundary: Boundary | None = None, **values: Any) -> Boundary:
    """Add or change a trust boundary. Raises PermissionDenied, ValidationError."""
    row = boundary or Boundary(project=project)
    return _save(actor, project, row, Event.BOUNDARY_SAVED, BOUNDARY_FIELDS, values)


def save_element(*, actor: User, project: Project, element: DataElement | None = None, **values: Any) -> DataElement:
    """Add or change an element. Raises PermissionDenied, ValidationError."""
    row = element or DataElement(project=project)
    return _save(actor, project, row, Event.ELEMENT_SAVED, ELEMENT_FIELDS, values)


def save_flow(*, actor: User, project: Project, flow: Flow | None = None, **values: Any) -> Flow:
    """Add or change a flow between two elements of the project. Raises PermissionDenied, ValidationError."""
    row = flow or Flow(project=project)
    return _save(actor, project, row, Event.FLOW_SAVED, FLOW_FIELDS, values)


def delete_boundary(*, actor: User, boundary: Boundary) -> None:
    """Its elements stay, outside of any boundary. Raises PermissionDenied."""
    _delete(actor, boundary, Event.BOUNDARY_DELETED)


def delete_element(*, actor: User, element: DataElement) -> None:
    """Its flows go with it. Raises PermissionDenied."""
    _delete(actor, element, Event.ELEMENT_DELETED)


def delete_flow(*, actor: User, flow: Flow) -> None:
    """Raises PermissionDenied."""
    _delete(actor, flow, Event.FLOW_DELETED)


def _save(actor: User, project: Project, row: Row, event: Event, names: Iterable[str], values: dict[str, Any]) -> Row:
    check_can_write(actor, project)
    unknown = set(values) - set(names)
    if unknown:
        raise TypeError(f"not a field to set: {sorted(unknown)}")
    for name, value in values.items():
        _belongs(project, name, value)
        setattr(row, name, value)
    if isinstance(row, Flow):
        _check_flow(row)
    row.full_clean(exclude=["origin"])
    with change(actor=actor, event=event, project=project) as log:
        created = row._state.adding
        row.save()
        log.about(row, created=created)
        flow_changed.send(sender=type(row), project=project)
    return row


def _belongs(project: Project, name: str, value: Any) -> None:
    """A row of another project is told like one that does not exist."""
    if isinstance(value, models.Model) and getattr(value, "project_id", project.pk) != project.pk:
        raise ValidationError({name: _("There is no such entry in this project.")})


def _check_flow(flow: Flow) -> None:
    if flow.source_id and flow.source_id == flow.target_id:
        raise ValidationError({"target": _("A flow needs two different ends.")})
    for name in ("fields", "categories"):
        listed = getattr(flow, name)
        if (
            not isinstance(listed, list)
            or len(listed) > MAX_LIST
            or not all(isinstance(one, str) and len(one) <= 400 for one in listed)
        ):
            raise ValidationError({name: _("Give a list of at most %(limit)s names.") % {"limit": MAX_LIST}})
    wrong = set(flow.categories) - set(CategoryChoice.values)
    if wrong:
        raise ValidationError(
            {"categories": _("Not a category: %(names)s") % {"names": ", ".join(sorted(wrong))[:200]}}
        )


def _delete(actor: User, row: Boundary | DataElement | Flow, event: Event) -> None:
    project = row.project
    check_can_write(actor, project)
    with change(actor=actor, event=event, project=project) as log:
        log.about(row)
        held(type(row)._default_manager.all(), row.pk).delete()
        flow_changed.send(sender=type(row), project=project)
