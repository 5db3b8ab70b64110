"""`bin/test`: everything that must hold before a change lands, on a PostgreSQL of its own that is thrown away."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.embedded import install, machine, places, postgres
from config.embedded.supervisor import Supervisor
from config.embedded.up import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BIN: Final = install.VENV / "bin"
DJANGO: Final = (str(BIN / "python"), "-W", "error::DeprecationWarning:config", "manage.py")
QUICK: Final = {
    "ruff": (str(BIN / "ruff"), "check"),
    "ruff format": (str(BIN / "ruff"), "format", "--check"),
    "import-linter": (str(BIN / "lint-imports"), "--no-cache"),
}
THOROUGH: Final = {
    "mypy --strict": (str(BIN / "mypy"),),
    "djlint": (str(BIN / "djlint"), "templates", "--lint", "--quiet"),
    "migrations": (*DJANGO, "makemigrations", "--check", "--dry-run"),
    "check --deploy": (*DJANGO, "check", "--deploy", "--fail-level", "WARNING"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run bin/test; the exit status. Pytest's closing line is the last that is printed."""
    options, extra = _options(arguments)
    try:
        _provide(fast=options.fast)
        with _database() as url:
            environment = _environment(url)
            if not _checks(QUICK if options.fast else QUICK | THOROUGH, environment):
                return 1
            return subprocess.run(
                _pytest(extra, fast=options.fast), cwd=places.ROOT, env=environment, check=False
            ).returncode
    except (install.InstallError, machine.Missing, postgres.ClusterError) as error:
        tell(f"\nbin/test: {error}")
        return 1


def _options(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="bin/test", description="Run every check and test. Unknown options go to pytest, as in: bin/test -k audit"
    )
    parser.add_argument("--fast", action="store_true", help="no types, no browser, nothing slow")
    return parser.parse_known_args(arguments)


def _provide(*, fast: bool) -> None:
    needs = [*machine.RUNNING, *(() if fast else machine.TESTING)]
    if os.geteuid() == 0:
        needs.append(machine.SERVER)
    machine.provide(needs, tell=tell)
    locks = [install.DEVELOPERS]
    if os.geteuid() != 0 and not postgres.found_binaries():
        locks.append("requirements-embedded.txt")
    install.libraries(*locks, tell=tell)
    install.bundle(tell=tell)


@contextmanager
def _database() -> Iterator[str]:
    """A cluster that doesn't bother to survive a crash. An address that is named wins."""
    if named := os.environ.get("DATABASE_URL"):
        yield named
        return
    state = Path(tempfile.mkdtemp(prefix="candor-db-"))
    state.chmod(0o711)
    supervisor = Supervisor(state / "log", tell=tell)
    try:
        cluster = postgres.Cluster(state, throw_away=True)
        binaries = cluster.choose(postgres.found_binaries(() if cluster.account else install.wheel_postgres()))
        cluster.create(binaries)
        supervisor.add(cluster.child(binaries))
        cluster.wait(binaries)
        yield places.database_url(state)
    finally:
        supervisor.stop()
        shutil.rmtree(state, ignore_errors=True)


def _environment(url: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CANDOR_", "CELERY_"))}
    return {
        **inherited,
        "DATABASE_URL": url,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONDEVMODE": "0",
    }


def _checks(checks: dict[str, tuple[str, ...]], environment: dict[str, str]) -> bool:
    """Run each and show what the failing ones say. Whether all passed."""
    production = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CANDOR_URL": "https://candor.example.org",
    }
    failed = []
    with tempfile.TemporaryDirectory(prefix="candor-check-") as home:
        for name, command in checks.items():
            began = time.monotonic()
            known = {**environment, **production, "CANDOR_HOME": home}
            done = subprocess.run(command, cwd=places.ROOT, env=known, capture_output=True, text=True, check=False)
            tell(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - began:.1f} s)")
            if done.returncode:
                failed.append(name)
                tell((done.stdout + done.stderr).strip())
    if failed:
        tell(f"\nFailed: {', '.join(failed)}. The tests were not run.")
    return not failed


def _pytest(extra: Sequence[str], *, fast: bool) -> list[str]:
    processes = str(min(os.cpu_count() or 1, 4))
    # tests/conftest.py says which files begin
    command = [str(BIN / "python"), "-m", "pytest", "-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    if fast:
        command += ["-m", "not slow and not browser"]
    return [*command, *extra]


if __name__ == "__main__":
    sys.exit(main())
