"""What every API view shares: tokens with scopes, problem documents (RFC 9457), pages, idempotent POSTs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.views import exception_handler as drf_handler

from core import idempotency
from core.apiauth import Pagination
from core.errors import Refused
from core.jobs import JobFailed
from core.models import ApiToken, IdempotencyKey, Job, Project, Scope, User
from core.uploads import UploadTooBig

if TYPE_CHECKING:
    import uuid

    from django.db.models import Model, QuerySet
    from rest_framework.request import Request
    from rest_framework.serializers import BaseSerializer

    from core.filters import FilterSet

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
PROBLEM: Final = "application/problem+json"


# --- problems -------------------------------------------------------------------------------------


def problem(status_code: int, title: str, detail: str = "", *, code: str = "", **extra: Any) -> Response:
    """A problem document. `code` is stable for programs, `title` and `detail` are for people."""
    body = {"type": f"urn:candor:problem:{code or status_code}", "title": title, "status": status_code}
    if detail:
        body["detail"] = detail
    return Response({**body, **extra}, status=status_code, content_type=PROBLEM)


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every expected error as a problem document; what is not expected stays a 500."""
    if isinstance(exc, idempotency.Replay):
        return Response(exc.body, status=exc.status, headers={"Idempotent-Replayed": "true"})
    answer = _ours(exc)
    if answer is None:
        answer = _framework(exc, context)
    return answer


def _ours(exc: Exception) -> Response | None:
    if isinstance(exc, Refused):
        return problem(exc.status, exc.text, code=exc.code, **exc.extra)
    if isinstance(exc, JobFailed):
        return problem(status.HTTP_409_CONFLICT, exc.text, code=exc.code)
    if isinstance(exc, UploadTooBig):
        return problem(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, str(exc), code="too_large")
    if isinstance(exc, DjangoValidationError):
        errors = exc.message_dict if hasattr(exc, "error_dict") else {"non_field_errors": exc.messages}
        return problem(status.HTTP_400_BAD_REQUEST, _("Some values are not right."), code="invalid", errors=errors)
    if isinstance(exc, SuspiciousOperation):
        return problem(status.HTTP_400_BAD_REQUEST, _("The request can't be read."), code="unreadable")
    return None


def _framework(exc: Exception, context: dict[str, Any]) -> Response | None:
    response = drf_handler(exc, context)
    if response is None:
        return None
    title = str(getattr(exc, "detail", "") or exc)
    if isinstance(exc, Http404 | exceptions.NotFound):
        title = _("There is nothing here, or not for you.")
    if isinstance(exc, exceptions.ValidationError):
        answer = problem(400, _("Some values are not right."), code="invalid", errors=response.data)
    else:
        is_denied = isinstance(exc, DjangoPermissionDenied) and str(exc)
        answer = problem(response.status_code, str(exc) if is_denied else title)
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in response:
            answer[name] = response[name]
    return answer


# --- pages ----------------------------------------------------------------------------------------


def page(
    request: Request,
    queryset: QuerySet[Any],
    serializer: type[BaseSerializer[Any]],
    *,
    ordering: Sequence[str] = (),
    filters: type[FilterSet] | None = None,
) -> Response:
    """One page of a list.

    `?page= &page_size= &ordering=` (one of the named fields, - for descending) and the filters.
    """
    if filters is not None:
        chosen = filters(request.query_params, queryset=queryset, request=request)
        if not chosen.is_valid():
            raise exceptions.ValidationError(chosen.errors)
        queryset = chosen.qs
    wanted = request.query_params.get("ordering")
    if wanted:
        if wanted.lstrip("-") not in ordering:
            raise exceptions.ValidationError(
                {"ordering": [_("Order by one of: %(names)s.") % {"names": ", ".join(ordering)}]}
            )
        queryset = queryset.order_by(wanted, "pk")
    paginator = Pagination()
    rows = paginator.paginate_queryset(queryset, request)
    return paginator.get_paginated_response(serializer(rows, many=True, context={"request": request}).data)


class AcceptedSerializer(serializers.Serializer[Any]):
    """What `accepted()` answers."""

    id = serializers.UUIDField()
    job = serializers.UUIDField()


def accepted(subject: Model, job: Job) -> Response:
    """202: the object exists, the work on it goes on in a job."""
    return Response({"id": str(subject.pk), "job": str(job.pk)}, status=status.HTTP_202_ACCEPTED)


# --- the view -------------------------------------------------------------------------------------


class ApiView(APIView):
    """Base of every API view. Reading needs the scope `read`; writing needs `write_scope`."""

    write_scope: ClassVar[str] = Scope.WRITE
    #: Whether a POST may carry an Idempotency-Key: not where nothing is made, and what was sent should leave no trace.
    makes_something: ClassVar[bool] = True
    _key: IdempotencyKey | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        needed = Scope.READ if request.method in SAFE else self.write_scope
        if isinstance(request.auth, ApiToken) and not request.auth.allows([needed]):
            raise exceptions.PermissionDenied(_("This token lacks the scope “%(scope)s”.") % {"scope": needed})
        if request.method == "POST" and self.makes_something and isinstance(request.user, User):
            self._key = idempotency.begin(request, request.user)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        self._free(response)
        return super().finalize_response(request, response, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        try:
            return super().handle_exception(exc)
        except Exception:
            self._free(None)
            raise

    def _free(self, response: Response | None) -> None:
        key, self._key = self._key, None
        if key is not None:
            idempotency.end(key, response)

    @property
    def user(self) -> User:
        """The person behind the request; the permission classes let nobody else in."""
        user = self.request.user
        if not isinstance(user, User):
            raise exceptions.NotAuthenticated
        return user

    def project(self, project_id: uuid.UUID) -> Project:
        """The project, if this person may see it; else 404."""
        found: Project = get_object_or_404(Project.objects.for_user(self.user), pk=project_id)
        return found
