"""The verbs of a team's recognisers: add, change, rest, delete, take over from a file of Presidio's."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.audit import change
from core.errors import Conflict, Refused
from core.models import Team
from core.rows import held
from datamap.events import Event
from datamap.models import TeamRecogniser
from datamap.permissions import check_can_teach
from datamap.policies import check_room
from datamap.scanner.custom import check, tidy, version
from datamap.selectors.recogniser_files import Fate, Plan, entries_of, plan_of
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


def add_recogniser(*, actor: User, team: Team, given: Recogniser, enabled: bool = True) -> TeamRecogniser:
    """Teach a team's scans a recogniser. Raises PermissionDenied, Unsound, NameTaken, Refused beyond a limit."""
    check_can_teach(actor, team)
    with change(actor=actor, event=Event.RECOGNISER_ADDED, team=team) as log:
        held(Team.objects.all(), team.pk)  # one change at a time: the limits count all of a team's
        row = TeamRecogniser(team=team, enabled=enabled, created_by=actor)
        _keep(row, given, actor)
        log.about(row, entity=row.entity, version=row.version)
    return row


def change_recogniser(
    *, actor: User, recogniser: TeamRecogniser, given: Recogniser, enabled: bool, seen: str = ""
) -> TeamRecogniser:
    """`seen` is the version that the person had before them.

    Raises PermissionDenied, Unsound, NameTaken, Gone, Conflict where it is another by now, Refused beyond a limit.
    """
    check_can_teach(actor, recogniser.team)
    with change(actor=actor, event=Event.RECOGNISER_CHANGED, team=recogniser.team) as log:
        held(Team.objects.all(), recogniser.team_id)
        row: TeamRecogniser = held(TeamRecogniser.objects.all(), recogniser.pk)
        if seen not in ("", row.version):
            raise Conflict(_("Somebody changed “%(name)s” meanwhile. Look at it before you save.") % {"name": row.name})
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


def take_over(*, actor: User, team: Team, content: bytes | str, expected: str = "") -> Plan:
    """Add and change what a file of Presidio's says, all of it or nothing, as one event.

    `expected` is the digest of the plan that the person saw. Raises PermissionDenied, and Refused for a file that is
    not sound, a limit, or another plan.
    """
    check_can_teach(actor, team)
    found = entries_of(content)
    with change(actor=actor, event=Event.RECOGNISERS_IMPORTED, team=team) as log:
        held(Team.objects.all(), team.pk)
        rows = TeamRecogniser.objects.select_for_update(of=("self",), no_key=True).filter(team=team)
        plan = plan_of(list(rows), found)
        if expected and expected != plan.digest:
            raise Refused(
                _("This is not what was shown: the file or the team's recognisers changed."), code="other_plan"
            )
        for one in plan.entries:
            if one.given and one.fate is not Fate.SAME:
                row = one.row or TeamRecogniser(team=team, created_by=actor)
                row.enabled = one.enabled
                _write(row, one.given, actor)
        log.about(team, added=len(plan.of(Fate.ADDED)), changed=len(plan.of(Fate.CHANGED)))
    return plan


def _keep(row: TeamRecogniser, given: Recogniser, actor: User) -> None:
    """A recogniser into its row, where it is sound and the team has room for it, inside the caller's event."""
    if problems := check(given):
        raise Unsound(problems)
    others = TeamRecogniser.objects.filter(team_id=row.team_id).exclude(pk=row.pk).values_list("patterns", flat=True)
    check_room([len(given.patterns), *map(len, others)])
    _write(row, tidy(given), actor)


def _write(row: TeamRecogniser, given: Recogniser, actor: User) -> None:
    for name, value in asdict(given).items():
        setattr(row, name, value)
    row.version, row.updated_by = version(given), actor
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(_("The team has a recogniser called “%(name)s”.") % {"name": row.name}) from None
