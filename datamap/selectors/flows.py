"""The reads of the flow graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from datamap.models import Boundary, DataElement, ElementKind, Flow, Protection

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import Project, User


@dataclass(frozen=True, slots=True)
class Graph:
    """A project's data map: three queries, whatever its size."""

    boundaries: tuple[Boundary, ...]
    elements: tuple[DataElement, ...]
    flows: tuple[Flow, ...]

    @property
    def is_empty(self) -> bool:
        return not self.elements

    @property
    def unknown_protection(self) -> tuple[Flow, ...]:
        return tuple(flow for flow in self.flows if flow.protection == Protection.UNKNOWN and flow.categories)

    @property
    def unprotected(self) -> tuple[Flow, ...]:
        return tuple(flow for flow in self.flows if flow.protection == Protection.NONE)

    @property
    def external(self) -> tuple[Flow, ...]:
        """Flows that leave what is under our control: to a recipient, or over a boundary that is not ours."""
        return tuple(flow for flow in self.flows if _leaves(flow))

    @property
    def without_purpose(self) -> tuple[Flow, ...]:
        return tuple(flow for flow in self.flows if flow.purpose_id is None and flow.categories)


def _leaves(flow: Flow) -> bool:
    if flow.target.kind == ElementKind.RECIPIENT:
        return True
    boundary = flow.target.boundary
    return boundary is not None and not boundary.is_ours and flow.crosses


def graph_of(project: Project) -> Graph:
    """The caller has checked the project."""
    boundaries = tuple(Boundary.objects.filter(project=project))
    elements = tuple(
        DataElement.objects.filter(project=project).select_related("boundary", "schema", "dataset", "recipient", "copy")
    )
    flows = tuple(
        Flow.objects.filter(project=project).select_related("source__boundary", "target__boundary", "purpose")
    )
    return Graph(boundaries, elements, flows)


def flow_for(user: User) -> QuerySet[Flow]:
    found: QuerySet[Flow] = Flow.objects.for_user(user).select_related(
        "project", "source__boundary", "target__boundary", "purpose"
    )
    return found


def element_for(user: User) -> QuerySet[DataElement]:
    found: QuerySet[DataElement] = DataElement.objects.for_user(user).select_related(
        "project", "boundary", "schema", "dataset"
    )
    return found


def boundary_for(user: User) -> QuerySet[Boundary]:
    found: QuerySet[Boundary] = Boundary.objects.for_user(user).select_related("project")
    return found
