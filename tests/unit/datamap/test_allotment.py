"""How much the language models read of a scan. No model takes part."""

from __future__ import annotations

from datamap.scanner.allotment import EACH, SHORTENED, TEXTS, allotted, spread, unread
from datamap.scanner.columns import judge
from datamap.scanner.types import Column
from datamap.scanner.verdict import Judged

BUDGET = 50_000


def column(texts: int, length: int) -> Judged:
    values = tuple(
        f"the parcel {n} did not come to us, " + "and nobody knows why " * (length // 22) for n in range(texts)
    )
    return judge(Column("message", "", values, texts), header=True)


def cost(column: Judged) -> int:
    return sum(len(text) + EACH for text in column.read)


def test_columns_share_the_time_and_short_ones_are_read_whole() -> None:
    short, long, longer = allotted([column(50, 40), column(400, 900), column(400, 900)], BUDGET)

    assert len(short.read) == 50
    assert cost(short) + cost(long) + cost(longer) <= BUDGET
    assert abs(cost(long) - cost(longer)) < 2 * 1_000
    assert cost(long) > BUDGET / 4


def test_the_record_says_what_was_not_read() -> None:
    judged = allotted([column(50, 40), column(400, 900)], BUDGET)

    (reason,) = unread(judged)

    assert (reason.params["columns"], reason.params["texts"]) == (1, 400)
    assert reason.params["read"] == len(judged[1].read) < 400
    assert unread(allotted([column(50, 40)], BUDGET)) == ()


def test_a_text_is_cut_and_a_sample_is_read_from_all_its_parts() -> None:
    (item,) = allotted([column(2_000, 40)], 10**9)
    (long,) = allotted([column(3, 4_000)], 10**9)

    assert len(item.read) == TEXTS
    assert item.read[-1] in item.column.values[-2:]
    assert {len(text) for text in long.read} == {SHORTENED}
    assert spread(range(10), 5) == (0, 2, 4, 6, 8)
