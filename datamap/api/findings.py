"""Findings for programs: listed, decided one by one, several at once, or as the team decided before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet
from datamap.api.datasets import SeenSerializer, dataset_of
from datamap.models import CategoryChoice, ChangeChoice, Decision, Finding, IdentifyingChoice
from datamap.selectors.datasets import finding_for, findings_of
from datamap.selectors.findings import VIEWS
from datamap.services import findings as decisions
from datamap.services import suggested
from datamap.wording_scan import why

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from rest_framework.request import Request


class SuggestedSerializer(serializers.Serializer[Any]):
    """What the team decided about such a column in another sample; `dataset` is that sample's name."""

    decision = serializers.ChoiceField(choices=Decision.choices)
    identifying = serializers.ChoiceField(choices=IdentifyingChoice.choices)
    category = serializers.ChoiceField(choices=CategoryChoice.choices)
    entity = serializers.CharField()
    dataset = serializers.CharField()


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """`class`, `category` and `entity` are what holds now; `found` is the scan's own word."""

    name = serializers.CharField(source="column", read_only=True)
    categories = serializers.ListField(child=serializers.ChoiceField(choices=CategoryChoice.choices), read_only=True)
    why = serializers.SerializerMethodField()
    examples = serializers.ListField(child=serializers.CharField(), read_only=True, help_text=_("Masked."))
    entities = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    needs_decision = serializers.BooleanField(read_only=True)
    stamp = serializers.CharField(read_only=True, help_text=_("Give it as `seen` to decide on nothing else."))
    suggested = SuggestedSerializer(read_only=True, allow_null=True)
    found = serializers.SerializerMethodField()
    before = SeenSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Finding
        fields: ClassVar = [
            "id", "dataset", "position", "name", "type", "is_text", "identifying", "entity", "category", "special",
            "categories", "confidence", "share", "low", "high", "distinct", "why", "examples", "entities", "decision",
            "needs_decision", "stamp", "suggested", "found", "change", "before", "doubtful", "decided_at",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, Any]:
        """With `class`, which no attribute of a class can be called."""
        identifying = serializers.ChoiceField(
            choices=IdentifyingChoice.choices, source="identifying", read_only=True, help_text=_("As `identifying`.")
        )
        return {**super().get_fields(), "class": identifying}

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


class OneSerializer(DecisionSerializer):
    """`seen` is the finding's `stamp`: where it has become something else meanwhile, 409 and nothing is decided."""

    seen = serializers.CharField(max_length=8, required=False)


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
    suggested = BooleanFilter(method="has_suggestion", help_text=_("Decided on such a column in another sample."))
    change = ChoiceFilter(choices=ChangeChoice.choices)
    name = CharFilter(field_name="column", lookup_expr="icontains")
    view = ChoiceFilter(method="in_view", choices=[(name, name) for name in VIEWS])

    def has_suggestion(self, rows: QuerySet[Finding], _name: str, value: bool) -> QuerySet[Finding]:  # noqa: FBT001 - django-filter's call
        return rows.filter(suggested__isnull=not value)

    def in_view(self, rows: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        return rows.filter(VIEWS[value])


FINDINGS = Listing(FindingSerializer, ("position", "column", "confidence", "share"), FindingFilter)


class FindingList(ApiView):
    @FINDINGS.described("findings_list")
    def get(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """What the scan found, column by column."""
        return FINDINGS.page(request, dataset_of(self, dataset_id).findings.all())


class ProjectFindingList(ApiView):
    @FINDINGS.described("project_findings_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """What scans found in all samples of a project, column by column."""
        return FINDINGS.page(request, findings_of(self.project(project_id)))


class FindingsDecide(ApiView):
    @extend_schema(operation_id="findings_decide_many", request=SeveralSerializer, responses=CountSerializer)
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """One decision on several findings, as one event."""
        dataset = dataset_of(self, dataset_id)
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
        dataset = dataset_of(self, dataset_id)
        given = AcceptSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        count = decisions.accept_all_above(
            actor=self.user,
            dataset=dataset,
            confidence=given.validated_data["above"],
            expected=given.validated_data.get("expected"),
        )
        return Response({"count": count})


class FindingsFollow(ApiView):
    @extend_schema(operation_id="findings_follow", request=None, responses=CountSerializer)
    def post(self, request: Request, dataset_id: uuid.UUID) -> Response:
        """Decide every finding that waits as it is `suggested`, as one event."""
        return Response({"count": suggested.follow(actor=self.user, dataset=dataset_of(self, dataset_id))})


class FindingDetail(ApiView):
    @extend_schema(operation_id="findings_retrieve", responses=FindingSerializer)
    def get(self, request: Request, dataset_id: uuid.UUID, finding_id: uuid.UUID) -> Response:
        """What was found in one column."""
        return Response(
            FindingSerializer(get_object_or_404(finding_for(self.user), pk=finding_id, dataset_id=dataset_id)).data
        )

    @extend_schema(operation_id="findings_decide", request=OneSerializer, responses=FindingSerializer)
    def patch(self, request: Request, dataset_id: uuid.UUID, finding_id: uuid.UUID) -> Response:
        """Accept, reject or change a finding; an empty decision takes one back."""
        finding = get_object_or_404(finding_for(self.user), pk=finding_id, dataset_id=dataset_id)
        given = OneSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        decided = decisions.decide_finding(
            actor=self.user, finding=finding, seen=given.validated_data.get("seen", ""), **given.verdict().arguments()
        )
        return Response(FindingSerializer(decided).data)
