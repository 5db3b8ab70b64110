"""Addresses of risks, measures, the workflow, versions and the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from pia.api import risks as risk_api
from pia.api import workflow as workflow_api
from pia.views import measures, portfolio, risks, workflow

if TYPE_CHECKING:
    from django.urls import URLPattern

_OF = "projects/<uuid:project_id>/assessments/<uuid:assessment_id>/"

patterns: list[URLPattern] = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/register.csv", portfolio.register_csv, name="portfolio_csv"),
    path("projects/<uuid:project_id>/risks/", risks.of_project, name="project_risks"),
    path("projects/<uuid:project_id>/decide/", workflow.of_project, name="project_decide"),
    path("projects/<uuid:project_id>/versions/", workflow.version_list, name="versions"),
    path(f"{_OF}risks/", risks.risks, name="risks"),
    path(f"{_OF}risks/add/", risks.add, name="risk_add"),
    path(f"{_OF}risks/refresh/", risks.refresh, name="risks_refresh"),
    path(f"{_OF}risks/try/", risks.tried, name="risks_try"),
    path(f"{_OF}risks/<uuid:risk_id>/", risks.risk, name="risk"),
    path(f"{_OF}risks/<uuid:risk_id>/card/", risks.card, name="risk_card"),
    path(f"{_OF}risks/<uuid:risk_id>/override/", risks.override, name="risk_override"),
    path(f"{_OF}risks/<uuid:risk_id>/override/<slug:stage>/clear/", risks.clear_override, name="risk_override_clear"),
    path(f"{_OF}risks/<uuid:risk_id>/remove/", risks.remove, name="risk_remove"),
    path(f"{_OF}controls/add/", risks.add_control, name="control_add"),
    path(f"{_OF}controls/<uuid:control_id>/remove/", risks.remove_control, name="control_remove"),
    path(f"{_OF}measures/", measures.measures, name="measures"),
    path(f"{_OF}measures/plan/", measures.plan, name="measure_plan"),
    path(f"{_OF}measures/<uuid:measure_id>/", measures.measure, name="measure"),
    path(f"{_OF}measures/<uuid:measure_id>/done/", measures.complete, name="measure_done"),
    path(f"{_OF}measures/<uuid:measure_id>/drop/", measures.drop, name="measure_drop"),
    path(f"{_OF}decide/", workflow.decide_page, name="decide"),
    path(f"{_OF}decide/submit/", workflow.submit, name="submit"),
    path(f"{_OF}decide/views/", workflow.views, name="record_views"),
    path(f"{_OF}decide/advice/", workflow.advise, name="advise"),
    path(f"{_OF}decide/decision/", workflow.decide, name="make_decision"),
    path(f"{_OF}decide/consultation/", workflow.consultation, name="consultation"),
    path(f"{_OF}decide/move/<slug:name>/", workflow.move, name="move"),
    path(f"{_OF}versions/new/", workflow.new_version, name="new_version"),
    path(f"{_OF}versions/<uuid:other_id>/", workflow.difference, name="version_diff"),
]

api_patterns: list[URLPattern] = [
    path("assessments/<uuid:assessment_id>/risks/", risk_api.RiskList.as_view(), name="risks"),
    path("risks/<uuid:risk_id>/", risk_api.RiskDetail.as_view(), name="risk"),
    path("assessments/<uuid:assessment_id>/measures/", risk_api.MeasureList.as_view(), name="measures"),
    path("measures/<uuid:measure_id>/", risk_api.MeasureDetail.as_view(), name="measure"),
    path("assessments/<uuid:assessment_id>/controls/", risk_api.ControlList.as_view(), name="controls"),
    path("assessments/<uuid:assessment_id>/transitions/", workflow_api.Transitions.as_view(), name="transitions"),
    path("assessments/<uuid:assessment_id>/views/", workflow_api.RecordViews.as_view(), name="views"),
]
