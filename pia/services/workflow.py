"""The moves of an assessment. Each checks who, from where and what must be so, writes one event, announces itself."""

from __future__ import annotations

import calendar
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions as core
from core.audit import change
from pia import permissions, risk_words, signals
from pia.events import Event
from pia.models import Advice, Assessment, Decision, Opinion, Staleness, Views
from pia.policies import (
    NotNow,
    check_move,
    check_outcome,
    standing_decision,
)
from pia.selectors import workflow as selectors
from pia.services.assessments import freeze
from pia.services.risks import bring_up_to_date, locked
from pia.workflow import Move, Outcome, State, Transition, allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.audit import Log
    from core.models import Project, User

#: Reviews come round after this many months (Art. 35(11)).
REVIEW_MONTHS: Final = 12
#: States an approval can go stale in.
APPROVED_STATES: Final = (State.DECIDED, State.ACTIVE, State.STALE)


@contextmanager
def _moving(
    actor: User | None, assessment: Assessment, move: Move, *, text: str | None = None, gaps: Sequence[str] = ()
) -> Iterator[tuple[Assessment, Log]]:
    """Permission, preconditions, one transaction with one event; the new state is saved and announced at the end."""
    with transaction.atomic():
        row = locked(assessment)
        if actor is not None:
            permissions.check_can_move(actor, row, _transition(row, move).who)
        transition = check_move(row, move, actor=actor, text=text, gaps=gaps)
        with change(actor=actor, event=transition.event, project=row.project) as log:
            before = row.state
            log.about(row, version=row.number, sha256=row.version_sha256, **{"from": str(before)})
            row.state = transition.to or row.stale_from or State.ACTIVE
            yield row, log
            row.save()
            log.data["to"] = str(row.state)
            signals.assessment_moved.send(sender=Assessment, assessment=row, move=move)


def _transition(assessment: Assessment, move: Move) -> Transition:
    """Who may make a move: by the state it is open from, or by any state where it exists at all."""
    found = allowed(assessment.state, move)
    if found is None:
        found = next(t for state in State if (t := allowed(state, move)) is not None)
    return found


def submit(*, actor: User, assessment: Assessment) -> Assessment:
    """Freeze the version: risks are brought up to date, the snapshot is kept, its SHA-256 binds what follows.

    Raises PermissionDenied, NotNow (with every gap of the readiness check).
    """
    core.check_can_review(actor, assessment.project)
    with transaction.atomic():
        row = locked(assessment)
        if row.is_editable:
            bring_up_to_date(row)
        with _moving(actor, row, Move.SUBMIT, gaps=selectors.gaps(row)) as (row, log):
            row.submitted_by, row.submitted_at = actor, timezone.now()
            freeze(row)
            log.data["sha256"] = row.version_sha256
    return row


def send_back(*, actor: User, assessment: Assessment, reason: str) -> Assessment:
    """Return the version to its authors; it thaws, and what was advised on it no longer stands."""
    with _moving(actor, assessment, Move.RETURN, text=reason) as (row, log):
        row.frozen, row.version_sha256 = None, ""
        log.data["reason"] = reason.strip()
    return row


def record_views(*, actor: User, assessment: Assessment, sought: bool, **words: str) -> Views:
    """Record data subjects' views and what departs from them, or why they were not sought (Art. 35(9))."""
    core.check_can_review(actor, assessment.project)
    with change(actor=actor, event=Event.VIEWS_RECORDED, project=assessment.project) as log:
        row = locked(assessment)
        if row.state not in (State.DRAFT, State.IN_REVIEW):
            raise NotNow(_("Views are recorded before the advice."), code="too_late")
        views = Views.objects.filter(assessment=row).first() or Views(assessment=row)
        views.sought, views.by = sought, actor
        for name in ("how", "summary", "departure", "not_sought_reason"):
            setattr(views, name, words.get(name, getattr(views, name)).strip())
        views.full_clean(exclude=["assessment", "by"])
        if not views.complete:
            missing = "summary" if sought else "not_sought_reason"
            raise ValidationError({missing: _("Write what they said, or why they were not asked.")})
        views.save()
        log.about(views, sought=sought)
    return views


def advise(*, actor: User, assessment: Assessment, text: str, opinion: str = Opinion.FAVOURABLE) -> Advice:
    """The DPO's advice on the frozen version. Raises PermissionDenied, NotNow, ValidationError."""
    if opinion not in set(Opinion):
        raise ValidationError({"opinion": _("Choose one of the opinions.")})
    with _moving(actor, assessment, Move.ADVISE, text=text) as (row, log):
        advice = Advice.objects.create(
            assessment=row, opinion=opinion, text=text.strip(), version_sha256=row.version_sha256, by=actor
        )
        log.data["opinion"] = str(opinion)
    return advice


def decide(
    *, actor: User, assessment: Assessment, outcome: str, reason: str = "", departure: str = "", conditions: str = ""
) -> Decision:
    """The controller's decision on the frozen version, bound to its hash.

    Unmet lawfulness and high risks can't be approved. Raises PermissionDenied, NotNow, ValidationError.
    """
    if outcome not in set(Outcome):
        raise ValidationError({"decision": _("Choose one of the decisions.")})
    with _moving(actor, assessment, Move.DECIDE) as (row, log):
        check_outcome(row, Outcome(outcome), reason=reason, departure=departure, gates=selectors.unmet_gates(row))
        decision = Decision.objects.create(
            assessment=row,
            outcome=outcome,
            reason=reason.strip(),
            departure=departure.strip(),
            conditions=conditions.strip(),
            version_sha256=row.version_sha256,
            by=actor,
        )
        if decision.approves:
            row.review_due_on = in_months(timezone.localdate(), REVIEW_MONTHS)
        log.data.update(outcome=str(outcome), decision=str(decision.pk))
        signals.assessment_decided.send(sender=Assessment, assessment=row)
    return decision


def record_consultation(*, actor: User, assessment: Assessment, **fields: Any) -> Decision:
    """Track a prior consultation: when it was sent, whether the authority took six weeks more, what it answered."""
    core.check_can_review(actor, assessment.project)
    with change(actor=actor, event=Event.CONSULTATION_RECORDED, project=assessment.project) as log:
        row = locked(assessment)
        decision = standing_decision(row)
        if decision is None or decision.outcome != Outcome.CONSULT:
            raise NotNow(_("The decision was not to consult the authority."), code="no_consultation")
        for name in ("consulted_on", "extended", "answered_on", "answer"):
            if name in fields:
                setattr(decision, name, fields[name])
        decision.full_clean(exclude=["assessment", "by"])
        decision.save()
        log.about(decision, fields=sorted(fields))
    return decision


def activate(*, actor: User, assessment: Assessment) -> Assessment:
    """Go live: approved, conditions met, no risk high. Older versions are superseded by it."""
    with _moving(actor, assessment, Move.ACTIVATE) as (row, _log):
        row.activated_at = timezone.now()
    for older in Assessment.objects.filter(project=row.project, number__lt=row.number, state__in=APPROVED_STATES):
        _supersede(actor, older)
    return row


def supersede(*, actor: User, assessment: Assessment) -> Assessment:
    """Close an approved version that a newer decided one replaces."""
    return _supersede(actor, assessment)


def _supersede(actor: User, assessment: Assessment) -> Assessment:
    with _moving(actor, assessment, Move.SUPERSEDE) as (row, _log):
        row.review_due_on = None
    return row


def archive(*, actor: User, assessment: Assessment, reason: str) -> Assessment:
    """Put a version away for good, saying why."""
    with _moving(actor, assessment, Move.ARCHIVE, text=reason) as (row, log):
        row.review_due_on = None
        log.data["reason"] = reason.strip()
    return row


def go_stale(*, project: Project, code: str, params: dict[str, Any], once: bool = False) -> list[Assessment]:
    """Turn the approvals of a project stale, and keep why. Candor's own move; a repeat of an open cause is dropped.

    `once`: a cause that a reviewer has answered does not come back, either.
    """
    moved = []
    for assessment in Assessment.objects.filter(project=project, state__in=APPROVED_STATES):
        decision = standing_decision(assessment)
        known = assessment.staleness.filter(code=code, params=params)
        if decision is None or not decision.approves or (known if once else known.filter(answered_at=None)).exists():
            continue
        with _moving(None, assessment, Move.GO_STALE) as (row, log):
            if assessment.state != State.STALE:
                row.stale_from = assessment.state
            Staleness.objects.create(assessment=row, code=code, params=params)
            log.data["cause"] = code
        moved.append(row)
    return moved


def watch() -> int:
    """Turn approvals stale whose conditions or review are overdue. Returns how many moved."""
    today, moved = timezone.localdate(), 0
    for measure in selectors.overdue_conditions(today):
        params = {"measure": measure.title or str(risk_words.MEASURES[measure.kind])}
        moved += len(go_stale(project=measure.assessment.project, code="stale.measure", params=params, once=True))
    for assessment in selectors.reviews_due(today):
        params = {"due": str(assessment.review_due_on)}
        moved += len(go_stale(project=assessment.project, code="stale.review", params=params))
    return moved


def reaffirm(*, actor: User, assessment: Assessment, reason: str) -> Assessment:
    """“Risk unchanged” (Art. 35(11)), with the reason: the approval stands again, where it stood before."""
    with _moving(actor, assessment, Move.REAFFIRM, text=reason) as (row, log):
        open_causes = row.staleness.filter(answered_at=None)
        causes = list(open_causes.values_list("code", flat=True))
        open_causes.update(answer=reason.strip(), answered_by=actor, answered_at=timezone.now())
        row.stale_from = ""
        row.review_due_on = in_months(timezone.localdate(), REVIEW_MONTHS)
        log.data.update(reason=reason.strip(), causes=", ".join(sorted(set(causes))))
    return row


def in_months(start: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(start.month - 1 + months, 12)
    year += start.year
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
