"""Measurements for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.apibase import AcceptedSerializer, ApiView, accepted
from core.apilists import Listing
from core.filters import ChoiceFilter, FilterSet, UUIDFilter
from datamap.models import Dataset
from lab import selectors, services
from lab.models import Kind, Measurement
from lab.reidentification.measure import THRESHOLD
from lab.wording import reason_text

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request


class MeasurementSerializer(serializers.ModelSerializer[Measurement]):
    """One measurement. `result` is null until `state` is measured; its `because` is worded in `verdict`."""

    dataset_name = serializers.CharField(source="dataset.name")
    state = serializers.CharField()
    cited = serializers.BooleanField(source="is_cited")
    verdict = serializers.SerializerMethodField()

    class Meta:
        model = Measurement
        fields = (
            "id", "project", "dataset", "dataset_name", "kind", "state", "job", "parameters", "input_sha256", "seed",
            "versions", "result", "verdict", "automatic", "cited", "created_at", "measured_at",
        )  # fmt: skip

    def get_verdict(self, measurement: Measurement) -> list[str]:
        return [reason_text(reason) for reason in (measurement.result or {}).get("because", [])]


class MeasurementRequest(serializers.Serializer[Any]):
    """`columns` absent: the proposed quasi-identifiers."""

    dataset = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.REIDENTIFICATION)
    columns = serializers.ListField(child=serializers.CharField(max_length=400), required=False)
    threshold = serializers.IntegerField(default=THRESHOLD)


class MeasurementFilter(FilterSet):
    dataset = UUIDFilter(field_name="dataset_id")
    kind = ChoiceFilter(choices=Kind.choices)


MEASUREMENTS = Listing(MeasurementSerializer, ("created_at", "measured_at"), MeasurementFilter)


class MeasurementList(ApiView):
    @MEASUREMENTS.described("measurements_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """A project's measurements, newest first."""
        return MEASUREMENTS.page(request, selectors.measurements_of(self.user, self.project(project_id)))

    @extend_schema(
        operation_id="measurements_create",
        request=MeasurementRequest,
        responses={202: OpenApiResponse(AcceptedSerializer, description="Queued: the job measures.")},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Measure a sample that is still kept."""
        project = self.project(project_id)
        given = MeasurementRequest(data=request.data)
        given.is_valid(raise_exception=True)
        fields = dict(given.validated_data)
        fields.pop("kind")
        dataset = get_object_or_404(Dataset.objects.for_user(self.user), project=project, pk=fields.pop("dataset"))
        made = services.measure_reidentification(actor=self.user, project=project, dataset=dataset, **fields)
        if made.job is None:
            raise RuntimeError("a measurement is queued with its job")
        return accepted(made, made.job)


class MeasurementDetail(ApiView):
    @extend_schema(operation_id="measurements_retrieve", responses=MeasurementSerializer)
    def get(self, request: Request, measurement_id: uuid.UUID) -> Response:
        """One measurement."""
        found = get_object_or_404(
            Measurement.objects.for_user(self.user).select_related("dataset", "job"), pk=measurement_id
        )
        return Response(MeasurementSerializer(found).data)


class MeasurementCite(ApiView):
    @extend_schema(operation_id="measurements_cite", request=None, responses=MeasurementSerializer)
    def post(self, request: Request, measurement_id: uuid.UUID) -> Response:
        """Make its figures the ones that stand beside questions and risks."""
        visible = Measurement.objects.for_user(self.user).select_related("project", "dataset", "job")
        found = get_object_or_404(visible, pk=measurement_id)
        return Response(MeasurementSerializer(services.cite_measurement(actor=self.user, measurement=found)).data)
