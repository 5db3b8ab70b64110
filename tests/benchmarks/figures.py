"""One line of a benchmark's result, and how lines are printed."""

from __future__ import annotations

import os
import platform
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value beside its target and, where there is one, the peer's value from the same run."""

    what: str
    ours: float
    unit: str = ""
    target: str = ""
    peer: float | None = None
    peer_name: str = ""
    ratio: float | None = None  # how many times better than the peer
    note: str = ""


@dataclass(slots=True)
class Spent:
    """Seconds on the clock, and seconds of processor time of this process and its ended children."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spent() -> Iterator[Spent]:
    result = Spent()
    wall, cpu = time.perf_counter(), _cpu()
    yield result
    result.wall, result.cpu = time.perf_counter() - wall, _cpu() - cpu


def _cpu() -> float:
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def machine() -> str:
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" load {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%Y-%m-%d}"
    )


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [("What", "Measured", "Target", "Peer", "Ratio", "Note"), ("---",) * 6]
    rows += [
        (
            figure.what,
            f"{_number(figure.ours)} {figure.unit}".strip(),
            figure.target,
            f"{_number(figure.peer)} ({figure.peer_name})" if figure.peer is not None else "",
            f"{figure.ratio:.1f}x" if figure.ratio is not None else "",
            figure.note,
        )
        for figure in figures
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
