"""The child answers, fails by code, and is stopped; whatever it does, the parent lives."""

from __future__ import annotations

from typing import Any

import pytest

from core import sandbox
from core.sandbox import Limits, SandboxError

HERE = "tests.unit.core.sandboxed"


def test_an_answer_and_progress_come_back() -> None:
    seen: list[tuple[int, str]] = []
    answer = sandbox.call(f"{HERE}:double", {"n": 21}, on_progress=lambda percent, code: seen.append((percent, code)))
    assert answer == {"n": 42}
    assert (50, "half") in seen


def test_an_engines_error_keeps_its_code_and_place_but_no_text() -> None:
    with pytest.raises(SandboxError) as caught:
        sandbox.call(f"{HERE}:unreadable", {})
    assert (caught.value.code, caught.value.line, caught.value.params) == ("broken_row", 7, {"columns": 3})


def test_any_other_error_tells_only_its_type() -> None:
    with pytest.raises(SandboxError) as caught:
        sandbox.call(f"{HERE}:quotes_a_cell", {})
    assert caught.value.code == "internal"
    assert "canary" not in repr(caught.value.__dict__)


@pytest.mark.parametrize(
    ("function", "limits", "code"),
    [
        ("spin", Limits(cpu=1, wall=20), "cpu_limit"),
        ("sleep", Limits(wall=1), "time_limit"),
        ("hoard", Limits(memory=300 << 20), "memory_limit"),
        ("die", Limits(), "crashed"),
        ("call_home", Limits(), "internal"),
        ("write_a_file", Limits(), "internal"),
    ],
)
def test_a_limit_ends_the_child(function: str, limits: Limits, code: str) -> None:
    with pytest.raises(SandboxError) as caught:
        sandbox.call(f"{HERE}:{function}", {}, limits=limits)
    assert caught.value.code == code


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setenv("DATABASE_URL", "canary")
    environment: dict[str, Any] = sandbox.call(f"{HERE}:environment", {})
    assert "canary" not in repr(environment)


def test_cancelling_kills_the_child() -> None:
    class Stop(Exception):
        pass

    def cancel(percent: int, code: str) -> None:
        raise Stop

    with pytest.raises(Stop):
        sandbox.call(f"{HERE}:sleep", {}, limits=Limits(wall=30), on_progress=cancel)
