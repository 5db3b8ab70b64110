"""The lock files install anywhere: on every supported Python, from whatever index the machine uses."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.worker import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-embedded.txt"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_carries_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())
    pins = [block for block in blocks if "==" in block.splitlines()[0]]
    assert pins
    assert all("--hash=sha256:" in block for block in pins)


def test_the_developers_lock_agrees_with_the_product_s() -> None:
    product, developers = (_pins(ROOT / name) for name in LOCKS[:2])
    assert {name: developers.get(name) for name in product} == product


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_pins_resolve_to_wheels_on(version: str, tmp_path: Path) -> None:
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "pip", "compile", str(ROOT / "requirements.txt"), "--only-binary", ":all:", "--quiet"]
    command += ["--system-certs"]  # as pip does
    command += ["--python-version", version, "--python-platform", "linux", "-o", str(tmp_path / "resolved.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.\[\]-]+)==(\S+)", path.read_text(), re.MULTILINE))
