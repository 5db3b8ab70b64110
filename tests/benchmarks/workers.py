"""Many samples through the queue: one worker against two, each of one process, on PostgreSQL and its queues."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from tests.benchmarks import crew
from tests.benchmarks.figures import Figure
from tests.support.samples import as_csv, customers, messages

DATASETS: Final = 16
#: Rounds of one worker and of two in turn: what else the machine does falls on both.
ROUNDS: Final = 3
ROWS: Final = 3_000
TEXTS: Final = 60


def run() -> list[Figure]:
    with crew.installation() as home:
        path = home / "customers.csv"
        path.write_bytes(_sample())
        rounds = [{count: _measure(home, path, count) for count in (1, 2)} for _ in range(ROUNDS)]
    seconds = {count: min(measured[count] for measured in rounds) for count in (1, 2)}
    ratio = seconds[1] / seconds[2]
    note = f"{DATASETS} samples of {ROWS:,} rows and 17 columns, {TEXTS} texts each; warm; the best of {ROUNDS} rounds"
    return [
        Figure("Many samples, one worker", seconds[1] / DATASETS, "s a sample", note=note),
        Figure(
            "Many samples, two workers", seconds[2] / DATASETS, "s a sample", ">= 1.7x one worker",
            peer=seconds[1] / DATASETS, peer_name="one worker", ratio=ratio, note=note,
        ),
    ]  # fmt: skip


def _sample() -> bytes:
    texts = messages(TEXTS)
    rows = customers(ROWS // 10) * 10
    return as_csv([{**row, "message": texts[number] if number < TEXTS else ""} for number, row in enumerate(rows)])


def _measure(home: Path, path: Path, count: int) -> float:
    """Seconds from the first sample queued to the last one done, by workers that have their models loaded."""
    project, engineer = crew.people()
    with crew.workers(home, count):
        warm = [crew.add(path, project, engineer, b"\n" * (n + 1)) for n in range(3 * count)]
        crew.finish(warm)
        began = time.time()
        jobs = [crew.add(path, project, engineer, b"\n" * (n + 20)) for n in range(DATASETS)]
        return crew.finish(jobs) - began
