"""Who may. Each rule is a pair: `check_x` raises, `can_x` wraps it, so a button and its enforcement can't differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from core.models import Project, Role, Team, User

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from core.models import Job

Args = ParamSpec("Args")


def pair(check: Callable[Concatenate[User, Args], None]) -> Callable[Concatenate[User, Args], bool]:
    """The `can_x` of a `check_x`."""

    def can(actor: User, /, *args: Args.args, **kwargs: Args.kwargs) -> bool:
        try:
            check(actor, *args, **kwargs)
        except PermissionDenied:
            return False
        return True

    can.__name__, can.__doc__ = check.__name__.removeprefix("check_"), check.__doc__
    return can


def roles_in(user: User, team: Team | uuid.UUID | None) -> frozenset[Role]:
    """Roles that hold in a team: those of the team and those that hold everywhere."""
    if not user.is_active:
        return frozenset()
    team_id = team.pk if isinstance(team, Team) else team
    return user.roles.get(team_id, frozenset()) | user.roles.get(None, frozenset())


def demand(actor: User, project: Project, *roles: Role, why: StrOrPromise) -> None:
    """Raise PermissionDenied unless the actor holds one of the roles in the project's team."""
    if not roles_in(actor, project.team_id) & set(roles):
        raise PermissionDenied(why)


def check_can_read(actor: User, project: Project) -> None:
    if not roles_in(actor, project.team_id):
        raise PermissionDenied(_("This project belongs to another team."))


def check_can_write(actor: User, project: Project) -> None:
    demand(
        actor,
        project,
        Role.ENGINEER,
        Role.OFFICER,
        why=_("Only engineers and privacy officers of the team change a project."),
    )


def check_can_review(actor: User, project: Project) -> None:
    demand(actor, project, Role.OFFICER, why=_("Only a privacy officer of the team reviews."))


def check_can_advise(actor: User, project: Project) -> None:
    demand(actor, project, Role.DPO, why=_("Only the data protection officer advises."))


def check_can_decide(actor: User, project: Project) -> None:
    demand(actor, project, Role.DECIDER, why=_("Only the controller's representative decides."))


def check_can_comment(actor: User, project: Project) -> None:
    demand(
        actor,
        project,
        Role.ENGINEER,
        Role.OFFICER,
        Role.DPO,
        Role.DECIDER,
        why=_("Your role reads, but writes nothing."),
    )


def check_can_download_reports(actor: User, project: Project) -> None:
    demand(
        actor,
        project,
        Role.ENGINEER,
        Role.OFFICER,
        Role.DPO,
        Role.DECIDER,
        Role.AUDITOR,
        why=_("Your role does not download reports."),
    )


def check_can_issue_reports(actor: User, project: Project) -> None:
    demand(actor, project, Role.OFFICER, why=_("Only a privacy officer of the team issues reports."))


def check_can_register(actor: User, team: Team) -> None:
    if not roles_in(actor, team) & {Role.ENGINEER, Role.OFFICER}:
        raise PermissionDenied(_("Only engineers and privacy officers of the team register projects."))


def check_can_manage_team(actor: User, team: Team) -> None:
    if Role.OWNER not in roles_in(actor, team):
        raise PermissionDenied(_("Only an owner of the team manages it."))


def check_can_manage_everywhere(actor: User) -> None:
    """Roles that hold in every team, and new teams, are given by an owner of every team."""
    if Role.OWNER not in roles_in(actor, None):
        raise PermissionDenied(_("Only an owner of every team does this."))


def check_can_read_audit(actor: User) -> None:
    if not actor.has_role(Role.AUDITOR, Role.OWNER):
        raise PermissionDenied(_("Only auditors and owners read the audit trail."))


def check_can_control(actor: User, job: Job) -> None:
    """Who may write in the project may cancel and retry its jobs; of other jobs, who started them."""
    if job.project is not None:
        check_can_write(actor, job.project)
    elif job.created_by_id != actor.pk or not actor.is_active:
        raise PermissionDenied(_("This job is somebody else's."))


can_read = pair(check_can_read)
can_write = pair(check_can_write)
can_review = pair(check_can_review)
can_advise = pair(check_can_advise)
can_decide = pair(check_can_decide)
can_comment = pair(check_can_comment)
can_download_reports = pair(check_can_download_reports)
can_issue_reports = pair(check_can_issue_reports)
can_register = pair(check_can_register)
can_manage_team = pair(check_can_manage_team)
can_manage_everywhere = pair(check_can_manage_everywhere)
can_read_audit = pair(check_can_read_audit)
can_control = pair(check_can_control)
