"""The reads of samples and findings; every one starts from what the person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from core.models import UNFINISHED, Project, User
from datamap.models import Dataset, Finding, IdentifyingChoice, needs_decision

if TYPE_CHECKING:
    from django.db.models import QuerySet


def datasets_of(user: User, project: Project) -> QuerySet[Dataset]:
    """A project's samples with their counts, newest first."""
    found: QuerySet[Dataset] = (
        Dataset.objects.for_user(user)
        .filter(project=project)
        .order_by("-created_at")
        .select_related("file", "job__project", "job__holds", "created_by", "project")
        .annotate(
            columns=Count("findings"),
            identifying_columns=Count("findings", filter=~Q(findings__identifying=IdentifyingChoice.NONE)),
            special_columns=Count("findings", filter=Q(findings__special=True)),
            open_findings=Count(
                "findings",
                filter=needs_decision("findings__"),
            ),
        )
    )
    return found


def dataset_for(user: User) -> QuerySet[Dataset]:
    found: QuerySet[Dataset] = Dataset.objects.for_user(user).select_related("file", "job", "project", "created_by")
    return found


def finding_for(user: User) -> QuerySet[Finding]:
    found: QuerySet[Finding] = Finding.objects.for_user(user).select_related("dataset__project", "decided_by")
    return found


def findings_of(project: Project) -> QuerySet[Finding]:
    """Every column seen in a project's samples, for the inventory and for facts. The caller has checked the project."""
    rows: QuerySet[Finding] = (
        Finding.objects.filter(dataset__project=project, dataset__scanned_at__isnull=False)
        .select_related("dataset")
        .order_by("dataset__created_at", "position")
    )
    return rows


def open_by_dataset(user: User) -> QuerySet[Dataset]:
    """Samples with findings that wait for a decision, in the projects this person sees."""
    return (
        dataset_for(user)
        .annotate(
            open_findings=Count(
                "findings",
                filter=needs_decision("findings__"),
            )
        )
        .filter(open_findings__gt=0)
    )


def is_busy(dataset: Dataset) -> bool:
    return dataset.job is not None and dataset.job.state in UNFINISHED
