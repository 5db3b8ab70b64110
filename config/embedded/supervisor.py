"""One small supervisor: starts children in order, restarts those that end, stops what others stand on last.

Each child has its own session, so that Ctrl-C reaches the supervisor alone and it decides the order; a child whose
supervisor is killed gets SIGTERM from the kernel. Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

PR_SET_PDEATHSIG: Final = 1
SHORTEST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
#: A child that ran this long had started properly: its next end is a new story.
STEADY: Final = 60.0
LARGEST_LOG: Final = 10 << 20
_libc: Final = ctypes.CDLL(None)


@dataclass(slots=True)
class Child:
    """A process to keep alive. `account` is the user and group it runs as, where those aren't ours.

    The others stand on a `foundation`: it is stopped when they have ended.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    folder: Path = Path("/")
    account: tuple[int, int] | None = None
    nice: int = 0
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    foundation: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = SHORTEST_PAUSE
    due: float = 0.0
    restarts: int = 0

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Children by name, in the order they were added."""

    def __init__(self, log_folder: Path, *, tell: Callable[[str], None]) -> None:
        self.log_folder = log_folder
        self.tell = tell
        self.children: dict[str, Child] = {}
        self.stopping = False
        log_folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add(self, child: Child) -> None:
        """Start a child and keep it."""
        self.children[child.name] = child
        self._start(child)

    def listen(self) -> None:
        """Stop on Ctrl-C and on SIGTERM; a second Ctrl-C doesn't wait."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def watch(self) -> None:
        """Keep the children alive until somebody asks to stop."""
        while not self.stopping:
            self.look()
            time.sleep(0.25)

    def look(self) -> None:
        """Restart what ended, after a pause that doubles while it keeps ending."""
        now = time.monotonic()
        for child in self.children.values():
            if child.is_alive:
                continue
            if not child.due:
                self._schedule(child, now)
            elif now >= child.due:
                child.restarts += 1
                self._start(child)

    def stop(self) -> None:
        """Stop every child, foundations last; kill what doesn't end in its time."""
        self.stopping = True
        children = list(self.children.values())
        self.end(*[child for child in children if not child.foundation])
        self.end(*[child for child in children if child.foundation])

    def end(self, *children: Child) -> None:
        """Stop these at once."""
        began = time.monotonic()
        running = [(child, child.process) for child in children if child.process and child.is_alive]
        for child, process in running:
            process.send_signal(child.stop_signal)
        for child, process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, began + child.patience - time.monotonic()))
        for child in children:
            self._kill_group(child)

    def drop(self, name: str) -> None:
        """Stop a child and forget it."""
        self.end(self.children.pop(name))

    def _schedule(self, child: Child, now: float) -> None:
        if now - child.started > STEADY:
            child.pause = SHORTEST_PAUSE
        child.due = now + child.pause
        code = child.process.returncode if child.process else None
        self.tell(f"{child.name} ended ({code}); starting it again in {child.pause:.0f} s, see {self._log(child)}")
        child.pause = min(child.pause * 2, LONGEST_PAUSE)
        self._kill_group(child)  # what its end left behind

    def _start(self, child: Child) -> None:
        user, group = child.account or (None, None)
        with _opened(self._log(child)) as output:
            child.process = subprocess.Popen(
                list(child.command),
                cwd=child.folder,
                env=dict(child.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=group,
                extra_groups=[] if child.account else None,
                preexec_fn=lambda: _before_exec(child.nice),  # noqa: PLW1509 - this process has one thread
            )
        child.started, child.due = time.monotonic(), 0.0

    def _log(self, child: Child) -> Path:
        return self.log_folder / f"{child.name}.log"

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        if self.stopping:
            for child in self.children.values():
                self._kill_group(child)
        self.stopping = True

    @staticmethod
    def _kill_group(child: Child) -> None:
        if child.process is None:
            return
        try:
            os.killpg(child.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        if child.process.poll() is None:
            child.process.wait(timeout=10)


def _before_exec(nice: int) -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if nice:
        os.nice(nice)


def _opened(path: Path) -> IO[bytes]:
    """A log that only this account reads, begun anew when it has grown large."""
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
