"""A team's recognisers as a file: out, and in with a preview of what it would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import Refused
from core.uploads import accepts_upload
from core.web import AuthedRequest, signed_in
from datamap.forms.recognisers import IMPORT_BYTES, ImportForm
from datamap.permissions import check_can_teach
from datamap.selectors.recogniser_files import Fate, Plan, entries_of, file_of, plan_of
from datamap.selectors.recognisers import recognisers_for
from datamap.services import recognisers as services
from datamap.views.recognisers import team_of

if TYPE_CHECKING:
    import uuid

    from core.models import Team


@signed_in
@require_GET
def recogniser_export(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    """The team's recognisers as Presidio's registry reads them."""
    content = file_of(recognisers_for(request.user, team_of(request, team_id)))
    response = HttpResponse(content, content_type="application/yaml")
    response["Content-Disposition"] = 'attachment; filename="recognisers.yaml"'
    return response


@accepts_upload(limit=IMPORT_BYTES)
@signed_in
@require_http_methods(["GET", "POST"])
def recogniser_import(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    """What a file would do to the team's recognisers; with `save`, what was shown is done."""
    team = team_of(request, team_id)
    check_can_teach(request.user, team)
    if request.method == "GET":
        return _page(request, team, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, team, form, status=422)
    content = form.content()
    try:
        if "save" in request.POST:
            _tell(request, services.take_over(
                actor=request.user, team=team, content=content, expected=form.cleaned_data["expected"]
            ))  # fmt: skip
            return redirect("datamap:recognisers", team.pk)
        return _preview(request, team, content)
    except Refused as error:
        if error.code == "other_plan":
            return _preview(request, team, content, said=error.text)
        return _page(request, team, _shown(content), status=422, problems=error.extra.get("problems") or [error.text])


def _preview(request: AuthedRequest, team: Team, content: bytes | str, *, said: str = "") -> HttpResponse:
    plan = plan_of(list(recognisers_for(request.user, team)), entries_of(content))
    counts = {"added": len(plan.of(Fate.ADDED)), "changed": len(plan.of(Fate.CHANGED))}
    return _page(request, team, _shown(content, plan), status=409 if said else 200, plan=plan, said=said, **counts)


def _page(request: AuthedRequest, team: Team, form: ImportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "datamap/recogniser_import.html", {"team": team, "form": form, **more}, status=status)


def _shown(content: bytes | str, plan: Plan | None = None) -> ImportForm:
    """The form with the text of what came, to be mended or kept."""
    text = content if isinstance(content, str) else content.decode("utf-8-sig", "replace")
    return ImportForm(initial={"text": text, "expected": plan.digest if plan else ""})


def _tell(request: AuthedRequest, done: Plan) -> None:
    counts = {"added": len(done.of(Fate.ADDED)), "changed": len(done.of(Fate.CHANGED))}
    messages.success(request, _("Taken over: %(added)d new, %(changed)d changed.") % counts)
