"""Lists of the API: what is answered and what the reference says of it come from one place."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers

from core.apibase import page
from core.filters import BooleanFilter, FilterSet, NumberFilter, UUIDFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response
    from rest_framework.serializers import BaseSerializer

    View = TypeVar("View", bound=Callable[..., Any])

PAGING: Final = (
    OpenApiParameter("page", int, description="Page number, from 1."),
    OpenApiParameter("page_size", int, description="Rows per page, at most 500."),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What the rows of a list are, what it may be ordered by, and its filters."""

    rows: type[BaseSerializer[Any]]
    ordering: Sequence[str] = ()
    filters: type[FilterSet] | None = None

    def described(self, operation_id: str, *more: OpenApiParameter) -> Callable[[View], View]:
        """A decorator for the view's `get`."""
        parameters = [*PAGING, *self._orders(), *self._filters(), *more]
        return extend_schema(operation_id=operation_id, parameters=parameters, responses=_paginated(self.rows))  # type: ignore[arg-type]  # a class can be hashed

    def page(
        self, request: Request, found: QuerySet[Any], *, rows: type[BaseSerializer[Any]] | None = None
    ) -> Response:
        """One page; `rows` where the serializer knows more than the reference needs to."""
        return page(request, found, rows or self.rows, ordering=self.ordering, filters=self.filters)

    def _orders(self) -> Iterator[OpenApiParameter]:
        if self.ordering:
            names = [sign + name for name in self.ordering for sign in ("", "-")]
            yield OpenApiParameter("ordering", str, enum=names, description="- in front for descending.")

    def _filters(self) -> Iterator[OpenApiParameter]:
        for name, one in (self.filters.base_filters if self.filters else {}).items():
            yield OpenApiParameter(
                name, _kind(one), enum=_choices(one), description=str(one.extra.get("help_text", ""))
            )


def _kind(one: Any) -> Any:
    return next((kind for filter_, kind in _KINDS if isinstance(one, filter_)), str)


_KINDS: Final = ((BooleanFilter, bool), (UUIDFilter, uuid.UUID), (NumberFilter, float))


def _choices(one: Any) -> list[str] | None:
    """The values that a filter takes; an empty one filters nothing."""
    return [str(value) for value, _label in one.extra["choices"] if value != ""] if "choices" in one.extra else None


@cache
def _paginated(rows: type[BaseSerializer[Any]]) -> Any:
    """What a page answers."""
    name = rows.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"Paginated{name}List",
        {
            "count": serializers.IntegerField(),
            "next": serializers.URLField(allow_null=True),
            "previous": serializers.URLField(allow_null=True),
            "results": rows(many=True),
        },
    )
