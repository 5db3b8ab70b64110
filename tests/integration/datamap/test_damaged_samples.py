"""Sound files of every format, cut and changed at random places: they are read or refused by a reason, never more."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from core import sandbox
from datamap.wording_scan import UNREADABLE
from tests.support.fuzz import SOUND

if TYPE_CHECKING:
    from pathlib import Path

COPIES = 60


def damaged(content: bytes, rng: random.Random) -> bytes:
    """Cut off, or up to a dozen bytes changed, or a piece taken out."""
    kind, place = rng.randrange(3), rng.randrange(len(content))
    if kind == 0:
        return content[:place]
    if kind == 1:
        return content[:place] + content[place + rng.randrange(1, 200) :]
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 12)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("name", SOUND)
def test_a_damaged_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    rng = random.Random(name)
    content = SOUND[name]()
    paths = [tmp_path / f"{number}.{name}" for number in range(COPIES)]
    for path in paths:
        path.write_bytes(damaged(content, rng))
    told = sandbox.call("tests.support.fuzz:read_all", {"paths": [*map(str, paths)]}, limits=sandbox.Limits(wall=300))

    assert {code for code in told if code != "read" and code not in UNREADABLE} == set()
