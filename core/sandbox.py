"""Run an engine's function in a child process with limits and nothing inherited.

Uploads are parsed and reports rendered here. The child gets a scrubbed environment, resource limits and no
way to write files or reach the network; it answers over a pipe of its own. On an error a code, a line and a
column come back, never the library's message: those quote cells.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.types import Json

ROOT: Final = Path(__file__).resolve().parent.parent
PASSED_ON: Final = ("PATH", "LANG", "LC_ALL", "TZ", "SOURCE_DATE_EPOCH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
MAX_ANSWER: Final = 512 * 1024 * 1024  # bytes; more than any engine answers, less than what would hurt the worker


@dataclass(frozen=True, slots=True)
class Limits:
    cpu: int = 60  # seconds
    memory: int = 1 << 30  # bytes of address space
    wall: int = 120  # seconds
    file_size: int = 0  # bytes a file may grow to: none is written


@dataclass(eq=False)
class SandboxError(Exception):
    """The child did not answer.

    `code` is the engine's own or one of cpu_limit, memory_limit, time_limit, crashed, internal.
    """

    code: str
    line: int | None = None
    column: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.code


def call(
    target: str,
    request: Json,
    *,
    limits: Limits | None = None,
    on_progress: Callable[[int, str], None] | None = None,
) -> Any:
    """Call `module:function(request, progress)` in a child and return its JSON answer.

    Raises SandboxError; whatever `on_progress` raises (a cancelled job) kills the child and passes on.
    """
    limits = limits or Limits()
    read_end, write_end = os.pipe()
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "core.sandbox_child", target, str(write_end), json.dumps(_as_dict(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(write_end,),
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    )
    os.close(write_end)
    try:
        _send(child, request)
        return _listen(child, read_end, limits, on_progress)
    finally:
        os.close(read_end)
        _end(child)


def _as_dict(limits: Limits) -> dict[str, int]:
    return {"cpu": limits.cpu, "memory": limits.memory, "file_size": limits.file_size}


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    alone = {"OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}  # each thread's arena takes 64 MiB of address space
    return {**kept, **alone, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _send(child: subprocess.Popen[bytes], request: Json) -> None:
    if child.stdin is None:
        raise RuntimeError("the child was started without a pipe")
    try:
        child.stdin.write(json.dumps(request).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # it died on the way; _listen says how


def _listen(
    child: subprocess.Popen[bytes], read_end: int, limits: Limits, on_progress: Callable[[int, str], None] | None
) -> Any:
    deadline = time.monotonic() + limits.wall
    buffer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(read_end, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise SandboxError("time_limit")
            if not selector.select(timeout=min(left, 1.0)):
                if on_progress:
                    on_progress(-1, "")  # nothing new: only the chance to cancel
                continue
            piece = os.read(read_end, 1 << 20)
            if not piece:
                raise _death(child)
            buffer += piece
            if len(buffer) > MAX_ANSWER:
                raise SandboxError("memory_limit")
            while b"\n" in piece and (end := buffer.find(b"\n")) >= 0:
                message = json.loads(buffer[:end])
                del buffer[: end + 1]
                if "result" in message:
                    return message["result"]
                if "error" in message:
                    raise SandboxError(**message["error"])
                if on_progress:
                    on_progress(*message["progress"])


def _death(child: subprocess.Popen[bytes]) -> SandboxError:
    status = child.wait(timeout=10)
    codes = {-signal.SIGXCPU: "cpu_limit", -signal.SIGKILL: "cpu_limit", -signal.SIGABRT: "memory_limit"}
    return SandboxError(codes.get(status, "crashed"))


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(timeout=10)
