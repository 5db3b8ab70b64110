"""Rows of the ground floor."""

from core.models.api import IdempotencyKey
from core.models.audit import AuditAnchor, AuditEvent, AuditLink
from core.models.draft import FormDraft
from core.models.job import UNFINISHED, Job, JobState
from core.models.people import MFA_EXEMPT, ApiToken, Invitation, Membership, Role, Scope, Team, User
from core.models.project import (
    AiActRole,
    AiKind,
    CopyKind,
    DataCopy,
    ErasureMeans,
    Known,
    LawfulBasis,
    OurRole,
    Oversight,
    Phase,
    Project,
    Purpose,
    Recipient,
    RecipientKind,
    Regime,
    Sector,
    Training,
    TransferTool,
    visible_projects,
)
from core.models.stored_file import StoredFile

__all__ = [
    "MFA_EXEMPT",
    "UNFINISHED",
    "AiActRole",
    "AiKind",
    "ApiToken",
    "AuditAnchor",
    "AuditEvent",
    "AuditLink",
    "CopyKind",
    "DataCopy",
    "ErasureMeans",
    "FormDraft",
    "IdempotencyKey",
    "Invitation",
    "Job",
    "JobState",
    "Known",
    "LawfulBasis",
    "Membership",
    "OurRole",
    "Oversight",
    "Phase",
    "Project",
    "Purpose",
    "Recipient",
    "RecipientKind",
    "Regime",
    "Role",
    "Scope",
    "Sector",
    "StoredFile",
    "Team",
    "Training",
    "TransferTool",
    "User",
    "visible_projects",
]
