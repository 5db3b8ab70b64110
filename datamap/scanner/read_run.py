"""Reading a sample in a child process: JSON in, JSON out."""

from __future__ import annotations

from typing import Any

from datamap.scanner.read import read_table
from datamap.scanner.types import Progress


def read(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """`{"handle": ..., "name": ...}` -> a Table as JSON. The cells go to the parent's memory and nowhere else."""
    return read_table(request["handle"], request["name"], progress).to_json()
