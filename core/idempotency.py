"""POSTs that carry an Idempotency-Key: a repeat gets the first one's answer, and makes nothing twice."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.utils.encoders import JSONEncoder

from core.errors import Refused
from core.models import IdempotencyKey, User
from core.uploads import EncryptedUpload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict
    from rest_framework.request import Request
    from rest_framework.response import Response

HEADER: Final = "Idempotency-Key"
LONGEST: Final = 200  # characters of a key
WAIT: Final = 10.0  # seconds a repeat waits for the first one's answer
#: A request that has not answered after this long died with its process: the key is free again.
DEAD_AFTER: Final = timedelta(minutes=2)


class Replay(Exception):
    """This POST was answered before: give the same answer."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(status)
        self.status, self.body = status, body


def begin(request: Request, user: User) -> IdempotencyKey | None:
    """Take the request's key, if it has one.

    Raises Replay where the same request was answered already, Refused where the key was another request's or its first
    request has not ended, and ValidationError for a key that is too long.
    """
    given = request.headers.get(HEADER, "")
    if not given:
        return None
    if len(given) > LONGEST:
        raise exceptions.ValidationError({HEADER: [_("At most %(count)d characters.") % {"count": LONGEST}]})
    fingerprint, deadline = _fingerprint(request), time.monotonic() + WAIT
    while (taken := _take(user, given, fingerprint)) is None:
        if time.monotonic() > deadline:
            raise Refused(
                _("The first request with this Idempotency-Key has not ended. Try again."), code="in_progress"
            )
        time.sleep(0.05)
    return taken


def end(key: IdempotencyKey, response: Response | None) -> None:
    """Keep the answer for repeats. Nothing was made without a good one (None: it crashed): the key may try again."""
    rows = IdempotencyKey.objects.filter(pk=key.pk)
    if response is not None and status.is_success(response.status_code):
        rows.update(status=response.status_code, body=_as_json(response.data))
    else:
        rows.delete()


def _take(user: User, given: str, fingerprint: str) -> IdempotencyKey | None:
    """The key, ours from now on; None while another request works under it."""
    first = IdempotencyKey.objects.filter(user=user, key=given).first()
    if first is None:
        return _new(user, given, fingerprint)
    if first.fingerprint != fingerprint:
        raise Refused(_("This Idempotency-Key was used for another request."), code="key_reused", status=422)
    if first.status is not None:
        raise Replay(first.status, first.body)
    if first.created_at < timezone.now() - DEAD_AFTER:
        IdempotencyKey.objects.filter(pk=first.pk, status__isnull=True).delete()
    return None


def _new(user: User, given: str, fingerprint: str) -> IdempotencyKey | None:
    try:
        with transaction.atomic():
            made: IdempotencyKey = IdempotencyKey.objects.create(user=user, key=given, fingerprint=fingerprint)
    except IntegrityError:
        return None  # another took it this moment
    return made


def _fingerprint(request: Request) -> str:
    """What makes two requests the same: the address and the body; of a form, its fields and its files' contents."""
    digest = hashlib.sha256(request.path.encode())
    is_form = (request.content_type or "").startswith("multipart/")
    for part in _fields(request) if is_form else (request._request.body,):
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.hexdigest()


def _fields(request: Request) -> Iterator[bytes]:
    """Boundaries between parts are another each time, so they don't count."""
    form = cast("QueryDict", request.data)
    for name, values in sorted(form.lists()):
        for value in values:
            yield name.encode()
            if isinstance(value, EncryptedUpload):
                yield (value.name or "").encode()
                yield value.sha256.encode()
            else:
                yield str(value).encode()


def _as_json(data: Any) -> Any:
    """What a renderer would have sent: ids and dates as text."""
    return json.loads(json.dumps(data, cls=JSONEncoder))
