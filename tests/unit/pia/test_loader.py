"""The pack loader points at each mistake."""

from __future__ import annotations

import pytest

from pia.frameworks.loader import load_all, parse
from pia.frameworks.located import PackError

HEAD = """id: x
title: X
short: X
version: "1"
status: final
source: s
licence: l
jurisdiction: EU
groups:
  - {id: "5", title: Principles}
items:
  - id: 5.1.c
    group: "5"
    title: Data minimisation
    section: "2.3"
    question: q
    guidance: g
    weight: must
"""


def test_a_right_pack_loads() -> None:
    pack = parse(HEAD, "x.yaml").pack
    assert pack.item("5.1.c").citation == "5.1.c"


@pytest.mark.parametrize(
    ("addition", "line", "words"),
    [
        ("    wieght: 1\n", 19, "unknown key 'wieght'"),
        ("    gate: maybe\n", 19, "must be true or false"),
        ("    audience: lawyer\n", 19, "must be one of engineer, officer"),
        ("    applies_when: {fact: data.specail, is: true}\n", 19, "the fact 'data.specail' does not exist"),
        ("    applies_when: {fact: data.special, at_least: 1}\n", 19, "can't be asked"),
        ("    applies_when:\n      all:\n        - {fact: transfers}\n", 21, "a condition has 'fact' and one of"),
        ("    evidence:\n      - {fact: nonsense, says: x}\n", 20, "the fact 'nonsense' does not exist"),
        ("    kind: choice\n", 12, "a choice has 'options'"),
        ("    crosswalk: [nowhere]\n", 19, "not of the form pack:item"),
        ("    weight: must\n", 19, "stands twice"),
        ("  - id: 5.2\n", 19, "must be text: put it in quotes"),
        ("  - {id: 5.1.c}\n", 19, "stands twice"),
        ("    title: &a [*a]\n", 19, "aliases are not allowed"),
        ("    title: [\n", 20, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(addition: str, line: int, words: str) -> None:
    with pytest.raises(PackError) as caught:
        parse(HEAD + addition, "x.yaml")
    assert any(words in problem.text and problem.line == line for problem in caught.value.problems), caught.value
    assert str(caught.value).startswith("x.yaml:")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('group: "5"', 'group: "6"', "the group '6' does not exist"),
        ('section: "2.3"', 'section: "2.99"', "must be one of"),
        ("status: final", "status: finished", "must be one of"),
        ("source: s\n", "", "lacks 'source'"),
        ('{id: "5", title: Principles}', '{id: "5", title: Principles, parent: IX}', "no group above"),
    ],
)
def test_a_dangling_reference_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(PackError, match=words):
        parse(HEAD.replace(old, new), "x.yaml")


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PackError) as caught:
        parse(HEAD + "    one: 1\n    two: 2\n", "x.yaml")
    assert len(caught.value.problems) == 2


def test_shipped_packs_load_and_their_crosswalks_meet() -> None:
    assert "gdpr-pia" in load_all()
