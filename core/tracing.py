"""Tracebacks fit for a log: where it happened and which kind of error, never its message (messages quote cells)."""

from __future__ import annotations

import secrets
import traceback
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def without_values(error: BaseException) -> str:
    """`module.py:12 in name < ...: ErrorType`, innermost last, following causes."""
    frames = [
        f"{_short(frame.filename)}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    own = f"{' > '.join(frames)}: {type(error).__qualname__}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{without_values(cause)} | {own}" if cause else own


def reference() -> str:
    """What a person can quote and the log has too."""
    return secrets.token_hex(4)


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
