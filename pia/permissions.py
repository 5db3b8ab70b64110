"""Who may do what with an assessment. Pairs, as in `core.permissions`; in which state is `pia.policies`' matter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from core import permissions as core
from pia.workflow import Who

if TYPE_CHECKING:
    from core.models import User
    from pia.models.assessment import Answer, Assessment


def check_can_answer(actor: User, assessment: Assessment) -> None:
    core.check_can_write(actor, assessment.project)


def check_can_comment(actor: User, assessment: Assessment) -> None:
    core.check_can_comment(actor, assessment.project)


def check_can_assign(actor: User, assessment: Assessment) -> None:
    core.check_can_review(actor, assessment.project)


def check_can_approve_not_applicable(actor: User, answer: Answer) -> None:
    """A second person: anyone who may answer, but whoever wrote it."""
    core.check_can_write(actor, answer.assessment.project)
    if answer.author_id == actor.pk:
        raise PermissionDenied(_("Somebody else has to agree that this does not apply."))


def check_can_move(actor: User, assessment: Assessment, who: Who) -> None:
    """Whether a move of the workflow is this person's, by role. Candor's own moves are nobody's."""
    if who is Who.SYSTEM:
        raise PermissionDenied(_("This move is not yours to make."))
    _WHO[who](actor, assessment.project)


_WHO: Final = {
    Who.OFFICER: core.check_can_review,
    Who.DPO: core.check_can_advise,
    Who.DECIDER: core.check_can_decide,
}


can_answer = core.pair(check_can_answer)
can_comment = core.pair(check_can_comment)
can_move = core.pair(check_can_move)
can_assign = core.pair(check_can_assign)
can_approve_not_applicable = core.pair(check_can_approve_not_applicable)
