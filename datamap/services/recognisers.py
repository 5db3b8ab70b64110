"""The verbs of a team's recognisers: add, change, rest, delete, take over from a file of Presidio's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.audit import change
from core.errors import Refused
from core.models import Team
from core.rows import held
from datamap.events import Event
from datamap.models import TeamRecogniser
from datamap.permissions import check_can_teach
from datamap.scanner import presidio_yaml
from datamap.scanner.custom import MOST_IN_ALL, MOST_RECOGNISERS, check, version
from datamap.wording_recognisers import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.models import User
    from core.types import Reason
    from datamap.scanner.options import Recogniser


class Unsound(Refused):
    """A recogniser that can't be used; `reasons` say why, each in words in the answer."""

    status = 400
    code = "unsound"

    def __init__(self, reasons: Sequence[Reason]) -> None:
        texts = [problem(reason) for reason in reasons]
        super().__init__(" ".join(texts), problems=texts)
        self.reasons = tuple(reasons)


class NameTaken(Refused):
    code = "name_taken"


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What became of a file's entries."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]  # name, why


def add_recogniser(*, actor: User, team: Team, given: Recogniser, enabled: bool = True) -> TeamRecogniser:
    """Teach a team's scans a recogniser. Raises PermissionDenied, Unsound, NameTaken, Refused beyond a limit."""
    check_can_teach(actor, team)
    with change(actor=actor, event=Event.RECOGNISER_ADDED, team=team) as log:
        held(Team.objects.all(), team.pk)  # one change at a time: the limits count all of a team's
        row = TeamRecogniser(team=team, enabled=enabled, created_by=actor)
        _keep(row, given, actor)
        log.about(row, entity=row.entity, version=row.version)
    return row


def change_recogniser(*, actor: User, recogniser: TeamRecogniser, given: Recogniser, enabled: bool) -> TeamRecogniser:
    """Raises PermissionDenied, Unsound, NameTaken, Gone, Refused beyond a limit."""
    check_can_teach(actor, recogniser.team)
    with change(actor=actor, event=Event.RECOGNISER_CHANGED, team=recogniser.team) as log:
        held(Team.objects.all(), recogniser.team_id)
        row: TeamRecogniser = held(TeamRecogniser.objects.all(), recogniser.pk)
        before, row.enabled = row.version, enabled
        _keep(row, given, actor)
        log.about(row, entity=row.entity, version=row.version, before=before, enabled=enabled)
    return row


def set_enabled(*, actor: User, recogniser: TeamRecogniser, enabled: bool) -> TeamRecogniser:
    """Use a recogniser in scans, or let it rest. Raises PermissionDenied, Gone."""
    check_can_teach(actor, recogniser.team)
    with change(actor=actor, event=Event.RECOGNISER_CHANGED, team=recogniser.team) as log:
        row: TeamRecogniser = held(TeamRecogniser.objects.all(), recogniser.pk)
        row.enabled, row.updated_by = enabled, actor
        row.save(update_fields=["enabled", "updated_by", "updated_at"])
        log.about(row, entity=row.entity, version=row.version, enabled=enabled)
    return row


def delete_recogniser(*, actor: User, recogniser: TeamRecogniser) -> None:
    """Findings that named it keep its name and version. Raises PermissionDenied, Gone."""
    check_can_teach(actor, recogniser.team)
    with change(actor=actor, event=Event.RECOGNISER_DELETED, team=recogniser.team) as log:
        row: TeamRecogniser = held(TeamRecogniser.objects.all(), recogniser.pk)
        log.about(row, entity=row.entity, version=row.version)
        TeamRecogniser.objects.filter(pk=row.pk).delete()


def take_over(*, actor: User, team: Team, content: bytes) -> TakenOver:
    """Add the sound entries of a file of Presidio's; one whose name the team has is changed. One event for all.

    Raises PermissionDenied, Refused (unreadable file, nothing in it, beyond a limit).
    """
    check_can_teach(actor, team)
    entries = _entries(content)
    added: list[str] = []
    changed: list[str] = []
    with change(actor=actor, event=Event.RECOGNISERS_IMPORTED, team=team) as log:
        held(Team.objects.all(), team.pk)
        known = {row.name.casefold(): row for row in TeamRecogniser.objects.filter(team=team)}
        for entry in entries:
            if entry.recogniser is not None and not entry.problems:
                row = known.get(entry.name.casefold())
                (changed if row else added).append(entry.name)
                row = row or TeamRecogniser(team=team, created_by=actor)
                row.enabled = entry.enabled
                _keep(row, entry.recogniser, actor)
                known[entry.name.casefold()] = row
        log.about(team, added=len(added), changed=len(changed))
    left_out = tuple((entry.name or f"#{entry.number}", _why_not(entry)) for entry in entries if not _usable(entry))
    return TakenOver(tuple(added), tuple(changed), left_out)


def _entries(content: bytes) -> list[presidio_yaml.Entry]:
    try:
        entries = presidio_yaml.read(content)
    except presidio_yaml.BadYaml as error:
        raise Refused(problem(error.reason), code="unreadable", status=400) from None
    if not any(map(_usable, entries)):
        reasons = " ".join(f"{entry.name or f'#{entry.number}'}: {_why_not(entry)}" for entry in entries[:5])
        text = _("Nothing in the file can be taken over.")
        raise Refused(f"{text} {reasons}".strip(), code="nothing", status=400)
    return entries


def _usable(entry: presidio_yaml.Entry) -> bool:
    return entry.recogniser is not None and not entry.problems


def _why_not(entry: presidio_yaml.Entry) -> str:
    if entry.predefined:
        return str(_("Only patterns and words are taken over; this entry is program code of Presidio's."))
    return " ".join(problem(reason) for reason in entry.problems)


def _keep(row: TeamRecogniser, given: Recogniser, actor: User) -> None:
    """Write a recogniser into its row, inside the caller's event."""
    if problems := check(given):
        raise Unsound(problems)
    for name, value in _fields(given).items():
        setattr(row, name, value)
    row.version, row.updated_by = version(row.as_recogniser()), actor
    _check_limits(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(_("The team has a recogniser called “%(name)s”.") % {"name": row.name}) from None


def _fields(given: Recogniser) -> dict[str, Any]:
    patterns = [{"name": one.name.strip(), "regex": one.regex, "score": one.score} for one in given.patterns]
    return {
        "name": given.name.strip(),
        "entity": given.entity,
        "category": str(given.category),
        "identifying": str(given.identifying),
        "patterns": patterns,
        "deny_list": list(dict.fromkeys(given.deny_list)),
        "context": list(dict.fromkeys(given.context)),
        "languages": list(dict.fromkeys(given.languages)),
        "deny_list_score": given.deny_list_score,
    }


def _check_limits(row: TeamRecogniser) -> None:
    """So that a scan's cost stays bounded whatever people add."""
    others = list(
        TeamRecogniser.objects.filter(team_id=row.team_id).exclude(pk=row.pk).values_list("patterns", flat=True)
    )
    patterns = sum(map(len, others)) + len(row.patterns)
    if len(others) >= MOST_RECOGNISERS or patterns > MOST_IN_ALL:
        text = _("A team has at most %(recognisers)d recognisers with %(patterns)d patterns in all. Delete one first.")
        raise Refused(text % {"recognisers": MOST_RECOGNISERS, "patterns": MOST_IN_ALL}, code="too_many")
