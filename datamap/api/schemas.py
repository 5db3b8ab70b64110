"""Schemas and their fields for programs: the same services as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.apibase import AcceptedSerializer, ApiView, accepted
from core.apilists import Listing
from core.filters import BooleanFilter, CharFilter, ChoiceFilter, FilterSet
from core.uploads import accepts_upload
from datamap.forms.schemas import DIALECT_CHOICES, FORMAT_CHOICES
from datamap.models import PERSONAL, CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.selectors import schemas as selectors
from datamap.services import fields as decisions
from datamap.services import schemas as services
from datamap.wording import reason, unparsed

if TYPE_CHECKING:
    import uuid

    from django.db.models import QuerySet
    from rest_framework.request import Request


class VersionSerializer(serializers.ModelSerializer[SchemaVersion]):
    unparsed = serializers.SerializerMethodField()
    state = serializers.CharField(source="job.state", read_only=True, default="")
    error = serializers.CharField(source="job.error", read_only=True, default="")

    class Meta:
        model = SchemaVersion
        fields: ClassVar = [
            "id",
            "number",
            "file_name",
            "sha256",
            "size",
            "format",
            "dialect",
            "field_count",
            "new_personal",
            "unparsed",
            "parsed_at",
            "job",
            "state",
            "error",
            "created_at",
        ]

    def get_unparsed(self, version: SchemaVersion) -> list[dict[str, Any]]:
        return [{**part, "text": unparsed(part["reason"])} for part in version.unparsed]


class SchemaSerializer(serializers.ModelSerializer[Schema]):
    """`entities` are the tables of the current version with their counts; the fields are a list of their own."""

    current = VersionSerializer(read_only=True)

    class Meta:
        model = Schema
        fields: ClassVar = ["id", "project", "name", "current", "created_at"]


class SchemaDetailSerializer(SchemaSerializer):
    entities = serializers.SerializerMethodField()
    versions = VersionSerializer(many=True, read_only=True)

    class Meta(SchemaSerializer.Meta):
        fields: ClassVar = [*SchemaSerializer.Meta.fields, "entities", "versions"]

    def get_entities(self, schema: Schema) -> list[dict[str, Any]]:
        return selectors.entities_of(schema.current) if schema.current else []


class FieldSerializer(serializers.ModelSerializer[SchemaField]):
    """`category` and `identifying` are what holds now; `found` is the proposal."""

    why = serializers.SerializerMethodField()
    found = serializers.SerializerMethodField()
    decided = serializers.BooleanField(source="is_decided", read_only=True)

    class Meta:
        model = SchemaField
        fields: ClassVar = [
            "id",
            "position",
            "entity",
            "path",
            "type",
            "nullable",
            "description",
            "key",
            "references",
            "category",
            "identifying",
            "special",
            "confidence",
            "why",
            "found",
            "decided",
            "decided_at",
        ]

    def get_why(self, field: SchemaField) -> list[str]:
        return [reason(entry["code"], entry.get("params", {})) for entry in field.why]

    def get_found(self, field: SchemaField) -> dict[str, str]:
        return {"category": field.found_category, "identifying": field.found_identifying, "entity": field.found_entity}


class SchemaUploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)  # the service refuses it, by name
    name = serializers.CharField(required=False, max_length=200, default="")
    format = serializers.ChoiceField(choices=FORMAT_CHOICES, required=False, default="")
    dialect = serializers.ChoiceField(choices=DIALECT_CHOICES, required=False, default="")


class CategorySerializer(serializers.Serializer[Any]):
    """`accept` takes the proposal as it is; nothing at all gives it its say again."""

    accept = serializers.BooleanField(required=False, default=False)

    category = serializers.ChoiceField(choices=CategoryChoice.choices, allow_null=True, required=False, default=None)
    identifying = serializers.ChoiceField(
        choices=IdentifyingChoice.choices, allow_null=True, required=False, default=None
    )

    def word(self) -> decisions.Word:
        data = self.validated_data
        if data["accept"]:
            return decisions.Word(as_proposed=True)
        return decisions.Word(
            category=CategoryChoice(data["category"]) if data["category"] else None,
            identifying=IdentifyingChoice(data["identifying"]) if data["identifying"] else None,
        )


class FieldsWordSerializer(CategorySerializer):
    """`field_ids` are of the current version's; without them the word is on all of a `view`."""

    field_ids = serializers.ListField(child=serializers.UUIDField(), max_length=5_000, required=False)
    view = serializers.ChoiceField(choices=list(selectors.VIEWS), required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("field_ids" in attrs) == ("view" in attrs):
            raise serializers.ValidationError(_("Give either field_ids or a view."))
        return attrs


class RenameSerializer(serializers.Serializer[Any]):
    """A guess of the diff, and whether it is the same field."""

    entity = serializers.CharField(max_length=400, trim_whitespace=False)
    path = serializers.CharField(max_length=400, trim_whitespace=False)
    old_entity = serializers.CharField(max_length=400, trim_whitespace=False)
    old_path = serializers.CharField(max_length=400, trim_whitespace=False)
    same = serializers.BooleanField()


class FieldCountSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField()


class ChangeSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    entity = serializers.CharField(source="column.entity")
    path = serializers.CharField(source="column.path")
    old_entity = serializers.CharField(source="old.entity", default=None)
    old_path = serializers.CharField(source="old.path", default=None)
    old_type = serializers.CharField(source="old.type", default=None)
    type = serializers.CharField(source="column.type")
    category = serializers.CharField(source="column.category")
    new_personal = serializers.BooleanField(source="is_new_personal")


class FieldFilter(FilterSet):
    entity = CharFilter()
    path = CharFilter(lookup_expr="icontains")
    category = ChoiceFilter(choices=CategoryChoice.choices)
    identifying = ChoiceFilter(choices=IdentifyingChoice.choices)
    special = BooleanFilter()
    personal = BooleanFilter(method="only_personal")
    view = ChoiceFilter(method="in_view", choices=[(name, name) for name in selectors.VIEWS])

    def in_view(self, rows: QuerySet[SchemaField], _name: str, value: str) -> QuerySet[SchemaField]:
        return rows.filter(selectors.VIEWS[value])

    def only_personal(self, rows: QuerySet[SchemaField], _name: str, value: bool) -> QuerySet[SchemaField]:  # noqa: FBT001 - django-filter's call
        return rows.filter(PERSONAL) if value else rows.exclude(PERSONAL)


SCHEMAS = Listing(SchemaSerializer, ("name", "created_at"))
VERSIONS = Listing(VersionSerializer, ("number",))
FIELDS = Listing(FieldSerializer, ("position", "entity", "path", "confidence"), FieldFilter)


@accepts_upload(limit=lambda: int(settings.SCHEMA_MAX_BYTES))
class SchemaList(ApiView):
    parser_classes = [MultiPartParser]

    @SCHEMAS.described("schemas_list")
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """The schemas of a project."""
        found = selectors.schemas_of(self.user, self.project(project_id)).select_related("current__job")
        return SCHEMAS.page(request, found)

    @extend_schema(operation_id="schemas_create", request=SchemaUploadSerializer, responses={202: AcceptedSerializer})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        """Upload a schema; it is read in a job. The same name again makes the next version."""
        project = self.project(project_id)
        given = SchemaUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        version = services.add_schema(
            actor=self.user,
            project=project,
            upload=data["file"],
            name=data["name"],
            format_=data["format"],
            dialect=data["dialect"],
        )
        return _accepted(version)


class SchemaDetail(ApiView):
    @extend_schema(operation_id="schemas_retrieve", responses=SchemaDetailSerializer)
    def get(self, request: Request, schema_id: uuid.UUID) -> Response:
        """A schema with the tables of its current version."""
        schema = _schema(self, schema_id)
        prefetch_related_objects([schema], "versions__job")
        return Response(SchemaDetailSerializer(schema).data)

    @extend_schema(operation_id="schemas_delete", responses={204: None})
    def delete(self, request: Request, schema_id: uuid.UUID) -> Response:
        """Delete a schema with its versions and the decisions on its fields."""
        services.delete_schema(actor=self.user, schema=_schema(self, schema_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


@accepts_upload(limit=lambda: int(settings.SCHEMA_MAX_BYTES))
class VersionList(ApiView):
    parser_classes = [MultiPartParser]

    @VERSIONS.described("schema_versions_list")
    def get(self, request: Request, schema_id: uuid.UUID) -> Response:
        """Every upload of a schema."""
        return VERSIONS.page(request, _schema(self, schema_id).versions.select_related("job"))

    @extend_schema(
        operation_id="schema_versions_create", request=SchemaUploadSerializer, responses={202: AcceptedSerializer}
    )
    def post(self, request: Request, schema_id: uuid.UUID) -> Response:
        """Upload the next version of this schema, whatever its file is called."""
        schema = _schema(self, schema_id)
        given = SchemaUploadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        version = services.add_schema(
            actor=self.user,
            project=schema.project,
            upload=data["file"],
            schema=schema,
            format_=data["format"],
            dialect=data["dialect"],
        )
        return _accepted(version)


class SchemaDiff(ApiView):
    @extend_schema(operation_id="schemas_diff", responses=ChangeSerializer(many=True))
    def get(self, request: Request, schema_id: uuid.UUID) -> Response:
        """What changed between the current version and the one before, new personal data first."""
        schema = _schema(self, schema_id)
        diff = selectors.diff_to_previous(schema.current) if schema.current else None
        return Response(ChangeSerializer(diff.changes if diff else (), many=True).data)


class FieldList(ApiView):
    @FIELDS.described("schema_fields_list", OpenApiParameter("version", int))
    def get(self, request: Request, schema_id: uuid.UUID) -> Response:
        """The fields of the current version, or of the one asked for."""
        schema = _schema(self, schema_id)
        asked = request.query_params.get("version", "")
        version = (
            get_object_or_404(schema.versions, number=int(asked))
            if asked.isdecimal() and len(asked) < 9
            else schema.current
        )
        rows = selectors.fields_in(version) if version else SchemaField.objects.none()
        return FIELDS.page(request, rows)


class FieldDetail(ApiView):
    @extend_schema(operation_id="schema_fields_retrieve", responses=FieldSerializer)
    def get(self, request: Request, schema_id: uuid.UUID, field_id: uuid.UUID) -> Response:
        """One field."""
        return Response(FieldSerializer(_field(self, schema_id, field_id)).data)

    @extend_schema(operation_id="schema_fields_decide", request=CategorySerializer, responses=FieldSerializer)
    def patch(self, request: Request, schema_id: uuid.UUID, field_id: uuid.UUID) -> Response:
        """A person's word on what the field holds."""
        field = _field(self, schema_id, field_id)
        given = CategorySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        decided = decisions.decide_field(actor=self.user, field=field, word=given.word())
        return Response(FieldSerializer(decided).data)


class FieldsDecide(ApiView):
    @extend_schema(
        operation_id="schema_fields_decide_many", request=FieldsWordSerializer, responses=FieldCountSerializer
    )
    def post(self, request: Request, schema_id: uuid.UUID) -> Response:
        """One word on several fields of the current version, as one event."""
        version = _current(_schema(self, schema_id))
        given = FieldsWordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ids = given.validated_data.get("field_ids")
        meant = selectors.VIEWS[given.validated_data["view"]] if ids is None else Q(pk__in=ids)
        rows = selectors.fields_in(version).filter(meant)
        count = decisions.decide_fields(actor=self.user, version=version, fields=rows, word=given.word())
        return Response({"count": count})


class SchemaRenames(ApiView):
    @extend_schema(operation_id="schema_renames_decide", request=RenameSerializer, responses={204: None})
    def post(self, request: Request, schema_id: uuid.UUID) -> Response:
        """Whether a guessed renaming is one: decisions go over, or the new field counts as new."""
        version = _current(_schema(self, schema_id))
        given = RenameSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        guess = (data["entity"], data["path"], data["old_entity"], data["old_path"])
        decisions.decide_rename(actor=self.user, version=version, guess=guess, same=data["same"])
        return Response(status=status.HTTP_204_NO_CONTENT)


def _current(schema: Schema) -> SchemaVersion:
    if schema.current is None:
        raise Http404
    return schema.current


def _schema(view: ApiView, schema_id: uuid.UUID) -> Schema:
    found: Schema = get_object_or_404(selectors.schema_for(view.user).select_related("current__job"), pk=schema_id)
    return found


def _field(view: ApiView, schema_id: uuid.UUID, field_id: uuid.UUID) -> SchemaField:
    found: SchemaField = get_object_or_404(selectors.field_for(view.user), pk=field_id, version__schema_id=schema_id)
    return found


def _accepted(version: SchemaVersion) -> Response:
    """202 with the schema's id: it is what the caller asks for next."""
    if version.job is None:
        raise AssertionError("a version is always queued with its job")
    return accepted(version.schema, version.job)
