"""Where an installation keeps its state. Standard library only: the set-up runs before anything is installed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
#: A Unix socket's address holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER: Final = 85
DATABASE: Final = "candor"


def home() -> Path:
    """CANDOR_HOME, else /var/lib/candor for root (a checkout may be unreachable for user postgres), else var/."""
    if named := os.environ.get("CANDOR_HOME"):
        return Path(named).resolve()
    return Path("/var/lib/candor") if os.geteuid() == 0 else ROOT / "var"


def socket_folder(state: Path) -> Path:
    """The folder of the private cluster's socket: beside the state where the path is short enough."""
    beside = state / "run"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    mark = hashlib.sha256(os.fsencode(state)).hexdigest()[:12]
    return Path("/tmp") / f"candor-{mark}"  # noqa: S108 - created 0700 and its owner checked by postgres.py


def database_url(state: Path) -> str:
    """The private cluster's address."""
    folder = str(socket_folder(state)).replace("%", "%25").replace("/", "%2F")
    return f"postgresql://{DATABASE}@{folder}/{DATABASE}"
