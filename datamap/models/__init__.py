"""Rows of the data map."""

from datamap.models.dataset import (
    IDENTIFIES,
    NEEDS_DECISION,
    CategoryChoice,
    Dataset,
    Decision,
    Finding,
    IdentifyingChoice,
)
from datamap.models.flow import Boundary, BoundaryKind, DataElement, ElementKind, Flow, Protection, Stage
from datamap.models.schema import PERSONAL, Schema, SchemaField, SchemaVersion

__all__ = [
    "IDENTIFIES",
    "NEEDS_DECISION",
    "PERSONAL",
    "Boundary",
    "BoundaryKind",
    "CategoryChoice",
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
]
