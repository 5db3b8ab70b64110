"""A team's recognisers as a file, for programs: out, in, and what it would do."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.uploads import EncryptedUpload, UploadTooBig, accepts_upload
from datamap.api.recognisers import TeamView
from datamap.permissions import check_can_teach
from datamap.scanner.yaml_lines import MOST_BYTES
from datamap.selectors.recogniser_files import Fate, Plan, entries_of, file_of, plan_of
from datamap.selectors.recognisers import recognisers_for
from datamap.services import recognisers as services

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from rest_framework.request import Request

YAML = "application/yaml"


class YamlParser(BaseParser):
    """The file as the request's body, read by who knows what it should hold."""

    media_type = YAML

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, bytes]:
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise UploadTooBig(_("The file is larger than 1 MB."))
        return {"file": content}


class YamlRenderer(JSONRenderer):
    """Lets programs ask for YAML by name; what is told beside the file stays JSON."""

    media_type = YAML
    format = "yaml"


class PlannedSerializer(serializers.Serializer[Any]):
    """What becomes of an entry; `differs` are the fields that change."""

    line = serializers.IntegerField()
    name = serializers.CharField()
    fate = serializers.ChoiceField(choices=[(fate.value, fate.value) for fate in Fate])
    differs = serializers.ListField(child=serializers.CharField())


class PlanSerializer(serializers.Serializer[Any]):
    """`plan` stands for exactly this: given as `expected`, a file is taken over so or not at all."""

    plan = serializers.CharField(source="digest")
    added = serializers.SerializerMethodField()
    changed = serializers.SerializerMethodField()
    entries = PlannedSerializer(many=True)

    def get_added(self, plan: Plan) -> int:
        return len(plan.of(Fate.ADDED))

    def get_changed(self, plan: Plan) -> int:
        return len(plan.of(Fate.CHANGED))


class FileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)


TAKES = {YAML: OpenApiTypes.STR, "multipart/form-data": FileSerializer}
EXPECTED = OpenApiParameter("expected", str, description="The `plan` of a preview: any other is refused with 409.")


class _FileView(TeamView):
    """A view that takes a file, as the body or as a form's field."""

    parser_classes = [YamlParser, MultiPartParser]
    renderer_classes = [JSONRenderer, YamlRenderer]

    def content(self, request: Request) -> bytes:
        given = request.data.get("file") if isinstance(request.data, dict) else None
        if isinstance(given, EncryptedUpload):
            with given.open_plain() as file:
                return file.read(MOST_BYTES)
        if not isinstance(given, bytes):
            raise exceptions.ValidationError({"file": [_("Send the file as the body, or as the field “file”.")]})
        return given


@accepts_upload(limit=MOST_BYTES)
class RecogniserFile(_FileView):
    @extend_schema(operation_id="recognisers_export", responses={(200, YAML): OpenApiTypes.STR})
    def get(self, request: Request, team_id: uuid.UUID) -> HttpResponse:
        """The team's recognisers, as Presidio's registry reads them and as this address takes them back."""
        return HttpResponse(file_of(recognisers_for(self.user, self.team(team_id))), content_type=YAML)

    @extend_schema(
        operation_id="recognisers_import", parameters=[EXPECTED], request=TAKES, responses={200: PlanSerializer}
    )
    def post(self, request: Request, team_id: uuid.UUID) -> Response:
        """Take over a file, all of it or nothing: entries are added, those whose name the team has are changed."""
        team = self.team(team_id)
        check_can_teach(self.user, team)
        expected = request.query_params.get("expected", "")
        done = services.take_over(actor=self.user, team=team, content=self.content(request), expected=expected)
        return Response(PlanSerializer(done).data)


@accepts_upload(limit=MOST_BYTES)
class RecogniserPreview(_FileView):
    makes_something = False

    @extend_schema(operation_id="recognisers_preview", request=TAKES, responses={200: PlanSerializer})
    def post(self, request: Request, team_id: uuid.UUID) -> Response:
        """What taking over a file would do. Nothing is kept."""
        team = self.team(team_id)
        check_can_teach(self.user, team)
        rows = list(recognisers_for(self.user, team))
        return Response(PlanSerializer(plan_of(rows, entries_of(self.content(request)))).data)
