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
from datamap.languages import OFFERED
from datamap.models import CategoryChoice, ChangeChoice, Dataset, Decision, Finding, IdentifyingChoice
from datamap.selectors.datasets import dataset_for, datasets_of, finding_for, findings_of
from datamap.selectors.findings import VIEWS
from datamap.services import datasets as services
from datamap.services import findings as decisions
from datamap.wording_dataset import reading
from datamap.wording_scan import why

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from rest_framework.request import Request


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    """The record of a sample and of its scan; `gone` are columns that the scan before had."""

    file_kept = serializers.BooleanField(source="has_file", read_only=True)
    read = serializers.SerializerMethodField()

    class Meta:
        model = Dataset
        fields: ClassVar = [
            "id", "project", "name", "sha256", "size", "format", "encoding", "rows", "sampled", "skipped", "has_header",
            "scanned_at", "seconds", "language", "found_language", "language_share", "engines", "read", "compared_to",
            "compared_at", "gone", "job", "file_kept", "created_at",
        ]  # fmt: skip

    def get_read(self, dataset: Dataset) -> list[str]:
        """What of the file was read, in sentences."""
        return reading(dataset)


class RescanSerializer(serializers.Serializer[Any]):
    language = serializers.ChoiceField(
        choices=[("", "detect"), *((code, code) for code in OFFERED)],
        required=False,
        help_text=_("ISO 639-1; empty detects it, absent leaves it as it is."),
    )


class DatasetUploadSerializer(RescanSerializer):
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
            "categories", "confidence", "share", "low", "high", "distinct", "why", "examples", "entities", "decision",
            "needs_decision", "found", "change", "before", "doubtful", "decided_at",
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
    entity = serializers.RegexField(r"^[A-Z][A-Z0-9_]*$", max_length=40, required=False)

    def verdict(self) -> decisions.Verdict:
        fields = self.validated_data
        return decisions.Verdict(
            decision=Decision(fields["decision"]),
            identifying=IdentifyingChoice(fields["identifying"]) if fields.get("identifying") else None,
            category=CategoryChoice(fields["category"]) if fields.get("category") else None,
            entity=fields.get("entity"),
        )


class SeveralSerializer(DecisionSerializer):
    """`findings` are ids of this sample's; without them the decision is on all of a `view`."""

    findings = serializers.ListField(child=serializers.UUIDField(), max_length=5_000, required=False)
    view = serializers.ChoiceField(choices=list(VIEWS), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("findings" in attrs) == ("view" in attrs):
            raise serializers.ValidationError(_("Give either findings or a view."))
        return attrs


class AcceptSerializer(serializers.Serializer[Any]):
    """`expected` refuses (409) where another number than that would be accepted."""

    above = serializers.FloatField(min_value=0, max_value=1, default=decisions.ACCEPT_ABOVE)
    expected = serializers.IntegerField(min_value=0, required=False)


class CountSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()


class FindingFilter(FilterSet):
    identifying = ChoiceFilter(choices=IdentifyingChoice.choices)
    category = ChoiceFilter(choices=CategoryChoice.choices)
    decision = ChoiceFilter(choices=Decision.choices)
    special = BooleanFilter()
    change = ChoiceFilter(choices=ChangeChoice.choices)
    name = CharFilter(field_name="column", lookup_expr="icontains")
    view = ChoiceFilter(method="in_view", choices=[(name, name) for name in VIEWS])

    def in_view(self, rows: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        return rows.filter(VIEWS[value])


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
            language=given.validated_data.get("language", ""),
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
    @extend_schema(operation_id="datasets_rescan", request=RescanSerializer, responses={202: AcceptedSerializer})
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Scan again while the file is kept; decisions stay."""
        dataset = _dataset(self, dataset_id)
        given = RescanSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        language = given.validated_data.get("language")
        return _accepted(services.rescan(actor=self.user, dataset=dataset, language=language))


class FindingList(ApiView):
    @extend_schema(operation_id="findings_list", parameters=PAGING, responses=FindingSerializer(many=True))
    def get(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """What the scan found, column by column."""
        return page(
            request,
            _dataset(self, dataset_id).findings.all(),
            FindingSerializer,
            ordering=("position", "column", "confidence", "share"),
            filters=FindingFilter,
        )


class ProjectFindingList(ApiView):
    @extend_schema(operation_id="project_findings_list", parameters=PAGING, responses=FindingSerializer(many=True))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """What scans found in all samples of a project, column by column."""
        return page(
            request,
            findings_of(self.project(project_id)),
            FindingSerializer,
            ordering=("position", "column", "confidence", "share"),
            filters=FindingFilter,
        )


class FindingsDecide(ApiView):
    @extend_schema(operation_id="findings_decide_many", request=SeveralSerializer, responses=CountSerializer)
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """One decision on several findings, as one event."""
        dataset = _dataset(self, dataset_id)
        given = SeveralSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = given.validated_data.get("findings")
        rows = (
            dataset.findings.filter(VIEWS[given.validated_data["view"]])
            if chosen is None
            else (dataset.findings.filter(pk__in=chosen))
        )
        count = decisions.decide_findings(actor=self.user, dataset=dataset, findings=rows, verdict=given.verdict())
        return Response({"count": count})


class FindingsAccept(ApiView):
    @extend_schema(operation_id="findings_accept_above", request=AcceptSerializer, responses=CountSerializer)
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Accept every undecided finding that is at least this sure."""
        dataset = _dataset(self, dataset_id)
        given = AcceptSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        count = decisions.accept_all_above(
            actor=self.user,
            dataset=dataset,
            confidence=given.validated_data["above"],
            expected=given.validated_data.get("expected"),
        )
        return Response({"count": count})


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
        decided = decisions.decide_finding(actor=self.user, finding=finding, **given.verdict().arguments())
        return Response(FindingSerializer(decided).data)


def _dataset(view: ApiView, dataset_id: uuid.UUID) -> Dataset:
    return get_object_or_404(dataset_for(view.user), pk=dataset_id)


def _accepted(dataset: Dataset) -> Response:
    if dataset.job is None:
        raise AssertionError("a dataset is always queued with its job")
    return accepted(dataset, dataset.job)
