"""Every address of the application, read from the URL configuration, so that a new one can't be forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import URLPattern, get_resolver

#: allauth's own addresses and the frameworks' assets are tested where they come from.
NOT_OURS: Final = ("accounts/",)
_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Address:
    """One route with its parameters, such as `projects/<uuid:project_id>/`."""

    route: str
    name: str

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(_PARAMETER.findall(self.route))

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/v1/")

    def path(self, ids: Mapping[str, Any]) -> str:
        return "/" + _PARAMETER.sub(lambda found: str(ids[found[1]]), self.route)

    def __str__(self) -> str:
        return self.route


def addresses() -> list[Address]:
    """All of them, in order of the URL configuration."""
    found = [address for address in _walk(get_resolver().url_patterns, "") if not address.route.startswith(NOT_OURS)]
    return list({address.route: address for address in found}.values())


def _walk(patterns: list[Any], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(route, pattern.name or "")
        else:
            yield from _walk(pattern.url_patterns, route)
