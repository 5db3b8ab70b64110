"""Who may do what with an assessment. Pairs, as in `core.permissions`; in which state is `pia.policies`' matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from core import permissions as core

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


can_answer = core.pair(check_can_answer)
can_comment = core.pair(check_can_comment)
can_assign = core.pair(check_can_assign)
can_approve_not_applicable = core.pair(check_can_approve_not_applicable)
