"""Hostile samples through the sandboxed reader, with the limits of a scan: 60 seconds, 1 GiB, no files, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from datamap.wording_scan import UNREADABLE
from tests.support.hostile import TRAPS, Trap
from tests.support.reading import READ, outcome

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["../../x.csv", "<script>alert(1)</script>.csv", "\u202evsc.x", "a\"b'c.csv", "x" * 300]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.what)
def test_a_hostile_sample_is_read_or_refused_by_its_reason(trap: Trap, tmp_path: Path) -> None:
    trap.make(tmp_path / trap.name)
    told = outcome(tmp_path / trap.name, trap.name)

    assert told in trap.outcomes
    assert told == READ or told in UNREADABLE
    assert [entry.name for entry in tmp_path.iterdir()] == [trap.name]


@pytest.mark.parametrize(
    "name", ["../../x.csv", "<script>alert(1)</script>.csv", "\u202evsc.x", "a\"b'c.csv", "x" * 300]
)
def test_the_name_of_a_sample_is_only_a_label(name: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"name,mail\nJane,j@example.org\n")

    assert outcome(tmp_path / "x", name) == READ
