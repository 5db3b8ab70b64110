"""In which state: what must be so before an assessment may be changed or moved. Each check raises, naming the gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import Refused
from pia.models.assessment import Answer
from pia.models.decision import Advice, Decision, Opinion
from pia.models.risk import COMMITTED, Band, Measure, Risk
from pia.packs import digest
from pia.workflow import DECIDED, EDITABLE, Move, Needs, Outcome, State, Transition, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from core.models import User
    from pia.models.assessment import Assessment


class NotNow(Refused):
    """The move is not open as things stand; `extra["missing"]` lists what stands in the way."""

    code = "not_now"

    def __init__(self, text: str, *, missing: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(text, missing=[str(gap) for gap in missing] or [text], **extra)

    @property
    def missing(self) -> list[str]:
        return list(self.extra["missing"])


#: Outcomes that follow the advice; any other needs the reason for departing from it (Art. 35(2)).
FOLLOWS: Final[dict[str, frozenset[str]]] = {
    Opinion.FAVOURABLE: frozenset({Outcome.APPROVE, Outcome.CONDITIONALLY_APPROVE, Outcome.CONSULT}),
    Opinion.CONDITIONS: frozenset({Outcome.CONDITIONALLY_APPROVE, Outcome.CONSULT, Outcome.REJECT}),
    Opinion.AGAINST: frozenset({Outcome.REJECT, Outcome.CONSULT}),
}


def check_editable(assessment: Assessment) -> None:
    """Raise NotNow where the version is frozen."""
    if assessment.state not in EDITABLE:
        raise NotNow(
            _("This version is frozen: it is “%(state)s”. Return it, or start a new version, to change it.")
            % {"state": State(assessment.state).label}
        )


def check_open(assessment: Assessment) -> None:
    """Raise NotNow where nothing about the assessment moves any more: measures can't be worked on."""
    if assessment.state in (State.SUPERSEDED, State.ARCHIVED):
        raise NotNow(_("This version is closed: it is “%(state)s”.") % {"state": State(assessment.state).label})


def check_move(
    assessment: Assessment, move: Move, *, actor: User | None, text: str | None, gaps: Sequence[str] = ()
) -> Transition:
    """The transition, if the state allows the move and every precondition holds. `gaps` are those of readiness.

    `text=None` leaves the written reasons unchecked: for showing the move before anything was written.
    """
    transition = allowed(assessment.state, move)
    if transition is None:
        raise NotNow(
            _("“%(move)s” is not open from “%(state)s”.")
            % {"move": move.label, "state": State(assessment.state).label},
            code="no_such_move",
        )
    for need in transition.needs:
        if need is Needs.READY:
            _check_ready(gaps)
        elif need is Needs.OTHER_PERSON:
            check_other_person(assessment, move, actor)
        elif need is Needs.TEXT:
            _check_text(text)
        else:
            _CHECKS[need](assessment)
    return transition


def _check_ready(gaps: Sequence[str]) -> None:
    if gaps:
        count = len(gaps)
        text = ngettext("%(count)d gap is left before this can be submitted.",
                        "%(count)d gaps are left before this can be submitted.", count)  # fmt: skip
        raise NotNow(text % {"count": count}, missing=gaps, code="not_ready")


def _check_text(text: str | None) -> None:
    if text is not None and not text.strip():
        raise NotNow(_("Write down the reasons first."), code="reason_missing")


def check_other_person(assessment: Assessment, move: Move, actor: User | None) -> None:
    """The author, the DPO who advises and the controller's representative who decides are three people."""
    if actor is None or actor.pk in author_ids(assessment):
        raise NotNow(
            _("You wrote part of this assessment. Author, adviser and decider are three people (Art. 38(6))."),
            code="same_person",
        )
    if move is Move.DECIDE and actor.pk in adviser_ids(assessment):
        raise NotNow(_("You advised on this assessment, so somebody else decides (Art. 38(6))."), code="same_person")
    if move is Move.ADVISE and assessment.decisions.filter(by=actor).exists():
        raise NotNow(_("You decided on this assessment, so somebody else advises (Art. 38(6))."), code="same_person")


def author_ids(assessment: Assessment) -> set[UUID]:
    """Everybody who wrote in it: who opened it, submitted it, answered a question, or set a risk or a measure."""
    found = {assessment.created_by_id, assessment.submitted_by_id}
    answers = Answer.objects.filter(assessment=assessment)
    found |= set(answers.values_list("author", flat=True)) | set(answers.values_list("revisions__author", flat=True))
    found |= set(Risk.objects.filter(assessment=assessment).values_list("created_by", flat=True))
    found |= set(Risk.objects.filter(assessment=assessment).values_list("overrides__by", flat=True))
    found |= set(Measure.objects.filter(assessment=assessment).values_list("created_by", flat=True))
    return {pk for pk in found if pk is not None}


def adviser_ids(assessment: Assessment) -> set[UUID]:
    return {pk for pk in assessment.advices.values_list("by", flat=True) if pk is not None}


def _check_views(assessment: Assessment) -> None:
    views = getattr(assessment, "views", None)
    if views is None or not views.complete:
        raise NotNow(
            _("Record the data subjects' views, or why they were not sought (Art. 35(9))."), code="views_missing"
        )


def _check_unchanged(assessment: Assessment) -> None:
    if assessment.frozen is None or digest(assessment.frozen) != assessment.version_sha256:
        raise NotNow(_("The frozen version no longer matches its hash; return it and submit again."), code="altered")


def _check_answered(assessment: Assessment) -> None:
    if assessment.state != State.DECIDED:
        return
    decision = standing_decision(assessment)
    if decision is None or decision.outcome != Outcome.CONSULT:
        raise NotNow(_("This version is decided. A new decision needs a new version."), code="decided")
    if decision.answered_on is None:
        raise NotNow(_("The authority has not answered yet: do not start (Art. 36)."), code="consultation_open")


def _check_approved(assessment: Assessment) -> None:
    decision = standing_decision(assessment)
    if decision is None or not decision.approves:
        raise NotNow(_("This version was not approved."), code="not_approved")
    open_measures = assessment.measures.filter(status__in=COMMITTED)
    if decision.outcome == Outcome.CONDITIONALLY_APPROVE and open_measures:
        raise NotNow(
            _("Approved on conditions: the measures come first."),
            missing=[str(measure) for measure in open_measures],
            code="conditions_open",
        )


def _check_not_high(assessment: Assessment) -> None:
    high = list(assessment.risks.listed().filter(current_band=Band.HIGH))
    if high:
        raise NotNow(
            _("A risk that is high today blocks going live."),
            missing=[risk.letter for risk in high],
            code="risk_high",
        )


def _check_successor(assessment: Assessment) -> None:
    newer = type(assessment).objects.filter(project=assessment.project_id, number__gt=assessment.number)
    if not newer.filter(state__in=DECIDED).exists():
        raise NotNow(_("No newer version has been decided."), code="no_successor")


_CHECKS: Final[dict[Needs, Callable[[Assessment], None]]] = {
    Needs.VIEWS: _check_views,
    Needs.UNCHANGED: _check_unchanged,
    Needs.ANSWERED: _check_answered,
    Needs.APPROVED: _check_approved,
    Needs.NOT_HIGH: _check_not_high,
    Needs.SUCCESSOR: _check_successor,
}


def standing_advice(assessment: Assessment) -> Advice | None:
    """The advice on the version as it is frozen now."""
    found: Advice | None = assessment.advices.filter(version_sha256=assessment.version_sha256).first()
    return found


def standing_decision(assessment: Assessment) -> Decision | None:
    """The latest decision on the version as it is frozen now."""
    found: Decision | None = assessment.decisions.filter(version_sha256=assessment.version_sha256).first()
    return found


def check_outcome(
    assessment: Assessment, outcome: Outcome, *, reason: str, departure: str, gates: Sequence[str]
) -> None:
    """Whether this may be decided. Unmet lawfulness and high risks can't be approved away."""
    if outcome in (Outcome.APPROVE, Outcome.CONDITIONALLY_APPROVE):
        _check_lawful(gates)
        _check_risks(assessment, outcome)
    elif not reason.strip():
        raise NotNow(_("Write down the reasons first."), code="reason_missing")
    advice = standing_advice(assessment)
    if advice is None:
        raise NotNow(_("The data protection officer has not advised on this version."), code="advice_missing")
    if outcome not in FOLLOWS[advice.opinion] and not departure.strip():
        raise NotNow(_("Say why the advice is not followed (Art. 35(2))."), code="departure_missing")


def _check_lawful(gates: Sequence[str]) -> None:
    if gates:
        raise NotNow(
            _("Unmet lawfulness blocks approval, whatever the rest says."), missing=gates, code="lawfulness_gate"
        )


def _check_risks(assessment: Assessment, outcome: Outcome) -> None:
    high = assessment.risks.listed().filter(current_band=Band.HIGH)
    if outcome is Outcome.APPROVE and high:
        raise NotNow(
            _("A risk is high today: approve on conditions, reject, or consult the authority."),
            missing=[risk.letter for risk in high],
            code="risk_high",
        )
    stuck = assessment.risks.listed().filter(residual_band=Band.HIGH)
    if stuck:
        raise NotNow(
            _("A risk stays high even with what is planned: plan more, reject, or consult the authority (Art. 36)."),
            missing=[risk.letter for risk in stuck],
            code="residual_high",
        )
    if outcome is Outcome.CONDITIONALLY_APPROVE and not any(m.committed for m in assessment.measures.all()):
        raise NotNow(_("Conditions are measures with an owner and a date; none is planned."), code="measures_missing")
