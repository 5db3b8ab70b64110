"""What a sample's page says of decisions in the team's other samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from datamap.models import Decision

if TYPE_CHECKING:
    from datamap.models import Dataset

register = template.Library()


@register.simple_tag
def open_suggestions(dataset: Dataset) -> int:
    """How many findings wait that were decided in another sample."""
    return dataset.findings.filter(decision=Decision.OPEN, suggested__isnull=False).count()
