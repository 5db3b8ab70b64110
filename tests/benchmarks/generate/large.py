"""One big CSV about people: 10 M rows, 1.2 GB. The last rows of one column hold social security numbers.

`python -m tests.benchmarks.generate.large /tmp/large.csv`
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from faker import Faker

ROWS: Final = 10_000_000
BLOCK: Final = 500_000
#: Share of the rows, all at the end, whose reference is a social security number: a sample alone can't see them.
RARE: Final = 0.001
SEED: Final = 25


def write(path: Path, rows: int = ROWS) -> Path:
    """Write `rows` rows of about 120 bytes; the same for the same number."""
    rng = np.random.default_rng(SEED)
    words = _Words()
    with path.open("wb") as file:
        for start in range(0, rows, BLOCK):
            columns = _columns(rng, words, start, min(BLOCK, rows - start), rows - int(rows * RARE))
            if not start:
                file.write(",".join(columns).encode() + b"\n")
            lines = pc.binary_join_element_wise(*columns.values(), ",", null_handling="replace")
            file.write("\n".join(lines.to_pylist()).encode() + b"\n")
    return path


class _Words:
    """What cells are drawn from."""

    def __init__(self) -> None:
        faker = Faker("en_US")
        faker.seed_instance(SEED)
        self.first = pa.array([faker.first_name() for _ in range(400)])
        self.last = pa.array([faker.last_name() for _ in range(900)])
        self.city = pa.array([faker.city() for _ in range(500)])
        self.host = pa.array([faker.free_email_domain() for _ in range(20)])
        self.note = pa.array([faker.sentence(nb_words=3).rstrip(".") for _ in range(20_000)])
        self.status = pa.array(["active", "paused", "closed", "new"])


def _columns(rng: np.random.Generator, words: _Words, start: int, rows: int, rare_from: int) -> dict[str, Any]:
    """Columns as they are written, null for empty; the notes hold commas, so they are quoted."""
    first, last = _draw(rng, words.first, rows), _draw(rng, words.last, rows)
    ids = pa.array(np.arange(start, start + rows))
    mail = pc.binary_join_element_wise(
        pc.utf8_lower(first), ".", pc.utf8_lower(last), _digits(rng, 2, rows), "@", _draw(rng, words.host, rows), ""
    )
    note = pc.binary_join_element_wise(_draw(rng, words.note, rows), _digits(rng, 5, rows), ", no ")
    return {
        "id": ids.cast(pa.string()),
        "full_name": pc.binary_join_element_wise(first, last, " "),
        "email": pc.if_else(pa.array(rng.random(rows) < 0.4), mail, pa.scalar(None, pa.string())),
        "city": _draw(rng, words.city, rows),
        "created_at": _times(rng, rows),
        "amount": pc.round(pa.array(rng.gamma(2.0, 60.0, rows)), 2).cast(pa.string()),
        "status": _draw(rng, words.status, rows),
        "reference": _references(rng, ids, rows, rare_from),
        "note": pc.binary_join_element_wise('"', note, '"', ""),
    }


def _draw(rng: np.random.Generator, values: Any, rows: int) -> Any:
    return values.take(pa.array(rng.integers(0, len(values), rows)))


def _digits(rng: np.random.Generator, count: int, rows: int) -> Any:
    return pc.utf8_lpad(pa.array(rng.integers(0, 10**count, rows)).cast(pa.string()), count, "0")


def _times(rng: np.random.Generator, rows: int) -> Any:
    return pa.array(rng.integers(1_600_000_000, 1_760_000_000, rows)).cast(pa.timestamp("s")).cast(pa.string())


def _references(rng: np.random.Generator, ids: Any, rows: int, rare_from: int) -> Any:
    """Order numbers, and where the file ends 123-45-6789."""
    orders = pc.binary_join_element_wise("ORD", _digits(rng, 7, rows), "-")
    area = pa.array(rng.integers(100, 666, rows)).cast(pa.string())
    numbers = pc.binary_join_element_wise(area, _digits(rng, 2, rows), _digits(rng, 4, rows), "-")
    return pc.if_else(pc.greater_equal(ids, rare_from), numbers, orders)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
