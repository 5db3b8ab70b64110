"""django-filter behind one typed door: `from core.filters import FilterSet, CharFilter, ...`."""

from __future__ import annotations

import django_filters
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, NumberFilter, UUIDFilter

__all__ = ["BooleanFilter", "CharFilter", "ChoiceFilter", "FilterSet", "NumberFilter", "UUIDFilter"]


class FilterSet(django_filters.FilterSet):  # type: ignore[misc]
    """Filters of one API list, read from the query string."""
