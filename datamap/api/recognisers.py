"""What a team teaches its scans, for programs: the same services as the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core.apibase import ApiView
from core.apilists import Listing
from core.apischema import refuses
from core.errors import Refused
from core.selectors.teams import teams_for
from core.types import Category, Identifying
from datamap import tries
from datamap.models import CategoryChoice, IdentifyingChoice, TeamColumn, TeamRecogniser, TeamWord, WordList
from datamap.permissions import check_can_teach
from datamap.scanner.custom import MOST_CONTEXT, MOST_PATTERNS, MOST_WORDS, TooSlow, check
from datamap.scanner.options import Pattern, Recogniser
from datamap.scanner.tryout import LONGEST, try_out
from datamap.selectors.recognisers import allowed_in, columns_for, recognisers_for, words_for
from datamap.services import learned, words
from datamap.services import recognisers as services

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request

    from core.models import Team


class PatternSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80)
    regex = serializers.CharField(max_length=500, trim_whitespace=False)
    score = serializers.FloatField(min_value=0.01, max_value=1)


class GivenSerializer(serializers.Serializer[Any]):
    """A recogniser as somebody gives it."""

    name = serializers.CharField(max_length=80)
    entity = serializers.CharField(max_length=40)
    category = serializers.ChoiceField(choices=CategoryChoice.choices)
    identifying = serializers.ChoiceField(choices=IdentifyingChoice.choices)
    patterns = PatternSerializer(many=True, required=False, max_length=MOST_PATTERNS)  # type: ignore[call-arg]
    deny_list = serializers.ListField(child=serializers.CharField(), required=False, max_length=MOST_WORDS)
    deny_list_score = serializers.FloatField(required=False, min_value=0.01, max_value=1)
    context = serializers.ListField(  # type: ignore[assignment]
        child=serializers.CharField(), required=False, max_length=MOST_CONTEXT
    )
    languages = serializers.ListField(child=serializers.CharField(max_length=2), required=False, max_length=30)
    enabled = serializers.BooleanField(required=False)

    def recogniser(self, before: TeamRecogniser | None = None) -> Recogniser:
        """What is given, over what was there."""
        known: dict[str, Any] = {} if before is None else {name: getattr(before, name) for name in _FIELDS}
        data = known | dict(self.validated_data)
        return Recogniser(
            name=data["name"],
            entity=data["entity"],
            category=Category(data["category"]),
            identifying=Identifying(data["identifying"]),
            patterns=tuple(Pattern(**pattern) for pattern in data.get("patterns", ())),
            deny_list=tuple(data.get("deny_list", ())),
            context=tuple(data.get("context", ())),
            languages=tuple(data.get("languages", ())),
            deny_list_score=data.get("deny_list_score", 1.0),
        )


_FIELDS = (
    "name", "entity", "category", "identifying", "patterns", "deny_list", "deny_list_score", "context", "languages",
)  # fmt: skip


class RecogniserChangeSerializer(GivenSerializer):
    """`seen` is the `version` that was read: where it is another by now, 409 and nothing is changed."""

    seen = serializers.CharField(max_length=12, required=False)


class RecogniserSerializer(serializers.ModelSerializer[TeamRecogniser]):
    patterns = PatternSerializer(many=True, read_only=True)
    deny_list = serializers.ListField(child=serializers.CharField(), read_only=True)
    context = serializers.ListField(child=serializers.CharField(), read_only=True)  # type: ignore[assignment]
    languages = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = TeamRecogniser
        fields: ClassVar = ["id", "team", *_FIELDS, "enabled", "version", "created_at", "updated_at"]


class TryingSerializer(GivenSerializer):
    text = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class FindSerializer(serializers.Serializer[Any]):
    """Offsets in code points; no text."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    entity = serializers.CharField()
    score = serializers.FloatField()
    pattern = serializers.CharField()
    context = serializers.CharField()  # type: ignore[assignment]
    allowed = serializers.BooleanField()


class FindsSerializer(serializers.Serializer[Any]):
    finds = FindSerializer(many=True)


class WordSerializer(serializers.ModelSerializer[TeamWord]):
    class Meta:
        model = TeamWord
        fields: ClassVar = ["id", "list", "text", "entity", "created_at"]


class WordsGivenSerializer(serializers.Serializer[Any]):
    list = serializers.ChoiceField(choices=WordList.choices)
    texts = serializers.ListField(child=serializers.CharField(), allow_empty=False, max_length=5_000)
    entity = serializers.CharField(required=False, allow_blank=True, max_length=40)


class WordsAddedSerializer(serializers.Serializer[Any]):
    added = serializers.IntegerField()


class ColumnSerializer(serializers.ModelSerializer[TeamColumn]):
    class Meta:
        model = TeamColumn
        fields: ClassVar = [
            "id", "column", "found_entity", "decision", "identifying", "category", "entity", "project", "dataset",
            "decided_at",
        ]  # fmt: skip


class TeamView(ApiView):
    """A view below one team."""

    def team(self, team_id: uuid.UUID) -> Team:
        """The team, if this person belongs to it; else 404."""
        return get_object_or_404(teams_for(self.user), pk=team_id)

    def row(self, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> TeamRecogniser:
        return get_object_or_404(recognisers_for(self.user, self.team(team_id)), pk=recogniser_id)


RECOGNISERS = Listing(RecogniserSerializer, ("name", "entity", "updated_at"))
WORDS = Listing(WordSerializer, ("text", "created_at"))
COLUMNS = Listing(ColumnSerializer, ("column", "decided_at"))


class RecogniserList(TeamView):
    @RECOGNISERS.described("recognisers_list")
    def get(self, request: Request, team_id: uuid.UUID) -> Response:
        """The recognisers of a team."""
        return RECOGNISERS.page(request, recognisers_for(self.user, self.team(team_id)))

    @extend_schema(operation_id="recognisers_create", request=GivenSerializer, responses={201: RecogniserSerializer})
    def post(self, request: Request, team_id: uuid.UUID) -> Response:
        """Teach the team's scans a recogniser."""
        team = self.team(team_id)
        check_can_teach(self.user, team)
        given = GivenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        row = services.add_recogniser(
            actor=self.user, team=team, given=given.recogniser(), enabled=given.validated_data.get("enabled", True)
        )
        return Response(RecogniserSerializer(row).data, status=status.HTTP_201_CREATED)


class RecogniserDetail(TeamView):
    @extend_schema(operation_id="recognisers_retrieve", responses=RecogniserSerializer)
    def get(self, request: Request, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> Response:
        """A recogniser with its patterns and words."""
        return Response(RecogniserSerializer(self.row(team_id, recogniser_id)).data)

    @extend_schema(
        operation_id="recognisers_update",
        request=RecogniserChangeSerializer(partial=True),
        responses=RecogniserSerializer,
    )
    def patch(self, request: Request, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> Response:
        """Change what is given of a recogniser; the rest stays."""
        row = self.row(team_id, recogniser_id)
        check_can_teach(self.user, row.team)
        given = RecogniserChangeSerializer(data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        changed = services.change_recogniser(
            actor=self.user,
            recogniser=row,
            given=given.recogniser(row),
            enabled=given.validated_data.get("enabled", row.enabled),
            seen=given.validated_data.get("seen", row.version),  # what was not given comes from the row that was read
        )
        return Response(RecogniserSerializer(changed).data)

    @extend_schema(operation_id="recognisers_delete", responses={204: None})
    def delete(self, request: Request, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> Response:
        """The next scans no longer use it; findings that named it stay."""
        services.delete_recogniser(actor=self.user, recogniser=self.row(team_id, recogniser_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RecogniserTry(TeamView):
    makes_something = False

    @extend_schema(
        operation_id="recognisers_try", request=TryingSerializer, responses={200: FindsSerializer, **refuses(429)}
    )
    def post(self, request: Request, team_id: uuid.UUID) -> Response:
        """What a recogniser would find in a text. Neither is kept; the answer holds offsets, not the text."""
        team = self.team(team_id)
        check_can_teach(self.user, team)
        tries.take(self.user)
        given = TryingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        draft = given.recogniser()
        if problems := check(draft):
            raise services.Unsound(problems)
        return Response({"finds": _finds(given.validated_data["text"], draft, allowed_in(team.pk))})


def _finds(text: str, draft: Recogniser, allow: frozenset[str]) -> list[dict[str, Any]]:
    try:
        pieces = try_out(text, draft, allow=allow)
    except TooSlow as slow:
        raise Refused(tries.too_slow(slow), code="too_slow", status=400) from None
    return [
        {
            "start": piece.found.start,
            "end": piece.found.end,
            "entity": piece.found.entity,
            "score": piece.found.score,
            "pattern": piece.found.pattern,
            "context": piece.found.word,
            "allowed": piece.allowed,
        }
        for piece in pieces
        if piece.found
    ]


class WordsList(TeamView):
    @WORDS.described("words_list")
    def get(self, request: Request, team_id: uuid.UUID) -> Response:
        """Texts that name nobody, and words that are always found."""
        return WORDS.page(request, words_for(self.user, self.team(team_id)))

    @extend_schema(operation_id="words_add", request=WordsGivenSerializer, responses={201: WordsAddedSerializer})
    def post(self, request: Request, team_id: uuid.UUID) -> Response:
        """Add texts to one of the two lists; those that are there stay."""
        team = self.team(team_id)
        check_can_teach(self.user, team)
        given = WordsGivenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        added = words.add_words(
            actor=self.user, team=team, to=WordList(data["list"]), texts=data["texts"], entity=data.get("entity", "")
        )
        return Response({"added": added}, status=status.HTTP_201_CREATED)


class WordDetail(TeamView):
    @extend_schema(operation_id="words_delete", responses={204: None})
    def delete(self, request: Request, team_id: uuid.UUID, word_id: uuid.UUID) -> Response:
        """Take a text off its list."""
        word = get_object_or_404(words_for(self.user, self.team(team_id)), pk=word_id)
        words.delete_word(actor=self.user, word=word)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ColumnList(TeamView):
    @COLUMNS.described("columns_list")
    def get(self, request: Request, team_id: uuid.UUID) -> Response:
        """What the team's people decided about columns, as it is suggested for other samples."""
        return COLUMNS.page(request, columns_for(self.user, self.team(team_id)))


class ColumnDetail(TeamView):
    @extend_schema(operation_id="columns_forget", responses={204: None})
    def delete(self, request: Request, team_id: uuid.UUID, column_id: uuid.UUID) -> Response:
        """Suggest it no more."""
        column = get_object_or_404(columns_for(self.user, self.team(team_id)), pk=column_id)
        learned.forget_column(actor=self.user, column=column)
        return Response(status=status.HTTP_204_NO_CONTENT)
