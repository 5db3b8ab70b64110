"""Pages and API routes of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from reports import api, views

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", views.library, name="library"),
    path("projects/<uuid:project_id>/reports/", views.project_reports, name="project"),
    path("projects/<uuid:project_id>/reports/issue/", views.issue, name="issue"),
    path("projects/<uuid:project_id>/reports/<uuid:report_id>/", views.report_page, name="report"),
    path("projects/<uuid:project_id>/reports/<uuid:report_id>/file/", views.download, name="file"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:token>/", views.verify, name="verify_token"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("assessments/<uuid:assessment_id>/reports/", api.AssessmentReports.as_view(), name="assessment-reports"),
    path("reports/", api.ReportList.as_view(), name="reports"),
    path("reports/<uuid:report_id>/", api.ReportDetail.as_view(), name="report"),
    path("reports/<uuid:report_id>/file/", api.ReportFile.as_view(), name="report-file"),
    path("verify/", api.Verify.as_view(), name="verify"),
]
