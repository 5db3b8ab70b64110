"""One sample of 10 M rows, 1.2 GB: sample and full pass in one process, and the whole scan by one and two workers.

CANDOR_BENCH_FILE may name a file made earlier by `tests.benchmarks.generate.large`.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import crew
from tests.benchmarks.figures import Figure, spent
from tests.benchmarks.generate import large


def run() -> list[Figure]:
    kept = os.environ.get("CANDOR_BENCH_FILE")
    with tempfile.TemporaryDirectory(prefix="candor-large-") as folder:
        path = Path(kept) if kept else large.write(Path(folder) / "large.csv")
        return [*_reading(path, Path(folder)), *_scanning(path)]


def _reading(path: Path, folder: Path) -> list[Figure]:
    """In the child process a scan reads in, from ciphertext, under its limits."""
    from core import sandbox
    from core.encryption import EncryptingWriter, FileHandle, new_key

    key = new_key()
    writer = EncryptingWriter(folder / "large.enc", key)
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20) or b"", b""):
            writer.write(block)
    writer.close()
    handle = FileHandle(str(folder / "large.enc"), key, path.stat().st_size).to_json()
    with spent() as took:
        answer: dict[str, Any] = sandbox.call(
            "tests.support.reading:weighed",
            {"handle": handle, "name": path.name},
            limits=sandbox.Limits(cpu=300, memory=1 << 30, wall=600),
        )
    (folder / "large.enc").unlink()
    table = answer["table"]
    rare = next(column["hits"]["US_SSN"]["rows"] for column in table["columns"] if column["name"] == "reference")
    what = f"{table['rows']:,} rows, {path.stat().st_size / 1e9:.2f} GB: sample and full pass"
    note = f"decrypting included; {took.cpu:.1f} s of processor time; {rare:,} social security numbers found"
    return [
        Figure(f"{what}, one process", took.wall, "s", "< 15 s", note=note),
        Figure(f"{what}, peak memory", answer["mib"], "MiB", "< 512 MiB"),
    ]


def _scanning(path: Path) -> list[Figure]:
    with crew.installation() as home:
        one, two = (_measure(home, path, count) for count in (1, 2))
    return [
        Figure("The same through the queue, findings included, one worker", one, "s"),
        Figure("... two workers", two, "s", peer=one, peer_name="one worker", ratio=one / two),
    ]


def _measure(home: Path, path: Path, count: int) -> float:
    project, engineer = crew.people()
    with crew.workers(home, count):
        crew.finish([crew.add(path, project, engineer, b"\n" * count)])  # loads the models
        job = crew.add(path, project, engineer, b"\n" * (count + 10))
        began = time.time()
        return crew.finish([job]) - began
