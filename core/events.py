"""What the ground floor records in the audit trail."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    USER_CREATED = "user.created"
    USER_DEACTIVATED = "user.deactivated"
    PROFILE_CHANGED = "user.changed"
    ROLE_GRANTED = "role.granted"
    ROLE_REVOKED = "role.revoked"
    INVITATION_SENT = "invitation.sent"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_ACCEPTED = "invitation.accepted"
    TOKEN_CREATED = "token.created"  # noqa: S105 - an event's name
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - an event's name
    PROJECT_REGISTERED = "project.registered"
    PROJECT_CHANGED = "project.changed"
    PROJECT_ERASED = "project.erased"
    JOB_CANCELLED = "job.cancelled"
    JOB_RETRIED = "job.retried"
    JOB_FAILED = "job.failed"
    SIGNED_IN = "session.started"
    SIGNED_OUT = "session.ended"
    SIGN_IN_FAILED = "session.refused"
    AUDIT_EXPORTED = "audit.exported"
