"""The flow graph and the inventory for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.models import Purpose
from datamap.models import Boundary, CategoryChoice, DataElement, Dataset, Flow, Schema
from datamap.selectors.flows import boundary_for, element_for, flow_for, graph_of
from datamap.selectors.inventory import inventory_of, rows_of
from datamap.services import draft, flows

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from rest_framework.request import Request

    from core.models import Project


class OwnField(serializers.PrimaryKeyRelatedField[Any]):
    """A row of the same project; another project's is told like one that does not exist."""

    def __init__(self, model: type[Any], **kwargs: Any) -> None:
        self._model = model
        super().__init__(queryset=model.objects.all(), **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        project = self.context.get("project")
        return cast(
            "QuerySet[Any]", self._model.objects.filter(project=project) if project else self._model.objects.none()
        )


class BoundarySerializer(serializers.ModelSerializer[Boundary]):
    class Meta:
        model = Boundary
        fields: ClassVar = ["id", "name", "kind", "country", "is_ours"]


class ElementSerializer(serializers.ModelSerializer[DataElement]):
    boundary = OwnField(Boundary, allow_null=True, required=False)
    schema = OwnField(Schema, allow_null=True, required=False)
    dataset = OwnField(Dataset, allow_null=True, required=False)

    class Meta:
        model = DataElement
        fields: ClassVar = ["id", "kind", "name", "boundary", "note", "retention_days", "schema", "dataset"]


class FlowSerializer(serializers.ModelSerializer[Flow]):
    source = OwnField(DataElement)  # type: ignore[assignment]  # DRF's Field has an attribute of that name
    target = OwnField(DataElement)
    purpose = OwnField(Purpose, allow_null=True, required=False)
    fields = serializers.ListField(
        child=serializers.CharField(max_length=400), required=False, max_length=flows.MAX_LIST
    )  # type: ignore[assignment]
    categories = serializers.ListField(child=serializers.ChoiceField(choices=CategoryChoice.choices), required=False)

    class Meta:
        model = Flow
        fields: ClassVar = ["id", "source", "target", "name", "fields", "categories", "stage", "purpose", "protection"]


class ItemSerializer(serializers.Serializer[Any]):
    """One field of one store, with what the map and the register say of it."""

    source = serializers.CharField(source="item.source")  # type: ignore[assignment]
    store = serializers.CharField(source="item.store")
    entity = serializers.CharField(source="item.entity")
    path = serializers.CharField(source="item.path")
    type = serializers.CharField(source="item.type")
    category = serializers.CharField(source="item.category")
    identifying = serializers.CharField(source="item.identifying")
    special = serializers.BooleanField(source="item.special")
    confidence = serializers.FloatField(source="item.confidence")
    decided = serializers.BooleanField(source="item.decided")
    subjects = serializers.ListField(child=serializers.CharField(), source="context.subjects")
    purposes = serializers.ListField(child=serializers.CharField(), source="context.purposes")
    bases = serializers.ListField(child=serializers.CharField(), source="context.bases")
    retention_days = serializers.IntegerField(source="context.retention_days", allow_null=True)
    recipients = serializers.ListField(child=serializers.CharField(), source="context.recipients")
    countries = serializers.ListField(child=serializers.CharField(), source="context.countries")


ITEMS = Listing(ItemSerializer)
FLOWS = Listing(FlowSerializer, ("name", "stage", "created_at"))
ELEMENTS = Listing(ElementSerializer, ("name", "kind", "created_at"))
BOUNDARIES = Listing(BoundarySerializer, ("name",))


class Inventory(ApiView):
    @ITEMS.described(
        "inventory_list",
        OpenApiParameter("personal", bool),
        OpenApiParameter("category", str, enum=CategoryChoice.values),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """Every field of every store; `personal=true` leaves out those without an identifier or category."""
        project = self.project(project_id)
        items = inventory_of(project)
        if request.query_params.get("personal", "").lower() in {"true", "1"}:
            items = [item for item in items if item.is_personal]
        if category := request.query_params.get("category"):
            items = [item for item in items if item.category == category]
        rows = rows_of(project, graph_of(project), items)
        return ITEMS.page(request, cast("QuerySet[Any]", rows))


class MapDraft(ApiView):
    @extend_schema(
        operation_id="flows_draft",
        request=None,
        responses={200: {"type": "object", "properties": {"added": {"type": "integer"}}}},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Add what the register, schemas and samples tell and the map does not show yet."""
        return Response({"added": draft.draft_map(actor=self.user, project=self.project(project_id))})


class FlowList(ApiView):
    @FLOWS.described("flows_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """What flows where."""
        return FLOWS.page(request, flow_for(self.user).filter(project=self.project(project_id)))

    @extend_schema(operation_id="flows_create", request=FlowSerializer, responses={201: FlowSerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Add a flow between two elements."""
        project = self.project(project_id)
        flow = flows.save_flow(actor=self.user, project=project, **_given(FlowSerializer, request, project))
        return Response(FlowSerializer(flow).data, status=status.HTTP_201_CREATED)


class FlowDetail(ApiView):
    @extend_schema(operation_id="flows_retrieve", responses=FlowSerializer)
    def get(self, request: Request, project_id: uuid.UUID, flow_id: uuid.UUID) -> Response:
        """One flow."""
        return Response(FlowSerializer(get_object_or_404(flow_for(self.user), pk=flow_id, project_id=project_id)).data)

    @extend_schema(operation_id="flows_update", request=FlowSerializer(partial=True), responses=FlowSerializer)
    def patch(self, request: Request, project_id: uuid.UUID, flow_id: uuid.UUID) -> Response:
        """Change what is given of a flow."""
        row = get_object_or_404(flow_for(self.user), pk=flow_id, project_id=project_id)
        values = _given(FlowSerializer, request, row.project, row)
        return Response(FlowSerializer(flows.save_flow(actor=self.user, project=row.project, flow=row, **values)).data)

    @extend_schema(operation_id="flows_delete", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID, flow_id: uuid.UUID) -> Response:
        """Take a flow off the map."""
        flows.delete_flow(
            actor=self.user, flow=get_object_or_404(flow_for(self.user), pk=flow_id, project_id=project_id)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class ElementList(ApiView):
    @ELEMENTS.described("elements_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """Who and what data flows between."""
        return ELEMENTS.page(request, element_for(self.user).filter(project=self.project(project_id)))

    @extend_schema(operation_id="elements_create", request=ElementSerializer, responses={201: ElementSerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Add a store, a process or somebody outside."""
        project = self.project(project_id)
        element = flows.save_element(actor=self.user, project=project, **_given(ElementSerializer, request, project))
        return Response(ElementSerializer(element).data, status=status.HTTP_201_CREATED)


class ElementDetail(ApiView):
    @extend_schema(operation_id="elements_retrieve", responses=ElementSerializer)
    def get(self, request: Request, project_id: uuid.UUID, element_id: uuid.UUID) -> Response:
        """One element."""
        return Response(
            ElementSerializer(get_object_or_404(element_for(self.user), pk=element_id, project_id=project_id)).data
        )

    @extend_schema(operation_id="elements_update", request=ElementSerializer(partial=True), responses=ElementSerializer)
    def patch(self, request: Request, project_id: uuid.UUID, element_id: uuid.UUID) -> Response:
        """Change what is given of an element."""
        row = get_object_or_404(element_for(self.user), pk=element_id, project_id=project_id)
        values = _given(ElementSerializer, request, row.project, row)
        return Response(
            ElementSerializer(flows.save_element(actor=self.user, project=row.project, element=row, **values)).data
        )

    @extend_schema(operation_id="elements_delete", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID, element_id: uuid.UUID) -> Response:
        """Its flows go with it."""
        flows.delete_element(
            actor=self.user, element=get_object_or_404(element_for(self.user), pk=element_id, project_id=project_id)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class BoundaryList(ApiView):
    @BOUNDARIES.described("boundaries_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """Boundaries that data may cross."""
        return BOUNDARIES.page(request, boundary_for(self.user).filter(project=self.project(project_id)))

    @extend_schema(operation_id="boundaries_create", request=BoundarySerializer, responses={201: BoundarySerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Add a boundary."""
        project = self.project(project_id)
        boundary = flows.save_boundary(actor=self.user, project=project, **_given(BoundarySerializer, request, project))
        return Response(BoundarySerializer(boundary).data, status=status.HTTP_201_CREATED)


class BoundaryDetail(ApiView):
    @extend_schema(operation_id="boundaries_retrieve", responses=BoundarySerializer)
    def get(self, request: Request, project_id: uuid.UUID, boundary_id: uuid.UUID) -> Response:
        """One boundary."""
        return Response(
            BoundarySerializer(get_object_or_404(boundary_for(self.user), pk=boundary_id, project_id=project_id)).data
        )

    @extend_schema(
        operation_id="boundaries_update", request=BoundarySerializer(partial=True), responses=BoundarySerializer
    )
    def patch(self, request: Request, project_id: uuid.UUID, boundary_id: uuid.UUID) -> Response:
        """Change what is given of a boundary."""
        row = get_object_or_404(boundary_for(self.user), pk=boundary_id, project_id=project_id)
        values = _given(BoundarySerializer, request, row.project, row)
        return Response(
            BoundarySerializer(flows.save_boundary(actor=self.user, project=row.project, boundary=row, **values)).data
        )

    @extend_schema(operation_id="boundaries_delete", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID, boundary_id: uuid.UUID) -> Response:
        """Its elements stay, outside of any boundary."""
        flows.delete_boundary(
            actor=self.user, boundary=get_object_or_404(boundary_for(self.user), pk=boundary_id, project_id=project_id)
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


def _given(serializer: Any, request: Request, project: Project, row: Any = None) -> dict[str, Any]:
    """Valid values of a request; what is related must be of the project."""
    given = serializer(row, data=request.data, partial=row is not None, context={"project": project})
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
