"""A team's recognisers: who may teach them, and what is kept of a try (nothing)."""

from __future__ import annotations

import json
import logging
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from core.models import AuditEvent, IdempotencyKey, Role, Team
from core.services import create_token
from core.types import Category, Identifying
from datamap import tries
from datamap.models import TeamRecogniser, TeamWord, WordList
from datamap.scanner.custom import MOST_RECOGNISERS, version
from datamap.scanner.options import Pattern, Recogniser
from datamap.selectors.recognisers import scan_options
from datamap.services import recognisers as services
from datamap.services import words
from tests.factories import ProjectFactory, TeamFactory, person
from tests.integration.lab.factories import scanned
from tests.support.signed_in import signed_in

if TYPE_CHECKING:
    from django.test import Client

    from core.models import User

pytestmark = pytest.mark.django_db

STAFF = Recogniser(
    "Staff number", "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT,
    (Pattern("badge", r"\bNW-\d{6}\b", 0.4),), deny_list=("Heron Desk",), context=("staff",),
)  # fmt: skip


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


def url(name: str, team: Team, *more: Any) -> str:
    return reverse(f"datamap:{name}", args=[team.pk, *more])


def form(**changed: Any) -> dict[str, Any]:
    """What the browser sends of a form with two rows, of which the second is not filled in."""
    fields = {
        "name": "Staff number", "entity": "staff number", "identifying": "direct", "category": "employment",
        "deny_list": "Heron Desk\n\nheron lake", "context": "staff, badge no", "languages": "en, FR", "enabled": "on",
        "patterns-TOTAL_FORMS": "2", "patterns-INITIAL_FORMS": "0", "patterns-0-name": "", "patterns-0-score": "0.4",
        "patterns-0-regex": r"\bNW-\d{6}\b", "patterns-1-name": "", "patterns-1-regex": "", "patterns-1-score": "0.5",
    }  # fmt: skip
    return fields | {name.replace("__", "-"): value for name, value in changed.items()}


# --- the form ---------------------------------------------------------------------------------------------------------


def test_a_form_becomes_a_recogniser_that_the_next_scans_use(team: Team, engineer: User) -> None:
    answer = signed_in(engineer).post(url("recogniser_new", team), form())
    assert answer.status_code == 302
    row = TeamRecogniser.objects.get(team=team)
    given = row.as_recogniser()
    assert (given.entity, given.languages, given.context) == ("STAFF_NUMBER", ("en", "fr"), ("staff", "badge no"))
    assert given.deny_list == ("Heron Desk", "heron lake")
    assert given.patterns == (Pattern("pattern 1", r"\bNW-\d{6}\b", 0.4),)
    assert (row.version, row.created_by) == (version(given), engineer)
    assert scan_options(scanned(ProjectFactory(team=team))).recognisers == (given,)
    event = AuditEvent.objects.get(event="recogniser.added")
    assert (event.team_id, event.data["version"]) == (team.pk, row.version)
    assert "NW-" not in str(event.data)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"patterns__0__regex": r"(?<=NW-)\d+"}, "looks ahead or behind"),
        ({"patterns__0__regex": r"\d*"}, "matches an empty text"),
        ({"patterns__0__regex": "[0-9"}, "never closed"),
        ({"patterns__0__score": "2"}, "less than or equal to 1"),
        ({"patterns__0__regex": "", "patterns__0__score": "0.5", "deny_list": ""}, "at least one pattern or one word"),
        ({"entity": "no!"}, "written in capitals"),
        ({"entity": "EMAIL_ADDRESS"}, "Candor knows"),
        ({"languages": "english"}, "no code of a language"),
        ({"name": ""}, "required"),
        ({"deny_list": "..."}, "is no word"),
    ],
)
def test_what_can_not_be_used_is_told_at_its_field_and_kept_as_typed(
    team: Team, engineer: User, changed: dict[str, str], said: str
) -> None:
    answer = signed_in(engineer).post(url("recogniser_new", team), form(**changed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Heron Desk" in page or "deny_list" in changed
    assert not TeamRecogniser.objects.exists()


def test_a_name_stands_once_in_a_team_in_any_case(team: Team, engineer: User) -> None:
    services.add_recogniser(actor=engineer, team=team, given=STAFF)
    answer = signed_in(engineer).post(url("recogniser_new", team), form(name="STAFF number"))
    assert answer.status_code == 422
    assert "has a recogniser called" in answer.content.decode()
    other = person(Role.OFFICER)
    services.add_recogniser(actor=other, team=Team.objects.get(memberships__user=other), given=STAFF)


def test_a_change_gives_another_version_and_says_both(team: Team, engineer: User) -> None:
    row = services.add_recogniser(actor=engineer, team=team, given=STAFF)
    page = signed_in(engineer).get(row.get_absolute_url()).content.decode()
    assert "NW-" in page
    answer = signed_in(engineer).post(row.get_absolute_url(), form(patterns__0__score="0.9"))
    assert answer.status_code == 302
    event = AuditEvent.objects.get(event="recogniser.changed")
    assert event.data["before"] == row.version != event.data["version"]


def test_a_change_of_what_somebody_else_changed_meanwhile_is_told_and_lost_by_nobody(
    team: Team, engineer: User
) -> None:
    row = services.add_recogniser(actor=engineer, team=team, given=STAFF)
    client, seen = signed_in(engineer), row.version
    assert f'name="seen" value="{seen}"' in client.get(row.get_absolute_url()).content.decode()
    body = json.dumps({"context": ["badge"], "seen": seen})
    one = api(team, f"recognisers/{row.pk}/")
    assert program(engineer).patch(one, body, content_type="application/json").status_code == 200
    assert program(engineer).patch(one, body, content_type="application/json").status_code == 409
    late = client.post(row.get_absolute_url(), form(seen=seen))
    assert late.status_code == 422
    assert "Somebody changed “Staff number” meanwhile" in late.content.decode()
    row.refresh_from_db()
    assert row.context == ["badge"]
    again = client.post(row.get_absolute_url(), form(seen=row.version))
    assert again.status_code == 302


@pytest.mark.parametrize("start", ["staff", "customer", "case"])
def test_a_starter_is_sound_as_it_is(team: Team, engineer: User, start: str) -> None:
    page = signed_in(engineer).get(url("recogniser_new", team), {"start": start}).content.decode()
    assert "_NUMBER" in page
    from datamap.forms.recognisers import starters
    from datamap.scanner.custom import check

    assert check(starters()[start]) == ()


def test_a_resting_recogniser_is_in_no_scan(team: Team, engineer: User) -> None:
    row = services.add_recogniser(actor=engineer, team=team, given=STAFF)
    signed_in(engineer).post(url("recogniser_rest", team, row.pk), {"enabled": "0"})
    assert scan_options(scanned(ProjectFactory(team=team))).recognisers == ()
    signed_in(engineer).post(url("recogniser_rest", team, row.pk), {"enabled": "1"})
    assert len(scan_options(scanned(ProjectFactory(team=team))).recognisers) == 1


def test_a_team_has_at_most_so_many(team: Team, engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datamap.policies.MOST_RECOGNISERS", 1)
    services.add_recogniser(actor=engineer, team=team, given=STAFF)
    other = Recogniser("Other", "OTHER", Category.IDENTITY, Identifying.DIRECT, deny_list=("x1",))
    with pytest.raises(Refused) as refused:
        services.add_recogniser(actor=engineer, team=team, given=other)
    assert refused.value.code == "too_many"
    assert MOST_RECOGNISERS >= 20


@pytest.mark.parametrize("role", [Role.DPO, Role.DECIDER, Role.AUDITOR, Role.OWNER])
def test_other_roles_read_and_teach_nothing(team: Team, engineer: User, role: Role, settings: Any) -> None:
    settings.CANDOR_DEMO = True
    row = services.add_recogniser(actor=engineer, team=team, given=STAFF)
    reader = person(role, team=team)
    client = signed_in(reader)
    assert client.get(url("recognisers", team)).status_code == 200
    shown = client.get(row.get_absolute_url()).content.decode()
    assert "<fieldset disabled>" in shown
    assert "try-text" not in shown
    assert client.post(row.get_absolute_url(), form()).status_code == 403
    assert client.post(url("recogniser_try", team), form()).status_code == 403
    with pytest.raises(PermissionDenied):
        services.delete_recogniser(actor=reader, recogniser=row)


# --- trying out -------------------------------------------------------------------------------------------------------

CANARY = "Quillfeather Zanzibar"


def tried(client: Client, team: Team, text: str, **changed: Any) -> tuple[int, str]:
    answer = client.post(url("recogniser_try", team), form(text=text, **changed), headers={"HX-Request": "true"})
    return answer.status_code, answer.content.decode()


def test_a_try_marks_what_the_unsaved_recogniser_finds(team: Team, engineer: User) -> None:
    status, page = tried(signed_in(engineer), team, "The staff card NW-123456 and <b>Heron Desk</b>")
    assert status == 200
    assert '<mark class="mine">NW-123456<span class="tried-note">STAFF_NUMBER 0.75</span></mark>' in page
    assert "beside “staff”" in page
    assert '<mark class="mine">Heron Desk<span class="tried-note">STAFF_NUMBER 1.0</span></mark>' in page
    assert "&lt;b&gt;" in page
    assert not TeamRecogniser.objects.exists()


def test_a_try_of_what_is_not_sound_says_why(team: Team, engineer: User) -> None:
    status, page = tried(signed_in(engineer), team, "NW-1", patterns__0__regex="(")
    assert status == 422
    assert "a parenthesis is never closed" in page


def test_a_try_shows_the_other_recognisers_where_asked_and_the_allow_list(team: Team, engineer: User) -> None:
    other = Recogniser("Desk", "DESK", Category.LOCATION, Identifying.QUASI, (Pattern("d", r"desk \d+", 0.6),))
    services.add_recogniser(actor=engineer, team=team, given=other)
    words.add_words(actor=engineer, team=team, to=WordList.ALLOW, texts=["NW-000000"])
    client = signed_in(engineer)
    assert "DESK" not in tried(client, team, "at desk 14")[1]
    assert '<mark class="other">desk 14' in tried(client, team, "at desk 14", others="1")[1]
    assert '<mark class="allowed">NW-000000' in tried(client, team, "it is NW-000000")[1]


def test_a_catastrophic_pattern_answers(team: Team, engineer: User) -> None:
    status, page = tried(signed_in(engineer), team, "a" * 10_000, patterns__0__regex="(a+)+$")
    assert status == 200
    assert "STAFF_NUMBER" in page


def test_nothing_of_a_tried_text_is_kept_anywhere(
    team: Team, engineer: User, caplog: pytest.LogCaptureFixture, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    client = signed_in(engineer)
    text = f"{CANARY} has the staff card NW-123456"
    assert tried(client, team, text)[0] == 200
    assert tried(client, team, text, patterns__0__regex="(")[0] == 422
    program(engineer).post(api(team, "recognisers/try/"), given() | {"text": text}, content_type="application/json",
        headers={"Idempotency-Key": "once"})  # fmt: skip
    rows = {
        model._meta.label: str(list(model._default_manager.values()))
        for model in (AuditEvent, TeamRecogniser, TeamWord, IdempotencyKey)
    }
    assert not [label for label, kept in rows.items() if "Quillfeather" in kept or "NW-123456" in kept]
    assert not IdempotencyKey.objects.exists()
    logged = caplog.text + "".join(capsys.readouterr())
    assert "Quillfeather" not in logged
    assert "Quillfeather" not in str(cache.__dict__)
    assert AuditEvent.objects.filter(subject_type__startswith="datamap").count() == 0


def test_a_person_may_try_so_often_a_minute(team: Team, engineer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "PER_PERSON", 2)
    client = signed_in(engineer)
    assert [tried(client, team, "x")[0] for _ in range(3)] == [200, 200, 429]


# --- words ------------------------------------------------------------------------------------------------------------


def test_words_reach_the_scans_and_the_trail_names_none(team: Team, engineer: User) -> None:
    client = signed_in(engineer)
    client.post(url("words_add", team), {"to": "allow", "allow-texts": "Zephyr Mailbox\n zephyr  mailbox\nOther"})
    client.post(url("words_add", team), {"to": "deny", "deny-texts": "Heron", "deny-entity": "PERSON"})
    options = scan_options(scanned(ProjectFactory(team=team)))
    assert {text.lower() for text in options.allow} == {"zephyr mailbox", "other"}
    assert [(it.entity, it.deny_list) for it in options.recognisers] == [("PERSON", ("Heron",))]
    trail = str(list(AuditEvent.objects.values()))
    assert "ephyr" not in trail
    assert "Heron" not in trail
    word = TeamWord.objects.get(list="deny")
    client.post(url("word_delete", team, word.pk))
    assert TeamWord.objects.filter(list="deny").count() == 0
    assert "Heron" not in str(list(AuditEvent.objects.values()))


def test_a_word_is_on_a_list_once_however_its_letters_are_written(team: Team, engineer: User) -> None:
    added = [
        words.add_words(actor=engineer, team=team, to=WordList.ALLOW, texts=[text])
        for text in ("Heron", "HERON", "ασ", "ΑΣ")
    ]
    assert added == [1, 0, 1, 0]


def test_a_word_of_an_entity_nobody_knows_any_more_rests(team: Team, engineer: User) -> None:
    row = services.add_recogniser(actor=engineer, team=team, given=STAFF)
    words.add_words(actor=engineer, team=team, to=WordList.DENY, texts=["Heron"], entity="STAFF_NUMBER")
    dataset = scanned(ProjectFactory(team=team))
    assert len(scan_options(dataset).recognisers) == 2
    services.delete_recogniser(actor=engineer, recogniser=row)
    assert scan_options(dataset).recognisers == ()


@pytest.mark.parametrize("texts", ["", "...", "x" * 101])
def test_what_is_no_word_is_refused_at_its_field(team: Team, engineer: User, texts: str) -> None:
    answer = signed_in(engineer).post(url("words_add", team), {"to": "allow", "allow-texts": texts})
    assert answer.status_code == 422
    assert not TeamWord.objects.exists()


# --- programs ---------------------------------------------------------------------------------------------------------


def program(user: User) -> Client:
    from django.test import Client

    _row, secret = create_token(actor=user, user=user, name="test", scopes=["read", "write"], days=1)
    return Client(headers={"Authorization": f"Token {secret}"}, raise_request_exception=False)


def api(team: Team, path: str) -> str:
    return f"/api/v1/teams/{team.pk}/{path}"


def given(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Staff number", "entity": "STAFF_NUMBER", "category": "employment", "identifying": "direct",
        "patterns": [{"name": "badge", "regex": r"\bNW-\d{6}\b", "score": 0.4}], "context": ["staff"], **changed,
    }  # fmt: skip


def test_a_program_adds_changes_and_deletes(team: Team, engineer: User) -> None:
    client = program(engineer)
    made = client.post(api(team, "recognisers/"), given(), content_type="application/json")
    assert made.status_code == 201, made.content
    one = api(team, f"recognisers/{made.json()['id']}/")
    changed = client.patch(one, json.dumps({"enabled": False}), content_type="application/json").json()
    assert (changed["enabled"], changed["patterns"]) == (False, made.json()["patterns"])
    assert client.get(api(team, "recognisers/")).json()["count"] == 1
    assert client.delete(one).status_code == 204
    assert not TeamRecogniser.objects.exists()


def test_a_program_is_told_what_is_not_sound(team: Team, engineer: User) -> None:
    body = given(patterns=[{"name": "badge", "regex": "(?=a)b", "score": 0.4}])
    answer = program(engineer).post(api(team, "recognisers/"), body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert "looks ahead or behind" in answer.json()["problems"][0]


def test_a_program_tries_out_and_gets_offsets_without_the_text(team: Team, engineer: User) -> None:
    text = f"{CANARY}, staff NW-123456"
    answer = program(engineer).post(api(team, "recognisers/try/"), given(text=text), content_type="application/json")
    (find,) = answer.json()["finds"]
    assert text[find["start"] : find["end"]] == "NW-123456"
    assert (find["score"], find["context"]) == (0.75, "staff")
    assert "Quillfeather" not in answer.content.decode()


def test_a_program_keeps_word_lists(team: Team, engineer: User) -> None:
    client = program(engineer)
    body = {"list": "deny", "texts": ["Heron", "heron"], "entity": "PERSON"}
    made = client.post(api(team, "words/"), body, content_type="application/json")
    assert (made.status_code, made.json()) == (201, {"added": 1})
    (word,) = client.get(api(team, "words/")).json()["results"]
    assert client.delete(api(team, f"words/{word['id']}/")).status_code == 204


def test_the_dump_of_the_database_holds_nothing_that_was_tried(transactional_db: None) -> None:
    from tests.support.worker import database_url

    team = TeamFactory()
    engineer = person(Role.ENGINEER, team=team)
    tried(signed_in(engineer), team, f"{CANARY} has the staff card NW-123456")
    dump = subprocess.run(["pg_dump", "--data-only", database_url()], check=True, capture_output=True).stdout
    assert b"Quillfeather" not in dump
    assert b"NW-123456" not in dump


def test_long_lists_come_in_parts_and_can_be_searched(team: Team, engineer: User) -> None:
    TeamWord.objects.bulk_create(
        TeamWord(team=team, list=WordList.ALLOW, text=f"Product {n:04}", created_by=engineer) for n in range(300)
    )
    client, address = signed_in(engineer), f"/team/{team.pk}/recognisers/"
    page = client.get(address).content.decode()
    assert (page.count("tag-remove"), "100 shown of 300 found" in page) == (100, True)
    found = client.get(address, {"word": "product 0299"}).content.decode()
    assert (found.count("tag-remove"), "Product 0299" in found) == (1, True)
    assert "1 shown of 1 found; 300 are on the list." in found
