"""Answering the screening, disputing facts, rebutting the presumption, and completing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions
from core.audit import change
from core.errors import Conflict, Refused
from pia.events import Event
from pia.models.screening import Screening, ScreeningAnswer, ScreeningDispute, ScreeningRebuttal
from pia.screening import verdict as engine
from pia.screening.verdict import Finding
from pia.screening_wording import QUESTIONS
from pia.selectors import screening as read

if TYPE_CHECKING:
    from core.models import Project, User
    from core.types import FactValue
    from pia.screening.questions import AnswerValue

#: A yes to these rests on a document that has to be named.
NEEDS_NOTE: Final = frozenset({"national_list", "exempt_list", "exempt_law"})
#: Outcomes without an assessment, for which the controller has to be able to say why (Art. 24, WP248 III.B).
NEEDS_JUSTIFICATION: Final = frozenset({Finding.JUSTIFY, Finding.NOT_REQUIRED, Finding.OUTSIDE, Finding.EXEMPT})


def answer_screening(
    *,
    actor: User,
    project: Project,
    answers: Mapping[str, AnswerValue],
    notes: Mapping[str, str] | None = None,
    version: int | None = None,
) -> Screening:
    """Save answers. One that contradicts a fact is a dispute and needs its reason as a note.

    Raises PermissionDenied, Conflict (another version was saved meanwhile), Refused.
    """
    permissions.check_can_write(actor, project)
    notes = {key: note.strip() for key, note in (notes or {}).items()}
    facts = read.fact_values(project)
    _check_answers(answers, notes, facts)
    with change(actor=actor, event=Event.SCREENING_ANSWERED, project=project) as log:
        screening = _locked(project)
        if version is not None and version != screening.version:
            raise Conflict(
                _("Somebody else answered meanwhile. Look at the result and save again."), version=screening.version
            )
        disputed = {dispute.question: dispute for dispute in engine.disputes(answers, facts)}
        for key, value in answers.items():
            _save(screening, actor, key, value, notes.get(key, ""))
            if key in disputed:
                _record_dispute(screening, actor, disputed[key], notes[key])
        _reopen(screening)
        log.about(screening, questions=sorted(answers), disputed=sorted(disputed))
    return screening


def _check_answers(
    answers: Mapping[str, AnswerValue], notes: Mapping[str, str], facts: Mapping[str, FactValue]
) -> None:
    if not answers:
        raise Refused(_("There is nothing to save."), code="empty", status=400)
    asked = {question.key for question in engine.asked(facts)}
    for key, value in answers.items():
        try:
            engine.check(key, value)
        except ValueError:
            raise Refused(
                _("“%(key)s” can't be answered so.") % {"key": key}, code="invalid", status=400, question=key
            ) from None
        if key not in asked:
            raise Refused(
                _("“%(key)s” is not asked of this project.") % {"key": key}, code="invalid", status=400, question=key
            )
        if key in NEEDS_NOTE and value == "yes" and not notes.get(key):
            raise Refused(
                _("Name the entry or the law you rely on in the note."), code="note_missing", status=400, question=key
            )
    for dispute in engine.disputes(answers, facts):
        if not notes.get(dispute.question):
            raise Refused(
                _("The project's facts say otherwise. Write in the note why they are wrong: %(question)s.")
                % {"question": QUESTIONS[dispute.question].short},
                code="dispute_needs_reason",
                status=400,
                question=dispute.question,
            )


def _locked(project: Project) -> Screening:
    screening, _made = Screening.objects.select_for_update().get_or_create(project=project)
    return screening


def _save(screening: Screening, actor: User, key: str, value: AnswerValue, note: str) -> None:
    stored = list(value) if isinstance(value, tuple) else value
    ScreeningAnswer.objects.update_or_create(
        screening=screening, question=key, defaults={"value": stored, "note": note, "author": actor}
    )


def _record_dispute(screening: Screening, actor: User, dispute: engine.Dispute, reason: str) -> None:
    latest = screening.disputes.filter(question=dispute.question).first()
    given, proposed = read.as_json(dispute.given), read.as_json(dispute.proposed)
    if latest and (latest.given, latest.proposed, latest.reason) == (given, proposed, reason):
        return  # saved again unchanged
    ScreeningDispute.objects.create(
        screening=screening, question=dispute.question, given=given, proposed=proposed, facts=list(dispute.facts),
        reason=reason, by=actor,
    )  # fmt: skip


def _reopen(screening: Screening) -> None:
    screening.version += 1
    screening.completed_at = screening.completed_by = screening.result = None
    screening.save()


def rebut_presumption(*, actor: User, project: Project, reason: str) -> ScreeningRebuttal:
    """Say why two criteria don't make a high risk here. It takes effect once the data protection officer gave a view.

    Raises PermissionDenied, Refused (nothing is presumed, a trigger applies, no reason).
    """
    permissions.check_can_review(actor, project)
    shown = read.verdict_of(project)
    if shown.headline is not Finding.PRESUMED or len(shown.criteria) < 2:
        raise Refused(
            _("There is no presumption to rebut: only the nine criteria make one, and only alone."),
            code="nothing_presumed",
        )
    if len(reason.strip()) < 20:
        raise Refused(_("Write down the reasons, criterion by criterion."), code="reason_missing", status=400)
    with change(actor=actor, event=Event.SCREENING_REBUTTED, project=project) as log:
        screening = _locked(project)
        screening.rebuttals.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
        rebuttal = ScreeningRebuttal.objects.create(
            screening=screening, criteria=list(shown.criteria), reason=reason.strip(), by=actor
        )
        _reopen(screening)
        log.about(screening, criteria=list(shown.criteria))
    return rebuttal


def view_rebuttal(*, actor: User, project: Project, agrees: bool, view: str) -> ScreeningRebuttal:
    """The data protection officer's view of the standing rebuttal.

    Raises PermissionDenied, Refused (no rebuttal, own rebuttal, no words).
    """
    permissions.check_can_advise(actor, project)
    rebuttal = read.standing_rebuttal(project)
    if rebuttal is None:
        raise Refused(_("Nobody has rebutted the presumption."), code="no_rebuttal")
    if rebuttal.by_id == actor.pk:
        raise Refused(_("You wrote the rebuttal: somebody else gives the view."), code="same_person")
    if not view.strip():
        raise Refused(_("Write down your view."), code="reason_missing", status=400)
    with change(actor=actor, event=Event.SCREENING_VIEWED, project=project) as log:
        screening = _locked(project)
        rebuttal.agrees, rebuttal.view = agrees, view.strip()
        rebuttal.viewed_by, rebuttal.viewed_at = actor, timezone.now()
        rebuttal.save()
        _reopen(screening)
        log.about(screening, agrees=agrees)
    return rebuttal


def complete_screening(*, actor: User, project: Project, justification: str = "") -> Screening:
    """Record the result as it stands. Where it ends without an assessment, the reason is part of it.

    Raises PermissionDenied, Refused (open questions, reason missing).
    """
    permissions.check_can_write(actor, project)
    justification = justification.strip()
    with change(actor=actor, event=Event.SCREENING_COMPLETED, project=project) as log:
        screening = _locked(project)
        result = read.verdict_of(project)
        if result.unanswered:
            raise Refused(
                _("Some questions are still open."), code="questions_open", unanswered=list(result.unanswered)
            )
        if result.headline in NEEDS_JUSTIFICATION and not justification:
            raise Refused(_("Say why no assessment is made."), code="justification_missing", status=400)
        screening.justification, screening.result = justification, read.verdict_json(result)
        screening.completed_by, screening.completed_at = actor, timezone.now()
        screening.save()
        log.about(screening, headline=str(result.headline), criteria=len(result.criteria), version=screening.version)
    return screening
