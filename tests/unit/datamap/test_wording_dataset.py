"""What a sample's page says in words, and the shapes it draws."""

from __future__ import annotations

from typing import Any

import pytest

from core.types import SPECIAL, Category, Reason
from datamap.histogram import histogram
from datamap.languages import choices, language_name
from datamap.models import Dataset, Finding
from datamap.selectors.findings import Block, blocks_of
from datamap.templatetags.datamap import band, marked, visible_name
from datamap.wording_categories import about
from datamap.wording_dataset import gone, language_text, reading
from datamap.wording_entities import entity_name
from datamap.wording_scan import reason_text


def dataset(**fields: Any) -> Dataset:
    from django.utils import timezone

    return Dataset(**{"rows": 5000, "sampled": 5000, "scanned_at": timezone.now(), **fields})


def test_what_was_read_and_what_not_is_said_in_sentences() -> None:
    left = [{"code": "encrypted", "params": {"part": "a.xlsx"}}]
    sentences = reading(dataset(sampled=2000, skipped=3, has_header=False, left_out=left))

    assert sentences[0].startswith("All 5,000 rows were searched")
    assert "random sample of 2,000 of them" in sentences[0]
    assert sentences[1].startswith("3 rows were left out")
    assert "c1, c2" in sentences[2]
    assert sentences[3] == "a.xlsx: The file is protected by a password."
    assert reading(dataset()) == ["All 5,000 rows were read."]
    assert reading(dataset(rows=0, sampled=0)) == ["There are no rows: columns were judged by their names alone."]
    assert reading(Dataset()) == []


@pytest.mark.parametrize(
    ("chosen", "found", "share", "text"),
    [
        ("", "", 0, "not detected: too little text"),
        ("", "fr", 0.87, "French, detected in 87 % of the texts"),
        ("de", "", 0, "German, as chosen"),
        ("de", "de", 1, "German, as chosen"),
        ("de", "fr", 0.6, "German, as chosen; most texts look French (60 %)"),
    ],
)
def test_the_language_and_who_said_so(chosen: str, found: str, share: float, text: str) -> None:
    assert language_text(dataset(language=chosen, found_language=found, language_share=share)) == text


def test_every_language_offered_has_a_name() -> None:
    assert all(name != code for code, name in choices())
    assert language_name("zh") == "Chinese"
    assert language_name("xx") == "xx"


def test_columns_that_went_are_told_with_what_they_were() -> None:
    seen = {
        "column": "c", "identifying": "direct", "category": "contact", "entity": "EMAIL_ADDRESS", "confidence": 0.9,
        "share": 0.5, "low": 0.4, "high": 0.6, "decision": "",
    }  # fmt: skip
    silent = {**seen, "identifying": "none", "category": "none", "entity": ""}

    assert gone(dataset(gone=[seen, silent])) == [
        {"column": "c", "was": "E-mail address, 50 % of rows, confidence 0.90"},
        {"column": "c", "was": "no identifier found"},
    ]


@pytest.mark.parametrize(
    ("code", "name"),
    [("PERSON", "Name of a person"), ("STAFF_NUMBER", "Staff number"), ("IT_FISCAL_CODE", "Fiscal code (IT)")],
)
def test_an_entity_has_a_name_also_if_a_team_made_it(code: str, name: str) -> None:
    assert entity_name(code) == name


@pytest.mark.parametrize("category", list(Category))
def test_a_category_is_known_elsewhere_and_singled_out_with_a_reason(category: Category) -> None:
    told = about(category)

    assert told.fideslang
    assert ":" in told.dpv_term
    assert (told.article == "Art. 9") is (category in SPECIAL)
    assert bool(told.article) is bool(told.because)


def test_a_histogram_counts_texts_commonest_first() -> None:
    why = (Reason("lexicon.word", {"word": "note"}), Reason("text.model", {"read": 200, "holding": 80}))
    drawn = histogram({"PERSON": 20, "MEDICAL_TERM": 60}, why)

    assert [(row.entity, row.share, row.special) for row in drawn.rows] == [
        ("MEDICAL_TERM", 0.3, True),
        ("PERSON", 0.1, False),
    ]
    assert (drawn.read, drawn.holding, drawn.most) == (200, 80, 60)
    assert histogram({}, ()).most == 1
    assert histogram({"PERSON": 3}, ()).rows[0].share is None


def test_what_was_masked_stands_apart_and_the_rest_is_text() -> None:
    assert marked("<b>‹PERSON› & ‹") == "&lt;b&gt;<mark>‹PERSON›</mark> &amp; ‹"


@pytest.mark.parametrize(
    ("name", "shown"), [("a\tb", "a␣b"), ("\u202ecod", "␣cod"), ("  ", "(no name)"), ("名前", "名前")]
)
def test_what_cannot_be_seen_in_a_name_can(name: str, shown: str) -> None:
    assert visible_name(name) == shown


def test_an_interval_is_never_too_thin_to_see_nor_outside() -> None:
    drawn = band(Finding(share=1.0, low=0.9999, high=1.2))
    assert drawn == {"low": 100.0, "width": 0.5, "at": 99.2}


def test_a_block_of_the_small_map_strokes_each_column_once() -> None:
    block = Block(range(1, 2), 1, 4, ("direct", "none", "direct", "direct"))

    assert block.paths == [("direct", "M0 4h1M2 4h2"), ("none", "M1 4h1")]
    assert block.counted == {"direct": 3, "none": 1}


def test_the_map_of_a_very_wide_sample_stays_short_and_leads_to_every_page() -> None:
    blocks = blocks_of(["none"] * 5000, 12)

    assert len(blocks) <= 50
    assert [page for block in blocks for page in block.pages] == list(range(1, 418))
    assert sum(len(block.marks) for block in blocks) == 5000
    assert (blocks[0].first, blocks[-1].last) == (1, 5000)
    assert blocks_of(["none"] * 15, 12) == ()
    assert [(block.first, block.last) for block in blocks_of(["none"] * 39, 12)] == [(1, 12), (13, 24), (25, 39)]


def test_a_name_of_any_length_and_a_large_count_stay_readable_in_a_reason() -> None:
    assert reason_text("lexicon.word", {"word": "x" * 400}) == f"its name says “{'x' * 59}…”"
    assert reason_text("text.model", {"holding": 1400, "read": 5000}) == "1,400 of 5,000 texts read hold an identifier"
