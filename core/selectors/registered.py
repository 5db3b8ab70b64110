"""What the ground floor puts into its own registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.events import Event
from core.models import Known, LawfulBasis, Project, User
from core.permissions import can_read_audit
from core.registry import NavItem, SearchHit, StepState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

LABELS: Final[dict[str, StrOrPromise]] = {
    Event.TEAM_CREATED: _("Team created"),
    Event.TEAM_CHANGED: _("Team changed"),
    Event.USER_CREATED: _("Account created"),
    Event.USER_DEACTIVATED: _("Account shut"),
    Event.PROFILE_CHANGED: _("Profile changed"),
    Event.ROLE_GRANTED: _("Role given"),
    Event.ROLE_REVOKED: _("Role taken away"),
    Event.INVITATION_SENT: _("Invitation made"),
    Event.INVITATION_WITHDRAWN: _("Invitation withdrawn"),
    Event.INVITATION_ACCEPTED: _("Invitation accepted"),
    Event.TOKEN_CREATED: _("API token made"),
    Event.TOKEN_REVOKED: _("API token revoked"),
    Event.PROJECT_REGISTERED: _("Project registered"),
    Event.PROJECT_CHANGED: _("Project changed"),
    Event.PROJECT_ERASED: _("Project erased"),
    Event.JOB_CANCELLED: _("Job cancelled"),
    Event.JOB_RETRIED: _("Job started again"),
    Event.JOB_FAILED: _("Job failed"),
    Event.SIGNED_IN: _("Signed in"),
    Event.SIGNED_OUT: _("Signed out"),
    Event.SIGN_IN_FAILED: _("Sign-in refused"),
    Event.AUDIT_EXPORTED: _("Audit trail exported"),
}

NAV: Final = (
    NavItem("my_work", 10, _("My work"), "core:my_work", "inbox", lambda user: True),
    NavItem("projects", 30, _("Projects"), "core:projects", "folders", lambda user: True),
    NavItem("audit", 60, _("Audit"), "core:audit", "list-check", can_read_audit),
    NavItem("team", 70, _("Team"), "core:team", "users", lambda user: True),
)


def missing_from_register(project: Project) -> list[StrOrPromise]:
    """What a complete record of an AI project still lacks, in the order of the form."""
    checks: list[tuple[bool, StrOrPromise]] = [
        (bool(project.ai_kind), _("Kind of AI")),
        (bool(project.training), _("Training approach")),
        (bool(project.decisions), _("Decisions it supports")),
        (project.significant_decision != Known.UNKNOWN, _("Whether the effect is significant")),
        (bool(project.oversight), _("Human oversight")),
        (bool(project.people_categories), _("Data subjects")),
        (project.people_count is not None, _("Number of people")),
        (bool(project.data_source), _("Source of the data")),
        (project.model_personal_data != Known.UNKNOWN, _("Whether the model is personal data")),
    ]
    purposes = list(project.purposes.all())
    copies = list(project.copies.all())
    named = bool(purposes) and all(purpose.basis != LawfulBasis.UNKNOWN for purpose in purposes)
    kept = bool(copies) and all(copy.retention_days is not None for copy in copies)
    checks += [(named, _("A lawful basis for each purpose")), (kept, _("Retention of each copy"))]
    return [label for done, label in checks if not done]


def register_state(user: User, project: Project) -> StepState:
    missing = missing_from_register(project)
    url = reverse("core:project_edit", args=[project.pk])
    if not missing:
        return StepState("done", _("complete"), url)
    summary = ngettext("%(n)s entry missing", "%(n)s entries missing", len(missing)) % {"n": len(missing)}
    return StepState("doing", summary, url, tuple(missing))


def project_hits(user: User, text: str) -> Iterator[SearchHit]:
    found = Project.objects.for_user(user).filter(Q(name__icontains=text) | Q(purpose__icontains=text))
    for project in found[:10]:
        yield SearchHit(text=project.name, url=project.get_absolute_url(), kind=_("Project"), detail=project.team.name)
