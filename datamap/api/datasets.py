"""Samples and findings for programs: the same services as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.apibase import AcceptedSerializer, ApiView, accepted
from core.apilists import Listing
from core.storage import UNTIL_SCANNED, Retention
from core.uploads import accepts_upload
from datamap.languages import OFFERED
from datamap.models import CategoryChoice, Dataset, Decision, IdentifyingChoice
from datamap.selectors.datasets import dataset_for, datasets_of
from datamap.services import datasets as services
from datamap.wording_dataset import reading

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request


class SeenSerializer(serializers.Serializer[Any]):
    """What an earlier scan said of a column, and what was decided on it."""

    column = serializers.CharField()
    identifying = serializers.ChoiceField(choices=IdentifyingChoice.choices)
    category = serializers.ChoiceField(choices=CategoryChoice.choices)
    entity = serializers.CharField()
    confidence = serializers.FloatField()
    share = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    decision = serializers.ChoiceField(choices=Decision.choices)


class DatasetSerializer(serializers.ModelSerializer[Dataset]):
    """The record of a sample and of its scan; `gone` are columns that the scan before had."""

    file_kept = serializers.BooleanField(source="has_file", read_only=True)
    engines = serializers.ListField(child=serializers.CharField(), read_only=True)
    gone = SeenSerializer(many=True, read_only=True)
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


DATASETS = Listing(DatasetSerializer, ("name", "created_at", "rows"))


@accepts_upload(limit=lambda: int(settings.SAMPLE_MAX_BYTES))
class DatasetList(ApiView):
    parser_classes = [MultiPartParser]

    @DATASETS.described("datasets_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """The samples of a project."""
        return DATASETS.page(request, datasets_of(self.user, self.project(project_id)))

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
        """A sample: what the file is, and how its last scan went."""
        return Response(DatasetSerializer(dataset_of(self, dataset_id)).data)

    @extend_schema(operation_id="datasets_delete", responses={204: None})
    def delete(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Delete a sample's findings, and its file where it is still kept."""
        services.delete_dataset(actor=self.user, dataset=dataset_of(self, dataset_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DatasetRescan(ApiView):
    @extend_schema(operation_id="datasets_rescan", request=RescanSerializer, responses={202: AcceptedSerializer})
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Scan again while the file is kept; decisions stay."""
        dataset = dataset_of(self, dataset_id)
        given = RescanSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        language = given.validated_data.get("language")
        return _accepted(services.rescan(actor=self.user, dataset=dataset, language=language))


def dataset_of(view: ApiView, dataset_id: uuid.UUID) -> Dataset:
    return get_object_or_404(dataset_for(view.user), pk=dataset_id)


def _accepted(dataset: Dataset) -> Response:
    if dataset.job is None:
        raise AssertionError("a dataset is always queued with its job")
    return accepted(dataset, dataset.job)
