"""LINDDUN by rule: each card appears for its cause and goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from datamap.threats.linddun import threats
from datamap.threats.types import Edge, FlowGraph, Node

PEOPLE = Node("p", "subjects", "Customers")
STORE = Node(
    "s",
    "store",
    "CRM",
    categories=frozenset({"contact", "health", "communication"}),
    special=frozenset({"health"}),
    direct=2,
    quasi=4,
    fields=frozenset({"email"}),
)
OTHER = Node("t", "store", "Tickets", categories=frozenset({"contact"}), fields=frozenset({"email"}), retention_days=30)
TRAINING = Node("x", "process", "Training")
MODEL = Node("m", "model", "Model")
VENDOR = Node("v", "recipient", "Vendor")
COLLECT = Edge("1", "p", "s", "Collected", "collection", frozenset({"contact", "health"}), frozenset({"health"}))
TRAIN = Edge("2", "s", "x", "Training data", "training", frozenset({"contact", "behaviour"}))
LEARN = Edge("3", "x", "m", "Parameters", "training")
SHARE = Edge("4", "s", "v", "Shared", "sharing", frozenset({"contact"}), protection="none", has_purpose=True)


def cards(*edges: Edge, store: Node = STORE) -> set[str]:
    nodes = (PEOPLE, store, OTHER, TRAINING, MODEL, VENDOR)
    return {threat.card for threat in threats(FlowGraph.of(nodes, edges))}


def test_a_plain_case_shows_what_is_to_be_seen() -> None:
    found = cards(COLLECT, TRAIN, LEARN, SHARE)
    assert found == {"L4", "L5", "I3", "I5", "Nr4", "D4", "DD1", "DD3", "DD4", "U1", "U5", "Nc1", "Nc3", "Nc4"}


@pytest.mark.parametrize(
    ("card", "before", "after"),
    [
        ("Nc4", SHARE, replace(SHARE, protection="in_transit")),
        ("I3", SHARE, replace(SHARE, protection="pseudonymised")),
        ("U5", TRAIN, replace(TRAIN, protection="anonymised")),
        ("Nc1", SHARE, replace(SHARE, has_basis=True)),
        ("DD3", TRAIN, replace(TRAIN, has_purpose=True, has_basis=True)),
        ("DD1", COLLECT, replace(COLLECT, special=frozenset())),
    ],
)
def test_a_threat_goes_with_its_cause(card: str, before: Edge, after: Edge) -> None:
    assert card in cards(before, LEARN)
    assert card not in cards(after, LEARN)


def test_retention_ends_the_threat_of_keeping() -> None:
    assert "DD4" not in cards(store=replace(STORE, retention_days=90))


def test_each_threat_names_its_reason_and_the_plainest_come_first() -> None:
    found = threats(FlowGraph.of((PEOPLE, STORE, VENDOR), (COLLECT, SHARE)))
    assert all(threat.because for threat in found)
    assert [threat.weight for threat in found] == sorted((threat.weight for threat in found), reverse=True)


def test_every_card_and_reason_has_words() -> None:
    from datamap.wording_threats import CARDS, REASONS, TYPES

    found = threats(FlowGraph.of((PEOPLE, STORE, OTHER, TRAINING, MODEL, VENDOR), (COLLECT, TRAIN, LEARN, SHARE)))
    assert {threat.card for threat in found} <= set(CARDS)
    assert {threat.type for threat in found} <= set(TYPES)
    assert {because.code for threat in found for because in threat.because} <= set(REASONS)
