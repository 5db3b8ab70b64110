"""Assessments for programs: start one, read where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.filters import ChoiceFilter, FilterSet
from pia.models import Assessment, FrameworkPack
from pia.selectors.answers import Entry, entries
from pia.selectors.coverage import PackCoverage, coverages
from pia.selectors.frameworks import current_packs
from pia.selectors.readiness import readiness
from pia.selectors.workspace import assessments_for, sections
from pia.services.assessments import start_assessment
from pia.workflow import State

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request

    from core.models import User


class PackSerializer(serializers.ModelSerializer[FrameworkPack]):
    id = serializers.CharField(source="key")

    class Meta:
        model = FrameworkPack
        fields: ClassVar = ["id", "version", "title", "short"]


class AssessmentSummary(serializers.ModelSerializer[Assessment]):
    """An assessment in a list."""

    created_by = serializers.StringRelatedField[Any]()
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Assessment
        fields: ClassVar = [
            "id", "project", "number", "state", "based_on", "language", "created_by", "created_at", "submitted_at",
            "version_sha256", "activated_at", "review_due_on", "url",
        ]  # fmt: skip


class ProgressSerializer(serializers.Serializer[Any]):
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class SectionSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class ChapterSerializer(SectionSerializer):
    parts = SectionSerializer(many=True)


class CoverageSerializer(serializers.Serializer[PackCoverage]):
    """Shares of the applicable weight, which sum to 1; `evidenced` is tested and documented together."""

    pack = serializers.CharField(source="pack.key")
    weight = serializers.IntegerField(source="coverage.weight")
    shares = serializers.SerializerMethodField()
    evidenced = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField()
    gate = serializers.SerializerMethodField()
    untriggered = serializers.SerializerMethodField()

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "number"}})
    def get_shares(self, one: PackCoverage) -> dict[str, float]:
        return {share.value: round(float(value), 6) for share, value in one.coverage.shares.items()}

    def get_evidenced(self, one: PackCoverage) -> float:
        return round(float(one.coverage.evidenced), 6)

    def get_gaps(self, one: PackCoverage) -> list[str]:
        return [verdict.item.id for verdict in one.coverage.gaps]

    def get_gate(self, one: PackCoverage) -> list[str]:
        return [verdict.item.id for verdict in one.coverage.gate]

    def get_untriggered(self, one: PackCoverage) -> list[str]:
        return [verdict.item.id for verdict in one.coverage.untriggered]


class GapSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    blocking = serializers.BooleanField()


class ReadinessSerializer(serializers.Serializer[Any]):
    ready = serializers.BooleanField()
    gaps = GapSerializer(many=True)


class AssessmentSerializer(AssessmentSummary):
    """One assessment with its progress, coverage and readiness."""

    _found: list[Entry] | None = None

    packs = PackSerializer(many=True)
    sections = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()
    coverage = serializers.SerializerMethodField()
    readiness = serializers.SerializerMethodField()

    class Meta(AssessmentSummary.Meta):
        fields: ClassVar = [*AssessmentSummary.Meta.fields, "packs", "sections", "progress", "coverage", "readiness"]

    @extend_schema_field(ChapterSerializer(many=True))
    def get_sections(self, assessment: Assessment) -> Any:
        return ChapterSerializer(sections(assessment, self._entries(assessment)), many=True).data

    @extend_schema_field(ProgressSerializer)
    def get_progress(self, assessment: Assessment) -> dict[str, int]:
        applicable = [entry for entry in self._entries(assessment) if entry.verdict.applies]
        return {"done": sum(entry.answered for entry in applicable), "total": len(applicable)}

    @extend_schema_field(CoverageSerializer(many=True))
    def get_coverage(self, assessment: Assessment) -> Any:
        found = coverages(assessment, self._entries(assessment))
        return [CoverageSerializer(one).data for one in found]

    @extend_schema_field(ReadinessSerializer)
    def get_readiness(self, assessment: Assessment) -> Any:
        return ReadinessSerializer(readiness(assessment, self._entries(assessment))).data

    def _entries(self, assessment: Assessment) -> list[Entry]:
        """The questions of the assessment, read once for all parts of the answer."""
        if self._found is None:
            self._found = entries(assessment)
        return self._found


class StartSerializer(serializers.Serializer[Any]):
    """What to ask and where to begin; both may be left out."""

    packs = serializers.ListField(child=serializers.CharField(max_length=80), required=False, allow_empty=False)
    based_on = serializers.UUIDField(required=False)


class AssessmentFilter(FilterSet):
    state = ChoiceFilter(choices=State.choices)


ASSESSMENTS = Listing(AssessmentSummary, ("number", "created_at", "state"), AssessmentFilter)


class AssessmentList(ApiView):
    @ASSESSMENTS.described("assessments_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """The project's assessments, newest first."""
        found = assessments_for(self.user).filter(project=self.project(project_id)).defer("frozen")
        return ASSESSMENTS.page(request, found)

    @extend_schema(operation_id="assessments_start", request=StartSerializer, responses={201: AssessmentSerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Start a draft. 409 with its id where there is one already."""
        project = self.project(project_id)
        given = StartSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        based_on = None
        if "based_on" in given.validated_data:
            mine = assessments_for(self.user).filter(project=project)
            based_on = get_object_or_404(mine, pk=given.validated_data["based_on"])
        packs = _packs(given.validated_data.get("packs"))
        assessment = start_assessment(actor=self.user, project=project, packs=packs, based_on=based_on)
        return Response(AssessmentSerializer(assessment).data, status=status.HTTP_201_CREATED)


class AssessmentDetail(ApiView):
    @extend_schema(operation_id="assessments_retrieve", responses=AssessmentSerializer)
    def get(self, request: Request, assessment_id: uuid.UUID) -> Response:
        """An assessment."""
        return Response(AssessmentSerializer(find(self.user, assessment_id)).data)


def find(user: User, assessment_id: uuid.UUID) -> Assessment:
    """The assessment, if this person may see it; else 404."""
    found: Assessment = get_object_or_404(assessments_for(user), pk=assessment_id)
    return found


def _packs(keys: list[str] | None) -> list[FrameworkPack] | None:
    if keys is None:
        return None
    known = {row.key: row for row in current_packs()}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise serializers.ValidationError({"packs": [f"Not loaded: {', '.join(unknown)}."]})
    return [known[key] for key in dict.fromkeys(keys)]
