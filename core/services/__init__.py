"""The verbs of the ground floor."""

from core.services.jobs import cancel_job, retry_job
from core.services.people import (
    accept_invitation,
    create_team,
    create_token,
    create_user,
    deactivate_user,
    find_invitation,
    grant_role,
    invite,
    revoke_role,
    revoke_token,
    update_profile,
    update_team,
    withdraw_invitation,
)
from core.services.projects import StaleProject, erase_project, register_project, update_project

__all__ = [
    "StaleProject",
    "accept_invitation",
    "cancel_job",
    "create_team",
    "create_token",
    "create_user",
    "deactivate_user",
    "erase_project",
    "find_invitation",
    "grant_role",
    "invite",
    "register_project",
    "retry_job",
    "revoke_role",
    "revoke_token",
    "update_profile",
    "update_project",
    "update_team",
    "withdraw_invitation",
]
