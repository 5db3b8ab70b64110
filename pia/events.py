"""What the assessment floor records in the audit trail."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Event(StrEnum):
    PACK_LOADED = "framework.loaded"
    ASSESSMENT_STARTED = "assessment.started"
    ANSWER_SAVED = "answer.saved"
    EVIDENCE_CITED = "evidence.cited"
    EVIDENCE_REMOVED = "evidence.removed"
    COMMENT_ADDED = "comment.added"
    SECTION_ASSIGNED = "section.assigned"
    NOT_APPLICABLE_APPROVED = "answer.not_applicable_approved"
    ANSWER_REUSED = "answer.reused"
    ASSESSMENT_SUBMITTED = "assessment.submitted"
    ASSESSMENT_RETURNED = "assessment.returned"
    ASSESSMENT_ADVISED = "assessment.advised"
    ASSESSMENT_DECIDED = "assessment.decided"
    ASSESSMENT_ACTIVATED = "assessment.activated"
    ASSESSMENT_STALE = "assessment.stale"
    ASSESSMENT_REAFFIRMED = "assessment.reaffirmed"
    ASSESSMENT_SUPERSEDED = "assessment.superseded"
    ASSESSMENT_ARCHIVED = "assessment.archived"
    RISKS_REFRESHED = "risks.refreshed"
    RISK_ADDED = "risk.added"
    RISK_CHANGED = "risk.changed"
    RISK_REMOVED = "risk.removed"
    RISK_OVERRIDDEN = "risk.overridden"
    RISK_OVERRIDE_CLEARED = "risk.override_cleared"
    CONTROL_ADDED = "control.added"
    CONTROL_CHANGED = "control.changed"
    CONTROL_REMOVED = "control.removed"
    MEASURE_PLANNED = "measure.planned"
    MEASURE_CHANGED = "measure.changed"
    MEASURE_DONE = "measure.done"
    MEASURE_DROPPED = "measure.dropped"
    VIEWS_RECORDED = "views.recorded"
    CONSULTATION_RECORDED = "consultation.recorded"
    SCREENING_ANSWERED = "screening.answered"
    SCREENING_REBUTTED = "screening.rebutted"
    SCREENING_VIEWED = "screening.viewed"
    SCREENING_COMPLETED = "screening.completed"


LABELS: Final[dict[str, StrOrPromise]] = {
    Event.PACK_LOADED: _("Framework loaded"),
    Event.ASSESSMENT_STARTED: _("Assessment started"),
    Event.ANSWER_SAVED: _("Answer saved"),
    Event.EVIDENCE_CITED: _("Evidence cited"),
    Event.EVIDENCE_REMOVED: _("Citation removed"),
    Event.COMMENT_ADDED: _("Comment added"),
    Event.SECTION_ASSIGNED: _("Section assigned"),
    Event.NOT_APPLICABLE_APPROVED: _("“Not applicable” approved"),
    Event.ANSWER_REUSED: _("Answer reused"),
    Event.ASSESSMENT_SUBMITTED: _("Assessment submitted"),
    Event.ASSESSMENT_RETURNED: _("Assessment returned"),
    Event.ASSESSMENT_ADVISED: _("Advice given"),
    Event.ASSESSMENT_DECIDED: _("Decision made"),
    Event.ASSESSMENT_ACTIVATED: _("Gone live"),
    Event.ASSESSMENT_STALE: _("Approval turned stale"),
    Event.ASSESSMENT_REAFFIRMED: _("Approval reaffirmed"),
    Event.ASSESSMENT_SUPERSEDED: _("Assessment superseded"),
    Event.ASSESSMENT_ARCHIVED: _("Assessment archived"),
    Event.RISKS_REFRESHED: _("Risks brought up to date"),
    Event.RISK_ADDED: _("Risk added"),
    Event.RISK_CHANGED: _("Risk described"),
    Event.RISK_REMOVED: _("Risk removed"),
    Event.RISK_OVERRIDDEN: _("Risk level overridden"),
    Event.RISK_OVERRIDE_CLEARED: _("Override cleared"),
    Event.CONTROL_ADDED: _("Control added"),
    Event.CONTROL_CHANGED: _("Control's evidence changed"),
    Event.CONTROL_REMOVED: _("Control removed"),
    Event.MEASURE_PLANNED: _("Measure planned"),
    Event.MEASURE_CHANGED: _("Measure changed"),
    Event.MEASURE_DONE: _("Measure done"),
    Event.MEASURE_DROPPED: _("Measure dropped"),
    Event.VIEWS_RECORDED: _("Data subjects' views recorded"),
    Event.CONSULTATION_RECORDED: _("Consultation recorded"),
    Event.SCREENING_ANSWERED: _("Screening answered"),
    Event.SCREENING_REBUTTED: _("Presumption of the screening rebutted"),
    Event.SCREENING_VIEWED: _("Data protection officer's view on the rebuttal"),
    Event.SCREENING_COMPLETED: _("Screening completed"),
}
