"""A team's recognisers as a file: Presidio loads it, it comes back as it was, and is taken over whole or not at all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from core.models import AuditEvent, Role, Team
from core.services import create_token
from core.types import Category, Identifying
from datamap.models import TeamRecogniser
from datamap.scanner.options import Pattern, Recogniser
from datamap.selectors.recogniser_files import file_of
from datamap.services import recognisers as services
from tests.factories import TeamFactory, person
from tests.support.signed_in import signed_in

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from core.models import User

pytestmark = pytest.mark.django_db

STAFF = Recogniser(
    "Staff number", "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT,
    (Pattern("badge", r"\bNW-\d{6}\b", 0.4),), deny_list=("Heron Desk",), context=("staff",),
)  # fmt: skip
FRENCH = Recogniser(
    "Matricule", "MATRICULE", Category.EMPLOYMENT, Identifying.DIRECT,
    (Pattern("m", r"M\d{5}", 0.5),), context=("agent",), languages=("en", "fr"),
)  # fmt: skip
ODD = "- {name: Odd, supported_entity: ODD, patterns: [{name: p, regex: '(', score: 1}]}\n"
DESK = "- {name: Desk, supported_entity: DESK, category: identity, identifying: quasi, deny_list: [x1]}\n"


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def engineer(team: Team) -> User:
    return person(Role.ENGINEER, team=team)


def program(user: User, *scopes: str) -> Client:
    from django.test import Client

    _row, secret = create_token(actor=user, user=user, name="test", scopes=scopes or ("read", "write"), days=1)
    return Client(headers={"Authorization": f"Token {secret}"}, raise_request_exception=False)


def address(team: Team, what: str = "") -> str:
    return f"/api/v1/teams/{team.pk}/recognisers/file/{what}"


def sent(client: Client, team: Team, content: str | bytes, what: str = "") -> Any:
    return client.generic("POST", address(team, what), content, content_type="application/yaml")


def posted(user: User, team: Team, content: bytes, **fields: str) -> Any:
    data = {"file": SimpleUploadedFile("r.yaml", content), **fields}
    return signed_in(user).post(reverse("datamap:recogniser_import", args=[team.pk]), data)


def names(team: Team) -> list[str]:
    return list(TeamRecogniser.objects.filter(team=team).values_list("name", flat=True))


# --- out --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def taught(team: Team, engineer: User) -> str:
    """The file of a team with one recogniser in use and one that rests."""
    services.add_recogniser(actor=engineer, team=team, given=STAFF)
    services.add_recogniser(actor=engineer, team=team, given=FRENCH, enabled=False)
    return file_of(TeamRecogniser.objects.filter(team=team))


def test_presidio_loads_an_export_and_leaves_resting_ones_out(taught: str, tmp_path: Path) -> None:
    path = tmp_path / "recognisers.yaml"
    for content, expected in (
        (taught, {"Staff number"}),
        (taught.replace("enabled: false", ""), {"Staff number", "Matricule"}),
    ):
        path.write_text(content, encoding="utf-8")
        loaded: Any = RecognizerRegistryProvider(conf_file=path).create_recognizer_registry().recognizers
        assert {(it.name, it.supported_language) for it in loaded} == {
            (name, language) for name in expected for language in ("en", "fr")
        }


def test_page_and_program_get_the_same_file(team: Team, engineer: User, taught: str) -> None:
    page = signed_in(engineer).get(reverse("datamap:recogniser_export", args=[team.pk]))
    answer = program(engineer, "read").get(address(team), headers={"Accept": "application/yaml"})
    assert page.content.decode() == answer.content.decode() == taught
    assert page["Content-Type"] == answer["Content-Type"] == "application/yaml"


def test_an_export_comes_back_as_it_was(team: Team, engineer: User, taught: str) -> None:
    before = {(row.name, row.version, row.enabled) for row in TeamRecogniser.objects.all()}
    TeamRecogniser.objects.all().delete()
    assert sent(program(engineer), team, taught).json()["added"] == 2
    assert {(row.name, row.version, row.enabled) for row in TeamRecogniser.objects.all()} == before
    again = sent(program(engineer), team, taught).json()
    assert (again["added"], again["changed"]) == (0, 0)


# --- in, by program ---------------------------------------------------------------------------------------------------


def test_a_preview_tells_every_entry_and_keeps_nothing(team: Team, engineer: User, taught: str) -> None:
    changed = taught.replace("0.4", "0.6").replace("enabled: false", "enabled: true")
    content = f"{changed}{DESK}- CreditCardRecognizer\n"
    answer = sent(program(engineer), team, content, "preview/").json()
    assert [(one["name"], one["fate"], one["differs"]) for one in answer["entries"]] == [
        ("Matricule", "changed", ["enabled"]), ("Staff number", "changed", ["patterns"]), ("Desk", "added", []),
        ("CreditCardRecognizer", "passed_over", []),
    ]  # fmt: skip
    lines = content.splitlines()
    assert [one["name"] in lines[one["line"] - 1] for one in answer["entries"]] == [True] * 4
    assert "Desk" not in names(team)
    done = sent(program(engineer), team, content, f"?expected={answer['plan']}")
    assert (done.status_code, done.json()) == (200, answer)
    event = AuditEvent.objects.get(event="recogniser.imported")
    assert (event.team_id, event.data) == (team.pk, {"added": 1, "changed": 2})


def test_another_plan_than_the_one_shown_is_refused(team: Team, engineer: User) -> None:
    client, content = program(engineer), file_of([])[: -len("[]\n")] + "\n" + DESK
    plan = sent(client, team, content, "preview/").json()["plan"]
    services.add_recogniser(actor=engineer, team=team, given=replace(STAFF, name="desk"))
    answer = sent(client, team, content, f"?expected={plan}")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:candor:problem:other_plan")
    assert names(team) == ["desk"]


def test_a_file_with_one_mistake_is_not_taken_over_at_all(team: Team, engineer: User) -> None:
    answer = sent(program(engineer), team, f"recognizers:\n{DESK}{ODD}{DESK}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [problem[: len("Line 3, Odd:")] for problem in answer.json()["problems"]] == ["Line 3, Odd:", "Line 4, Desk"]
    assert names(team) == []
    assert not AuditEvent.objects.filter(event="recogniser.imported").exists()


def test_a_file_beyond_a_limit_is_not_taken_over_at_all(
    team: Team, engineer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datamap.policies.MOST_RECOGNISERS", 2)
    services.add_recogniser(actor=engineer, team=team, given=STAFF)
    rows = "".join(DESK.replace("Desk", name) for name in ("One", "Two"))
    for what in ("", "preview/"):
        answer = sent(program(engineer), team, f"recognizers:\n{rows}", what)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:candor:problem:too_many")
    replaced = DESK.replace("Desk", "STAFF number") + DESK
    assert sent(program(engineer), team, f"recognizers:\n{replaced}").status_code == 200
    assert names(team) == ["Desk", "STAFF number"]


def test_a_program_sends_a_form_s_file_too(team: Team, engineer: User) -> None:
    upload = SimpleUploadedFile("r.yaml", f"recognizers:\n{DESK}".encode())
    assert program(engineer).post(address(team), {"file": upload}).json()["added"] == 1
    assert program(engineer).post(address(team), {"file": "text"}).status_code == 400
    assert sent(program(engineer), team, b"#" * ((1 << 20) + 1)).status_code == 413


@pytest.mark.parametrize("role", [Role.DPO, Role.DECIDER, Role.AUDITOR, Role.OWNER])
def test_who_may_not_teach_takes_nothing_over(team: Team, role: Role) -> None:
    reader = person(role, team=team)
    assert program(reader).get(address(team)).status_code == 200
    for what in ("", "preview/"):
        assert sent(program(reader), team, f"recognizers:\n{DESK}", what).status_code == 403
    assert sent(program(person(Role.ENGINEER, team=team), "read"), team, f"recognizers:\n{DESK}").status_code == 403


# --- in, by page ------------------------------------------------------------------------------------------------------


def test_a_person_sees_what_would_change_and_then_takes_it_over(team: Team, engineer: User, taught: str) -> None:
    content = taught.replace("0.4", "0.6") + DESK
    page = posted(engineer, team, content.encode())
    said = page.content.decode()
    assert "1 new, 1 changed. Nothing is kept yet." in said
    assert r"− badge \bNW-\d{6}\b 0.4; + badge \bNW-\d{6}\b 0.6" in said
    assert names(team) == ["Matricule", "Staff number"]
    (expected,) = re.findall(r'name="expected" value="(\w+)"', said)
    fields = {"text": content.replace("\n", "\r\n"), "expected": expected, "save": "1"}
    answer = signed_in(engineer).post(reverse("datamap:recogniser_import", args=[team.pk]), fields, follow=True)
    assert "Taken over: 1 new, 1 changed." in answer.content.decode()
    assert names(team) == ["Desk", "Matricule", "Staff number"]


def test_a_text_that_was_changed_after_the_preview_is_shown_anew(team: Team, engineer: User) -> None:
    fields = {"text": f"recognizers:\n{DESK}", "expected": "0" * 16, "save": "1"}
    answer = signed_in(engineer).post(reverse("datamap:recogniser_import", args=[team.pk]), fields)
    assert answer.status_code == 409
    assert "This is not what was shown" in answer.content.decode()
    assert "1 new, 0 changed" in answer.content.decode()
    assert names(team) == []


def test_mistakes_are_named_beside_the_text_that_came(team: Team, engineer: User) -> None:
    answer = posted(engineer, team, f"recognizers:\n{DESK}{ODD}".encode())
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 3, Odd: Pattern “p”: a parenthesis is never closed" in said
    assert "name: Odd" in said
    assert 'name="save"' not in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: &x [1]\nb: [*x]", "Line 2: YAML aliases"),
        (b"recognizers: [", "Line 1"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b'recognizers: [{name: "a\\0b", supported_entity: A_B, deny_list: [x1]}]', "NUL"),
        (b"recognizers: [{name: CreditCardRecognizer, type: predefined}]", "program code"),
        (b"recognizers: []", "program code"),
    ],
)  # fmt: skip
def test_a_file_that_can_not_be_taken_over_says_why(team: Team, engineer: User, content: bytes, said: str) -> None:
    answer = posted(engineer, team, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert names(team) == []


def test_the_page_asks_for_a_file_or_its_text(team: Team, engineer: User, settings: Any) -> None:
    settings.CANDOR_DEMO = True
    path = reverse("datamap:recogniser_import", args=[team.pk])
    assert "Or its text" in signed_in(engineer).get(path).content.decode()
    assert signed_in(engineer).post(path, {}).status_code == 422
    assert signed_in(person(Role.DPO, team=team)).get(path).status_code == 403
