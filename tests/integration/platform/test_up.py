"""`bin/up` itself: from nothing to a running Candor, a second time, and down again."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.worker import ROOT, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PASSWORD = re.compile(r"Sign in as owner@localhost with the password \S+")


@pytest.fixture
def home() -> Iterator[Path]:
    """A state folder that user postgres can reach."""
    folder = Path(tempfile.mkdtemp(prefix="candor-up-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def _up(home: Path) -> Iterator[tuple[str, Path, subprocess.Popen[bytes]]]:
    """Run bin/up without the demo; its address, what it prints, its process. Ends it as Ctrl-C does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said = home / "said"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with said.open("wb") as output:
        process = subprocess.Popen(
            [str(ROOT / "bin" / "up"), "--no-demo", "--port", str(port)],
            env={**kept, "CANDOR_HOME": str(home / "state")},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(lambda: _runs(process, said), seconds=600, what="bin/up")
        yield f"http://127.0.0.1:{port}", said, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0, said.read_text()


def _runs(process: subprocess.Popen[bytes], said: Path) -> bool:
    assert process.poll() is None, said.read_text()
    return "Ctrl-C stops everything" in said.read_text()


def _workers(home: Path) -> list[int]:
    """The main processes of this installation's two workers."""
    found = subprocess.run(
        ["pgrep", "-f", "celery -A config.celery worker"], capture_output=True, text=True, check=False
    )
    mine = f"CANDOR_HOME={home / 'state'}".encode()
    pids = [int(pid) for pid in found.stdout.split()]
    ours = [pid for pid in pids if mine in _read(pid, "environ").split(b"\0")]
    return [pid for pid in ours if int(_read(pid, "stat").rpartition(b")")[2].split()[1]) not in ours]


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b") Z 0"


def test_from_nothing_to_running_and_again_in_seconds(home: Path) -> None:
    with _up(home) as (url, said, _process):
        assert PASSWORD.search(said.read_text())
        with urllib.request.urlopen(f"{url}/accounts/login/") as answer:  # noqa: S310 - our own server
            assert answer.status == 200
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        first = _workers(home)
        assert len(first) == 2
        os.kill(first[0], signal.SIGKILL)
        wait_for(lambda: len(_workers(home)) == 2 and first[0] not in _workers(home), seconds=60, what="a new worker")
    assert _workers(home) == []

    began = time.monotonic()
    with _up(home) as (_url, said, _process):
        # A start alone takes about six seconds; here it shares two cores with the other tests.
        assert time.monotonic() - began < 60
        assert not PASSWORD.search(said.read_text()), "a password is shown once"
        assert _secrets_are_private(home / "state" / "secrets")


def _secrets_are_private(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))


def test_a_second_supervisor_is_refused(home: Path) -> None:
    with _up(home):
        done = subprocess.run(
            [str(ROOT / "bin" / "up"), "--no-demo"],
            env={"PATH": os.environ["PATH"], "CANDOR_HOME": str(home / "state")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "runs already" in done.stdout
