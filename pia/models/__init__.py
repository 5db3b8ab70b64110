"""Rows of the assessment floor."""

from pia.models.assessment import (
    Answer,
    AnswerEvidence,
    AnswerRevision,
    AnswerSource,
    AnswerStatus,
    Assessment,
    Comment,
    EvidenceKind,
    FrameworkPack,
    GradeChoice,
    NotApplicableApproval,
    SectionAssignment,
)
from pia.models.decision import Advice, Decision, Opinion, Staleness, Views
from pia.models.risk import Control, Measure, MeasureStatus, Risk, RiskOverride
from pia.models.screening import Screening, ScreeningAnswer, ScreeningDispute, ScreeningRebuttal

__all__ = [
    "Advice",
    "Answer",
    "AnswerEvidence",
    "AnswerRevision",
    "AnswerSource",
    "AnswerStatus",
    "Assessment",
    "Comment",
    "Control",
    "Decision",
    "EvidenceKind",
    "FrameworkPack",
    "GradeChoice",
    "Measure",
    "MeasureStatus",
    "NotApplicableApproval",
    "Opinion",
    "Risk",
    "RiskOverride",
    "Screening",
    "ScreeningAnswer",
    "ScreeningDispute",
    "ScreeningRebuttal",
    "SectionAssignment",
    "Staleness",
    "Views",
]
