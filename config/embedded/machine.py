"""What the machine must have beside Python, and getting it: by apt when we are root, else by telling the one line."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.embedded import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: GiB of memory for each sample that is scanned at once.
SCANNER_MEMORY: Final = 2.0
NO_CLUSTER: Final = Path("/etc/postgresql-common/createcluster.conf")


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package, and whether what we want of it is here already (however it came)."""

    package: str
    is_met: Callable[[], bool]


class Missing(Exception):
    """What a person without root must ask for."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.line = f"apt-get install --no-install-recommends {' '.join(packages)}"
        super().__init__(f"this machine lacks what Candor needs. As root:\n\n    {self.line}\n")


def scan_processes() -> int:
    """How many samples are scanned at once: SCAN_WORKERS, else one a core where memory allows.

    A warm scanner holds 0.4 GiB, the child that reads for it at most one more.
    """
    if named := os.environ.get("SCAN_WORKERS"):
        return max(1, int(named))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / (1 << 30)
    return max(1, min(len(os.sched_getaffinity(0)), int(memory / SCANNER_MEMORY)))


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def _library(name: str) -> Callable[[], bool]:
    return lambda: ctypes.util.find_library(name) is not None


def _venv() -> bool:
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _debian_server() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return bool(postgres.found_binaries())


PYTHON: Final = Need("python3-venv", _venv)
RUNNING: Final = (
    Need("graphviz", _program("dot")),  # the data map
    Need("libpango-1.0-0", _library("pango-1.0")),  # WeasyPrint's text
    Need("libpangoft2-1.0-0", _library("pangoft2-1.0")),
    Need("libharfbuzz-subset0", _library("harfbuzz-subset")),
    Need("fonts-dejavu-core", lambda: any(Path("/usr/share/fonts").rglob("*.[to]tf"))),
)
SERVER: Final = Need("postgresql", _debian_server)
TESTING: Final = (
    Need("chromium", _program("chromium", "chromium-browser", "google-chrome")),
    Need("poppler-utils", _program("pdftoppm", "pdfsig")),
    Need("qpdf", _program("qpdf")),
    Need("redis-server", _program("redis-server", "valkey-server")),
)


def provide(needs: Sequence[Need], *, tell: Callable[[str], None]) -> None:
    """Install what is missing. Raises Missing when we aren't root or this is no Debian."""
    packages = [need.package for need in needs if not need.is_met()]
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(packages)
    tell(f"Installing {', '.join(packages)} ...")
    if "postgresql" in packages:
        _no_main_cluster()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    command = [*apt, "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(command, env=quiet, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _no_main_cluster() -> None:
    """Debian's package would start a server of its own on port 5432."""
    if not NO_CLUSTER.exists():
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="ascii")
