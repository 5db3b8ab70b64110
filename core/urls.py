"""Addresses of the ground floor: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from core import api
from core.views import audit, home, jobs, people, profile, project_form, projects, team

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "core"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.start, name="start"),
    path("welcome/", home.first_run, name="first_run"),
    path("work/", home.my_work, name="my_work"),
    path("search/", home.search, name="search"),
    path("projects/", projects.project_list, name="projects"),
    path("projects/export.csv", projects.project_csv, name="projects_csv"),
    path("projects/new/", project_form.project_new, name="project_new"),
    path("projects/new/draft/", project_form.new_draft, name="project_new_draft"),
    path("projects/<uuid:project_id>/", projects.project_page, name="project"),
    path("projects/<uuid:project_id>/edit/", project_form.project_edit, name="project_edit"),
    path("projects/<uuid:project_id>/edit/draft/", project_form.edit_draft, name="project_edit_draft"),
    path("projects/<uuid:project_id>/erase/", projects.project_erase, name="project_erase"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/strip/", jobs.job_strip, name="job_strip"),
    path("jobs/<uuid:job_id>/row/", jobs.job_row, name="job_row"),
    path("jobs/<uuid:job_id>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<uuid:job_id>/retry/", jobs.job_retry, name="job_retry"),
    path("audit/", audit.trail, name="audit"),
    path("audit/export.csv", audit.export, name="audit_csv"),
    path("audit/check/", audit.check, name="audit_check"),
    path("team/", team.team_list, name="team"),
    path("team/new/", team.team_new, name="team_new"),
    path("team/everywhere/", team.everywhere, name="everywhere"),
    path("team/<uuid:team_id>/", team.team_page, name="team_page"),
    path("team/<uuid:team_id>/settings/", team.team_settings, name="team_settings"),
    path("team/roles/grant/", people.role_grant, name="role_grant"),
    path("team/roles/<uuid:membership_id>/revoke/", people.role_revoke, name="role_revoke"),
    path("team/invitations/send/", people.invite, name="invite"),
    path("team/invitations/<uuid:invitation_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
    path("team/people/<uuid:user_id>/deactivate/", people.deactivate, name="user_deactivate"),
    path("invitation/<str:secret>/", people.invitation, name="invitation"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/new/", profile.token_new, name="token_new"),
    path("profile/tokens/<uuid:token_id>/revoke/", profile.token_revoke, name="token_revoke"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/", api.ProjectList.as_view(), name="projects"),
    path("projects/<uuid:project_id>/", api.ProjectDetail.as_view(), name="project"),
    path("jobs/", api.JobList.as_view(), name="jobs"),
    path("jobs/<uuid:job_id>/", api.JobDetail.as_view(), name="job"),
    path("jobs/<uuid:job_id>/cancel/", api.JobCancel.as_view(), name="job_cancel"),
    path("jobs/<uuid:job_id>/retry/", api.JobRetry.as_view(), name="job_retry"),
]
