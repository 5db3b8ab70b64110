"""Every address of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import core.urls
import datamap.urls
import lab.urls
import pia.urls
import reports.urls
from config import health, openapi

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

__all__ = ["openapi", "urlpatterns"]  # importing openapi registers it

FLOORS = (core.urls, datamap.urls, lab.urls, pia.urls, reports.urls)

api_v1: list[URLPattern | URLResolver] = [pattern for floor in FLOORS for pattern in floor.api_urlpatterns]
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
    path("api/v1/", include((api_v1, "api"))),
    *[path("", include(floor)) for floor in FLOORS],
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
