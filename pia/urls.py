"""Addresses of the assessment floor: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from pia import risk_urls
from pia.api.answers import AnswerDetail, AnswerList
from pia.api.assessments import AssessmentDetail, AssessmentList
from pia.api.screening import ScreeningDetail
from pia.views import answers, assessments, frameworks, screening

if TYPE_CHECKING:
    from django.urls import URLPattern

app_name = "pia"

_ASSESSMENT = "projects/<uuid:project_id>/assessments/<uuid:assessment_id>/"
_ANSWER = _ASSESSMENT + "answers/<uuid:answer_id>/"

urlpatterns: list[URLPattern] = [
    path("frameworks/", frameworks.index, name="frameworks"),
    path("frameworks/<str:key>/", frameworks.detail, name="framework"),
    path("projects/<uuid:project_id>/assessments/", assessments.assess, name="assess"),
    path("projects/<uuid:project_id>/assessments/start/", assessments.start, name="assessment_start"),
    path(_ASSESSMENT, assessments.assessment, name="assessment"),
    path(_ASSESSMENT + "readiness/", assessments.readiness, name="readiness"),
    path(_ASSESSMENT + "assign/", assessments.assign, name="assign"),
    path(_ANSWER, answers.save, name="answer"),
    path(_ANSWER + "conflict/", answers.conflict, name="answer_conflict"),
    path(_ANSWER + "facts/", answers.use_facts, name="answer_facts"),
    path(_ANSWER + "reuse/", answers.reuse, name="answer_reuse"),
    path(_ANSWER + "cite/", answers.cite, name="answer_cite"),
    path(_ANSWER + "uncite/", answers.uncite, name="answer_uncite"),
    path(_ANSWER + "document/", answers.document, name="answer_document"),
    path(_ANSWER + "comment/", answers.comment, name="answer_comment"),
    path(_ANSWER + "approve/", answers.approve, name="answer_approve"),
    path(_ANSWER + "meta/", answers.meta, name="answer_meta"),
    path(_ANSWER + "history/", answers.history, name="answer_history"),
    *risk_urls.patterns,
    path("projects/<uuid:project_id>/screening/", screening.question, name="screening"),
    path("projects/<uuid:project_id>/screening/result/", screening.summary, name="screening_summary"),
    path("projects/<uuid:project_id>/screening/complete/", screening.complete, name="screening_complete"),
    path("projects/<uuid:project_id>/screening/rebuttal/", screening.rebut, name="screening_rebut"),
    path("projects/<uuid:project_id>/screening/view/", screening.view_rebuttal, name="screening_view"),
    path("projects/<uuid:project_id>/screening/<str:key>/", screening.answer, name="screening_answer"),
]

api_urlpatterns: list[URLPattern] = [
    path("projects/<uuid:project_id>/assessments/", AssessmentList.as_view(), name="assessments"),
    path("assessments/<uuid:assessment_id>/", AssessmentDetail.as_view(), name="assessment"),
    path("assessments/<uuid:assessment_id>/answers/", AnswerList.as_view(), name="answers"),
    path("assessments/<uuid:assessment_id>/answers/<str:reference>/", AnswerDetail.as_view(), name="answer"),
    *risk_urls.api_patterns,
    path("projects/<uuid:project_id>/screening/", ScreeningDetail.as_view(), name="screening"),
]
