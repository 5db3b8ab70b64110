"""`bin/up`: from a fresh checkout to a running Candor, and the same again in seconds the next time."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import signal
import subprocess
import textwrap
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.embedded import install, machine, places, postgres
from config.embedded.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Sequence

OWNER: Final = "owner@localhost"
STARTED_WITHIN: Final = 60.0


class Up:
    """One run of bin/up."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.state = places.home()
        self.state.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.demo = self._wants_demo()
        self.embedded = not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))
        self.supervisor = Supervisor(self.state / "log", tell=tell)

    def run(self) -> None:
        """Prepare everything, then serve until Ctrl-C (or end, with --prepare-only)."""
        self._secrets()
        self.supervisor.listen()
        try:
            self._prepare()
            if not self.options.prepare_only and not self.supervisor.stopping:
                self._serve()
        finally:
            tell("Stopping ...")
            self.supervisor.stop()

    # --- preparing -----------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        if self.embedded:
            self._start_postgres()
        tell("Bringing the database up to date ...")
        self._manage("prepare", "-v", "0")
        self._static()
        if self.demo and not self._has("demo"):
            tell("Making the demo project by running its real jobs (a minute or two) ...")
            self._start_workers()
            said = self._manage("make_demo", "--password-stdin", text=f"{self._password()}\n")
            self._keep("demo", "\n".join(line for line in said.splitlines() if "@" in line))
        if not self._has("owner"):
            self._make_owner()

    def _secrets(self) -> None:
        """SECRET_KEY is made once; the other keys are made by what first needs them, in the same folder."""
        folder = self.state / "secrets"
        folder.mkdir(exist_ok=True, mode=0o700)
        if not (folder / "secret_key").exists():
            _write_private(folder / "secret_key", secrets.token_urlsafe(50))

    def _wants_demo(self) -> bool:
        """The last answer stands: an installation begun empty mustn't lose its second factors to a forgotten option."""
        if self.options.demo is not None:
            self._keep("start", "demo" if self.options.demo else "empty")
        return self._has("start") != "empty"

    def _start_postgres(self) -> None:
        cluster = postgres.Cluster(self.state)
        candidates = postgres.found_binaries(() if cluster.account else install.wheel_postgres())
        binaries = cluster.choose(candidates)
        cluster.create(binaries)
        cluster.stop_leftover(binaries)
        self.supervisor.add(cluster.child(binaries))
        cluster.wait(binaries)

    def _static(self) -> None:
        """Collect static files when the bundle or a library changed."""
        mark = "".join(
            path.read_text(encoding="ascii") for path in sorted(install.STAMPS.iterdir()) if path.name != "modules"
        )
        if self._has("static") != mark:
            self._manage("collectstatic", "--noinput", "--clear", "-v", "0")
            self._keep("static", mark)

    def _make_owner(self) -> None:
        command = ["create_user", OWNER, "--name", "Owner", "--role", "owner", "--password-stdin"]
        self._manage(*command, text=f"{self._password()}\n")
        self._keep("owner", OWNER)

    def _password(self) -> str:
        """The one-time password: kept until the welcome has shown it."""
        path = self.state / "secrets" / "first_password"
        if not path.exists():
            _write_private(path, secrets.token_urlsafe(12))
        return path.read_text(encoding="ascii")

    # --- serving -------------------------------------------------------------------------------------------------

    def _start_workers(self) -> None:
        """One worker for scans, which are heavy, and one for the rest; both survive from the demo on."""
        if "worker-scan" in self.supervisor.children:
            return
        self.supervisor.add(self._worker("scan", "scan", concurrency=machine.scan_processes(), nice=10))
        self.supervisor.add(self._worker("rest", "default,report,sign", concurrency=2))
        celery = [str(install.PYTHON), "-m", "celery", "-A", "config.celery"]
        schedule = str(self.state / "log" / "beat-schedule")
        self.supervisor.add(self._child("beat", [*celery, "beat", "-s", schedule, "--pidfile="]))

    def _worker(self, name: str, queues: str, *, concurrency: int, nice: int = 0) -> Child:
        command = [str(install.PYTHON), "-m", "celery", "-A", "config.celery", "worker", "-n", f"{name}@%h"]
        command += ["-Q", queues, "-c", str(concurrency), "--without-gossip", "--without-mingle", "-l", "INFO"]
        return self._child(f"worker-{name}", command, nice=nice)

    def _serve(self) -> None:
        self._start_workers()
        gunicorn = [str(install.PYTHON), "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
        self.supervisor.add(self._child("web", [*gunicorn, "-b", f"127.0.0.1:{self.options.port}"]))
        self._wait_for_web()
        self._welcome()
        self.supervisor.watch()

    def _wait_for_web(self) -> None:
        end = time.monotonic() + STARTED_WITHIN
        address = f"http://127.0.0.1:{self.options.port}/health/ready"
        while not self.supervisor.stopping:
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                    return
            except (urllib.error.URLError, OSError) as error:
                if time.monotonic() > end:
                    log = self.supervisor.log_folder / "web.log"
                    raise install.InstallError(f"the web server did not start; see {log}") from error
            self.supervisor.look()
            time.sleep(0.1)

    def _welcome(self) -> None:
        tell(f"\nCandor runs at {self._url()}")
        password = self.state / "secrets" / "first_password"
        if password.exists():
            tell(f"Sign in as {OWNER} with the password {password.read_text(encoding='ascii')}")
            if self.demo:
                tell(f"The demo's people have the same:\n{textwrap.indent(self._has('demo'), '  ')}")
            tell("It is shown this once; change it after you signed in.")
            password.unlink()
        tell("Ctrl-C stops everything.\n")

    # --- small parts ---------------------------------------------------------------------------------------------

    def _url(self) -> str:
        return os.environ.get("CANDOR_URL") or f"http://localhost:{self.options.port}"

    def _environment(self) -> dict[str, str]:
        return {
            "CANDOR_DEMO": "1" if self.demo else "0",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **os.environ,
            "CANDOR_HOME": str(self.state),
            "CANDOR_URL": self._url(),
            "PATH": f"{install.VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONUNBUFFERED": "1",
        }

    def _child(self, name: str, command: Sequence[str], *, nice: int = 0) -> Child:
        return Child(name=name, command=command, environment=self._environment(), folder=places.ROOT, nice=nice)

    def _manage(self, *words: str, text: str = "") -> str:
        """Run a command of the application; what it printed. Raises InstallError."""
        done = subprocess.run(
            [str(install.PYTHON), "manage.py", *words],
            cwd=places.ROOT,
            env=self._environment(),
            input=text,
            text=True,
            capture_output=True,
            check=False,
            preexec_fn=_ignore_interrupt,  # noqa: PLW1509 - this process has one thread
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip()[-3000:]
            raise install.InstallError(f"manage.py {words[0]} failed:\n{said}")
        return done.stdout

    def _has(self, name: str) -> str:
        """What an earlier run noted under `name`."""
        path = self.state / "prepared.json"
        return str(json.loads(path.read_text(encoding="utf-8")).get(name, "")) if path.exists() else ""

    def _keep(self, name: str, value: str) -> None:
        path = self.state / "prepared.json"
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        path.write_text(json.dumps({**known, name: value}, indent=1), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run bin/up; the exit status."""
    options = _options(arguments)
    try:
        with _only_one(places.home()):
            began = time.monotonic()
            _provide()
            up = Up(options)
            up.run()
            if options.prepare_only:
                tell(f"Prepared in {time.monotonic() - began:.0f} s. bin/up starts it.")
    except (install.InstallError, machine.Missing, postgres.ClusterError) as error:
        tell(f"\nbin/up: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _provide() -> None:
    embedded = not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))
    needs = [*machine.RUNNING, *([machine.SERVER] if embedded and os.geteuid() == 0 else [])]
    machine.provide(needs, tell=tell)
    locks = [install.PRODUCT]
    if embedded and os.geteuid() != 0 and not postgres.found_binaries():
        locks.append("requirements-embedded.txt")
    install.libraries(*locks, tell=tell)
    install.bundle(tell=tell)


class _only_one:  # noqa: N801 - reads as a phrase
    """Holds the state folder's lock: two supervisors would fight over one database."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True, exist_ok=True, mode=0o711)
        self.path = state / "up.lock"

    def __enter__(self) -> None:
        self.file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise install.InstallError(f"Candor runs already on {self.path.parent}") from None

    def __exit__(self, *_details: object) -> None:
        os.close(self.file)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/up", description="Prepare and start Candor; Ctrl-C stops it.")
    parser.add_argument("--port", type=int, default=8000, help="of the web server, on this machine only (8000)")
    parser.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        help="with the demo project and without second factors, or empty (kept for the next start; at first: demo)",
    )
    parser.add_argument("--prepare-only", action="store_true", help="prepare everything, start nothing")
    return parser.parse_args(arguments)


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)


def _ignore_interrupt() -> None:
    """A Ctrl-C in the terminal is the supervisor's to answer, after the step it is in."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def tell(line: str) -> None:
    print(line, flush=True)
