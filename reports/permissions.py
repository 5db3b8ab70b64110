"""Who issues reports and who takes them out of the house. The rules live with the other roles' in core."""

from __future__ import annotations

from core.permissions import (
    can_download_reports,
    can_issue_reports,
    check_can_download_reports,
    check_can_issue_reports,
)

__all__ = [
    "can_download_reports",
    "can_issue_reports",
    "check_can_download_reports",
    "check_can_issue_reports",
]
