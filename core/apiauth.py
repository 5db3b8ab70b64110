"""Tokens and pages, apart from `core.apibase`: DRF's settings name them before its views can be imported."""

from __future__ import annotations

from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser

from core import tokens
from core.models import ApiToken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rest_framework.request import Request

    from core.models import User


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token <secret>`."""

    keyword = "Token"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != self.keyword.lower().encode():
            return None
        if len(parts) != 2:
            raise exceptions.AuthenticationFailed(_("The header reads: Authorization: Token <secret>."))
        token = ApiToken.objects.select_related("user").filter(digest=tokens.digest(parts[1].decode("latin-1"))).first()
        if token is None or not token.user.is_active or token.expires_at <= timezone.now():
            raise exceptions.AuthenticationFailed(_("This token is not valid, or no longer."))
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return self.keyword


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)


class StorableJSONParser(JSONParser):
    """JSON that the database can hold: not nested beyond reason, and no NUL or half a character in any text."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            _check_storable(data)
        except RecursionError:
            raise exceptions.ParseError(_("The body is nested too deeply.")) from None
        return data


def _check_storable(value: Any) -> None:
    if isinstance(value, str):
        try:
            storable = b"\x00" not in value.encode()
        except UnicodeEncodeError:
            storable = False
        if not storable:
            raise exceptions.ParseError(_("The body holds a NUL or half a character, which no text may."))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_storable(key)
            _check_storable(inner)
    elif isinstance(value, list):
        for inner in value:
            _check_storable(inner)


class Pagination(PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 500
