"""What every page view shares: a signed-in request, a project the person may see."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from core.models import Project

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http.response import HttpResponseBase
    from django_htmx.middleware import HtmxDetails

    from core.models import User

Args = ParamSpec("Args")


class AuthedRequest(HttpRequest):
    """A request behind `login_required`: the type checker may rely on its user."""

    user: User
    htmx: HtmxDetails


def signed_in(view: Callable[Concatenate[AuthedRequest, Args], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return login_required(view)


def project_view(
    view: Callable[Concatenate[AuthedRequest, Project, Args], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Resolve `project_id` to a project the person may see, else 404; pass it as `project`."""

    @wraps(view)
    def inner(request: AuthedRequest, project_id: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        project = get_object_or_404(Project.objects.for_user(request.user), pk=project_id)
        return view(request, project, *args, **kwargs)

    return login_required(inner)
