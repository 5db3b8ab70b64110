"""Addresses of what a team teaches its scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from datamap.api import recogniser_files as api_files
from datamap.api import recognisers as api
from datamap.views import recogniser_files as files
from datamap.views import recognisers as views

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

PAGES = "team/<uuid:team_id>/recognisers"
ONE = f"{PAGES}/<uuid:recogniser_id>"
API = "teams/<uuid:team_id>/recognisers"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PAGES}/", views.recogniser_list, name="recognisers"),
    path(f"{PAGES}/new/", views.recogniser_new, name="recogniser_new"),
    path(f"{PAGES}/try/", views.recogniser_try, name="recogniser_try"),
    path(f"{PAGES}/export.yaml", files.recogniser_export, name="recogniser_export"),
    path(f"{PAGES}/import/", files.recogniser_import, name="recogniser_import"),
    path(f"{PAGES}/words/", views.words_add, name="words_add"),
    path(f"{PAGES}/words/<uuid:word_id>/delete/", views.word_delete, name="word_delete"),
    path(f"{PAGES}/columns/<uuid:column_id>/forget/", views.column_forget, name="column_forget"),
    path(
        "projects/<uuid:project_id>/samples/<uuid:dataset_id>/follow/",
        views.suggestions_follow,
        name="suggestions_follow",
    ),
    path(f"{ONE}/", views.recogniser_edit, name="recogniser"),
    path(f"{ONE}/rest/", views.recogniser_rest, name="recogniser_rest"),
    path(f"{ONE}/delete/", views.recogniser_delete, name="recogniser_delete"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{API}/", api.RecogniserList.as_view(), name="recognisers"),
    path(f"{API}/try/", api.RecogniserTry.as_view(), name="recogniser_try"),
    path(f"{API}/file/", api_files.RecogniserFile.as_view(), name="recogniser_file"),
    path(f"{API}/file/preview/", api_files.RecogniserPreview.as_view(), name="recogniser_preview"),
    path(f"{API}/<uuid:recogniser_id>/", api.RecogniserDetail.as_view(), name="recogniser"),
    path("teams/<uuid:team_id>/words/", api.WordsList.as_view(), name="words"),
    path("teams/<uuid:team_id>/words/<uuid:word_id>/", api.WordDetail.as_view(), name="word"),
    path("teams/<uuid:team_id>/columns/", api.ColumnList.as_view(), name="columns"),
    path("teams/<uuid:team_id>/columns/<uuid:column_id>/", api.ColumnDetail.as_view(), name="column"),
]
