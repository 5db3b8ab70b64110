"""Samples and findings for programs: the same services as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.api import PAGING
from core.apibase import AcceptedSerializer, ApiView, accepted, page
from core.filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet
from core.storage import UNTIL_SCANNED, Retention
from core.uploads import accepts_upload
from datamap.models import CategoryChoice, Dataset, Decision, Finding, IdentifyingChoice
from datamap.selectors.datasets import dataset_for, datasets_of, finding_for, findings_in
from datamap.services import datasets as services
from datamap.services import findings as decisions
from datamap.wording_scan import why

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from rest_framework.request import Request


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    file_kept = serializers.BooleanField(source="has_file", read_only=True)

    class Meta:
        model = Dataset
        fields: ClassVar = [
            "id", "project", "name", "sha256", "size", "format", "encoding", "rows", "sampled", "skipped", "has_header",
            "scanned_at", "seconds", "job", "file_kept", "created_at",
        ]  # fmt: skip


class DatasetUploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)  # the service refuses it, by name
    retention = serializers.RegexField(r"^days:\d{1,3}$", required=False, help_text=_("days:N keeps the file N days."))

    def validate_retention(self, value: str) -> Retention:
        return Retention(days=int(value.removeprefix("days:"))) if value else UNTIL_SCANNED


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """`class`, `category` and `entity` are what holds now; `found` is the scan's own word."""

    name = serializers.CharField(source="column", read_only=True)
    why = serializers.SerializerMethodField()
    found = serializers.SerializerMethodField()
    needs_decision = serializers.BooleanField(read_only=True)

    class Meta:
        model = Finding
        fields: ClassVar = [
            "id", "dataset", "position", "name", "type", "is_text", "identifying", "entity", "category", "special",
            "confidence", "share", "low", "high", "distinct", "why", "examples", "entities", "decision",
            "needs_decision", "found", "decided_at",
        ]  # fmt: skip

    def to_representation(self, instance: Finding) -> dict[str, Any]:
        return {**super().to_representation(instance), "class": instance.identifying}

    def get_why(self, finding: Finding) -> list[str]:
        return why(finding.reasons)

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_found(self, finding: Finding) -> dict[str, str]:
        return {
            "class": finding.found_identifying,
            "category": finding.found_category,
            "entity": finding.found_entity,
        }


class DecisionSerializer(serializers.Serializer[Any]):
    decision = serializers.ChoiceField(choices=Decision.choices, allow_blank=True)
    identifying = serializers.ChoiceField(choices=IdentifyingChoice.choices, required=False)
    category = serializers.ChoiceField(choices=CategoryChoice.choices, required=False)


class FindingFilter(FilterSet):
    identifying = ChoiceFilter(choices=IdentifyingChoice.choices)
    category = ChoiceFilter(choices=CategoryChoice.choices)
    decision = ChoiceFilter(choices=Decision.choices)
    special = BooleanFilter()
    name = CharFilter(field_name="column", lookup_expr="icontains")
    view = ChoiceFilter(method="in_view", choices=[("open", "open"), ("identifying", "identifying"), ("all", "all")])

    def in_view(self, rows: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        from datamap.models import IDENTIFIES, NEEDS_DECISION

        return rows.filter({"open": NEEDS_DECISION, "identifying": IDENTIFIES}[value]) if value != "all" else rows


@accepts_upload(limit=lambda: int(settings.SAMPLE_MAX_BYTES))
class DatasetList(ApiView):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="datasets_list", parameters=PAGING, responses=DatasetSerializer(many=True))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """The samples of a project."""
        found = datasets_of(self.user, self.project(project_id))
        return page(request, found, DatasetSerializer, ordering=("name", "created_at", "rows"))

    @extend_schema(operation_id="datasets_create", request=DatasetUploadSerializer, responses={202: AcceptedSerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Upload a sample; its scan runs as a job."""
        project = self.project(project_id)
        given = DatasetUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        dataset = services.add_dataset(
            actor=self.user,
            project=project,
            upload=given.validated_data["file"],
            retention=given.validated_data.get("retention", UNTIL_SCANNED),
        )
        return _accepted(dataset)


class DatasetDetail(ApiView):
    @extend_schema(operation_id="datasets_retrieve", responses=DatasetSerializer)
    def get(self, request: Request, dataset_id: uuid.UUID) -> Response:
        return Response(DatasetSerializer(_dataset(self, dataset_id)).data)

    @extend_schema(operation_id="datasets_delete", responses={204: None})
    def delete(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Delete a sample's findings, and its file where it is still kept."""
        services.delete_dataset(actor=self.user, dataset=_dataset(self, dataset_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DatasetRescan(ApiView):
    @extend_schema(operation_id="datasets_rescan", request=None, responses={202: AcceptedSerializer})
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Scan again while the file is kept; decisions stay."""
        return _accepted(services.rescan(actor=self.user, dataset=_dataset(self, dataset_id)))


class FindingList(ApiView):
    @extend_schema(operation_id="findings_list", parameters=PAGING, responses=FindingSerializer(many=True))
    def get(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """What the scan found, column by column."""
        rows = findings_in(_dataset(self, dataset_id))
        return page(
            request,
            rows,
            FindingSerializer,
            ordering=("position", "column", "confidence", "share"),
            filters=FindingFilter,
        )


class FindingDetail(ApiView):
    @extend_schema(operation_id="findings_retrieve", responses=FindingSerializer)
    def get(self, request: Request, dataset_id: uuid.UUID, finding_id: uuid.UUID) -> Response:
        return Response(
            FindingSerializer(get_object_or_404(finding_for(self.user), pk=finding_id, dataset_id=dataset_id)).data
        )

    @extend_schema(operation_id="findings_decide", request=DecisionSerializer, responses=FindingSerializer)
    def patch(self, request: Request, dataset_id: uuid.UUID, finding_id: uuid.UUID) -> Response:
        """Accept, reject or change a finding; an empty decision takes one back."""
        finding = get_object_or_404(finding_for(self.user), pk=finding_id, dataset_id=dataset_id)
        given = DecisionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = given.validated_data
        decided = decisions.decide_finding(
            actor=self.user,
            finding=finding,
            decision=Decision(fields["decision"]),
            identifying=IdentifyingChoice(fields["identifying"]) if fields.get("identifying") else None,
            category=CategoryChoice(fields["category"]) if fields.get("category") else None,
        )
        return Response(FindingSerializer(decided).data)


def _dataset(view: ApiView, dataset_id: uuid.UUID) -> Dataset:
    return get_object_or_404(dataset_for(view.user), pk=dataset_id)


def _accepted(dataset: Dataset) -> Response:
    if dataset.job is None:
        raise AssertionError("a dataset is always queued with its job")
    return accepted(dataset, dataset.job)
