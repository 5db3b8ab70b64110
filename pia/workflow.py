"""The life of an assessment, on one screen: from each state, which move leads where, who makes it, and what must be so.

Preconditions are named here and checked in `pia.policies`; events are what the audit trail calls each move.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pia.events import Event


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    ADVISED = "advised", _("Advised")
    DECIDED = "decided", _("Decided")
    ACTIVE = "active", _("Active")
    STALE = "stale", _("Stale")
    SUPERSEDED = "superseded", _("Superseded")
    ARCHIVED = "archived", _("Archived")


class Move(TextChoices):
    SUBMIT = "submit", _("Submit")
    RETURN = "return", _("Return")
    ADVISE = "advise", _("Advise")
    DECIDE = "decide", _("Decide")
    ACTIVATE = "activate", _("Go live")
    GO_STALE = "go_stale", _("Turn stale")
    REAFFIRM = "reaffirm", _("Reaffirm")
    SUPERSEDE = "supersede", _("Supersede")
    ARCHIVE = "archive", _("Archive")


class Outcome(TextChoices):
    """What the controller's representative can decide."""

    APPROVE = "approve", _("Approve")
    CONDITIONALLY_APPROVE = "conditionally_approve", _("Approve on conditions")
    REJECT = "reject", _("Reject")
    CONSULT = "consult", _("Consult the authority")


class Who(StrEnum):
    """Whose move it is; `pia.permissions` knows the rule behind each."""

    OFFICER = "officer"
    DPO = "dpo"
    DECIDER = "decider"
    SYSTEM = "system"


class Needs(StrEnum):
    """What must be so before a move."""

    READY = "ready"  # no gap left in the readiness check
    VIEWS = "views"  # data subjects' views, or why they were not sought
    OTHER_PERSON = "other_person"  # author, adviser and decider are three people
    TEXT = "text"  # written reasons
    UNCHANGED = "unchanged"  # what is decided is what was submitted
    ANSWERED = "answered"  # the authority has answered, where it was consulted
    APPROVED = "approved"  # approved, conditions met
    NOT_HIGH = "not_high"  # no risk is high today
    SUCCESSOR = "successor"  # a newer version has been decided


@dataclass(frozen=True, slots=True)
class Transition:
    """Where a move leads (None: back to where it was before it went stale)."""

    to: State | None
    who: Who
    event: Event
    needs: tuple[Needs, ...] = ()


_ARCHIVE = Transition(State.ARCHIVED, Who.OFFICER, Event.ASSESSMENT_ARCHIVED, (Needs.TEXT,))
_STALE = Transition(State.STALE, Who.SYSTEM, Event.ASSESSMENT_STALE)
_SUPERSEDE = Transition(State.SUPERSEDED, Who.OFFICER, Event.ASSESSMENT_SUPERSEDED, (Needs.SUCCESSOR,))
_RETURN = Transition(State.DRAFT, Who.OFFICER, Event.ASSESSMENT_RETURNED, (Needs.TEXT,))
_ADVISE = (Needs.UNCHANGED, Needs.OTHER_PERSON, Needs.VIEWS, Needs.TEXT)
_DECIDE = (Needs.UNCHANGED, Needs.OTHER_PERSON, Needs.ANSWERED, Needs.TEXT)

TRANSITIONS: Final[dict[State, dict[Move, Transition]]] = {
    State.DRAFT: {
        Move.SUBMIT: Transition(State.IN_REVIEW, Who.OFFICER, Event.ASSESSMENT_SUBMITTED, (Needs.READY,)),
        Move.ARCHIVE: _ARCHIVE,
    },
    State.IN_REVIEW: {
        Move.RETURN: _RETURN,
        Move.ADVISE: Transition(State.ADVISED, Who.DPO, Event.ASSESSMENT_ADVISED, _ADVISE),
    },
    State.ADVISED: {
        Move.RETURN: _RETURN,
        Move.DECIDE: Transition(State.DECIDED, Who.DECIDER, Event.ASSESSMENT_DECIDED, _DECIDE),
    },
    State.DECIDED: {
        Move.DECIDE: Transition(State.DECIDED, Who.DECIDER, Event.ASSESSMENT_DECIDED, _DECIDE),
        Move.ACTIVATE: Transition(
            State.ACTIVE, Who.OFFICER, Event.ASSESSMENT_ACTIVATED, (Needs.APPROVED, Needs.UNCHANGED, Needs.NOT_HIGH)
        ),
        Move.GO_STALE: _STALE,
        Move.SUPERSEDE: _SUPERSEDE,
        Move.ARCHIVE: _ARCHIVE,
    },
    State.ACTIVE: {Move.GO_STALE: _STALE, Move.SUPERSEDE: _SUPERSEDE, Move.ARCHIVE: _ARCHIVE},
    State.STALE: {
        Move.GO_STALE: _STALE,
        Move.REAFFIRM: Transition(None, Who.OFFICER, Event.ASSESSMENT_REAFFIRMED, (Needs.TEXT,)),
        Move.SUPERSEDE: _SUPERSEDE,
        Move.ARCHIVE: _ARCHIVE,
    },
    State.SUPERSEDED: {Move.ARCHIVE: _ARCHIVE},
    State.ARCHIVED: {},
}

#: Answers, risks and measures may be written; everywhere else the version is frozen.
EDITABLE: Final = frozenset({State.DRAFT})
#: An approval may be in force.
IN_FORCE: Final = frozenset({State.DECIDED, State.ACTIVE, State.STALE})
#: A decision has been made and stands, or did.
DECIDED: Final = frozenset({State.DECIDED, State.ACTIVE, State.STALE, State.SUPERSEDED})


def allowed(state: str, move: str) -> Transition | None:
    """The transition a move makes from a state, or None."""
    return TRANSITIONS[State(state)].get(Move(move))
