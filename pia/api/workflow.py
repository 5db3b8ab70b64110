"""The workflow for programs: which moves are open, and making one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.models import Scope
from pia.api.risks import AssessmentView
from pia.models import Assessment, Opinion
from pia.selectors import workflow as selectors
from pia.services import workflow as services
from pia.workflow import Move, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from rest_framework.request import Request

    from core.models import User


class ViewsRequest(serializers.Serializer[Any]):
    """Data subjects' views, or why they were not sought."""

    sought = serializers.BooleanField()
    how = serializers.CharField(required=False, allow_blank=True, max_length=300)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=8000)
    departure = serializers.CharField(required=False, allow_blank=True, max_length=8000)
    not_sought_reason = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class MoveRequest(serializers.Serializer[Any]):
    """A move with what it needs.

    `reason` for most; `advice` and `opinion` to advise; `decision` to decide; `views` may come along when submitting.
    """

    move = serializers.ChoiceField(choices=[move.value for move in Move if move is not Move.GO_STALE])
    reason = serializers.CharField(required=False, allow_blank=True, max_length=20000, default="")
    advice = serializers.CharField(required=False, allow_blank=True, max_length=20000, default="")
    opinion = serializers.ChoiceField(choices=Opinion.choices, required=False, default=Opinion.FAVOURABLE)
    decision = serializers.ChoiceField(choices=Outcome.choices, required=False)
    departure = serializers.CharField(required=False, allow_blank=True, max_length=20000, default="")
    conditions = serializers.CharField(required=False, allow_blank=True, max_length=20000, default="")
    views = ViewsRequest(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["move"] == Move.DECIDE and "decision" not in attrs:
            raise serializers.ValidationError({"decision": "This field is required to decide."})
        return attrs


class OpenMoveSerializer(serializers.Serializer[Any]):
    move = serializers.CharField()
    who = serializers.CharField()
    permitted = serializers.BooleanField(help_text="Whether the role allows it.")
    allowed = serializers.BooleanField(help_text="Whether it can be made now, as far as can be told beforehand.")
    missing = serializers.ListField(child=serializers.CharField())


class WorkflowState(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    state = serializers.CharField()
    number = serializers.IntegerField()
    version_sha256 = serializers.CharField()
    moves = OpenMoveSerializer(many=True)


def _submit(actor: User, assessment: Assessment, said: dict[str, Any]) -> None:
    """Submit, with the data subjects' views where they come along: both or neither."""
    with transaction.atomic():
        if "views" in said:
            services.record_views(actor=actor, assessment=assessment, **said["views"])
        services.submit(actor=actor, assessment=assessment)


#: Each move as its service takes it.
MOVES: Final[dict[str, Callable[[User, Assessment, dict[str, Any]], Any]]] = {
    Move.SUBMIT: _submit,
    Move.RETURN: lambda actor, row, said: services.send_back(actor=actor, assessment=row, reason=said["reason"]),
    Move.ADVISE: lambda actor, row, said: services.advise(
        actor=actor, assessment=row, text=said["advice"] or said["reason"], opinion=said["opinion"]
    ),
    Move.DECIDE: lambda actor, row, said: services.decide(
        actor=actor,
        assessment=row,
        outcome=said["decision"],
        reason=said["reason"],
        departure=said["departure"],
        conditions=said["conditions"],
    ),
    Move.ACTIVATE: lambda actor, row, said: services.activate(actor=actor, assessment=row),
    Move.REAFFIRM: lambda actor, row, said: services.reaffirm(actor=actor, assessment=row, reason=said["reason"]),
    Move.SUPERSEDE: lambda actor, row, said: services.supersede(actor=actor, assessment=row),
    Move.ARCHIVE: lambda actor, row, said: services.archive(actor=actor, assessment=row, reason=said["reason"]),
}


class Transitions(AssessmentView):
    write_scope: ClassVar[str] = Scope.DECIDE

    @extend_schema(operation_id="transitions_list", responses=WorkflowState)
    def get(self, request: Request, assessment_id: UUID) -> Response:
        """The state, and every move from it: whose it is and what is missing."""
        return self._state(self.assessment(assessment_id))

    @extend_schema(operation_id="transitions_make", request=MoveRequest, responses=WorkflowState)
    def post(self, request: Request, assessment_id: UUID) -> Response:
        """Make a move. 403 where it is another role's, 409 with `missing` where something stands in the way."""
        assessment = self.assessment(assessment_id)
        given = MoveRequest(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        MOVES[said["move"]](self.user, assessment, said)
        return self._state(self.assessment(assessment_id))

    def _state(self, assessment: Assessment) -> Response:
        moves = selectors.moves(self.user, assessment)
        fields = ("id", "state", "number", "version_sha256")
        body = {**{name: getattr(assessment, name) for name in fields}, "moves": moves}
        return Response(WorkflowState(body).data)


class RecordViews(AssessmentView):
    @extend_schema(operation_id="views_record", request=ViewsRequest, responses=ViewsRequest)
    def put(self, request: Request, assessment_id: UUID) -> Response:
        """Record data subjects' views (Art. 35(9))."""
        assessment = self.assessment(assessment_id)
        given = ViewsRequest(data=request.data)
        given.is_valid(raise_exception=True)
        views = services.record_views(actor=self.user, assessment=assessment, **given.validated_data)
        return Response(ViewsRequest(views).data)
