"""Addresses of the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from lab import api, views

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "lab"

urlpatterns: list[URLPattern] = [
    path("projects/<uuid:project_id>/lab/", views.index, name="index"),
    path("projects/<uuid:project_id>/lab/measure/<uuid:dataset_id>/", views.measure, name="measure"),
    path("projects/<uuid:project_id>/lab/gauge/<uuid:dataset_id>/", views.gauge, name="gauge"),
    path("projects/<uuid:project_id>/lab/<uuid:measurement_id>/", views.measurement, name="measurement"),
    path("projects/<uuid:project_id>/lab/<uuid:measurement_id>/cite/", views.cite, name="cite"),
]

api_urlpatterns: list[URLPattern] = [
    path("projects/<uuid:project_id>/measurements/", api.MeasurementList.as_view(), name="measurements"),
    path("measurements/<uuid:measurement_id>/", api.MeasurementDetail.as_view(), name="measurement"),
    path("measurements/<uuid:measurement_id>/cite/", api.MeasurementCite.as_view(), name="measurement_cite"),
]
