"""Every address of the application."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import health

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

FLOORS = [name for name in ("core", "datamap", "lab", "pia", "reports") if find_spec(f"{name}.urls")]

api_v1: list[URLPattern | URLResolver] = [
    pattern for name in FLOORS for pattern in import_module(f"{name}.urls").api_urlpatterns
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
    path("api/v1/", include((api_v1, "api"))),
    *[path("", include(f"{name}.urls")) for name in FLOORS],
]

handler400 = "core.views.errors.bad_request"
handler403 = "core.views.errors.forbidden"
handler404 = "core.views.errors.not_found"
handler500 = "core.views.errors.server_error"
