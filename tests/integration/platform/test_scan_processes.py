"""How many samples bin/up scans at once."""

from __future__ import annotations

import os

import pytest

from config.embedded import machine


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCAN_WORKERS", raising=False)


def computer(monkeypatch: pytest.MonkeyPatch, *, cores: int, gib: float) -> None:
    known = {"SC_PHYS_PAGES": int(gib * (1 << 18)), "SC_PAGE_SIZE": 4096}
    monkeypatch.setattr(os, "sysconf", known.__getitem__)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(cores)))


@pytest.mark.parametrize(("cores", "gib", "expected"), [(1, 8, 1), (2, 7.8, 2), (8, 7.8, 3), (2, 1, 1), (16, 64, 16)])
def test_as_many_scans_run_at_once_as_cores_and_memory_allow(
    monkeypatch: pytest.MonkeyPatch, cores: int, gib: float, expected: int
) -> None:
    computer(monkeypatch, cores=cores, gib=gib)
    assert machine.scan_processes() == expected


def test_an_installation_may_say_how_many_scans_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    computer(monkeypatch, cores=2, gib=8)
    monkeypatch.setenv("SCAN_WORKERS", "5")
    assert machine.scan_processes() == 5
