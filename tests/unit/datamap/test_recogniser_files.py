"""Files of recognisers: what is wrong is told with its line, and no file can hang, swell or break what reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.types import Category, Identifying
from datamap.scanner.options import Pattern, Recogniser
from datamap.scanner.presidio_yaml import BadYaml, read, write
from datamap.wording_recognisers import problem

STAFF = r"""recognizers:
  - CreditCardRecognizer
  - name: Staff number
    supported_entity: STAFF_NUMBER
    category: employment
    identifying: direct
    supported_languages: [en, no]
    patterns:
      - {name: badge, regex: '\bNW-\d{6}\b', score: 0.4}
      - name: card
        regex: '\bHD-\d{4}\b'
        score: 0.5
    deny_list:
      - Heron Desk
      - 0042
      - yes
    context: [staff]
"""


def refused(content: str | bytes) -> tuple[str, object]:
    """The code and the line of why a file is not read; that it can be said in words goes with it."""
    with pytest.raises(BadYaml) as error:
        read(content, most=50)
    reason = error.value.reason
    assert "%" not in problem(reason)
    return reason.code, reason.params.get("line")


def found(changed: str, to: str) -> list[tuple[str, object]]:
    """What is wrong with the file above once a part of it is another: codes and lines."""
    assert changed in STAFF
    entries = read(STAFF.replace(changed, to))
    return [(reason.code, reason.params["line"]) for entry in entries for reason in entry.problems]


def test_an_entry_is_read_as_it_is_written() -> None:
    ours, staff = read(STAFF)
    assert (ours.predefined, ours.line, staff.line, staff.problems) == (True, 2, 3, ())
    assert staff.recogniser == Recogniser(
        "Staff number", "STAFF_NUMBER", Category.EMPLOYMENT, Identifying.DIRECT,
        (Pattern("badge", r"\bNW-\d{6}\b", 0.4), Pattern("card", r"\bHD-\d{4}\b", 0.5)),
        deny_list=("Heron Desk", "0042", "yes"), context=("staff",), languages=("en", "no"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "to", "said"),
    [
        (r"\bNW-\d{6}\b", "(", ("pattern.parenthesis", 9)),
        (r"\bHD-\d{4}\b", "(?=a)b", ("pattern.lookaround", 10)),
        ("0.5", "7", ("pattern.score", 10)),
        ("0.5", "1" + "0" * 400, ("pattern.score", 10)),
        ("0.5", ".nan", ("pattern.score", 10)),
        ("0.5", "high", ("entry.shape", 3)),
        ("employment", "nonsense", ("entry.category", 5)),
        ("direct", "[a, {b: c}]", ("entry.identifying", 6)),
        ("STAFF_NUMBER", "staff number", ("entity", 4)),
        ("[en, no]", "[english]", ("language", 7)),
        ("Heron Desk", "'...'", ("word", 13)),
        ("[staff]", "['...']", ("context", 17)),
        ("[staff]", "{staff: 1}", ("entry.shape", 3)),
        ("- CreditCardRecognizer", "- 42", ("entry.shape", 2)),
    ],
)
def test_what_is_wrong_with_an_entry_has_its_line(changed: str, to: str, said: tuple[str, int]) -> None:
    assert found(changed, to) == [said]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: 1\nb: [", ("yaml.syntax", 2)),
        ("a: 1\nb: \t- c\n\td: e", ("yaml.syntax", 2)),
        ("a: 1\nat: 2001-13-45", ("yaml.syntax", 2)),
        ("a: 1\nn: " + "9" * 5_000, ("yaml.syntax", 2)),
        ("a: 1\nn: 1" + ":59" * 300_000, ("yaml.syntax", 2)),
        ("a: &x [1]\nb: *x", ("yaml.alias", 2)),
        ("a: 1\n? [b, c]\n: d", ("yaml.key", 2)),
        ("a: 1\nb: 2\na: 3", ("yaml.key", 3)),
        ("a: !!bool x", ("yaml.tag", 1)),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", ("yaml.tag", 2)),
        ("a: !!int ''", ("yaml.tag", 1)),
        ('a: 1\nb: "x\\0"', ("yaml.character", 2)),
        ('a: 1\n"\\ud800": b', ("yaml.syntax", 2)),
        (b"\xff\xfe\x00", ("yaml.encoding", None)),
        ("a: 1\nb: \x07", ("yaml.syntax", 2)),
        ("x: " + "[" * 30 + "]" * 30, ("yaml.large", None)),
        ("[" * 5_000, ("yaml.large", None)),
        ("- a\n" * 120_000, ("yaml.large", None)),
        ("#" + "x" * (1 << 20), ("yaml.large", None)),
        ("[1, 2]", ("yaml.shape", None)),
        ("", ("yaml.shape", None)),
        ("recognizers: [" + "{name: a}," * 51 + "]", ("yaml.many", None)),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read_says_why_and_where(content: str | bytes, said: tuple[str, object]) -> None:
    assert refused(content) == said


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert refused("\n".join(["a0: &a0 [lol]", *rows])) == ("yaml.alias", 2)


def test_what_is_written_is_read_back_alike() -> None:
    (entry,) = [entry for entry in read(STAFF) if entry.recogniser]
    assert entry.recogniser
    (again,) = read(write([entry.recogniser]))
    assert again.recogniser == entry.recogniser


@given(st.text(alphabet="recognizers:- {}[]&*!?|>'\"#%@\\\n\t0123.eE~", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read(f"recognizers:\n - name: x\n   {text}")
    except BadYaml as error:
        assert problem(error.reason)
