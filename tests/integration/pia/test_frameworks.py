"""Loading packs: safe to repeat, and what an assessment was asked never changes under it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.models import AuditEvent, Role
from pia.frameworks.loader import PACKS, load
from pia.models import FrameworkPack
from pia.services.assessments import start_assessment
from pia.services.frameworks import PackChanged, load_packs
from tests.factories import person
from tests.support.assessments import cast
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db

SMALL = """id: small
title: Small
short: S
version: "1"
status: final
source: ours
licence: ours
jurisdiction: EU
groups: [{id: g, title: G}]
items:
  - {id: a, group: g, title: A, section: "2.1", question: "Is it?", guidance: Say so., weight: must}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_text(SMALL)
    return tmp_path


def test_loading_again_does_nothing(folder: Path) -> None:
    before = AuditEvent.objects.count()
    assert len(load_packs(folder=folder)) == 1
    assert load_packs(folder=folder) == []
    assert AuditEvent.objects.count() == before + 1


def test_a_new_version_is_a_new_row_and_the_old_one_stays(folder: Path) -> None:
    load_packs(folder=folder)
    (folder / "small.yaml").write_text(SMALL.replace('"1"', '"2"'))
    load_packs(folder=folder)
    assert set(FrameworkPack.objects.values_list("version", flat=True)) == {"1", "2"}


def test_a_version_in_use_can_not_be_changed(folder: Path) -> None:
    (pack,) = load_packs(folder=folder)
    people = cast()
    start_assessment(actor=people.officer, project=people.project, packs=[pack])
    (folder / "small.yaml").write_text(SMALL.replace("Is it?", "Was it?"))
    with pytest.raises(PackChanged):
        load_packs(folder=folder)
    assert FrameworkPack.objects.get().pack.item("a").question == "Is it?"


def test_the_command_names_file_and_line_of_a_mistake(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "small.yaml").write_text(SMALL + "    wrong: true\n")
    monkeypatch.setattr("pia.management.commands.load_packs.load_packs", lambda: load_packs(folder=folder))
    with pytest.raises(CommandError, match=r"small\.yaml:\d+: "):
        call_command("load_packs")


def test_a_stored_pack_is_the_pack_that_was_read() -> None:
    load_packs()
    row = FrameworkPack.objects.get(key="gdpr-pia")
    assert row.pack == load(PACKS / "gdpr-pia.yaml")


def test_frameworks_are_listed_with_the_coverage_of_visible_projects() -> None:
    load_packs()
    people = cast()
    start_assessment(actor=people.officer, project=people.project)
    mine = signed_in(people.officer).get("/frameworks/")
    theirs = signed_in(person(Role.OFFICER)).get("/frameworks/")
    assert (people.project.name in mine.content.decode(), people.project.name in theirs.content.decode()) == (
        True,
        False,
    )
    assert signed_in(people.auditor).get("/frameworks/gdpr-pia/").status_code == 200
