"""The supervisor keeps children alive and takes them down in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from functools import partial
from typing import TYPE_CHECKING

import pytest

from config.embedded.supervisor import Child, Supervisor
from tests.support.worker import ROOT, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOREVER = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path / "log", tell=print)
    yield supervisor
    supervisor.stop()


def test_a_child_that_was_killed_is_started_again(supervisor: Supervisor) -> None:
    child = Child("sleeper", FOREVER, pause=0.1)
    supervisor.add(child)
    assert child.process is not None
    first = child.process.pid
    os.kill(first, signal.SIGKILL)

    def restarted() -> bool:
        supervisor.look()
        return child.restarts == 1 and child.is_alive

    wait_for(restarted, seconds=10)
    assert child.process.pid != first


def test_a_child_that_keeps_ending_waits_longer_each_time(supervisor: Supervisor) -> None:
    child = Child("quitter", [sys.executable, "-c", ""], pause=0.05)
    supervisor.add(child)

    def restarted_twice() -> bool:
        supervisor.look()
        return child.restarts >= 2

    wait_for(restarted_twice, seconds=10)
    assert child.pause >= 0.2


def test_what_others_stand_on_stops_last(supervisor: Supervisor, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    script = textwrap.dedent("""
        import signal, sys, time
        def end(*_):
            with open(sys.argv[1], "a") as file:
                file.write(sys.argv[2])
            sys.exit(0)
        signal.signal(signal.SIGTERM, end)
        print("ready", flush=True)
        time.sleep(600)
    """)
    for name in "abc":
        command = [sys.executable, "-c", script, str(diary), name]
        supervisor.add(Child(name, command, foundation=name == "a"))
        log = tmp_path / "log" / f"{name}.log"
        wait_for(partial(_says_ready, log), seconds=10)
    supervisor.stop()
    assert sorted(diary.read_text()[:2]) == ["b", "c"]
    assert diary.read_text()[2:] == "a"


def test_a_child_that_ignores_its_signal_is_killed(supervisor: Supervisor, tmp_path: Path) -> None:
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready'); time.sleep(600)"
    child = Child("stubborn", [sys.executable, "-u", "-c", script], patience=0.2)
    supervisor.add(child)
    wait_for(lambda: "ready" in (tmp_path / "log" / "stubborn.log").read_text(), seconds=10)
    supervisor.end(child)
    assert not child.is_alive


def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    script = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from config.embedded.supervisor import Child, Supervisor
        supervisor = Supervisor(Path({str(tmp_path)!r}), tell=print)
        child = Child("sleeper", {FOREVER!r})
        supervisor.add(child)
        print(child.process.pid, flush=True)
        time.sleep(600)
    """)
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    wait_for(lambda: _has_ended(child), seconds=10)


def test_a_log_is_for_this_account_alone(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(Child("sleeper", FOREVER))
    assert (tmp_path / "log" / "sleeper.log").stat().st_mode & 0o077 == 0


def _says_ready(log: Path) -> bool:
    return "ready" in log.read_text()


def _has_ended(pid: int) -> bool:
    """Whether it is gone, or a zombie nobody has collected."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - /proc
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
