"""What a scan says otherwise than the one before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datamap.rescan import Change, Seen, alike, change_of, gone, series

MAIL = Seen("mail", "direct", "contact", "EMAIL_ADDRESS", 0.9, 0.5, 0.47, 0.53)
SILENT = Seen("mail", "none", "none", "", 0.85, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (None, MAIL, Change.NEW),
        (SILENT, MAIL, Change.FOUND),
        (MAIL, SILENT, Change.LOST),
        (MAIL, replace(MAIL, identifying="quasi"), Change.RECAST),
        (MAIL, replace(MAIL, entity="PHONE_NUMBER"), Change.RECAST),
        (MAIL, replace(MAIL, share=0.9, low=0.88, high=0.92), Change.MOVED),
        (MAIL, replace(MAIL, share=0.54, low=0.535, high=0.56), Change.SAME),  # apart, but by sampling's width only
        (MAIL, replace(MAIL, share=0.57, low=0.52, high=0.62), Change.SAME),  # further, but the intervals meet
        (MAIL, replace(MAIL, confidence=0.6), Change.MOVED),
        (SILENT, replace(SILENT, confidence=0.3), Change.SAME),  # how sure one is of nothing moves nobody
    ],
)
def test_a_change_is_named_by_what_it_means(before: Seen | None, now: Seen, change: Change) -> None:
    assert change_of(before, now) == change


_shares = st.floats(0, 1)
_seen = st.builds(
    Seen,
    column=st.just("c"),
    identifying=st.sampled_from(["direct", "quasi", "none"]),
    category=st.sampled_from(["none", "contact"]),
    entity=st.sampled_from(["", "PERSON"]),
    confidence=_shares,
    share=_shares,
    low=_shares,
    high=_shares,
)


@given(_seen)
def test_the_same_twice_is_no_change(seen: Seen) -> None:
    assert change_of(seen, seen) == Change.SAME or seen.low > seen.high
    assert Seen.from_json(seen.to_json()) == seen


def test_columns_that_went_keep_their_order() -> None:
    before = [replace(MAIL, column=name) for name in ("c", "a", "b")]
    assert [seen.column for seen in gone(before, ["a"])] == ["c", "b"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("customers-2026-10.csv", "customers_2026_11.csv", True),
        ("Customers.csv", "customers (2).csv", True),
        ("customers.csv", "orders.csv", False),
        ("chat_logs.parquet", "chat_logs_v2.parquet", False),
    ],
)
def test_files_of_one_series_differ_in_numbers_only(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert (series(one) == series(other)) is same


def test_headers_alike_share_half_of_all_columns() -> None:
    assert alike("abc", "abcd")
    assert not alike("abc", "xyzc")
    assert alike("", "")
