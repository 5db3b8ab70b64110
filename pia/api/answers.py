"""Answers for programs: every question of an assessment with its facts; PATCH saves one under optimistic locking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.filters import CharFilter, ChoiceFilter, FilterSet
from core.types import Fact
from pia import facts as gathered
from pia.api.assessments import find
from pia.models import Answer, AnswerStatus, Assessment
from pia.selectors.answers import Entry, answers_of, entry
from pia.services import answers as services

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request


class KnownFact(serializers.Serializer[Any]):
    key = serializers.CharField(source="fact.key")
    value = serializers.JSONField(source="fact.value")
    grade = serializers.CharField(source="fact.grade")
    text = serializers.CharField()
    cited = serializers.IntegerField(source="number", allow_null=True)


class Citation(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="row.number")
    kind = serializers.CharField(source="row.kind")
    key = serializers.CharField(source="row.key")
    text = serializers.CharField()
    reference = serializers.CharField(source="row.reference")
    grade = serializers.CharField(source="row.grade")
    value = serializers.JSONField(source="row.value")
    sources = serializers.JSONField(source="row.sources")
    now = serializers.CharField(help_text="The fact as it reads today, where that differs from what was cited.")


class EntrySerializer(serializers.Serializer[Entry]):
    """One question with its answer, what it cites, and the facts known beside it."""

    id = serializers.CharField(source="key", help_text="pack:item")
    title = serializers.CharField(source="item.title")
    section = serializers.CharField(source="item.section")
    question = serializers.CharField(source="item.question")
    weight = serializers.CharField(source="item.weight")
    gate = serializers.BooleanField(source="item.gate")
    version = serializers.IntegerField(source="answer.version")
    text = serializers.CharField(source="answer.text")
    status = serializers.CharField(source="answer.status")
    counts_as = serializers.CharField(source="verdict.status")
    applies = serializers.BooleanField(source="verdict.applies")
    untriggered = serializers.ListField(child=serializers.CharField())
    grade = serializers.CharField(source="verdict.grade")
    source = serializers.CharField(source="answer.source")  # type: ignore[assignment]
    author = serializers.CharField(source="answer.author", allow_null=True)
    edited_at = serializers.DateTimeField(source="answer.edited_at", allow_null=True)
    evidence = Citation(source="cited", many=True)
    facts = KnownFact(source="known", many=True)


class AnswerChange(serializers.Serializer[Any]):
    """`version` is the one that was read; `evidence` names the facts to cite, all of them."""

    version = serializers.IntegerField(min_value=0)
    text = serializers.CharField(required=False, allow_blank=True, max_length=20_000, trim_whitespace=False)
    status = serializers.ChoiceField(required=False, choices=AnswerStatus.choices)
    evidence = serializers.ListField(child=serializers.CharField(max_length=80), required=False)


class AnswerFilter(FilterSet):
    status = ChoiceFilter(choices=AnswerStatus.choices)
    pack = CharFilter(field_name="pack__key")
    item = CharFilter()


ANSWERS = Listing(EntrySerializer, ("item", "status", "edited_at"), AnswerFilter)


class AnswerList(ApiView):
    @ANSWERS.described("answers_list")
    def get(self, request: Request, assessment_id: uuid.UUID) -> Response:
        """Every question of the assessment."""
        assessment = find(self.user, assessment_id)
        rows = answers_of(assessment).order_by("pack__key", "item")
        return ANSWERS.page(request, rows, rows=_with_facts(gathered.facts_of(assessment)))


class AnswerDetail(ApiView):
    @extend_schema(operation_id="answers_retrieve", responses=EntrySerializer)
    def get(self, request: Request, assessment_id: uuid.UUID, reference: str) -> Response:
        """One question with its answer and the facts beside it."""
        return self._shown(find(self.user, assessment_id), reference)

    @extend_schema(
        operation_id="answers_update",
        request=AnswerChange,
        responses={200: EntrySerializer, 409: OpenApiTypes.OBJECT},
        description="Save over the version that was read. 409 with both texts where somebody else saved meanwhile.",
    )
    def patch(self, request: Request, assessment_id: uuid.UUID, reference: str) -> Response:
        assessment = find(self.user, assessment_id)
        answer = _answer(assessment, reference)
        given = AnswerChange(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        keys = values.pop("evidence", None)
        with transaction.atomic():
            services.save_answer(actor=self.user, answer=answer, **values)
            if keys is not None:
                services.set_citations(actor=self.user, answer=answer, keys=keys)
        return self._shown(assessment, reference)

    def _shown(self, assessment: Assessment, reference: str) -> Response:
        known = gathered.facts_of(assessment)
        return Response(EntrySerializer(entry(_answer(assessment, reference), known, gathered.values(known))).data)


def _answer(assessment: Assessment, reference: str) -> Answer:
    pack, _, item = reference.partition(":")
    return get_object_or_404(answers_of(assessment), pack__key=pack, item=item)


def _with_facts(facts: Mapping[str, Fact]) -> type[serializers.Serializer[Any]]:
    """The serializer of answer rows, beside the facts of their project (gathered once for the whole page)."""
    values = gathered.values(facts)

    class AnswerRows(EntrySerializer):
        def to_representation(self, instance: Any) -> dict[str, Any]:
            return super().to_representation(entry(instance, facts, values))

    return AnswerRows
