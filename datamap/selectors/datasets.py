"""The reads of samples and findings; every one starts from what the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from core.models import UNFINISHED, Project, User
from datamap.models import IDENTIFIES, NEEDS_DECISION, Dataset, Finding, IdentifyingChoice, needs_decision

if TYPE_CHECKING:
    from django.db.models import QuerySet

VIEWS: Final = ("open", "identifying", "all")


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers over a dataset's findings."""

    columns: int
    identifying: int
    direct: int
    quasi: int
    special: int
    special_in_text: int
    special_names: tuple[str, ...]
    open: int
    confident: int  # open and at least as sure as `accept all` asks for


def datasets_of(user: User, project: Project) -> QuerySet[Dataset]:
    """A project's samples with their counts, newest first."""
    found: QuerySet[Dataset] = (
        Dataset.objects.for_user(user)
        .filter(project=project)
        .order_by("-created_at")
        .select_related("file", "job", "created_by", "project")
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


def summary_of(dataset: Dataset, *, above: float) -> Summary:
    """One query for the counts, one for the names of special categories."""
    rows = Finding.objects.filter(dataset=dataset)
    counts = rows.aggregate(  # n_ because a count named like its column would shadow it in the next filter
        n_columns=Count("pk"),
        n_identifying=Count("pk", filter=IDENTIFIES),
        n_direct=Count("pk", filter=Q(identifying=IdentifyingChoice.DIRECT)),
        n_quasi=Count("pk", filter=Q(identifying=IdentifyingChoice.QUASI)),
        n_special=Count("pk", filter=Q(special=True)),
        n_special_in_text=Count("pk", filter=Q(special=True, is_text=True)),
        n_open=Count("pk", filter=NEEDS_DECISION),
        n_confident=Count("pk", filter=NEEDS_DECISION & Q(confidence__gte=above)),
    )
    special = rows.filter(special=True).only("category", "categories", "decision")
    names = {str(finding.category_label) for finding in special if not finding.categories}
    names |= {label for finding in special for label in finding.special_labels}
    named = {name.removeprefix("n_"): count for name, count in counts.items()}
    return Summary(**named, special_names=tuple(sorted(names)))


def findings_in(dataset: Dataset, view: str = "all", text: str = "") -> QuerySet[Finding]:
    """The findings of one of the three views, by column name where `text` is given."""
    rows: QuerySet[Finding] = Finding.objects.filter(dataset=dataset).select_related("decided_by")
    if view == "open":
        rows = rows.filter(NEEDS_DECISION)
    elif view == "identifying":
        rows = rows.filter(IDENTIFIES)
    return rows.filter(column__icontains=text) if text else rows


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
