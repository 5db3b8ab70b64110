"""Rows that a service is about to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import Gone

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    Row = TypeVar("Row", bound=Model)


def held(rows: QuerySet[Row], pk: Any) -> Row:
    """One of these rows as it stands, locked until the transaction ends. Raises Gone where it was deleted meanwhile."""
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise Gone
    return row
