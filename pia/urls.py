"""Addresses of the assessment floor: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "pia"

urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = []
