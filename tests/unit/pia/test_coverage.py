"""Coverage: the arithmetic of the stacked bar."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.types import Grade
from pia.frameworks.coverage import Given, Share, Status, coverage, judge
from pia.frameworks.pack import Group, Item, Pack, Weight


def item(number: int = 1, weight: Weight = Weight.MUST, **fields: Any) -> Item:
    base: dict[str, Any] = {"group": "g", "title": "t", "section": "2.3", "question": "q?", "guidance": "g", **fields}
    return Item(id=str(number), weight=weight, **base)


def pack(*items: Item) -> Pack:
    return Pack("p", "P", "P", "1", "final", "", "s", "l", "EU", "", (Group("g", "G"),), items)


TRANSFERS = {"fact": "transfers", "is": True}
some_answer = st.builds(
    Given, st.sampled_from(Status), st.sampled_from(Grade), expired=st.booleans(), approved=st.booleans()
)
some_pack = st.lists(
    st.tuples(st.sampled_from(Weight), st.sampled_from([{}, TRANSFERS]), some_answer), min_size=1, max_size=30
)


@given(some_pack, st.sampled_from([{}, {"transfers": True}, {"transfers": False}]))
def test_shares_sum_to_one_wherever_anything_applies(entries: list[Any], facts: dict[str, bool]) -> None:
    items = [item(n, weight, applies_when=when) for n, (weight, when, _) in enumerate(entries)]
    result = coverage(pack(*items), facts, {str(n): answer for n, (_, _, answer) in enumerate(entries)})
    assert sum(result.shares.values()) == (1 if result.applicable else 0)
    assert all(share >= 0 for share in result.shares.values())


@given(some_pack)
def test_answering_met_never_lowers_what_is_covered(entries: list[Any]) -> None:
    items = [item(n, weight) for n, (weight, _, _) in enumerate(entries)]
    answers = {str(n): answer for n, (_, _, answer) in enumerate(entries)}
    open_before = _open(coverage(pack(*items), {}, answers).shares)
    met = {**answers, "0": Given(Status.MET, Grade.ASSERTED)}
    if answers["0"].status is not Status.NOT_APPLICABLE:
        assert _open(coverage(pack(*items), {}, met).shares) <= open_before


def _open(shares: Any) -> Fraction:
    return Fraction(shares[Share.UNMET] + shares[Share.UNANSWERED])


def test_shares_follow_the_weights_of_must_should_could() -> None:
    items = (item(1), item(2, Weight.SHOULD), item(3, Weight.COULD))
    answers = {"1": Given(Status.MET, Grade.TESTED), "2": Given(Status.PARTIAL), "3": Given(Status.UNMET)}
    shares = coverage(pack(*items), {}, answers).shares
    assert shares[Share.TESTED] == Fraction(3, 6)
    assert shares[Share.PARTIAL] == Fraction(1, 6)
    assert shares[Share.UNMET] == Fraction(1, 6) + Fraction(1, 6)


def test_expired_evidence_drops_one_grade() -> None:
    assert judge(item(), {}, Given(Status.MET, Grade.TESTED, expired=True)).grade is Grade.DOCUMENTED
    assert judge(item(), {}, Given(Status.MET, Grade.ASSERTED, expired=True)).grade is Grade.ASSERTED


def test_not_applicable_counts_as_unanswered_until_a_second_person_approves() -> None:
    alone = judge(item(), {}, Given(Status.NOT_APPLICABLE))
    agreed = judge(item(), {}, Given(Status.NOT_APPLICABLE, approved=True))
    assert (alone.status, alone.applies) == (Status.UNANSWERED, True)
    assert not agreed.applies


def test_only_a_known_fact_switches_an_item_off_and_it_is_named() -> None:
    transfers = item(applies_when=TRANSFERS)
    assert judge(transfers, {}, Given()).applies
    assert judge(transfers, {"transfers": False}, Given()).untriggered == ("transfers",)


def test_every_false_part_of_any_is_named_once() -> None:
    either = item(applies_when={"any": [TRANSFERS, {"fact": "data.special", "is": True}, TRANSFERS]})
    facts = {"transfers": False, "data.special": False}
    assert judge(either, facts, Given()).untriggered == ("transfers", "data.special")


def test_unmet_lawfulness_blocks_whatever_the_shares() -> None:
    items = (item(1, gate=True), *(item(n) for n in range(2, 50)))
    answers = {str(n): Given(Status.MET, Grade.TESTED) for n in range(2, 50)} | {"1": Given(Status.UNMET)}
    result = coverage(pack(*items), {}, answers)
    assert [verdict.item.id for verdict in result.gate] == ["1"]
    assert [verdict.item.id for verdict in result.gaps] == ["1"]


def test_a_gate_that_no_fact_triggers_does_not_block() -> None:
    result = coverage(pack(item(gate=True, applies_when=TRANSFERS)), {"transfers": False}, {})
    assert result.gate == ()
    assert sum(result.shares.values()) == 0
