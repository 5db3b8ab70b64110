"""A team's recognisers: the page, the form with its box to try it out, words, and columns decided before."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.errors import Refused
from core.selectors.teams import teams_for
from core.web import AuthedRequest, project_view, signed_in
from datamap import tries
from datamap.forms.recognisers import (
    ImportForm,
    RecogniserSheet,
    WordsForm,
    initial_of,
    known_entities,
    starters,
)
from datamap.models import TeamRecogniser, WordList
from datamap.permissions import can_teach, check_can_teach
from datamap.scanner.custom import LONGEST_WORD, TooSlow
from datamap.scanner.tryout import LONGEST, try_out
from datamap.selectors.datasets import dataset_for
from datamap.selectors.recognisers import allowed_in, columns_for, enabled_in, recognisers_for, words_for
from datamap.services import learned, suggested, words
from datamap.services import recognisers as services

if TYPE_CHECKING:
    from core.models import Project, Team

#: Words of a list, and columns, that one page shows.
WORDS: Final = 100
COLUMNS: Final = 50


@signed_in
@require_GET
def recogniser_list(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    return _page(request, team_of(request, team_id))


def _page(request: AuthedRequest, team: Team, *, filled: WordsForm | None = None) -> HttpResponse:
    """The page, also with a form that was not right yet."""
    asked = request.GET.get("word", "").strip()[:LONGEST_WORD]
    columns = Paginator(columns_for(request.user, team), COLUMNS).get_page(request.GET.get("page"))
    context = {
        "team": team,
        "recognisers": list(recognisers_for(request.user, team)),
        "lists": [_list(request, team, kind, asked, filled) for kind in WordList],
        "asked": asked,
        "columns": columns,
        "starters": starters(),
        "import_form": ImportForm(),
        "may_teach": can_teach(request.user, team),
    }
    return render(request, "datamap/recognisers.html", context, status=422 if filled and filled.errors else 200)


def _list(request: AuthedRequest, team: Team, kind: WordList, asked: str, filled: WordsForm | None) -> dict[str, Any]:
    """One list of words: those with `asked` in them, as many as a page bears, and how many there are."""
    own = words_for(request.user, team).filter(list=kind)
    found = own.filter(text__icontains=asked) if asked else own
    return {
        "kind": kind,
        "form": filled if filled is not None and filled.kind == kind else WordsForm(team=team, kind=kind),
        "words": list(found[:WORDS]),
        "total": own.count(),
        "found": found.count(),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def recogniser_new(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    team = team_of(request, team_id)
    check_can_teach(request.user, team)
    start = starters().get(request.GET.get("start", ""))
    initial = initial_of(start) if start else {}
    sheet = RecogniserSheet(data=request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and sheet.is_valid():
        try:
            row = services.add_recogniser(
                actor=request.user, team=team, given=sheet.recogniser(), enabled=sheet.enabled
            )
        except Refused as error:
            sheet.form.add_error("name" if isinstance(error, services.NameTaken) else None, error.text)
        else:
            messages.success(request, _("“%(name)s” is kept. The next scans use it.") % {"name": row.name})
            return redirect("datamap:recognisers", team.pk)
    return _form(request, team, sheet)


@signed_in
@require_http_methods(["GET", "POST"])
def recogniser_edit(request: AuthedRequest, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> HttpResponse:
    team, row = _row(request, team_id, recogniser_id)
    initial = initial_of(row.as_recogniser(), enabled=row.enabled)
    sheet = RecogniserSheet(data=request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        check_can_teach(request.user, team)
        if sheet.is_valid():
            try:
                services.change_recogniser(
                    actor=request.user,
                    recogniser=row,
                    given=sheet.recogniser(),
                    enabled=sheet.enabled,
                    seen=request.POST.get("seen", ""),
                )
            except Refused as error:
                sheet.form.add_error("name" if isinstance(error, services.NameTaken) else None, error.text)
            else:
                messages.success(request, _("“%(name)s” is saved. The next scans use it.") % {"name": row.name})
                return redirect("datamap:recognisers", team.pk)
    return _form(request, team, sheet, row)


def _form(
    request: AuthedRequest, team: Team, sheet: RecogniserSheet, row: TeamRecogniser | None = None
) -> HttpResponse:
    context = {
        "team": team,
        "recogniser": row,
        "sheet": sheet,
        "entities": known_entities(),
        "most": LONGEST,
        "may_teach": can_teach(request.user, team),
    }
    failed = bool(sheet.form.is_bound and (sheet.form.errors or sheet.problems()))
    return render(request, "datamap/recogniser_form.html", context, status=422 if failed else 200)


@signed_in
@require_POST
@sensitive_post_parameters()
def recogniser_try(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    """What the form's recogniser, as it is now, finds in the text of the box. The text is kept nowhere."""
    team = team_of(request, team_id)
    check_can_teach(request.user, team)
    tries.take(request.user)
    sheet = RecogniserSheet(data=request.POST)
    text = request.POST.get("text", "")[:LONGEST]
    context: dict[str, Any] = {"text_given": bool(text.strip()), "problems": [], "pieces": [], "found": []}
    if not sheet.is_valid():
        return render(request, "datamap/recogniser_try.html", context | {"problems": sheet.problems()}, status=422)
    context |= _tried(request, team, sheet, text)
    return render(request, "datamap/recogniser_try.html", context)


def _tried(request: AuthedRequest, team: Team, sheet: RecogniserSheet, text: str) -> dict[str, Any]:
    draft = sheet.recogniser()
    editing = TeamRecogniser.objects.filter(team=team, pk__in=_ids(request.GET.get("editing", ""))).first()
    rest = enabled_in(team.pk, but=editing.pk if editing else None) if "others" in request.POST else ()
    others = tuple(it for it in rest if it.name != draft.name)
    try:
        pieces = try_out(text, draft, others, allowed_in(team.pk))
    except TooSlow as slow:
        return {"problems": [tries.too_slow(slow)]}
    found = [piece for piece in pieces if piece.found]
    return {"pieces": pieces, "found": found, "mine": sum(piece.mine and not piece.allowed for piece in found)}


def _ids(text: str) -> list[uuid.UUID]:
    """The id that a text is, if it is one."""
    try:
        return [uuid.UUID(text)]
    except ValueError:
        return []


@signed_in
@require_POST
def recogniser_rest(request: AuthedRequest, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> HttpResponse:
    """Use it in scans, or not."""
    team, row = _row(request, team_id, recogniser_id)
    enabled = request.POST.get("enabled") == "1"
    services.set_enabled(actor=request.user, recogniser=row, enabled=enabled)
    text = _("Scans use “%(name)s” again.") if enabled else _("Scans no longer use “%(name)s”.")
    messages.success(request, text % {"name": row.name})
    return redirect("datamap:recognisers", team.pk)


@signed_in
@require_POST
def recogniser_delete(request: AuthedRequest, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> HttpResponse:
    team, row = _row(request, team_id, recogniser_id)
    services.delete_recogniser(actor=request.user, recogniser=row)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": row.name})
    return redirect("datamap:recognisers", team.pk)


# --- words and columns ------------------------------------------------------------------------------------------------


@signed_in
@require_POST
def words_add(request: AuthedRequest, team_id: uuid.UUID) -> HttpResponse:
    team = team_of(request, team_id)
    check_can_teach(request.user, team)
    kind = WordList.DENY if request.POST.get("to") == WordList.DENY else WordList.ALLOW
    form = WordsForm(request.POST, team=team, kind=kind)
    if form.is_valid():
        try:
            count = words.add_words(actor=request.user, team=team, **form.arguments())
        except Refused as error:
            form.add_error("texts", error.text)
        else:
            text = ngettext("%(count)d text is new on the list.", "%(count)d texts are new on the list.", count)
            messages.success(request, text % {"count": count})
            return redirect("datamap:recognisers", team.pk)
    return _page(request, team, filled=form)


@signed_in
@require_POST
def word_delete(request: AuthedRequest, team_id: uuid.UUID, word_id: uuid.UUID) -> HttpResponse:
    team = team_of(request, team_id)
    words.delete_word(actor=request.user, word=get_object_or_404(words_for(request.user, team), pk=word_id))
    messages.success(request, _("The text is off the list."))
    return redirect("datamap:recognisers", team.pk)


@signed_in
@require_POST
def column_forget(request: AuthedRequest, team_id: uuid.UUID, column_id: uuid.UUID) -> HttpResponse:
    team = team_of(request, team_id)
    column = get_object_or_404(columns_for(request.user, team), pk=column_id)
    learned.forget_column(actor=request.user, column=column)
    messages.success(request, _("“%(name)s” is suggested no more.") % {"name": column.column})
    return redirect("datamap:recognisers", team.pk)


@project_view
@require_POST
def suggestions_follow(request: AuthedRequest, project: Project, dataset_id: uuid.UUID) -> HttpResponse:
    """Decide every finding that waits as the team decided it elsewhere."""
    dataset = get_object_or_404(dataset_for(request.user), pk=dataset_id, project=project)
    count = suggested.follow(actor=request.user, dataset=dataset)
    text = ngettext("%(count)d finding is decided as before.", "%(count)d findings are decided as before.", count)
    messages.success(request, text % {"count": count})
    return redirect(dataset)


def team_of(request: AuthedRequest, team_id: uuid.UUID) -> Team:
    return get_object_or_404(teams_for(request.user), pk=team_id)


def _row(request: AuthedRequest, team_id: uuid.UUID, recogniser_id: uuid.UUID) -> tuple[Team, TeamRecogniser]:
    team = team_of(request, team_id)
    return team, get_object_or_404(recognisers_for(request.user, team), pk=recogniser_id)
