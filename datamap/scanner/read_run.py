"""Reading a sample in a child process: JSON in, JSON out."""

from __future__ import annotations

from typing import Any

from datamap.scanner.options import Recogniser
from datamap.scanner.read import read_table
from datamap.scanner.types import Progress


def read(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """`{"handle", "name", "recognisers"}` -> a Table as JSON. The cells go to the parent's memory and nowhere else."""
    recognisers = map(Recogniser.from_json, request.get("recognisers", ()))
    return read_table(request["handle"], request["name"], progress, recognisers=recognisers).to_json()
