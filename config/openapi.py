"""What drf-spectacular can't find out by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from pia.risk.measures import MeasureKind
from pia.risk.values import ControlKind

if TYPE_CHECKING:
    from drf_spectacular.openapi import AutoSchema


def control_kinds() -> list[str]:
    """The engine's own enumeration: requests carry its values without labels."""
    return [kind.value for kind in ControlKind]


def measure_kinds() -> list[str]:
    """As `control_kinds`."""
    return [kind.value for kind in MeasureKind]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """`Authorization: Token ...`, made by somebody with a second factor or by `manage.py create_token`."""

    target_class = "core.apiauth.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "The word Token, a space, and the token.",
        }
