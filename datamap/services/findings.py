"""The verbs of findings: accept, reject, change, take back; one, several, or all that are sure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.audit import change
from core.errors import Refused
from core.permissions import check_can_write
from core.rows import held
from core.types import Category
from datamap import categories
from datamap.events import Event
from datamap.models import UNDECIDED, CategoryChoice, Dataset, Decision, Finding, IdentifyingChoice
from datamap.services.learned import learn
from datamap.stamps import check_opened, check_seen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    from core.models import User

ACCEPT_ABOVE: Final = 0.95
_CHANGED: Final = (
    "decision", "identifying", "category", "entity", "special", "doubtful", "decided_by_id", "decided_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a finding. Changing needs a class, a category or an entity; what is None stays."""

    decision: Decision
    identifying: IdentifyingChoice | None = None
    category: CategoryChoice | None = None
    entity: str | None = None

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of `decide_finding`."""
        return asdict(self)

    def check(self) -> None:
        """Raises Refused for a change that changes nothing."""
        if self.decision == Decision.CHANGED and (self.identifying, self.category, self.entity) == (None, None, None):
            raise Refused(_("Say what the column is instead."), code="nothing_changed", status=400)


def is_special(row: Finding) -> bool:
    """Art. 9 or 10: by its category, or by what its free text holds unless a person rejected it."""
    within = row.categories if row.decision != Decision.REJECTED else []
    return any(categories.is_special(Category(category)) for category in (row.category, *within))


def hold(dataset: Dataset) -> Dataset:
    """A sample's row, held until the transaction ends: a scan that records and people who decide take turns.

    Raises Gone.
    """
    return held(Dataset.objects.select_related("project"), dataset.pk)


def decide_finding(
    *,
    actor: User,
    finding: Finding,
    decision: Decision,
    identifying: IdentifyingChoice | None = None,
    category: CategoryChoice | None = None,
    entity: str | None = None,
    seen: str = "",
) -> Finding:
    """Accept, reject or change what was found in a column, or (Decision.OPEN) take a decision back.

    Changing needs a class, a category or an entity; `seen` is the stamp of what the person had before them.
    Raises PermissionDenied, Refused, or Conflict where it has become something else meanwhile.
    """
    project = finding.dataset.project
    check_can_write(actor, project)
    verdict = Verdict(decision, identifying, category, entity)
    verdict.check()
    with change(actor=actor, event=Event.FINDING_DECIDED, project=project) as log:
        row = _present(finding)
        before = row.stamp
        apply(row, verdict, actor, timezone.now())
        check_seen(seen, before, row)
        row.save()
        learn([row])
        log.about(row, decision=str(decision), identifying=row.identifying, category=row.category, entity=row.entity)
    return row


def _present(finding: Finding) -> Finding:
    """A finding as it stands, its sample held. Raises Refused where a scan just left its column out."""
    hold(finding.dataset)
    row = Finding.objects.select_related("dataset__project").filter(pk=finding.pk).first()
    if row is None:
        raise Refused(_("The sample was scanned again, and this column is no longer in it."), code="findings_changed")
    return row


def decide_findings(
    *, actor: User, dataset: Dataset, findings: QuerySet[Finding], verdict: Verdict, opened: datetime | None = None
) -> int:
    """The same on several findings of one sample, as one event. Returns how many.

    `opened` is when the person got the page. Raises PermissionDenied, Refused, or Conflict where others decided since.
    """
    check_can_write(actor, dataset.project)
    verdict.check()
    with change(actor=actor, event=Event.FINDINGS_DECIDED, project=dataset.project) as log:
        hold(dataset)
        chosen = findings.filter(dataset=dataset).order_by("position").values("pk")
        rows = Finding.objects.filter(pk__in=chosen)
        check_opened(rows, actor, opened)
        count = settle(actor, rows, lambda _row: verdict)
        log.about(dataset, findings=count, decision=str(verdict.decision), category=str(verdict.category or ""))
    return count


def accept_all_above(
    *, actor: User, dataset: Dataset, confidence: float = ACCEPT_ABOVE, expected: int | None = None
) -> int:
    """Accept every undecided finding that says something and is at least this sure. Returns how many.

    `expected` is how many the person was told. Raises PermissionDenied, or Refused where it would be another number.
    """
    check_can_write(actor, dataset.project)
    with change(actor=actor, event=Event.FINDINGS_ACCEPTED, project=dataset.project) as log:
        hold(dataset)
        waiting = Finding.objects.filter(UNDECIDED, dataset=dataset, confidence__gte=confidence)
        count = settle(actor, waiting, lambda _row: Verdict(Decision.ACCEPTED))
        if expected is not None and count != expected:
            raise Refused(_other_number(count), code="findings_changed", status=409)
        log.about(dataset, confidence=confidence, accepted=count)
    return count


def settle(actor: User, findings: QuerySet[Finding], verdict_of: Callable[[Finding], Verdict]) -> int:
    """Decide several findings, and learn from it. Returns how many. Call with their sample held and an event open.

    Rows that end alike are written by one statement: thousands of columns have few dozen outcomes.
    """
    rows = list(findings.select_related("dataset__project"))
    now, alike = timezone.now(), defaultdict(list)
    for row in rows:
        apply(row, verdict_of(row), actor, now)
        alike[tuple(getattr(row, name) for name in _CHANGED)].append(row.pk)
    for values, keys in alike.items():
        Finding.objects.filter(pk__in=keys).update(**dict(zip(_CHANGED, values, strict=True)))
    learn(rows)
    return len(rows)


def apply(row: Finding, verdict: Verdict, actor: User, at: datetime) -> None:
    """Put a verdict into a finding's row, unsaved."""
    row.decision, row.doubtful = verdict.decision, False
    row.identifying, row.category, row.entity = row.found_identifying, row.found_category, row.found_entity
    if verdict.decision == Decision.REJECTED:
        row.identifying, row.category, row.entity = IdentifyingChoice.NONE, CategoryChoice.NONE, ""
    elif verdict.decision == Decision.CHANGED:
        row.identifying = verdict.identifying or row.identifying
        row.category = verdict.category or row.category
        row.entity = row.entity if verdict.entity is None else verdict.entity
    is_open = verdict.decision == Decision.OPEN
    row.decided_by, row.decided_at = (None, None) if is_open else (actor, at)
    row.special = is_special(row)


def _other_number(count: int) -> str:
    text = ngettext(
        "The findings have changed since: it would now be %(count)d. Look again.",
        "The findings have changed since: it would now be %(count)d. Look again.",
        count,
    )
    return text % {"count": count}
