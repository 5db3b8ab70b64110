"""Recognisers that people add: sound, linear, found in texts and columns, and named in the reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.types import Category, Identifying
from datamap.scanner import custom
from datamap.scanner.custom import Finder, TooSlow, check, finder, strongest, version
from datamap.scanner.options import Options, Pattern, Recogniser
from datamap.scanner.scan import scan
from datamap.scanner.types import Column, Finding, Table


def recogniser(
    *regexes: str, words: tuple[str, ...] = (), context: tuple[str, ...] = (), score: float = 0.6, **fields: object
) -> Recogniser:
    patterns = tuple(Pattern(f"pattern {number}", regex, score) for number, regex in enumerate(regexes, start=1))
    given = {"name": "Staff number", "entity": "STAFF_NUMBER", "category": Category.EMPLOYMENT, **fields}
    return Recogniser(identifying=Identifying.DIRECT, patterns=patterns, deny_list=words, context=context, **given)  # type: ignore[arg-type]


STAFF = recogniser(r"\bNW-\d{6}\b")


def codes(it: Recogniser) -> list[str]:
    return [reason.code for reason in check(it)]


# --- what is wrong with one -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regex", "code"),
    [
        (r"(?<=no )\d+", "pattern.lookaround"),
        (r"a(?!b)", "pattern.lookaround"),
        (r"(\d)\1", "pattern.backreference"),
        (r"[0-9", "pattern.bracket"),
        (r"(\d+", "pattern.parenthesis"),
        (r"\d+)", "pattern.parenthesis"),
        (r"*\d", "pattern.repetition"),
        (r"\d{1001}", "pattern.repetition"),
        (r"((\d{100}){100}){100}", "pattern.repetition"),
        (r"[9-0]", "pattern.range"),
        ("a\\", "pattern.backslash"),
        (r"\y", "pattern.escape"),
        (r"\d*", "pattern.empty"),
        (r"\pL{2,40}", "pattern.large"),
        ("(?:[a-z ]{1,30}){1,30}=1", "pattern.large"),
        ("x" * 501, "pattern.long"),
        (" ", "pattern.missing"),
        ("\ud800", "pattern.syntax"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_its_reason_and_its_name(regex: str, code: str) -> None:
    (reason,) = check(recogniser(regex))
    assert (reason.code, reason.params["pattern"]) == (code, "pattern 1")


@pytest.mark.parametrize(
    ("it", "code"),
    [
        (recogniser("a", name=" "), "name"),
        (recogniser("a", entity="staff number"), "entity"),
        (recogniser("a", entity="EMAIL_ADDRESS"), "entity_known"),
        (recogniser(), "nothing"),
        (recogniser(*["a"] * 11), "patterns"),
        (recogniser("a", score=0), "pattern.score"),
        (recogniser(words=("...",)), "word"),
        (recogniser(words=tuple(f"w{n}" for n in range(2001))), "words"),
        (recogniser("a", context=("x" * 101,)), "context"),
        (recogniser("a", languages=("english",)), "language"),
    ],
)
def test_a_recogniser_beyond_a_limit_is_refused_with_its_reason(it: Recogniser, code: str) -> None:
    assert codes(it) == [code]


def test_an_entity_of_ours_keeps_its_meaning() -> None:
    assert codes(recogniser("a", entity="EMAIL_ADDRESS", category=Category.CONTACT)) == []


@given(st.text(max_size=60))
def test_any_text_as_a_pattern_is_refused_or_runs(regex: str) -> None:
    it = recogniser(regex)
    if not check(it):
        Finder([it]).find("Ann Lee, NW-123456\nwrote twice. " * 3)


# --- patterns that would hang another engine --------------------------------------------------------------------------


@pytest.mark.parametrize("regex", [r"(a+)+$", r"(a|aa)+$", r"(.*)*b", r"(\w+\s?)*:$", r"(x+x+)+y"])
def test_a_catastrophic_pattern_answers_on_a_text_made_for_it(regex: str) -> None:
    it = recogniser(regex) if not check(recogniser(regex)) else recogniser(f"z{regex}")
    text = "a" * 50_000 + "!" + "x" * 50_000 + "!"
    assert len(Finder([it]).find(text)) <= custom.MOST_FINDS


def test_a_pattern_that_finds_everything_is_stopped_at_a_number_of_finds() -> None:
    assert len(Finder([recogniser("a")]).find("a" * 100_000)) == custom.MOST_FINDS


def test_a_search_that_takes_too_long_names_the_recogniser_and_the_pattern() -> None:
    with pytest.raises(TooSlow) as refused:
        Finder([recogniser("a.*b|a")]).find("a" * 20_000, seconds=0)
    assert (refused.value.recogniser, refused.value.pattern) == ("Staff number", "pattern 1")
    assert "aaa" not in str(refused.value)


# --- finding ----------------------------------------------------------------------------------------------------------


def test_a_pattern_is_found_in_any_case_with_its_score_and_who_found_it() -> None:
    (found,) = Finder([STAFF]).find("Ask nw-123456 about it")
    assert (found.start, found.end, found.entity, found.score) == (4, 13, "STAFF_NUMBER", 0.6)
    assert (found.recogniser, found.pattern) == ("Staff number", "pattern 1")


def test_offsets_count_characters_whatever_the_script() -> None:
    text = "Größe 😀 İstanbul NW-123456"
    (found,) = Finder([STAFF]).find(text)
    assert text[found.start : found.end] == "NW-123456"


def test_words_of_a_list_are_found_whole_and_in_any_case() -> None:
    it = recogniser(words=("Project Heron", "Zoë", "#42"))
    text = "PROJECT HERON met zoë, not Zoës; #42 but not #421 or projectheron"
    assert [text[f.start : f.end] for f in Finder([it]).find(text)] == ["PROJECT HERON", "zoë", "#42"]
    assert {f.score for f in Finder([it]).find(text)} == {1.0}


def test_the_longest_of_words_that_begin_alike_is_found() -> None:
    text = "Heron Lake House"
    it = recogniser(words=("Heron", "Heron Lake", "Heron Lake House"))
    assert [text[f.start : f.end] for f in Finder([it]).find(text)] == ["Heron Lake House"]


def test_a_context_word_before_a_find_makes_it_surer_by_presidios_numbers() -> None:
    it = recogniser(r"\d{6}", score=0.2, context=("badge",))
    ready = Finder([it])
    assert [f.score for f in ready.find("it was 123456 then")] == [0.2]
    (found,) = ready.find("his Badge is 123456")
    assert (found.score, found.word) == (0.55, "badge")
    assert [f.score for f in ready.find("123456 is the badge")] == [0.2]
    assert [f.score for f in ready.find("123456", context=["badge", "no"])] == [0.55]


def test_context_raises_a_score_to_the_least_that_counts() -> None:
    (found,) = Finder([recogniser(r"\d{6}", score=0.01, context=("badge",))]).find("badge 123456")
    assert found.score == custom.BOOSTED


def test_recognisers_of_another_language_stay_out() -> None:
    french = recogniser("a", languages=("fr",))
    assert [len(finder((french,), language).recognisers) for language in ("", "fr", "en")] == [1, 1, 0]


def test_of_overlapping_finds_the_surest_stands() -> None:
    both = Finder([recogniser(r"\d{6}", score=0.4), recogniser(r"NW-\d{6}", score=0.7, name="Badge", entity="BADGE")])
    assert [found.entity for found in strongest(both.find("NW-123456"))] == ["BADGE"]


def test_half_a_character_in_a_text_is_no_error() -> None:
    assert [f.start for f in Finder([STAFF]).find("\ud83d NW-123456")] == [2]


def test_a_version_changes_with_what_decides_what_is_found() -> None:
    assert version(STAFF) == version(recogniser(r"\bNW-\d{6}\b"))
    assert version(STAFF) != version(recogniser(r"\bNW-\d{7}\b"))
    assert len(version(STAFF)) == 12


# --- in columns -------------------------------------------------------------------------------------------------------


def column(name: str, values: list[str], *own: Recogniser, allow: frozenset[str] = frozenset()) -> Finding:
    table = Table("csv", len(values), len(values), (Column(name, "", tuple(values), len(values)),))
    return scan(table, Options(recognisers=own, allow=allow)).findings[0]


BADGES = [f"NW-{number:06d}" for number in range(100_000, 100_080)]


def test_a_column_of_ones_own_numbers_is_named_with_the_recogniser_and_its_version() -> None:
    before, after = column("ref", BADGES), column("ref", BADGES, STAFF)
    assert before.entity != "STAFF_NUMBER"
    assert (after.entity, after.identifying, after.category) == (
        "STAFF_NUMBER", Identifying.DIRECT, Category.EMPLOYMENT,
    )  # fmt: skip
    (reason,) = after.why
    assert (reason.code, reason.params["recogniser"], reason.params["version"]) == (
        "value.custom", "Staff number", version(STAFF),
    )  # fmt: skip
    assert after.share == 1.0
    assert after.confidence > 0.9


def test_a_weak_pattern_needs_a_header_that_speaks_for_it() -> None:
    weak = recogniser(r"[0-9a-f]{8}", score=0.1, context=("badge",))
    values = [f"{number:08x}" for number in range(3_000_000_000, 3_000_000_080)]
    assert column("value", values, weak).entity != "STAFF_NUMBER"
    named = column("badge_no", values, weak)
    assert named.entity == "STAFF_NUMBER"
    assert [reason.code for reason in named.why] == ["value.custom", "value.custom_context"]


def test_what_values_prove_by_themselves_a_weaker_pattern_does_not_rename() -> None:
    mails = [f"person{number}@example.org" for number in range(80)]
    assert column("contact", mails, recogniser(r"\bperson\d+", score=0.4)).entity == "EMAIL_ADDRESS"


def test_what_people_taught_stands_whatever_the_table_is_about() -> None:
    shop = recogniser(r"S-\d{3}", entity="LOCATION", category=Category.LOCATION)
    shop = replace(shop, identifying=Identifying.QUASI)
    values = tuple(f"S-{number}" for number in range(100, 180))
    columns = (Column("warehouse", "", values, 80), Column("price", "", tuple(map(str, range(80))), 80))
    (named, _price) = scan(Table("csv", 80, 80, columns), Options(recognisers=(shop,)), name="products.csv").findings
    assert (named.entity, named.why[0].code) == ("LOCATION", "value.custom")


def test_a_few_numbers_among_other_values_are_mentioned() -> None:
    found = column("remark", ["open", "closed", "late"] * 60 + BADGES[:5], STAFF)
    assert (found.entity, found.why[0].code) == ("STAFF_NUMBER", "value.custom_some")
    assert found.confidence == 0.7


def test_words_that_name_nobody_are_left_out_of_a_column() -> None:
    names = ["Ann Lee", "Tom Hill", "Mary King", "John Ford"] * 10
    assert column("value", names).entity == "PERSON"
    nobody = column("value", names, allow=frozenset({"ANN  LEE", "tom hill", "mary king", "john ford"}))
    assert (nobody.entity, nobody.identifying, nobody.why[0].code) == ("", Identifying.NONE, "value.allowed")


def test_with_some_values_allowed_the_share_counts_the_others() -> None:
    values = ["noreply@example.org"] * 60 + [f"p{number}@example.org" for number in range(40)]
    found = column("email", values, allow=frozenset({"noreply@example.org"}))
    assert (found.entity, found.share) == ("EMAIL_ADDRESS", 0.4)


# --- in texts, through Presidio ---------------------------------------------------------------------------------------

TEXTS = [f"Please ask colleague NW-{number:06d} about the late delivery of my order." for number in range(40)]


@pytest.mark.slow
def test_a_text_column_holds_ones_own_entity_and_says_who_found_it() -> None:
    found = column("message", TEXTS, STAFF)
    assert found.is_text
    assert found.entities["STAFF_NUMBER"] == 40
    reason = next(reason for reason in found.why if reason.code == "text.custom")
    assert (reason.params["recogniser"], reason.params["texts"]) == ("Staff number", 40)
    assert not any("NW-0" in example for example in found.examples)
    assert any("‹STAFF_NUMBER›" in example for example in found.examples)
    assert found.identifying == Identifying.DIRECT


@pytest.mark.slow
def test_a_text_that_names_nobody_is_not_found_in_texts() -> None:
    texts = [
        f"Write to Office@Example.org about order {number}, they answer within a day or two." for number in range(40)
    ]
    assert column("message", texts).entities["EMAIL_ADDRESS"] == 40
    assert column("message", texts, allow=frozenset({"office@example.org"})).entities == {}


def test_a_scan_says_which_recognisers_took_part() -> None:
    values = ("a", "b")
    table = Table("csv", 2, 2, (Column("x", "", values, 2),))
    assert f"Staff number {version(STAFF)}" in scan(table, Options(recognisers=(STAFF,))).engines
