"""Registering AI projects and keeping their record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from core import permissions, storage
from core.audit import change
from core.events import Event
from core.models import DataCopy, Project, Purpose, Recipient, StoredFile, Team, User
from core.signals import project_changed, project_erasing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: What a person may set; everything else of a project is set by services.
FIELDS: Final = (
    "name", "owner", "purpose", "phase", "ai_kind", "model_family", "base_model", "training", "public_interface",
    "decisions", "decision_effect", "significant_decision", "oversight", "our_role", "ai_act_role", "regime",
    "jurisdictions", "sector", "people_categories", "people_count", "vulnerable_groups", "vulnerable", "data_source",
    "collected_directly", "scraped", "existing_data", "compatibility", "special_condition", "model_personal_data",
    "model_personal_data_reason", "repository_url", "model_card_url", "assessed_with",
)  # fmt: skip
ROWS: Final[dict[str, type[Model]]] = {"purposes": Purpose, "recipients": Recipient, "copies": DataCopy}


class StaleProject(Exception):
    """Somebody else saved the project since this form was opened; `current` is what it is now."""

    def __init__(self, current: Project) -> None:
        super().__init__(str(current.pk))
        self.current = current


def register_project(*, actor: User, team: Team, name: str, purpose: str, **fields: Any) -> Project:
    """Enter an AI project into the register. Raises PermissionDenied or ValidationError."""
    permissions.check_can_register(actor, team)
    rows = {key: fields.pop(key) for key in ROWS if key in fields}
    with change(actor=actor, event=Event.PROJECT_REGISTERED, team=team) as log:
        project = Project(team=team, created_by=actor, owner=fields.pop("owner", None) or actor)
        _assign(project, {"name": name, "purpose": purpose, **fields})
        project.full_clean()
        project.save()
        for key, values in rows.items():
            _replace_rows(project, key, values)
        log.project = project
        log.about(project)
    return project


def update_project(*, actor: User, project: Project, version: int | None = None, **fields: Any) -> Project:
    """Change fields, and replace `purposes`, `recipients`, `copies` where given.

    Raises StaleProject, ValidationError.
    """
    permissions.check_can_write(actor, project)
    rows = {key: fields.pop(key) for key in ROWS if key in fields}
    with change(actor=actor, event=Event.PROJECT_CHANGED, project=project) as log:
        current = Project.objects.select_for_update().get(pk=project.pk)
        if version is not None and current.version != version:
            raise StaleProject(current)
        before = {name: getattr(current, name) for name in fields}
        _assign(current, fields)
        current.version += 1
        current.full_clean()
        current.save()
        replaced = [key for key, values in rows.items() if _replace_rows(current, key, values)]
        changed = sorted([name for name, value in before.items() if getattr(current, name) != value] + replaced)
        log.about(current, fields=changed)
        if changed:
            project_changed.send(sender=Project, project=current, fields=tuple(changed))
    return current


def erase_project(*, actor: User, project: Project) -> None:
    """Delete a project with all its rows and files; the audit trail keeps that it existed and who erased it."""
    permissions.check_can_manage_team(actor, project.team)
    with change(actor=actor, event=Event.PROJECT_ERASED, team=project.team) as log:
        log.about(project, number=project.number)
        project_erasing.send(sender=Project, project=project)
        kept_for_jobs = Q(jobs__project=project) | Q(result_of__project=project)
        for stored in StoredFile.objects.filter(kept_for_jobs, deleted_at=None).distinct():
            storage.delete(stored)
        kept = Project(pk=project.pk, name=project.name, team=project.team, number=project.number)
        project.delete()
        log.subject = kept


def _assign(project: Project, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValidationError({name: _("This cannot be set here.")})
        setattr(project, name, value.strip() if isinstance(value, str) else value)


def _replace_rows(project: Project, key: str, values: Sequence[Mapping[str, Any]]) -> bool:
    """Make the rows be exactly `values`, in order. Returns whether anything changed."""
    model = ROWS[key]
    names = [f.name for f in model._meta.concrete_fields if f.name not in {"id", "project", "order"}]
    existing = [tuple(getattr(row, name) for name in names) for row in model._default_manager.filter(project=project)]
    fresh = [model(project=project, order=order, **dict(value)) for order, value in enumerate(values)]
    for row in fresh:
        row.full_clean(exclude=["project"])
    if existing == [tuple(getattr(row, name) for name in names) for row in fresh]:
        return False
    model._default_manager.filter(project=project).delete()
    model._default_manager.bulk_create(fresh)
    return True
