"""The register and the jobs, for programs: the same services as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core import permissions, services
from core.apibase import ApiView
from core.apilists import Listing
from core.filters import CharFilter, ChoiceFilter, FilterSet, UUIDFilter
from core.models import DataCopy, Job, JobState, Phase, Project, Purpose, Recipient, Sector, Team, User
from core.selectors.people import teams_to_register_in, visible_teams
from core.services.jobs import cancel_job, retry_job

if TYPE_CHECKING:
    import uuid

    from rest_framework.request import Request


class PurposeSerializer(serializers.ModelSerializer[Purpose]):
    class Meta:
        model = Purpose
        exclude: ClassVar = ["id", "project", "order"]


class RecipientSerializer(serializers.ModelSerializer[Recipient]):
    class Meta:
        model = Recipient
        exclude: ClassVar = ["id", "project", "order"]


class CopySerializer(serializers.ModelSerializer[DataCopy]):
    class Meta:
        model = DataCopy
        exclude: ClassVar = ["id", "project", "order"]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project with its purposes, recipients and copies. `name` and `purpose` are all it needs to begin."""

    purposes = PurposeSerializer(many=True, required=False)
    recipients = RecipientSerializer(many=True, required=False)
    copies = CopySerializer(many=True, required=False)
    team = serializers.PrimaryKeyRelatedField(queryset=Team.objects.all(), required=False)
    owner = serializers.SlugRelatedField(
        slug_field="email", queryset=User.objects.all(), required=False, allow_null=True
    )
    url = serializers.SerializerMethodField()

    class Meta:
        model = Project
        exclude: ClassVar = ["created_by"]
        read_only_fields: ClassVar = ["id", "number", "created_at", "updated_at", "version"]
        validators: ClassVar[list[object]] = []  # the service answers for uniqueness, once the team is known

    def get_url(self, project: Project) -> str:
        return project.get_absolute_url()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is not a field, rather than dropping it in silence."""
        given = self.initial_data if isinstance(self.initial_data, dict) else {}
        unknown = sorted(set(given) - set(self.fields))
        fixed = sorted(name for name in given if name in self.fields and self.fields[name].read_only)
        if unknown or fixed:
            raise serializers.ValidationError(
                {
                    **{name: [_("There is no such field.")] for name in unknown},
                    **{name: [_("This cannot be set.")] for name in fixed},
                }
            )
        return attrs


class ProjectFilter(FilterSet):
    phase = ChoiceFilter(choices=Phase.choices)
    sector = ChoiceFilter(choices=Sector.choices)
    team = UUIDFilter(field_name="team_id")
    name = CharFilter(lookup_expr="icontains")


PROJECTS = Listing(ProjectSerializer, ("name", "created_at", "number", "phase"), ProjectFilter)


class ProjectList(ApiView):
    @PROJECTS.described("projects_list")
    def get(self, request: Request) -> Response:
        """The projects this person may see."""
        found = (
            Project.objects.for_user(self.user)
            .select_related("owner")
            .prefetch_related("purposes", "recipients", "copies")
        )
        return PROJECTS.page(request, found)

    @extend_schema(operation_id="projects_create", request=ProjectSerializer, responses={201: ProjectSerializer})
    def post(self, request: Request) -> Response:
        """Register a project."""
        given = ProjectSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = dict(given.validated_data)
        team = _team(self.user, fields.pop("team", None))
        project = services.register_project(actor=self.user, team=team, **fields)
        return Response(ProjectSerializer(project).data, status=status.HTTP_201_CREATED)


def _team(user: User, named: Team | None) -> Team:
    """The team named, or the only one the person can register in."""
    if named is not None:
        get_object_or_404(Team.objects.filter(pk__in=[team.pk for team in visible_teams(user)]), pk=named.pk)
        return named
    open_to = teams_to_register_in(user)
    if len(open_to) == 1:
        return open_to[0]
    if not open_to:
        permissions.check_can_register(user, Team())
    raise ValidationError({"team": _("You belong to several teams: say which.")})


class ProjectDetail(ApiView):
    @extend_schema(operation_id="projects_retrieve", responses=ProjectSerializer)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        """A project with its purposes, recipients and copies."""
        return Response(ProjectSerializer(self.project(project_id)).data)

    @extend_schema(operation_id="projects_update", request=ProjectSerializer(partial=True), responses=ProjectSerializer)
    def patch(self, request: Request, project_id: uuid.UUID) -> Response:
        """Change fields. `purposes`, `recipients` and `copies` are replaced as a whole where given."""
        project = self.project(project_id)
        given = ProjectSerializer(project, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        fields = {name: value for name, value in given.validated_data.items() if name != "team"}
        return Response(ProjectSerializer(services.update_project(actor=self.user, project=project, **fields)).data)

    @extend_schema(operation_id="projects_erase", responses={204: None})
    def delete(self, request: Request, project_id: uuid.UUID) -> Response:
        """Erase the project with its rows and files; the audit trail keeps one line."""
        services.erase_project(actor=self.user, project=self.project(project_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class JobSerializer(serializers.ModelSerializer[Job]):
    error = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields: ClassVar = [
            "id", "kind", "state", "progress", "message", "error", "project", "subject_type", "subject_id", "attempt",
            "created_at", "started_at", "finished_at",
        ]  # fmt: skip

    def get_error(self, job: Job) -> dict[str, str] | None:
        return {"code": job.error_code, "text": job.error} if job.error_code else None


class JobFilter(FilterSet):
    state = ChoiceFilter(choices=JobState.choices)
    kind = CharFilter()
    project = UUIDFilter(field_name="project_id")


JOBS = Listing(JobSerializer, ("created_at",), JobFilter)


class JobList(ApiView):
    @JOBS.described("jobs_list")
    def get(self, request: Request) -> Response:
        """The jobs this person may see, newest first."""
        return JOBS.page(request, Job.objects.for_user(self.user))


class JobDetail(ApiView):
    @extend_schema(operation_id="jobs_retrieve", responses=JobSerializer)
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """How far a job is, and what became of it."""
        return Response(JobSerializer(_job(self.user, job_id)).data)


class JobCancel(ApiView):
    @extend_schema(operation_id="jobs_cancel", request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """Ask the job to stop; it ends at its next step."""
        return Response(JobSerializer(cancel_job(actor=self.user, job=_job(self.user, job_id))).data)


class JobRetry(ApiView):
    @extend_schema(operation_id="jobs_retry", request=None, responses=JobSerializer)
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """Start a failed or cancelled job again."""
        return Response(JobSerializer(retry_job(actor=self.user, job=_job(self.user, job_id))).data)


def _job(user: User, job_id: uuid.UUID) -> Job:
    found: Job = get_object_or_404(Job.objects.for_user(user).select_related("project", "holds"), pk=job_id)
    return found
