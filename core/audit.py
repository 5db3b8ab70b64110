"""The audit trail: `change()` is the only way a service writes, and it demands its event.

Events are appended as canonical text; a deferred constraint trigger links each to the chain at commit
(migration 0002), so the chain's lock is held for microseconds. `verify()` walks it again.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from core.models import AuditAnchor, AuditEvent, AuditLink, Project, Team, User

if TYPE_CHECKING:
    from datetime import datetime
    from enum import StrEnum

    from django.db.models import Model

    from core.types import Json

GENESIS: Final = b"\x00" * 32
SYSTEM: Final = "Candor"


class AuditMissing(RuntimeError):
    """A service changed something without saying what: its transaction is rolled back."""


@dataclass(slots=True)
class Log:
    """What a service fills in while it writes. `about()` is demanded before the transaction ends."""

    subject: Model | None = None
    project: Project | None = None  # where the change makes its own project
    data: dict[str, Json] = field(default_factory=dict)

    def about(self, subject: Model, **data: Json) -> None:
        """Name the object the event is about, with facts about the change: scalars, never a raw cell."""
        self.subject = subject
        self.data.update(data)


@contextmanager
def change(
    *, actor: User | None, event: StrEnum, project: Project | None = None, team: Team | None = None
) -> Iterator[Log]:
    """One transaction and exactly one audit event. `actor=None` is the system itself.

    Raises AuditMissing, and keeps nothing, if the block ends without `log.about(...)`.
    """
    log = Log()
    with transaction.atomic():
        yield log
        if log.subject is None:
            raise AuditMissing(f"{event} was not said to be about anything")
        _append(actor=actor, event=str(event), log=log, project=log.project or project, team=team)


def note(
    *,
    actor: User | None,
    event: StrEnum,
    subject: Model,
    project: Project | None = None,
    team: Team | None = None,
    **data: Json,
) -> None:
    """Record something that happened without a change of ours: a download, a sign-in, a refused access."""
    with change(actor=actor, event=event, project=project, team=team) as log:
        log.about(subject, **data)


def _append(*, actor: User | None, event: str, log: Log, project: Project | None, team: Team | None) -> None:
    subject = log.subject
    if subject is None:
        raise AuditMissing(event)
    team_id = team.pk if team else (project.team_id if project else None)
    fields: dict[str, Any] = {
        "id": uuid.uuid4(),
        "at": timezone.now(),
        "actor_id": actor.pk if actor else None,
        "actor": actor.email if actor else SYSTEM,
        "event": event,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "subject": str(subject)[:200],
        "project_id": project.pk if project else None,
        "team_id": team_id,
        "data": log.data,
    }
    AuditEvent.objects.create(**fields, canonical=canonical(fields))


def canonical(fields: Mapping[str, Any]) -> str:
    """The text that is hashed: JSON with sorted keys, times in UTC with microseconds, ids as text."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, uuid.UUID):
        return str(value)
    isoformat = getattr(value, "isoformat", None)
    if isoformat is None:
        raise TypeError(f"{type(value).__name__} does not belong in an audit event")
    return str(isoformat(timespec="microseconds"))


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of the chain."""

    seq: int
    hash: str  # hex


def head() -> Head:
    link = AuditLink.objects.order_by("-seq").first()
    return Head(seq=link.seq, hash=bytes(link.hash).hex()) if link else Head(seq=0, hash=GENESIS.hex())


def anchor(*, head: Head, where: str) -> None:
    """Remember a head that left the house, so that a cut-off tail is noticed."""
    AuditAnchor.objects.create(seq=head.seq, hash=bytes.fromhex(head.hash), where=where[:200], at=timezone.now())


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a walk along the chain; `broken_at` is the first sequence number that does not hold."""

    links: int
    head: Head
    broken_at: int | None = None
    problem: str = ""

    @property
    def ok(self) -> bool:
        return self.broken_at is None


def verify() -> Verification:
    """Re-compute every link, compare every event with its canonical text, and look for every anchor."""
    previous, seq, current = GENESIS, 0, GENESIS
    links = AuditLink.objects.select_related("event").order_by("seq").iterator(chunk_size=2000)
    for link in links:
        problem = _problem(link, previous)
        if problem:
            return Verification(links=seq, head=Head(seq, current.hex()), broken_at=link.seq, problem=problem)
        previous = current = bytes(link.hash)
        seq = link.seq
    reached = Head(seq, current.hex())
    problem = _unlinked() or _lost_anchor()
    return Verification(links=seq, head=reached, broken_at=seq + 1 if problem else None, problem=problem)


def _problem(link: AuditLink, previous: bytes) -> str:
    event = link.event
    if event is None:
        return "the event is gone"
    if bytes(link.prev) != previous:
        return "the link does not follow the one before"
    digest = hashlib.sha256(event.canonical.encode()).digest()
    if hashlib.sha256(previous + digest).digest() != bytes(link.hash):
        return "the event's text was changed"
    if canonical(_fields(event)) != event.canonical:
        return "the event's columns differ from its text"
    return ""


def _fields(event: AuditEvent) -> dict[str, Any]:
    at: datetime = event.at
    names = (
        "id",
        "actor_id",
        "actor",
        "event",
        "subject_type",
        "subject_id",
        "subject",
        "project_id",
        "team_id",
        "data",
    )
    return {"at": at, **{name: getattr(event, name) for name in names}}


def _unlinked() -> str:
    return "an event has no link" if AuditEvent.objects.filter(link=None).exists() else ""


def _lost_anchor() -> str:
    hashes = dict(AuditLink.objects.filter(seq__in=AuditAnchor.objects.values("seq")).values_list("seq", "hash"))
    for anchored in AuditAnchor.objects.iterator():
        if bytes(hashes.get(anchored.seq, b"")) != bytes(anchored.hash):
            return f"the head recorded in {anchored.where} is no longer in the chain"
    return ""
