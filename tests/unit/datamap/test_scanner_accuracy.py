"""A floor under what free text reaches on templates nothing is tuned on. The figures: tests/benchmarks/texts.py."""

from __future__ import annotations

import pytest

from datamap.scanner.analyser import analyse
from datamap.scanner.kinds import names_nobody
from tests.benchmarks.generate.texts import ENTITIES, PARTS, SLOT, texts
from tests.benchmarks.text_scores import Marked, by_characters, by_spans, common, merged


@pytest.fixture(scope="module")
def marked() -> list[Marked]:
    sample = texts("held_out", 150, seed=5)
    found = analyse([item.text for item in sample])
    return [
        Marked(
            item.text,
            item.spans,
            [(span.start, span.end, span.entity) for span in found[item.text] if not names_nobody(span.entity)],
        )
        for item in sample
    ]


def test_nine_of_ten_characters_that_tell_of_somebody_are_found(marked: list[Marked]) -> None:
    assert by_characters(marked).f2 >= 0.9


def test_most_finds_are_found_as_what_they_are(marked: list[Marked]) -> None:
    assert by_spans(marked).f2 >= 0.85


def test_no_template_is_in_both_parts() -> None:
    for language, held_out in PARTS["held_out"].items():
        assert not set(held_out) & set(PARTS["tuning"][language])
        assert {slot for text in held_out for slot in SLOT.findall(text)} & set(ENTITIES)


def test_generated_texts_are_the_same_every_time_and_labelled_where_they_are() -> None:
    once, again = texts("tuning", 40, seed=3), texts("tuning", 40, seed=3)

    assert once == again
    assert all(0 <= start < end <= len(item.text) for item in once for start, end, _ in item.spans)


def test_scores_count_what_they_say() -> None:
    text = "Ana Weiss, 12 Elm Road, Leeds"
    labelled = [(0, 9, "PERSON"), (11, 22, "STREET_ADDRESS"), (24, 29, "LOCATION")]
    one = Marked(text, labelled, [(0, 9, "PERSON"), (11, 22, "LOCATION")])

    assert merged(text, labelled) == [(0, 9, "PERSON"), (11, 29, "LOCATION")]
    assert by_characters([one]).recall == pytest.approx(20 / 25)
    assert (by_spans([one]).precision, by_spans([one]).recall) == (1.0, 1.0)
    assert by_spans([one], least=0.9).recall == 0.5
    assert common((0, 10, ""), (5, 15, "")) == pytest.approx(1 / 3)
