"""Addresses of the ground floor: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from core import api

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "core"

urlpatterns: list[URLPattern] = []

api_urlpatterns: list[URLPattern] = [
    path("projects/", api.ProjectList.as_view(), name="projects"),
    path("projects/<uuid:project_id>/", api.ProjectDetail.as_view(), name="project"),
    path("jobs/", api.JobList.as_view(), name="jobs"),
    path("jobs/<uuid:job_id>/", api.JobDetail.as_view(), name="job"),
    path("jobs/<uuid:job_id>/cancel/", api.JobCancel.as_view(), name="job_cancel"),
    path("jobs/<uuid:job_id>/retry/", api.JobRetry.as_view(), name="job_retry"),
]
