"""Addresses of the data map: pages for people, `/api/v1/` for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from datamap import urls_recognisers
from datamap.api import datasets as datasets_api
from datamap.api import findings as findings_api
from datamap.api import flows as flows_api
from datamap.api import schemas as schemas_api
from datamap.views import datasets, fields, findings, findings_export, inventory, map, schemas

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

app_name = "datamap"

PROJECT = "projects/<uuid:project_id>"
SCHEMA = f"{PROJECT}/schemas/<uuid:schema_id>"
MAP = f"{PROJECT}/map"
SAMPLE = f"{PROJECT}/samples/<uuid:dataset_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}/samples/", datasets.dataset_list, name="datasets"),
    path(f"{SAMPLE}/", datasets.dataset_page, name="dataset"),
    path(f"{SAMPLE}/rescan/", datasets.dataset_rescan, name="dataset_rescan"),
    path(f"{SAMPLE}/delete/", datasets.dataset_delete, name="dataset_delete"),
    path(f"{PROJECT}/samples/findings.csv", findings_export.project_findings_csv, name="project_findings_csv"),
    path(f"{PROJECT}/samples/findings.json", findings_export.project_findings_json, name="project_findings_json"),
    path(f"{SAMPLE}/accept/", findings.findings_accept, name="findings_accept"),
    path(f"{SAMPLE}/decide/", findings.findings_decide, name="findings_decide"),
    path(f"{SAMPLE}/findings.csv", findings_export.findings_csv, name="findings_csv"),
    path(f"{SAMPLE}/findings.json", findings_export.findings_json, name="findings_json"),
    path(f"{SAMPLE}/findings/<uuid:finding_id>/", findings.finding_decide, name="finding"),
    path(f"{PROJECT}/schemas/", schemas.schema_list, name="schemas"),
    path(f"{SCHEMA}/", schemas.schema_page, name="schema"),
    path(f"{SCHEMA}/version/", schemas.schema_version, name="schema_version"),
    path(f"{SCHEMA}/delete/", schemas.schema_delete, name="schema_delete"),
    path(f"{SCHEMA}/tables/", schemas.schema_tables, name="schema_tables"),
    path(f"{SCHEMA}/changes/", schemas.schema_changes, name="schema_changes"),
    path(f"{SCHEMA}/decide/", fields.schema_bulk, name="schema_bulk"),
    path(f"{SCHEMA}/renames/", fields.schema_rename, name="schema_rename"),
    path(f"{SCHEMA}/fields/<uuid:field_id>/", fields.schema_field, name="schema_field"),
    path(f"{MAP}/", map.map_page, name="map"),
    path(f"{MAP}/map.svg", map.map_svg, name="map_svg"),
    path(f"{MAP}/draft/", map.map_draft, name="map_draft"),
    path(f"{MAP}/boundaries/new/", map.boundary_edit, name="boundary_new"),
    path(f"{MAP}/boundaries/<uuid:row_id>/", map.boundary_edit, name="boundary_edit"),
    path(f"{MAP}/boundaries/<uuid:row_id>/delete/", map.boundary_delete, name="boundary_delete"),
    path(f"{MAP}/elements/new/", map.element_edit, name="element_new"),
    path(f"{MAP}/elements/<uuid:row_id>/", map.element_edit, name="element_edit"),
    path(f"{MAP}/elements/<uuid:row_id>/delete/", map.element_delete, name="element_delete"),
    path(f"{MAP}/flows/new/", map.flow_edit, name="flow_new"),
    path(f"{MAP}/flows/<uuid:row_id>/", map.flow_edit, name="flow_edit"),
    path(f"{MAP}/flows/<uuid:row_id>/delete/", map.flow_delete, name="flow_delete"),
    path(f"{PROJECT}/inventory/", inventory.inventory_page, name="inventory"),
    path(f"{PROJECT}/inventory/export.csv", inventory.inventory_csv, name="inventory_csv"),
    *urls_recognisers.urlpatterns,
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/datasets/", datasets_api.DatasetList.as_view(), name="datasets"),
    path("datasets/<uuid:dataset_id>/", datasets_api.DatasetDetail.as_view(), name="dataset"),
    path("datasets/<uuid:dataset_id>/rescan/", datasets_api.DatasetRescan.as_view(), name="dataset_rescan"),
    path("projects/<uuid:project_id>/findings/", findings_api.ProjectFindingList.as_view(), name="project_findings"),
    path("datasets/<uuid:dataset_id>/findings/", findings_api.FindingList.as_view(), name="findings"),
    path("datasets/<uuid:dataset_id>/findings/decide/", findings_api.FindingsDecide.as_view(), name="findings_decide"),
    path("datasets/<uuid:dataset_id>/findings/accept/", findings_api.FindingsAccept.as_view(), name="findings_accept"),
    path("datasets/<uuid:dataset_id>/findings/follow/", findings_api.FindingsFollow.as_view(), name="findings_follow"),
    path(
        "datasets/<uuid:dataset_id>/findings/<uuid:finding_id>/",
        findings_api.FindingDetail.as_view(),
        name="finding",
    ),
    path("projects/<uuid:project_id>/schemas/", schemas_api.SchemaList.as_view(), name="schemas"),
    path("schemas/<uuid:schema_id>/", schemas_api.SchemaDetail.as_view(), name="schema"),
    path("schemas/<uuid:schema_id>/fields/", schemas_api.FieldList.as_view(), name="schema_fields"),
    path("schemas/<uuid:schema_id>/fields/decide/", schemas_api.FieldsDecide.as_view(), name="schema_fields_decide"),
    path("schemas/<uuid:schema_id>/renames/", schemas_api.SchemaRenames.as_view(), name="schema_renames"),
    path("schemas/<uuid:schema_id>/fields/<uuid:field_id>/", schemas_api.FieldDetail.as_view(), name="schema_field"),
    path("schemas/<uuid:schema_id>/versions/", schemas_api.VersionList.as_view(), name="schema_versions"),
    path("schemas/<uuid:schema_id>/diff/", schemas_api.SchemaDiff.as_view(), name="schema_diff"),
    path("projects/<uuid:project_id>/inventory/", flows_api.Inventory.as_view(), name="inventory"),
    path("projects/<uuid:project_id>/flows/", flows_api.FlowList.as_view(), name="flows"),
    path("projects/<uuid:project_id>/flows/draft/", flows_api.MapDraft.as_view(), name="map_draft"),
    path("projects/<uuid:project_id>/flows/<uuid:flow_id>/", flows_api.FlowDetail.as_view(), name="flow"),
    path("projects/<uuid:project_id>/elements/", flows_api.ElementList.as_view(), name="elements"),
    path("projects/<uuid:project_id>/elements/<uuid:element_id>/", flows_api.ElementDetail.as_view(), name="element"),
    path("projects/<uuid:project_id>/boundaries/", flows_api.BoundaryList.as_view(), name="boundaries"),
    path(
        "projects/<uuid:project_id>/boundaries/<uuid:boundary_id>/", flows_api.BoundaryDetail.as_view(), name="boundary"
    ),
    *urls_recognisers.api_urlpatterns,
]
