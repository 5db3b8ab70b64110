"""Addresses of the data map: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from datamap.api import datasets as datasets_api
from datamap.views import datasets

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "datamap"

PROJECT = "projects/<uuid:project_id>"
SAMPLE = f"{PROJECT}/samples/<uuid:dataset_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/samples/", datasets.dataset_list, name="datasets"),
    path(f"{SAMPLE}/", datasets.dataset_page, name="dataset"),
    path(f"{SAMPLE}/rescan/", datasets.dataset_rescan, name="dataset_rescan"),
    path(f"{SAMPLE}/delete/", datasets.dataset_delete, name="dataset_delete"),
    path(f"{SAMPLE}/accept/", datasets.findings_accept, name="findings_accept"),
    path(f"{SAMPLE}/findings.csv", datasets.findings_csv, name="findings_csv"),
    path(f"{SAMPLE}/findings.json", datasets.findings_json, name="findings_json"),
    path(f"{SAMPLE}/findings/<uuid:finding_id>/", datasets.finding_decide, name="finding"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/datasets/", datasets_api.DatasetList.as_view(), name="datasets"),
    path("datasets/<uuid:dataset_id>/", datasets_api.DatasetDetail.as_view(), name="dataset"),
    path("datasets/<uuid:dataset_id>/rescan/", datasets_api.DatasetRescan.as_view(), name="dataset_rescan"),
    path("datasets/<uuid:dataset_id>/findings/", datasets_api.FindingList.as_view(), name="findings"),
    path(
        "datasets/<uuid:dataset_id>/findings/<uuid:finding_id>/",
        datasets_api.FindingDetail.as_view(),
        name="finding",
    ),
]
