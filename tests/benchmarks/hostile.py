"""What hostile files cost: each is made anew and read in the sandbox, with the limits of a scan."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.benchmarks.figures import Figure
from tests.support.hostile import TRAPS, Trap

ROOT: Final = Path(__file__).resolve().parents[2]


def run() -> list[Figure]:
    return [_figure(trap) for trap in TRAPS]


def _figure(trap: Trap) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / trap.name
        _run("hostile", trap.what, str(path))
        size = path.stat().st_size
        used = json.loads(_run("reading", str(path)))
        left = [entry.name for entry in Path(folder).iterdir()]
    right = "" if used["outcome"] in trap.outcomes and left == [trap.name] else "WRONG: "
    return Figure(
        trap.what,
        round(used["cpu"], 1),
        "s",
        "< 60 s, < 1,024 MiB",
        note=f"{right}{used['outcome']}, {used['mib']:.0f} MiB, file of {size / 1e6:,.3g} MB",
    )


def _run(module: str, *arguments: str) -> bytes:
    """In processes of their own: making a file takes more memory than reading it."""
    command = [sys.executable, "-m", f"tests.support.{module}", *arguments]
    return subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout  # noqa: S603 - our own module
