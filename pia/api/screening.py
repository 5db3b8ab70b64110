"""The screening for programs: state and running result, answers, completion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.apibase import ApiView
from pia.selectors.screening import Shown, ShownLine, ShownQuestion, as_json, as_value, screening_for
from pia.services import screening as services

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request

    from core.models import Project


class _Value(serializers.JSONField):
    """One of `yes`, `no`, `unsure` or an option; a list of options where several may be ticked."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) or (isinstance(data, list) and all(isinstance(option, str) for option in data)):
            return as_value(data)
        raise serializers.ValidationError("A string or a list of strings.")


class ScreeningAnswers(serializers.Serializer[Any]):
    answers = serializers.DictField(child=_Value())
    notes = serializers.DictField(child=serializers.CharField(allow_blank=True, max_length=2000), required=False)
    version = serializers.IntegerField(
        required=False, help_text="The version this was based on; 409 if it is another now."
    )


class ScreeningCompletion(serializers.Serializer[Any]):
    justification = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class ScreeningLine(serializers.Serializer[Any]):
    rule = serializers.CharField()
    title = serializers.CharField()
    duty = serializers.CharField()
    finding = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())
    waits_for = serializers.ListField(child=serializers.CharField())
    applies_from = serializers.CharField()


class ScreeningQuestion(serializers.Serializer[Any]):
    key = serializers.CharField()
    text = serializers.CharField()
    help = serializers.CharField()
    law = serializers.CharField()
    kind = serializers.CharField()
    options = serializers.DictField(child=serializers.CharField())
    answer = serializers.JSONField(allow_null=True)
    answered_by = serializers.CharField(help_text="person, fact or empty")
    note = serializers.CharField()
    facts = serializers.ListField(child=serializers.CharField())
    disputed = serializers.BooleanField()


class ScreeningState(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    completed_at = serializers.DateTimeField(allow_null=True)
    headline = serializers.CharField()
    headline_text = serializers.CharField()
    criteria = serializers.ListField(child=serializers.CharField())
    unanswered = serializers.ListField(child=serializers.CharField())
    lines = ScreeningLine(many=True)
    questions = ScreeningQuestion(many=True)
    disputes = serializers.ListField(child=serializers.JSONField())
    rebuttal = serializers.JSONField(allow_null=True)


class ScreeningDetail(ApiView):
    @extend_schema(operation_id="screening_retrieve", responses=ScreeningState)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """Every question with its answer and facts, and the result so far with its reasons."""
        return self._state(self.project(project_id))

    @extend_schema(operation_id="screening_answer", request=ScreeningAnswers, responses=ScreeningState)
    def patch(self, request: Request, project_id: uuid.UUID) -> Response:
        """Save answers. One that contradicts a fact needs its reason in `notes`."""
        project = self.project(project_id)
        given = ScreeningAnswers(data=request.data)
        given.is_valid(raise_exception=True)
        services.answer_screening(actor=self.user, project=project, **given.validated_data)
        return self._state(project)

    @extend_schema(operation_id="screening_complete", request=ScreeningCompletion, responses=ScreeningState)
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Complete the screening: 409 while questions are open."""
        project = self.project(project_id)
        given = ScreeningCompletion(data=request.data)
        given.is_valid(raise_exception=True)
        services.complete_screening(actor=self.user, project=project, **given.validated_data)
        return self._state(project)

    def _state(self, project: Project) -> Response:
        return Response(ScreeningState(_state(screening_for(self.user, project))).data)


def _state(shown: Shown) -> dict[str, Any]:
    screening, rebuttal = shown.screening, shown.rebuttal
    return {
        "version": screening.version if screening else 0,
        "completed_at": screening.completed_at if screening else None,
        "headline": shown.verdict.headline,
        "headline_text": shown.headline,
        "criteria": shown.verdict.criteria,
        "unanswered": shown.verdict.unanswered,
        "lines": [_line(line) for line in shown.lines],
        "questions": [_question(question) for question in shown.questions],
        "disputes": [
            {
                "question": shown_dispute.row.question,
                "proposed": shown_dispute.row.proposed,
                "given": shown_dispute.row.given,
                "reason": shown_dispute.row.reason,
                "at": shown_dispute.row.at.isoformat(),
            }
            for shown_dispute in shown.disputes
        ],
        "rebuttal": {"reason": rebuttal.reason, "agrees": rebuttal.agrees, "view": rebuttal.view} if rebuttal else None,
    }


def _line(line: ShownLine) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "title": line.title,
        "duty": line.duty,
        "finding": line.finding,
        "reasons": line.reasons,
        "waits_for": line.waits_for,
        "applies_from": line.applies_from,
    }


def _question(question: ShownQuestion) -> dict[str, Any]:
    saved = question.answered_by
    return {
        "key": question.key,
        "text": question.wording.text,
        "help": question.wording.help,
        "law": question.wording.source,
        "kind": question.kind,
        "options": {option.value: str(option.label) for option in question.options},
        "answer": as_json(question.value) if question.value is not None else None,
        "answered_by": "person" if saved else ("fact" if question.by_fact else ""),
        "note": saved.note if saved else "",
        "facts": [fact.text for fact in question.facts],
        "disputed": question.disputed,
    }
