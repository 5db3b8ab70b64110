"""What a person sees when something goes wrong: what happened, what to do, and a reference the log has too."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core import tracing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from core.errors import Refused


def reference() -> str:
    """The request's number in the log, or a fresh one outside of a request."""
    known = structlog.contextvars.get_contextvars().get("request_id")
    return str(known)[:8] if known else tracing.reference()


def _answer(request: HttpRequest, status: int, template: str, text: StrOrPromise = "") -> HttpResponse:
    number = reference()
    if request.path.startswith("/api/"):
        body = {
            "type": f"urn:candor:problem:{status}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "reference": number,
        }
        response: HttpResponse = JsonResponse(body, status=status, content_type="application/problem+json")
    elif request.headers.get("HX-Request"):
        response = toast(request, text or _("That is no longer there. Reload the page."), status)
    else:
        response = render(request, template, {"text": text, "reference": number}, status=status)
    response["X-Request-ID"] = number
    return response


def toast(request: HttpRequest, text: StrOrPromise, status: int) -> HttpResponse:
    """For htmx: a notice in the corner; what the person sees and has typed stays."""
    response = render(request, "core/toast.html", {"text": text}, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "beforeend"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _answer(request, 413, "core/refused.html", str(exception))
    return _answer(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 403, "403.html", str(exception) or _("You may not do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404, "404.html")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, 403, "403_csrf.html", _("This form was open for too long, or came from elsewhere."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database, the session or a person: whatever broke may be one of them."""
    number = reference()
    if request.path.startswith("/api/"):
        body = {"type": "urn:candor:problem:500", "title": HTTPStatus(500).phrase, "status": 500, "reference": number}
        return JsonResponse(body, status=500, content_type="application/problem+json")
    response = HttpResponse(render_to_string("500.html", {"reference": number}), status=500)
    response["X-Request-ID"] = number
    return response


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Something that can't be done as things stand, told in its own words."""
    if request.headers.get("HX-Request"):
        return toast(request, error.text, error.status)
    return render(request, "core/refused.html", {"text": error.text}, status=error.status)


class RefusedMiddleware:
    """A service's refusal that a view did not answer itself becomes a page, never a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        from core.errors import Refused  # noqa: PLC0415 - settings load this module before the apps

        return refused(request, exception) if isinstance(exception, Refused) else None
