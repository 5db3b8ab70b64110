"""Addresses of the assessment floor: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from pia.api.screening import ScreeningDetail
from pia.views import screening

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "pia"

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:project_id>/screening/", screening.question, name="screening"),
    path("projects/<uuid:project_id>/screening/result/", screening.summary, name="screening_summary"),
    path("projects/<uuid:project_id>/screening/complete/", screening.complete, name="screening_complete"),
    path("projects/<uuid:project_id>/screening/rebuttal/", screening.rebut, name="screening_rebut"),
    path("projects/<uuid:project_id>/screening/view/", screening.view_rebuttal, name="screening_view"),
    path("projects/<uuid:project_id>/screening/<str:key>/", screening.answer, name="screening_answer"),
]

api_urlpatterns: list[URLPattern] = [
    path("projects/<uuid:project_id>/screening/", ScreeningDetail.as_view(), name="screening"),
]
