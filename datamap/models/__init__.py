"""Rows of the data map."""

from datamap.models.dataset import (
    IDENTIFIES,
    NEEDS_DECISION,
    UNDECIDED,
    CategoryChoice,
    ChangeChoice,
    Dataset,
    Decision,
    Finding,
    IdentifyingChoice,
    needs_decision,
)
from datamap.models.flow import Boundary, BoundaryKind, DataElement, ElementKind, Flow, Protection, Stage
from datamap.models.recogniser import TeamColumn, TeamRecogniser, TeamWord, WordList
from datamap.models.schema import FIELD_OPEN, PERSONAL, Schema, SchemaField, SchemaVersion

__all__ = [
    "FIELD_OPEN",
    "IDENTIFIES",
    "NEEDS_DECISION",
    "PERSONAL",
    "UNDECIDED",
    "Boundary",
    "BoundaryKind",
    "CategoryChoice",
    "ChangeChoice",
    "DataElement",
    "Dataset",
    "Decision",
    "ElementKind",
    "Finding",
    "Flow",
    "IdentifyingChoice",
    "Protection",
    "Schema",
    "SchemaField",
    "SchemaVersion",
    "Stage",
    "TeamColumn",
    "TeamRecogniser",
    "TeamWord",
    "WordList",
    "needs_decision",
]
