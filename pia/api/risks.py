"""Risks, controls and measures for programs: the same services and selectors as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.filters import ChoiceFilter, FilterSet
from core.models import User
from pia import risk_words
from pia.models import Assessment, Control, Measure, Risk
from pia.models.risk import STAGES, Band, EvidenceGrade, MeasureStatus
from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind, Kind, Threat
from pia.services import measures as measure_services
from pia.services import risks as services

if TYPE_CHECKING:
    from uuid import UUID

    from rest_framework.request import Request


class LevelSerializer(serializers.Serializer[Any]):
    severity = serializers.IntegerField()
    likelihood = serializers.IntegerField()
    level = serializers.CharField(help_text="closed, low, medium or high")
    computed = serializers.DictField(help_text="What the rule gives; differs where a person overrode it.")
    why = serializers.ListField(child=serializers.CharField(), help_text="Every step, in words.")


class RiskSerializer(serializers.ModelSerializer[Risk]):
    """One scenario with its three levels, each with the steps that led to it."""

    title = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField()
    levels = serializers.SerializerMethodField()
    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all(), allow_null=True)
    measures = serializers.PrimaryKeyRelatedField[Measure](many=True, read_only=True)

    class Meta:
        model = Risk
        fields: ClassVar = [
            "id",
            "assessment",
            "letter",
            "key",
            "kind",
            "threat",
            "generated",
            "title",
            "description",
            "affected",
            "argument",
            "owner",
            "because",
            "flows",
            "levels",
            "measures",
        ]

    def get_title(self, risk: Risk) -> str:
        return risk.title or risk_words.title_of(risk.kind, risk.threat)

    def get_because(self, risk: Risk) -> list[str]:
        return [risk_words.say(reason["code"], reason["params"]) for reason in risk.because]

    def get_levels(self, risk: Risk) -> dict[str, Any]:
        return {stage: _level(risk, stage) for stage in STAGES if stage in risk.computed}


def _level(risk: Risk, stage: str) -> dict[str, Any]:
    computed = risk.computed[stage]
    steps = [*computed["severity_because"], *computed["likelihood_because"], *computed["because"]]
    return {
        "severity": getattr(risk, f"{stage}_severity"),
        "likelihood": getattr(risk, f"{stage}_likelihood"),
        "level": getattr(risk, f"{stage}_band"),
        "computed": {name: computed[name] for name in ("severity", "likelihood", "band")},
        "why": [risk_words.say(step["code"], step["params"]) for step in steps],
    }


class RiskFilter(FilterSet):
    level = ChoiceFilter(field_name="current_band", choices=Band.choices)
    target = ChoiceFilter(field_name="residual_band", choices=Band.choices)
    kind = ChoiceFilter(choices=[(kind.value, kind.value) for kind in Kind])


class NewRisk(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind], default=Kind.OWN.value)
    threat = serializers.ChoiceField(choices=[threat.value for threat in Threat], default=Threat.LIMITED_INSIDER.value)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    affected = serializers.CharField(max_length=300, required=False, allow_blank=True)


class RiskChange(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    affected = serializers.CharField(max_length=300, required=False, allow_blank=True)
    argument = serializers.CharField(max_length=4000, required=False, allow_blank=True)


class RiskOverrideSerializer(serializers.Serializer[Any]):
    stage = serializers.ChoiceField(choices=list(STAGES), default="current")
    severity = serializers.IntegerField(min_value=1, max_value=4)
    likelihood = serializers.IntegerField(min_value=1, max_value=4)
    reason = serializers.CharField(max_length=4000)


class AssessmentView(ApiView):
    """Base of what hangs on an assessment: one the person may see, else 404."""

    def assessment(self, assessment_id: UUID) -> Assessment:
        found: Assessment = get_object_or_404(Assessment.objects.for_user(self.user), pk=assessment_id)
        return found


RISKS = Listing(RiskSerializer, ("number", "current_severity", "current_likelihood", "residual_severity"), RiskFilter)


class RiskList(AssessmentView):
    @RISKS.described("risks_list")
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """Risks of an assessment with inherent, current and residual level."""
        rows = Risk.objects.filter(assessment=self.assessment(assessment_id)).listed()
        rows = rows.select_related("owner").prefetch_related("measures")
        return RISKS.page(request, rows)

    @extend_schema(operation_id="risks_create", request=NewRisk, responses={201: RiskSerializer})
    def post(self, request: Request, assessment_id: UUID) -> Response:
        """Add a scenario of one's own."""
        assessment = self.assessment(assessment_id)
        given = NewRisk(data=request.data)
        given.is_valid(raise_exception=True)
        risk = services.add_risk(actor=self.user, assessment=assessment, **given.validated_data)
        return Response(RiskSerializer(risk).data, status=status.HTTP_201_CREATED)


class RiskDetail(ApiView):
    @extend_schema(operation_id="risk_retrieve", responses=RiskSerializer)
    def get(self, request: Request, risk_id: UUID) -> Response:
        """One risk."""
        return Response(RiskSerializer(self._risk(risk_id)).data)

    @extend_schema(operation_id="risk_change", request=RiskChange, responses=RiskSerializer)
    def patch(self, request: Request, risk_id: UUID) -> Response:
        """Change a person's words on it."""
        risk = self._risk(risk_id)
        given = RiskChange(data=request.data)
        given.is_valid(raise_exception=True)
        services.describe_risk(actor=self.user, risk=risk, **given.validated_data)
        return Response(RiskSerializer(self._risk(risk_id)).data)

    @extend_schema(operation_id="risk_override", request=RiskOverrideSerializer, responses=RiskSerializer)
    def post(self, request: Request, risk_id: UUID) -> Response:
        """Override a level, with the reason; the computed one is kept beside it."""
        risk = self._risk(risk_id)
        given = RiskOverrideSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        services.override_level(actor=self.user, risk=risk, **given.validated_data)
        return Response(RiskSerializer(self._risk(risk_id)).data)

    def _risk(self, risk_id: UUID) -> Risk:
        rows = Risk.objects.for_user(self.user).select_related("assessment__project__team", "owner")
        found: Risk = get_object_or_404(rows, pk=risk_id)
        return found


class MeasureSerializer(serializers.ModelSerializer[Measure]):
    title = serializers.SerializerMethodField()
    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all(), allow_null=True)
    risks = serializers.PrimaryKeyRelatedField[Risk](many=True, read_only=True)
    committed = serializers.BooleanField(read_only=True)

    class Meta:
        model = Measure
        fields: ClassVar = [
            "id",
            "assessment",
            "kind",
            "title",
            "description",
            "owner",
            "due",
            "status",
            "committed",
            "cost_note",
            "evidence",
            "evidence_grade",
            "risks",
        ]

    def get_title(self, measure: Measure) -> str:
        return str(measure.title or risk_words.MEASURES[measure.kind])


class MeasureFilter(FilterSet):
    status = ChoiceFilter(choices=MeasureStatus.choices)
    kind = ChoiceFilter(choices=[(kind.value, kind.value) for kind in MeasureKind])


class NewMeasure(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[kind.value for kind in MeasureKind])
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all(), required=False)
    due = serializers.DateField(required=False, allow_null=True)
    cost_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    risks = serializers.ListField(child=serializers.UUIDField(), required=False)
    details = serializers.DictField(required=False)


class MeasureChange(serializers.Serializer[Any]):
    """`status: done` needs `evidence` and `grade`; the other fields change what is planned."""

    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    owner = serializers.SlugRelatedField(slug_field="email", queryset=User.objects.all(), required=False)
    due = serializers.DateField(required=False, allow_null=True)
    cost_note = serializers.CharField(max_length=300, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=MeasureStatus.choices, required=False)
    evidence = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    grade = serializers.ChoiceField(choices=EvidenceGrade.choices, required=False)


MEASURES = Listing(MeasureSerializer, ("due", "created_at"), MeasureFilter)


class MeasureList(AssessmentView):
    @MEASURES.described("measures_list")
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """Measures of an assessment."""
        rows = Measure.objects.filter(assessment=self.assessment(assessment_id))
        rows = rows.select_related("owner").prefetch_related("risks")
        return MEASURES.page(request, rows)

    @extend_schema(operation_id="measures_create", request=NewMeasure, responses={201: MeasureSerializer})
    def post(self, request: Request, assessment_id: UUID) -> Response:
        """Plan a measure. With an owner and a date it is a commitment and lowers the target."""
        assessment = self.assessment(assessment_id)
        given = NewMeasure(data=request.data)
        given.is_valid(raise_exception=True)
        measure = measure_services.plan_measure(actor=self.user, assessment=assessment, **given.validated_data)
        return Response(MeasureSerializer(measure).data, status=status.HTTP_201_CREATED)


class MeasureDetail(ApiView):
    @extend_schema(operation_id="measure_retrieve", responses=MeasureSerializer)
    def get(self, request: Request, measure_id: UUID) -> Response:
        """One measure."""
        return Response(MeasureSerializer(self._measure(measure_id)).data)

    @extend_schema(operation_id="measure_change", request=MeasureChange, responses=MeasureSerializer)
    def patch(self, request: Request, measure_id: UUID) -> Response:
        """Change it, finish it with evidence (`status: done`), or drop it (`status: dropped`, reason in `evidence`)."""
        measure = self._measure(measure_id)
        given = MeasureChange(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        evidence, grade = data.pop("evidence", ""), data.pop("grade", EvidenceGrade.DOCUMENTED)
        if data.get("status") == MeasureStatus.DONE:
            measure_services.complete_measure(actor=self.user, measure=measure, grade=grade, evidence=evidence)
        elif data.get("status") == MeasureStatus.DROPPED:
            measure_services.drop_measure(actor=self.user, measure=measure, reason=evidence)
        else:
            measure_services.change_measure(actor=self.user, measure=measure, **data)
        return Response(MeasureSerializer(self._measure(measure_id)).data)

    def _measure(self, measure_id: UUID) -> Measure:
        rows = Measure.objects.for_user(self.user).select_related("assessment__project__team", "owner")
        found: Measure = get_object_or_404(rows, pk=measure_id)
        return found


class ControlSerializer(serializers.ModelSerializer[Control]):
    risks = serializers.PrimaryKeyRelatedField[Risk](many=True, read_only=True)

    class Meta:
        model = Control
        fields: ClassVar = ["id", "assessment", "kind", "description", "grade", "evidence", "details", "risks"]


class NewControl(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=[kind.value for kind in ControlKind])
    grade = serializers.ChoiceField(choices=EvidenceGrade.choices)
    description = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    evidence = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    details = serializers.DictField(required=False)
    risks = serializers.ListField(child=serializers.UUIDField(), required=False)


CONTROLS = Listing(ControlSerializer, ("created_at",))


class ControlList(AssessmentView):
    @CONTROLS.described("controls_list")
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """Controls in place, with the grade of their evidence."""
        rows = Control.objects.filter(assessment=self.assessment(assessment_id)).prefetch_related("risks")
        return CONTROLS.page(request, rows)

    @extend_schema(operation_id="controls_create", request=NewControl, responses={201: ControlSerializer})
    def post(self, request: Request, assessment_id: UUID) -> Response:
        """State a control that is in place."""
        assessment = self.assessment(assessment_id)
        given = NewControl(data=request.data)
        given.is_valid(raise_exception=True)
        control = services.add_control(actor=self.user, assessment=assessment, **given.validated_data)
        return Response(ControlSerializer(control).data, status=status.HTTP_201_CREATED)
