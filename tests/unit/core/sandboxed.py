"""What the sandbox's tests run in the child."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Progress = Callable[[int, str], None]


class Unreadable(Exception):
    code = "broken_row"
    line = 7
    column = None
    params = {"columns": 3, "cell": ["a list is dropped"]}  # noqa: RUF012


def double(request: dict[str, int], progress: Progress) -> dict[str, int]:
    progress(50, "half")
    return {"n": request["n"] * 2}


def unreadable(request: Any, progress: Progress) -> None:
    raise Unreadable("canary@example.org in row 7")


def quotes_a_cell(request: Any, progress: Progress) -> None:
    raise ValueError("canary@example.org is not a number")


def spin(request: Any, progress: Progress) -> None:
    while True:
        pass


def sleep(request: Any, progress: Progress) -> None:
    time.sleep(30)


def hoard(request: Any, progress: Progress) -> int:
    return len(b"x" * (1 << 30))


def die(request: Any, progress: Progress) -> None:
    os._exit(3)


def call_home(request: Any, progress: Progress) -> None:
    socket.create_connection(("127.0.0.1", 9))


def write_a_file(request: Any, progress: Progress) -> None:
    Path("/tmp/candor-sandbox-test").write_bytes(b"plaintext")  # noqa: S108


def environment(request: Any, progress: Progress) -> dict[str, str]:
    return dict(os.environ)
