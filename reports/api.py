"""Reports and verification for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from core import storage
from core.apibase import AcceptedSerializer, ApiView, accepted
from core.apilists import Listing
from core.apischema import refuses
from core.filters import BooleanFilter, FilterSet, UUIDFilter
from core.uploads import EncryptedUpload, accepts_upload
from pia.models.assessment import Assessment
from reports import selectors, services, throttle, verification
from reports.api_words import answer_json
from reports.models import Kind, Report
from reports.signing.verify import Verdict

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request


class ReportSerializer(serializers.ModelSerializer[Report]):
    number = serializers.CharField(read_only=True)
    state = serializers.CharField(read_only=True)
    version = serializers.IntegerField(source="assessment.number", read_only=True)
    sha256 = serializers.SerializerMethodField()
    size = serializers.SerializerMethodField()
    signers = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields: ClassVar = [
            "id", "number", "kind", "state", "project", "assessment", "version", "approved", "language", "pages",
            "snapshot_sha256", "version_sha256", "sha256", "size", "signers", "audit_seq", "audit_hash", "job",
            "requested_at",
        ]  # fmt: skip

    def get_sha256(self, report: Report) -> str | None:
        return report.sealed.sha256 if report.sealed else None

    def get_size(self, report: Report) -> int | None:
        return report.sealed.size if report.sealed else None

    def get_signers(self, report: Report) -> list[dict[str, Any]]:
        return list(report.sealed.signers) if report.sealed else []


class ReportRequest(serializers.Serializer[dict[str, Any]]):
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.PDF)


class ReportFilter(FilterSet):
    project = UUIDFilter(field_name="project_id")
    assessment = UUIDFilter(field_name="assessment_id")
    approved = BooleanFilter()


VERDICT = inline_serializer(
    "Verification",
    {
        "verdict": serializers.ChoiceField(choices=[verdict.value for verdict in Verdict]),
        "reason": serializers.CharField(),
        "detail": serializers.CharField(),
        "approved": serializers.BooleanField(),
        "signers": serializers.ListField(child=serializers.DictField()),
        "sha256": serializers.CharField(),
        "facts_match": serializers.BooleanField(allow_null=True),
        "report": serializers.DictField(allow_null=True),
    },
)


REPORTS = Listing(ReportSerializer, ("requested_at", "serial"), ReportFilter)


class AssessmentReports(ApiView):
    @REPORTS.described("assessment_reports_list")
    def get(self, request: Request, assessment_id: uuid.UUID) -> Response:
        """The reports of one version, newest first."""
        found = selectors.visible(self.user).filter(assessment=self._assessment(assessment_id))
        return REPORTS.page(request, found)

    @extend_schema(operation_id="assessment_reports_create", request=ReportRequest, responses={202: AcceptedSerializer})
    def post(self, request: Request, assessment_id: uuid.UUID) -> Response:
        """Freeze the facts and issue a report. Its job ends when the file is drawn; the seal follows at once."""
        asked = ReportRequest(data=request.data)
        asked.is_valid(raise_exception=True)
        report, job = services.request_report(
            actor=self.user, assessment=self._assessment(assessment_id), kind=asked.validated_data["kind"]
        )
        return accepted(report, job)

    def _assessment(self, assessment_id: uuid.UUID) -> Assessment:
        found: Assessment = get_object_or_404(Assessment.objects.for_user(self.user), pk=assessment_id)
        return found


class ReportList(ApiView):
    @REPORTS.described("reports_list")
    def get(self, request: Request) -> Response:
        """Every report this person may see, newest first."""
        return REPORTS.page(request, selectors.visible(self.user))


class ReportDetail(ApiView):
    @extend_schema(operation_id="reports_retrieve", responses=ReportSerializer)
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        """One report."""
        return Response(ReportSerializer(get_object_or_404(selectors.visible(self.user), pk=report_id)).data)


class ReportFile(ApiView):
    @extend_schema(
        operation_id="reports_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY, **refuses(409)}
    )
    def get(self, request: Request, report_id: uuid.UUID) -> FileResponse:
        """The sealed PDF. Each download is a line in the audit trail."""
        report = selectors.wait_for_seal(self.user, report_id)
        if report is None:
            raise Http404
        stored = services.download(actor=self.user, report=report)
        return FileResponse(
            storage.open_plain(stored), as_attachment=True, filename=report.file_name, content_type="application/pdf"
        )


@accepts_upload(limit=verification.MAX_BYTES, login=False)
class Verify(ApiView):
    """Public: whoever holds a report may ask whether it is genuine."""

    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="verify",
        auth=[],
        request={
            "multipart/form-data": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        },
        responses={200: VERDICT, **refuses(429)},
    )
    def post(self, request: Request) -> Response:
        """Check a PDF, at once. Limited in size and in requests per minute."""
        throttle.take(request, "verify")
        upload = request.FILES.get("file")
        if not isinstance(upload, EncryptedUpload):
            raise ValidationError({"file": [_("Send the PDF as the multipart field “file”.")]})
        return Response(answer_json(verification.verify_upload(upload)))
