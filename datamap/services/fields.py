"""The verbs of a schema's fields: a person's word on one or on many, and on a guessed renaming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import change
from core.errors import Refused
from core.permissions import check_can_write
from core.rows import held
from core.types import Category
from datamap.categories import is_special
from datamap.events import Event
from datamap.models import CategoryChoice, IdentifyingChoice, Schema, SchemaField, SchemaVersion
from datamap.renames import Said, guess_key
from datamap.selectors.schemas import diff_to_previous, previous_of
from datamap.signals import schema_changed
from datamap.stamps import check_opened, check_seen

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from core.models import User
    from datamap.drift import Change

_CHANGED = ("category", "identifying", "special", "decided_by", "decided_at")


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: the proposal as it is, a category or a class, or nothing (the proposal holds again)."""

    category: CategoryChoice | None = None
    identifying: IdentifyingChoice | None = None
    as_proposed: bool = False

    @property
    def takes_back(self) -> bool:
        return not self.as_proposed and self.category is None and self.identifying is None


def decide_field(*, actor: User, field: SchemaField, word: Word, seen: str = "") -> SchemaField:
    """A person's word on one field; `seen` is the stamp of what they had before them.

    Raises PermissionDenied, Conflict where it has become something else meanwhile, or Refused of an old version.
    """
    project = field.version.schema.project
    check_can_write(actor, project)
    with change(actor=actor, event=Event.FIELD_DECIDED, project=project) as log:
        _check_current(field.version)
        row: SchemaField = held(SchemaField.objects.all(), field.pk)
        before, was_personal = row.stamp, _is_personal(row)
        _decide(row, actor, word)
        check_seen(seen, before, row)
        row.save()
        log.about(row, category=row.category, identifying=row.identifying, decided=row.is_decided)
        if _is_personal(row) and not was_personal:
            _announce(field.version, [str(row)])
    return row


def decide_fields(
    *, actor: User, version: SchemaVersion, fields: QuerySet[SchemaField], word: Word, opened: datetime | None = None
) -> int:
    """A person's word on several fields of one version, as one event. Returns how many.

    `opened` is when the person got the page. Raises PermissionDenied, Refused of an old version, or Conflict of what
    others decided since.
    """
    project = version.schema.project
    check_can_write(actor, project)
    with change(actor=actor, event=Event.FIELDS_DECIDED, project=project) as log:
        _check_current(version)
        chosen = fields.filter(version=version).order_by("position").values("pk")
        rows = list(SchemaField.objects.select_for_update(of=("self",)).filter(pk__in=chosen))
        check_opened(SchemaField.objects.filter(pk__in=chosen), actor, opened)
        before = {row.pk for row in rows if _is_personal(row)}
        for row in rows:
            _decide(row, actor, word)
        SchemaField.objects.bulk_update(rows, _CHANGED, batch_size=500)
        log.about(
            version,
            fields=len(rows),
            category=str(word.category or ""),
            identifying=str(word.identifying or ""),
            as_proposed=word.as_proposed,
        )
        new = [str(row) for row in rows if _is_personal(row) and row.pk not in before]
        if new:
            _announce(version, new)
    return len(rows)


def _check_current(version: SchemaVersion) -> None:
    """A word on a replaced version would be lost. Holds the schema, so that no version is recorded meanwhile."""
    schema = held(Schema.objects.all(), version.schema_id)
    if schema.current_id != version.pk:
        raise Refused(_("A newer version of this schema was read meanwhile. Reload the page."), code="superseded")


def _decide(row: SchemaField, actor: User, word: Word) -> None:
    if word.takes_back or word.as_proposed:
        row.category, row.identifying = row.found_category, row.found_identifying
    else:
        row.category, row.identifying = word.category or row.category, word.identifying or row.identifying
    row.decided_by, row.decided_at = (None, None) if word.takes_back else (actor, timezone.now())
    row.special = is_special(Category(row.category))


def _is_personal(row: SchemaField) -> bool:
    return row.category != CategoryChoice.NONE or row.identifying != IdentifyingChoice.NONE


def _announce(version: SchemaVersion, new: list[str]) -> None:
    schema_changed.send(sender=Schema, schema_version=version, project=version.schema.project, new_personal=new)


def decide_rename(*, actor: User, version: SchemaVersion, guess: tuple[str, str, str, str], same: bool) -> None:
    """Whether a guessed renaming is one: then the old field's decision goes over, else the new one counts as new.

    `guess` is entity and path of the new field, then of the old. Raises PermissionDenied, or Refused for no guess.
    """
    project = version.schema.project
    check_can_write(actor, project)
    with change(actor=actor, event=Event.RENAME_DECIDED, project=project) as log:
        row = held(SchemaVersion.objects.select_related("schema__project"), version.pk)
        found = _guessed(row, guess)
        row.renames = [*row.renames, Said(*guess, same=same).to_json()]
        row.new_personal += not same and found.new is not None and found.new.is_personal and not found.is_new_personal
        row.save(update_fields=["renames", "new_personal"])
        field = SchemaField.objects.filter(version=row, entity=guess[0], path=guess[1]).first()
        log.about(field or row, same=same, was=f"{guess[2]}.{guess[3]}")
        if field is not None and same:
            _carry(row, field, guess)
        elif field is not None and _is_personal(field):
            _announce(row, [str(field)])


def _guessed(version: SchemaVersion, guess: tuple[str, str, str, str]) -> Change:
    """The guess as it stands; one that was answered before is none any more."""
    answered = {Said.from_json(one).key for one in version.renames}
    diff = diff_to_previous(version)
    for one in diff.changes if diff else ():
        if one.kind == "renamed" and guess_key(one) == guess and guess not in answered:
            return one
    raise Refused(_("This renaming was decided already. Reload the page."), code="no_such_rename", status=409)


def _carry(version: SchemaVersion, field: SchemaField, guess: tuple[str, str, str, str]) -> None:
    """What was decided on the field under its old name."""
    before = previous_of(version)
    old = before.fields.filter(entity=guess[2], path=guess[3], decided_at__isnull=False).first() if before else None
    if old is not None and not field.is_decided:
        field.category, field.identifying, field.special = old.category, old.identifying, old.special
        field.decided_by_id, field.decided_at = old.decided_by_id, old.decided_at
        field.save()
