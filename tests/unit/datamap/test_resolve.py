"""Which claim on the same characters stands, and its exact bounds. No model takes part."""

from __future__ import annotations

import pytest

from datamap.scanner.groups import Candidate
from datamap.scanner.resolve import resolve


def claim(text: str, piece: str, entity: str, score: float = 0.95, source: str = "model") -> Candidate:
    start = text.index(piece)
    return Candidate(start, start + len(piece), entity, score, source)


def stands(text: str, *claims: Candidate) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.entity) for span in resolve(text, claims)]


@pytest.mark.parametrize(
    ("text", "claimed", "expected"),
    [
        ("Ask Dr. Anna Weiss now", "Dr. Anna Weiss", "Anna Weiss"),
        ("It is Peter's desk", "Peter's", "Peter"),
        ("Hi Mrs. Keller, welcome", "Mrs. Keller,", "Keller"),
        ("Gruß an Herrn Özdemir!", "Herrn Özdemir!", "Özdemir"),
    ],
)
def test_a_name_is_kept_without_title_possessive_and_punctuation(text: str, claimed: str, expected: str) -> None:
    assert stands(text, claim(text, claimed, "PERSON")) == [(expected, "PERSON")]


def test_a_whole_address_beats_the_names_and_numbers_in_it() -> None:
    text = "Send it to 12 Martin Road, Leeds LS1 4AB please"
    address = claim(text, "12 Martin Road, Leeds LS1 4AB", "STREET_ADDRESS")

    assert stands(text, claim(text, "Martin", "PERSON", 0.99), address, claim(text, "Leeds", "LOCATION")) == [
        ("12 Martin Road, Leeds LS1 4AB", "STREET_ADDRESS")
    ]


def test_what_has_a_form_beats_what_a_model_felt() -> None:
    text = "Write to ana.weiss@example.org"
    mail = claim(text, "ana.weiss@example.org", "EMAIL_ADDRESS", 1.0, "pattern")

    assert stands(text, claim(text, "ana.weiss", "PERSON", 0.99), mail) == [("ana.weiss@example.org", "EMAIL_ADDRESS")]


@pytest.mark.parametrize(
    ("text", "number", "entity"),
    [
        ("My order 4455-22-1123 is late", "4455-22-1123", "PHONE_NUMBER"),
        ("Ticket no 88123456 is open", "88123456", "NATIONAL_ID"),
        ("I paid 7021.49 for it", "7021.49", "DRIVER_LICENSE"),
        ("Meine Bestellung 02-8822-23 fehlt", "02-8822-23", "PHONE_NUMBER"),
        ("It was due on 05.08.2026 in vain", "05.08.2026", "PHONE_NUMBER"),
    ],
)
def test_a_things_number_is_nobodys(text: str, number: str, entity: str) -> None:
    assert stands(text, claim(text, number, entity)) == []


def test_a_number_is_what_the_words_before_it_say() -> None:
    text = "Call me back on 7179092760 today"

    assert stands(text, claim(text, "7179092760", "BANK_ACCOUNT")) == [("7179092760", "PHONE_NUMBER")]


def test_a_name_is_a_name_in_every_place_of_the_text() -> None:
    text = "Ulla Brandt called. Tell Brandt that it is done."

    assert stands(text, claim(text, "Ulla Brandt", "PERSON")) == [("Ulla Brandt", "PERSON"), ("Brandt", "PERSON")]


def test_one_model_completes_the_name_of_the_other() -> None:
    text = "Yours, Stephan M Urner"
    longer = claim(text, "Stephan M Urner", "PERSON", 0.6, "ner")

    assert stands(text, claim(text, "Stephan", "PERSON"), longer) == [("Stephan M Urner", "PERSON")]


def test_what_only_the_language_model_names_needs_support() -> None:
    text = "See Guilty Pleasures tonight"

    assert stands(text, claim(text, "Guilty Pleasures", "PERSON", 0.6, "ner")) == []


def test_a_misspelt_word_in_lower_case_is_no_name() -> None:
    text = "I want my moeny back"

    assert stands(text, claim(text, "moeny", "LOCATION", 0.99)) == []


def test_claims_never_overlap_and_keep_the_texts_order() -> None:
    text = "Anna Weiss, Lyon, anna@example.org"
    claims = [
        claim(text, "anna@example.org", "EMAIL_ADDRESS", 1.0, "pattern"),
        claim(text, "Lyon", "LOCATION"),
        claim(text, "Anna Weiss", "PERSON"),
        claim(text, "Weiss, Lyon", "PERSON", 0.6, "ner"),
    ]

    assert [piece for piece, _ in stands(text, *claims)] == ["Anna Weiss", "Lyon", "anna@example.org"]


@pytest.mark.parametrize(
    ("claims", "sure"),
    [
        ([("Ana Weiss", "PERSON", 0.85, "pattern")], True),
        ([("Ana Weiss", "PERSON", 0.7, "model"), ("Ana Weiss", "PERSON", 0.6, "ner")], True),
        ([("Ana Weiss", "PERSON", 0.97, "model")], True),
        ([("Ana Weiss", "PERSON", 0.7, "model")], False),
        ([("Tuesday Nivea", "PERSON", 0.97, "model")], False),
    ],
)
def test_one_find_is_sure_by_its_form_by_two_readers_or_by_both_its_names(
    claims: list[tuple[str, str, float, str]],
    *,
    sure: bool,
) -> None:
    text = "Then Ana Weiss and Tuesday Nivea came"

    (span,) = resolve(text, [claim(text, *it) for it in claims])

    assert span.sure is sure
