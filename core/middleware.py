"""What holds for every request of a signed-in person.

No cache keeps it; their language and zone; the second factor their role needs.
"""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from core.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

#: Pages one needs to get a second factor, or to leave.
OPEN: Final = ("/accounts/", "/health/", "/static/", "/verify")
SEEN: Final = "second_factor"  # in the session: it was there at the last look


class StorableTextMiddleware:
    """A NUL in an address or a form is no text that PostgreSQL has, nor one that anybody types: told at the door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a NUL in the query")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_given: Any) -> None:
        """A form was read already, for its token; what programs send, the API's own parser reads."""
        is_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if is_form and any("\x00" in text for values in request.POST.lists() for text in (values[0], *values[1])):
            raise SuspiciousOperation("a NUL in a form")


class PrivateMiddleware:
    """What is made for one person is kept in no cache, of a proxy or of a browser others may use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class PersonMiddleware:
    """Dates in the reader's zone, words in their language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        language = user.language or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone(user.time_zone)):
            return self.get_response(request)


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


class SecondFactorMiddleware:
    """Every role but engineer sets up a second factor before anything else.

    Only CANDOR_DEMO waives it, with a banner.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.CANDOR_DEMO or request.path.startswith(OPEN) or not self._lacks_factor(request):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            text = _("Your role needs a second factor. Set it up in the browser first.")
            return JsonResponse({"title": text, "status": 403}, status=403, content_type="application/problem+json")
        return redirect("mfa_activate_totp")

    def _lacks_factor(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, User) or request.session.get(SEEN) or not user.needs_second_factor:
            return False
        if is_mfa_enabled(user):
            request.session[SEEN] = True
            return False
        return True
