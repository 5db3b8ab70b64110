"""What the API's reference says of every view: how it refuses, and that a POST may be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_doc
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from core import idempotency
from core.apibase import PROBLEM, SAFE, ApiView

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY: Final = OpenApiParameter(
    idempotency.HEADER,
    str,
    OpenApiParameter.HEADER,
    description=f"A repeat within a day gets the first answer. At most {idempotency.LONGEST} characters.",
)
REFUSALS: Final = {
    400: "Some values are not right, or the request can't be read.",
    401: "No token, or one that is not valid.",
    403: "Not with this role, or not with this token's scopes.",
    404: "There is nothing here, or not for you.",
    409: "It can't be done as things stand.",
    413: "The file is too large.",
    415: "The body is of a kind that is not read here.",
    422: "The Idempotency-Key was used for another request.",
    429: "Too often; Retry-After says how many seconds to wait.",
}


class ProblemSerializer(serializers.Serializer[Any]):
    """Why something was refused (RFC 9457). `type` is stable for programs; some types add fields of their own."""

    type = serializers.CharField(help_text="urn:candor:problem: and a code")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.DictField(required=False, help_text="By field, what is wrong with it.")  # type: ignore[assignment]
    problems = serializers.ListField(child=serializers.CharField(), required=False)


def refuses(*codes: int) -> dict[Any, Any]:
    """Refusals of one view besides those that all of its kind share, for `extend_schema(responses=...)`."""
    return {(code, PROBLEM): OpenApiResponse(ProblemSerializer, description=REFUSALS[code]) for code in codes}


class Described(AutoSchema):
    """drf-spectacular's description of a view, with what all of ours share."""

    view: Any

    def get_description(self) -> str:  # type: ignore[override]  # as in AutoSchema
        """The method's own words, or those of its view; never a base class's."""
        handler = getattr(self.view, self.method.lower())
        return get_doc(handler) or (get_doc(type(self.view)) if type(self.view).__doc__ else "")

    def get_override_parameters(self) -> list[Any]:
        return [KEY] if self._repeats() else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        answers: dict[str, Any] = super()._get_response_bodies(direction)
        for code in self._refusals():
            said = OpenApiResponse(ProblemSerializer, description=REFUSALS[code])
            answer = self._get_response_for_code(said, str(code), [PROBLEM], direction)  # type: ignore[no-untyped-call]
            answers.setdefault(str(code), answer)
        return dict(sorted(answers.items()))

    def _repeats(self) -> bool:
        """Whether an Idempotency-Key counts."""
        view = self.view
        signed_in = isinstance(view, ApiView) and bool(view.authentication_classes)
        return self.method == "POST" and signed_in and view.makes_something

    def _refusals(self) -> Iterator[int]:
        sends = self.method in {"POST", "PATCH", "PUT"}
        if sends or any(one.location == OpenApiParameter.QUERY for one in self.get_override_parameters()):
            yield 400
        if self.view.authentication_classes:
            yield from (401, 403)
        if "{" in self.path:
            yield 404
        if self.method not in SAFE:
            yield 409
        if self.method == "POST" and hasattr(self.view, "upload_rule"):
            yield 413
        if sends:
            yield 415
        if self._repeats():
            yield 422
