"""The audit trail: read, checked, exported."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import audit, permissions, registry
from core.events import Event
from core.forms.lists import AuditFilter
from core.models import Project
from core.selectors.trail import events_for
from core.tables import csv_cell
from core.web import AuthedRequest, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from core.models import AuditEvent


@signed_in
@require_GET
def trail(request: AuthedRequest) -> HttpResponse:
    permissions.check_can_read_audit(request.user)
    form, found = _filtered(request)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    names = dict(Project.objects.for_user(request.user).values_list("pk", "name"))
    rows = [
        (event, registry.event_label(event.event), names.get(event.project_id) if event.project_id else None)
        for event in page
    ]
    return render(request, "core/audit.html", {"page": page, "rows": rows, "form": form, "head": audit.head()})


def _filtered(request: AuthedRequest) -> tuple[AuditFilter, QuerySet[AuditEvent]]:
    form = AuditFilter(request.GET, actor=request.user)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, events_for(request.user, **chosen)


@signed_in
@require_POST
def check(request: AuthedRequest) -> HttpResponse:
    """Walk the whole chain again."""
    permissions.check_can_read_audit(request.user)
    context = {"result": audit.verify(), "at": timezone.now()}
    return render(request, "core/audit_check.html" if request.htmx else "core/audit_checked.html", context)


class _Echo:
    """A file that hands each line on instead of keeping it."""

    def write(self, value: str) -> str:
        return value


@signed_in
@require_GET
def export(request: AuthedRequest) -> HttpResponseBase:
    """The filtered trail as CSV, with sequence number and hash of each link; that it left is recorded."""
    permissions.check_can_read_audit(request.user)
    _form, found = _filtered(request)
    audit.note(actor=request.user, event=Event.AUDIT_EXPORTED, subject=request.user, rows=found.count())
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate()}.csv"'
    return response


def _lines(found: QuerySet[AuditEvent]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(
        [_("Number"), _("Time (UTC)"), _("Person"), _("Event"), _("Subject"), _("Details"), _("Hash")]
    )
    for event in found.iterator(chunk_size=500):
        link = getattr(event, "link", None)
        row = [
            link.seq if link else "", event.at.isoformat(), event.actor, event.event, event.subject,
            json.dumps(event.data, ensure_ascii=False), bytes(link.hash).hex() if link else "",
        ]  # fmt: skip
        yield writer.writerow([csv_cell(value) for value in row])
