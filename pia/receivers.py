"""What the floors below announce, and what it means for approvals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from core.signals import project_changed
from datamap.signals import flow_changed, schema_changed
from pia.services.workflow import go_stale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.models import Project

#: Register fields whose change can make an approval wrong: purpose, recipients, the model and its training.
WEIGHTY = frozenset(
    {
        "purpose",
        "purposes",
        "recipients",
        "copies",
        "base_model",
        "model_family",
        "training",
        "public_interface",
        "significant_decision",
        "oversight",
        "people_categories",
        "vulnerable",
        "jurisdictions",
        "regime",
        "existing_data",
    }
)


@receiver(schema_changed, dispatch_uid="pia.stale_on_schema")
def stale_on_schema(project: Project, new_personal: Iterable[str] = (), **kwargs: Any) -> None:
    """New personal data in a schema was in no assessment yet."""
    fields = ", ".join(sorted(str(field) for field in new_personal))
    if fields:
        go_stale(project=project, code="stale.schema", params={"fields": fields[:300]})


@receiver(flow_changed, dispatch_uid="pia.stale_on_flow")
def stale_on_flow(project: Project, **kwargs: Any) -> None:
    """Data goes somewhere else than when it was decided."""
    go_stale(project=project, code="stale.flow", params={})


@receiver(project_changed, dispatch_uid="pia.stale_on_project")
def stale_on_project(project: Project, fields: Iterable[str] = (), **kwargs: Any) -> None:
    """Purpose, recipients, the model or its training are no longer what was decided."""
    weighty = sorted(WEIGHTY & set(fields))
    if weighty:
        go_stale(project=project, code="stale.project", params={"fields": ", ".join(weighty)})
