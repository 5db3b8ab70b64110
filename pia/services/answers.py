"""Writing answers: saved under optimistic locking, resting on cited evidence, discussed and agreed. Only in a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core import permissions as core
from core.audit import change
from core.errors import Conflict, Refused
from core.types import Grade
from pia import facts as gathered
from pia import permissions
from pia.events import Event
from pia.frameworks.sections import SUBSECTIONS
from pia.models import (
    Answer,
    AnswerEvidence,
    AnswerRevision,
    AnswerSource,
    AnswerStatus,
    Assessment,
    Comment,
    EvidenceKind,
    NotApplicableApproval,
    SectionAssignment,
)
from pia.packs import item_of
from pia.policies import check_editable
from pia.wording import fact_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from core.models import User
    from core.types import Fact


class StaleAnswer(Conflict):
    """Somebody saved meanwhile. `extra` has `current` and `mine`, each with text and status, and who was faster."""

    code = "stale_answer"


class BadAnswer(Refused):
    """The values can't be an answer to this question."""

    code = "bad_answer"
    status = 400


def save_answer(
    *, actor: User, answer: Answer, version: int, text: str | None = None, status: str | None = None
) -> Answer:
    """Save a person's words and judgement over the version they read. None leaves a part as it is.

    Raises PermissionDenied, NotNow (frozen), BadAnswer, StaleAnswer (someone else saved since `version`).
    """
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.ANSWER_SAVED, project=answer.assessment.project) as log:
        row = _lock(answer)
        _write(
            row,
            actor,
            version=version,
            text=row.text if text is None else text,
            status=row.status if status is None else status,
        )
        log.about(row, item=str(row), version=row.version, status=row.status)
    return row


def cite_fact(*, actor: User, answer: Answer, key: str) -> AnswerEvidence:
    """Cite a fact as it is now; citing it again refreshes what was kept. Raises Refused for an unknown fact."""
    known = gathered.gather(answer.assessment.project)
    if key not in known:
        raise Refused(_("This fact is not known any more."), code="unknown_fact", status=400)
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.EVIDENCE_CITED, project=answer.assessment.project) as log:
        row = _lock(answer)
        cited = _cite_one(actor, row, known[key])
        _grade(row)
        log.about(row, item=str(row), key=key, number=cited.number)
    return cited


def cite_document(
    *, actor: User, answer: Answer, label: str, reference: str, expires_on: date | None = None
) -> AnswerEvidence:
    """Cite a document by name and place: a policy, a contract, a ticket."""
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.EVIDENCE_CITED, project=answer.assessment.project) as log:
        row = _lock(answer)
        cited = AnswerEvidence.objects.create(
            answer=row,
            number=_next_number(row),
            kind=EvidenceKind.DOCUMENT,
            label=label,
            reference=reference,
            expires_on=expires_on,
            grade=Grade.DOCUMENTED,
            cited_by=actor,
        )
        _grade(row)
        log.about(row, item=str(row), number=cited.number)
    return cited


def uncite(*, actor: User, evidence: AnswerEvidence) -> None:
    """Take a citation away. The other numbers stay, so that [2] in a text keeps its meaning."""
    answer = evidence.answer
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.EVIDENCE_REMOVED, project=answer.assessment.project) as log:
        row = _lock(answer)
        evidence.delete()
        _grade(row)
        log.about(row, item=str(row), number=evidence.number)


def set_citations(*, actor: User, answer: Answer, keys: Iterable[str]) -> None:
    """Make the cited facts exactly these. Documents stay. Raises Refused for an unknown fact."""
    wanted = list(dict.fromkeys(keys))
    cited = set(answer.evidence.filter(kind=EvidenceKind.FACT).values_list("key", flat=True))
    if set(wanted) == cited:
        return
    known = gathered.gather(answer.assessment.project)
    if not known.keys() >= set(wanted) - cited:
        raise Refused(_("This fact is not known any more."), code="unknown_fact", status=400)
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.EVIDENCE_CITED, project=answer.assessment.project) as log:
        row = _lock(answer)
        row.evidence.filter(kind=EvidenceKind.FACT).exclude(key__in=wanted).delete()
        numbers = [_cite_one(actor, row, known[key]).number for key in wanted if key not in cited]
        _grade(row)
        log.about(row, item=str(row), numbers=numbers)


def use_facts(*, actor: User, answer: Answer, version: int) -> Answer:
    """Put the known facts of a question of fact into its answer, each cited by number. Never the status.

    Raises Refused where the question asks for a judgement, or nothing is known; StaleAnswer.
    """
    item = item_of(answer)
    known = gathered.gather(answer.assessment.project)
    bearing = [known[entry.fact] for entry in item.evidence if entry.fact in known]
    if not item.factual or not bearing:
        raise Refused(_("This question asks for a person's judgement."), code="judgement")
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.ANSWER_SAVED, project=answer.assessment.project) as log:
        row = _lock(answer)
        cited = [_cite_one(actor, row, fact) for fact in bearing]
        lines = [f"{fact_text(fact)} [{entry.number}]" for fact, entry in zip(bearing, cited, strict=True)]
        fresh = " ".join(line for line in lines if line not in row.text)
        text = "\n".join(part for part in (row.text.strip(), fresh) if part)
        _grade(row)
        _write(row, actor, version=version, text=text, status=row.status)
        log.about(row, item=str(row), version=row.version, facts=len(bearing))
    return row


def reuse_answer(*, actor: User, answer: Answer, other: Answer, version: int) -> Answer:
    """Take the words and the evidence of a crosswalked answer of the same assessment. The status stays a person's."""
    if other.assessment_id != answer.assessment_id:
        raise Refused(_("That answer belongs to another assessment."), code="other_assessment")
    _check_may_write(actor, answer)
    with change(actor=actor, event=Event.ANSWER_REUSED, project=answer.assessment.project) as log:
        row = _lock(answer)
        if row.version != version:
            raise _stale(row, other.text, row.status)
        row.text, row.source = other.text, AnswerSource.CARRIED_OVER
        AnswerEvidence.objects.filter(answer=row).delete()
        for cited in other.evidence.all():
            cited.pk, cited.answer, cited.cited_by, cited._state.adding = None, row, actor, True
            cited.id = AnswerEvidence._meta.get_field("id").get_default()
            cited.save()
        _grade(row)
        _save_version(row, actor)
        log.about(row, item=str(row), other=str(other), version=row.version)
    return row


def add_comment(*, actor: User, assessment: Assessment, text: str, answer: Answer | None = None) -> Comment:
    """Say something about a question, or about the whole. Open in every state: a frozen version is discussed too."""
    permissions.check_can_comment(actor, assessment)
    if not text.strip():
        raise BadAnswer(_("Write something first."))
    with change(actor=actor, event=Event.COMMENT_ADDED, project=assessment.project) as log:
        comment = Comment.objects.create(assessment=assessment, answer=answer, text=text.strip(), author=actor)
        log.about(comment.answer or assessment, comment=str(comment.pk))
    return comment


def assign_section(*, actor: User, assessment: Assessment, section: str, assignee: User | None) -> None:
    """Ask somebody to answer a sub-section; None asks nobody. Raises Refused if they may not write here."""
    permissions.check_can_assign(actor, assessment)
    check_editable(assessment)
    if section not in SUBSECTIONS:
        raise BadAnswer(_("There is no such section."))
    if assignee is not None and not core.can_write(assignee, assessment.project):
        raise BadAnswer(_("%(person)s can't answer in this project.") % {"person": assignee})
    with change(actor=actor, event=Event.SECTION_ASSIGNED, project=assessment.project) as log:
        if assignee is None:
            SectionAssignment.objects.filter(assessment=assessment, section=section).delete()
        else:
            SectionAssignment.objects.update_or_create(
                assessment=assessment, section=section, defaults={"assignee": assignee, "by": actor}
            )
        log.about(assessment, section=section, assignee=str(assignee.pk) if assignee else "")


def approve_not_applicable(*, actor: User, answer: Answer, version: int) -> NotApplicableApproval:
    """Agree, as a second person, that a question does not apply. Holds for this version of the answer only.

    Raises PermissionDenied for its author, Refused without a reason, StaleAnswer if it was changed meanwhile.
    """
    check_editable(answer.assessment)
    with change(actor=actor, event=Event.NOT_APPLICABLE_APPROVED, project=answer.assessment.project) as log:
        row = _lock(answer)
        permissions.check_can_approve_not_applicable(actor, row)
        if row.version != version:
            raise _stale(row, row.text, row.status)
        if row.status != AnswerStatus.NOT_APPLICABLE or not row.text.strip():
            raise Refused(_("There is no reason to agree to yet."), code="no_reason")
        approval, _made = NotApplicableApproval.objects.update_or_create(
            answer=row, defaults={"answer_version": row.version, "approved_by": actor}
        )
        log.about(row, item=str(row), version=row.version)
    return approval


def _check_may_write(actor: User, answer: Answer) -> None:
    permissions.check_can_answer(actor, answer.assessment)
    check_editable(answer.assessment)


def _lock(answer: Answer) -> Answer:
    row: Answer = (
        Answer.objects.select_for_update(of=("self",))
        .with_pack()
        .select_related("assessment__project", "author")
        .get(pk=answer.pk)
    )
    Assessment.objects.select_for_update(of=("self",), no_key=True).get(pk=row.assessment_id)
    row.assessment.refresh_from_db(fields=["state"])
    check_editable(row.assessment)
    return row


def _write(row: Answer, actor: User, *, version: int, text: str, status: str) -> None:
    """Save over the version that was read. The same values again change nothing, so a repeat is no conflict."""
    _check_values(row, text, status)
    if (row.text, row.status) == (text, status) or _is_repeat(row, actor, version, text, status):
        return
    if row.version != version:
        raise _stale(row, text, status)
    row.text, row.status, row.source = text, status, AnswerSource.PERSON
    _save_version(row, actor)


def _is_repeat(row: Answer, actor: User, version: int, text: str, status: str) -> bool:
    """These words arrive a second time: saved since by the same person, and nobody else came in between."""
    later = AnswerRevision.objects.filter(answer=row, version__gt=version)
    ours = [(revision.text, revision.status) for revision in later if revision.author_id == actor.pk]
    return len(ours) == len(later) and (text, status) in ours


def _check_values(row: Answer, text: str, status: str) -> None:
    if status not in AnswerStatus.values:
        raise BadAnswer(_("“%(status)s” is no status.") % {"status": status[:40]})
    if len(text) > 20_000:
        raise BadAnswer(_("An answer has at most 20,000 characters."))
    options = {option.value for option in item_of(row).options}
    if options and text and text not in options:
        raise BadAnswer(_("Choose one of the options."))


def _stale(row: Answer, text: str, status: str) -> StaleAnswer:
    editor = row.author
    return StaleAnswer(
        _("%(person)s saved this answer while you were writing.") % {"person": editor or _("Somebody else")},
        current={
            "version": row.version,
            "text": row.text,
            "status": row.status,
            "editor": str(editor) if editor else "",
            "edited_at": row.edited_at.isoformat() if row.edited_at else None,
        },
        mine={"text": text, "status": status},
    )


def _save_version(row: Answer, actor: User) -> None:
    row.author, row.version, row.edited_at = actor, row.version + 1, timezone.now()
    row.save()
    AnswerRevision.objects.create(
        answer=row,
        version=row.version,
        text=row.text,
        status=row.status,
        grade=row.grade,
        source=row.source,
        author=actor,
        at=row.edited_at,
    )


def _cite_one(actor: User, answer: Answer, fact: Fact) -> AnswerEvidence:
    entry = gathered.as_json(fact)
    kept = {name: entry[name] for name in ("value", "grade", "reason", "sources")}
    cited = AnswerEvidence.objects.filter(answer=answer, kind=EvidenceKind.FACT, key=fact.key).first()
    if cited is None:
        cited = AnswerEvidence(answer=answer, number=_next_number(answer), key=fact.key)
    for name, value in kept.items():
        setattr(cited, name, value)
    cited.cited_by = actor
    cited.save()
    return cited


def _next_number(answer: Answer) -> int:
    """One more than the highest: gaps stay, so that [2] in a text keeps its meaning."""
    return int(AnswerEvidence.objects.filter(answer=answer).aggregate(last=Max("number"))["last"] or 0) + 1


def _grade(answer: Answer) -> None:
    """An answer is as strong as the best of what it cites."""
    grades = [Grade(grade) for grade in answer.evidence.values_list("grade", flat=True)]
    answer.grade = max(grades, key=lambda grade: grade.rank, default=Grade.ASSERTED)
    answer.save(update_fields=["grade"])
