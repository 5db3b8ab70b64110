"""The recognisers' file that an installation names: told at start what is wrong with it, used in texts and columns."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from presidio_analyzer.nlp_engine import NlpArtifacts

from datamap.checks import recognisers_file
from datamap.scanner import installation
from datamap.scanner.options import Options
from datamap.scanner.recognisers import added, registry
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

OWN = r"""
  - name: Staff
    type: custom
    supported_entity: STAFF_NUMBER
    category: employment
    identifying: quasi
    context: [staff]
    patterns: [{name: badge, regex: '\bNW-\d{6}\b', score: 0.6}]
"""
LOOKING = r"""
  - name: Looking
    supported_entity: LOOKED_UP
    supported_language: en
    patterns: [{name: p, regex: '(?<=no )\d{4}', score: 0.7}]
"""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Files are read once a process; a test has files of its own."""
    yield
    installation._read.cache_clear()
    added.cache_clear()


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def name(content: str) -> Path:
        path = tmp_path / "recognisers.yaml"
        path.write_text("supported_languages: [en]\nrecognizers:\n" + content, encoding="utf-8")
        monkeypatch.setenv(installation.SETTING, str(path))
        return path

    return name


def loaded() -> list[str]:
    """What Presidio's registry holds, by name."""
    recognisers: Any = registry().recognizers
    return sorted(str(recogniser.name) for recogniser in recognisers)


def test_without_a_file_of_its_own_nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(installation.SETTING, raising=False)
    assert recognisers_file() == []
    assert installation.installation().recognisers == ()


def test_our_own_file_is_sound() -> None:
    assert list(installation.problems(installation.CONFIGURATION)) == []


@pytest.mark.parametrize(
    ("content", "id_", "said"),
    [
        ("  - {name: CreditCardRecogniser, type: predefined}\n", "E001", "(CreditCardRecogniser), line 3: Presidio"),
        ("  - {name: A, supported_entity: A_B, patterns: [{name: p, regex: '(', score: 1}]}\n", "E001", "(A), line 3"),
        ("  - {name: A, patterns: 3}\n", "E001", "needs a name, an entity"),
        ("  - {name: A, supported_entity: A_B, deny_list: [x1], category: nonsense}\n", "E001", "no category"),
        ("  - {name: IbanRecognizer, type: predefined, supported_languages: [de]}\n", "W001", "never used"),
        (LOOKING, "W001", "looks ahead or behind"),
        ("  - [\n", "E001", "Line 4: this is no YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_entry_and_cause(
    named: Callable[[str], Path], content: str, id_: str, said: str
) -> None:
    path = named(content)
    (message,) = recognisers_file()
    assert (message.id, str(path) in message.msg, said in message.msg) == (f"datamap.{id_}", True, True), message.msg


def test_a_file_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(installation.SETTING, str(tmp_path / "none.yaml"))
    (message,) = recognisers_file()
    assert "no such file" in message.msg


def test_an_own_recogniser_names_columns_with_its_meaning(named: Callable[[str], Path]) -> None:
    named(OWN)
    values = tuple(f"NW-{number:06d}" for number in range(60))
    table = Table("csv", 60, 60, (Column("ref", "", values, 60),))
    (finding,) = scan(table, Options()).findings
    assert (finding.entity, finding.identifying, finding.category) == ("STAFF_NUMBER", "quasi", "employment")


def test_an_own_recogniser_stands_beside_presidios_in_texts(named: Callable[[str], Path]) -> None:
    named(OWN + LOOKING + "  - {name: IbanRecognizer, type: predefined, supported_languages: [en]}\n")
    (own,) = added((), "fr")
    assert own.supported_language == "en"
    (found,) = own.analyze("staff NW-123456", [], NlpArtifacts([], [], [], [], None, "fr"))  # type: ignore[arg-type]
    assert (found.entity_type, found.score) == ("STAFF_NUMBER", 0.95)
    names = set(loaded())
    assert {"Looking", "IbanRecognizer"} <= names
    assert "Staff" not in names


def test_a_copy_of_our_file_is_what_our_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "copy.yaml"
    path.write_bytes(installation.CONFIGURATION.read_bytes())
    before = loaded()
    monkeypatch.setenv(installation.SETTING, str(path))
    assert installation.installation().recognisers == ()
    assert loaded() == before


def test_the_command_checks_a_file_and_tries_it_on_a_text(named: Callable[[str], Path]) -> None:
    path, out = named(OWN), io.StringIO()
    call_command("check_recognisers", str(path), text="staff NW-123456", stdout=out)
    assert "is sound; entries: 1" in out.getvalue()
    assert "6-15 STAFF_NUMBER 0.95 'NW-123456' by Staff (badge, beside “staff”)" in out.getvalue()


def test_the_command_refuses_a_file_that_can_not_be_used(named: Callable[[str], Path]) -> None:
    path, out = (
        named("  - {name: A, supported_entity: A_B, patterns: [{name: p, regex: '(', score: 1}]}\n"),
        io.StringIO(),
    )
    with pytest.raises(CommandError):
        call_command("check_recognisers", str(path), stdout=out)
    assert "never closed" in out.getvalue()
