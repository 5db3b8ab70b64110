"""Two people who teach a team's scans at the same moment: limits hold, a row goes once, and the other is told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import Gone, Refused
from core.models import AuditEvent, Role, Team
from core.types import Category, Identifying
from datamap.models import Decision, TeamColumn, TeamRecogniser, TeamWord, WordList
from datamap.scanner.options import Recogniser
from datamap.services import findings, learned, recognisers, words
from tests.factories import ProjectFactory, TeamFactory, person
from tests.integration.lab.factories import scanned
from tests.support.at_once import while_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


def named(name: str) -> Recogniser:
    return Recogniser(name, "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT, deny_list=("x1",))


@pytest.fixture
def row(team: Team, engineer: User) -> TeamRecogniser:
    return recognisers.add_recogniser(actor=engineer, team=team, given=named("Staff"))


def deletion_of_a_recogniser(actor: User, team: Team) -> Callable[[], None]:
    recognisers.add_recogniser(actor=actor, team=team, given=named("Staff"))
    return partial(recognisers.delete_recogniser, actor=actor, recogniser=TeamRecogniser.objects.get(team=team))


def deletion_of_a_word(actor: User, team: Team) -> Callable[[], None]:
    words.add_words(actor=actor, team=team, to=WordList.ALLOW, texts=["Heron"])
    return partial(words.delete_word, actor=actor, word=TeamWord.objects.get(team=team))


def deletion_of_a_column(actor: User, team: Team) -> Callable[[], None]:
    finding = scanned(ProjectFactory(team=team)).findings.last()
    assert finding is not None
    findings.decide_finding(actor=actor, finding=finding, decision=Decision.REJECTED)
    return partial(learned.forget_column, actor=actor, column=TeamColumn.objects.get(team=team))


@pytest.mark.parametrize(
    ("prepared", "event"),
    [
        (deletion_of_a_recogniser, "recogniser.deleted"),
        (deletion_of_a_word, "words.deleted"),
        (deletion_of_a_column, "column.forgotten"),
    ],
)
def test_of_two_deletions_one_is_done_and_in_the_trail(
    team: Team, engineer: User, prepared: Callable[[User, Team], Callable[[], None]], event: str
) -> None:
    delete = prepared(engineer, team)
    assert isinstance(while_open(delete, delete), Gone)
    assert AuditEvent.objects.filter(event=event, team_id=team.pk).count() == 1


@pytest.mark.parametrize(
    "late",
    [
        partial(recognisers.change_recogniser, given=named("Other"), enabled=True),
        partial(recognisers.set_enabled, enabled=False),
    ],
)
def test_a_change_of_what_somebody_deletes_is_refused(
    engineer: User, row: TeamRecogniser, late: Callable[..., Any]
) -> None:
    told = while_open(
        partial(recognisers.delete_recogniser, actor=engineer, recogniser=row),
        partial(late, actor=engineer, recogniser=row),
    )
    assert (type(told), told.status) == (Gone, 404)
    assert not TeamRecogniser.objects.filter(pk=row.pk).exists()


def test_the_last_place_is_given_once(team: Team, engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamap.policies.MOST_RECOGNISERS", 1)
    told = while_open(
        *(partial(recognisers.add_recogniser, actor=engineer, team=team, given=named(name)) for name in ("One", "Two"))
    )
    assert isinstance(told, Refused)
    assert (told.code, TeamRecogniser.objects.count()) == ("too_many", 1)


def test_a_change_counts_what_is_added_at_the_same_time(
    team: Team, engineer: User, row: TeamRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datamap.policies.MOST_RECOGNISERS", 2)
    changed = while_open(
        partial(recognisers.add_recogniser, actor=engineer, team=team, given=named("Two")),
        partial(recognisers.change_recogniser, actor=engineer, recogniser=row, given=named("Three"), enabled=True),
    )
    assert (changed.name, TeamRecogniser.objects.count()) == ("Three", 2)
