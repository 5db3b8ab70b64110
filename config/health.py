"""Two probes: alive (this process answers) and ready (what it needs answers too). They say nothing else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

log = structlog.get_logger(__name__)


@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """200 while this process can answer at all."""
    return HttpResponse("live", content_type="text/plain")


@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers and uploads can be kept; else 503, the reason in the log only."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.warning("not_ready", because="database")
        return HttpResponse("not ready", status=503, content_type="text/plain")
    if not os.access(settings.CANDOR_HOME, os.W_OK):
        log.warning("not_ready", because="storage")
        return HttpResponse("not ready", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
