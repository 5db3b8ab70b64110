"""The audit trail: nothing is written without it, nothing in it changes unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import InternalError, ProgrammingError

from core import audit
from core.audit import AuditMissing, change
from core.events import Event
from core.models import AuditEvent, AuditLink, Team
from tests.factories import TeamFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_chain() -> Iterator[None]:
    """Each test starts with an empty chain, so that breaking it spoils no other."""
    _without_triggers("TRUNCATE audit_event, audit_link, audit_anchor")
    yield
    _without_triggers("TRUNCATE audit_event, audit_link, audit_anchor")


def _without_triggers(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")


def record(*names: str) -> None:
    for name in names:
        with change(actor=None, event=Event.TEAM_CREATED) as log:
            log.about(TeamFactory(name=name), controller="é ☂")


def test_every_event_is_linked_to_the_one_before() -> None:
    record("a", "b", "c")
    links = list(AuditLink.objects.order_by("seq"))
    assert [link.seq for link in links] == [1, 2, 3]
    assert [bytes(link.prev) for link in links[1:]] == [bytes(link.hash) for link in links[:-1]]
    assert audit.verify() == audit.Verification(links=3, head=audit.head())


def test_a_change_that_says_nothing_is_rolled_back() -> None:
    with pytest.raises(AuditMissing), change(actor=None, event=Event.TEAM_CREATED):
        TeamFactory(name="silent")
    assert not Team.objects.filter(name="silent").exists()


def test_a_change_that_fails_leaves_no_event() -> None:
    with pytest.raises(ZeroDivisionError), change(actor=None, event=Event.TEAM_CREATED) as log:
        log.about(TeamFactory(name="half"))
        raise ZeroDivisionError
    assert AuditEvent.objects.count() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET actor = 'x'",
        "DELETE FROM audit_link",
        "TRUNCATE audit_event",
        "DELETE FROM audit_anchor",
    ],
)
def test_postgresql_refuses_to_rewrite_the_trail(sql: str) -> None:
    record("kept")
    audit.anchor(head=audit.head(), where="a test")
    with (
        pytest.raises((InternalError, ProgrammingError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "link", "problem"),
    [
        ("UPDATE audit_event SET actor = 'mallory' WHERE subject = 'b'", 2, "columns differ"),
        ("UPDATE audit_event SET canonical = replace(canonical, 'b', 'x') WHERE subject = 'b'", 2, "text was changed"),
        ("DELETE FROM audit_event WHERE subject = 'b'", 2, "event is gone"),
        ("DELETE FROM audit_link WHERE seq = 2", 3, "does not follow"),
        ("UPDATE audit_link SET hash = prev WHERE seq = 3", 3, "text was changed"),
    ],
)
def test_a_manual_change_breaks_the_chain_where_it_was_made(sql: str, link: int, problem: str) -> None:
    record("a", "b", "c")
    _without_triggers(sql)
    outcome = audit.verify()
    assert outcome.broken_at == link
    assert problem in outcome.problem


def test_a_cut_off_tail_is_noticed_by_what_left_the_house() -> None:
    record("a", "b", "c")
    audit.anchor(head=audit.head(), where="report PIA-2026-001")
    _without_triggers("DELETE FROM audit_link WHERE seq = 3; DELETE FROM audit_event WHERE subject = 'c'")
    outcome = audit.verify()
    assert not outcome.ok
    assert "report PIA-2026-001" in outcome.problem


def test_the_command_names_the_broken_link(capsys: pytest.CaptureFixture[str]) -> None:
    record("a", "b")
    call_command("verify_audit")
    assert "intact: 2 events" in capsys.readouterr().out
    _without_triggers("UPDATE audit_event SET data = '{}' WHERE subject = 'a'")
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert "broken at link 1" in capsys.readouterr().err
