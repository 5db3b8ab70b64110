"""Production refuses to run unsafe, and database-free commands ask for no secret."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config import env
from tests.support.worker import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GOOD_KEY = "kX9" * 20


def _import(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production as s; print(s.SECURE_HSTS_SECONDS, s.LOOPBACK)"],
        cwd=ROOT,
        env={**kept, "CANDOR_HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"CANDOR_URL": "http://candor.example.org"}, "plain http is refused"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY is a sample"),
        ({"SECRET_KEY": "changeme" * 10}, "SECRET_KEY is a sample"),
        ({"SECRET_KEY": "short"}, "shorter than 50"),
        ({"CANDOR_DEMO": "1", "CANDOR_URL": "https://candor.example.org"}, "waives the second factor"),
        ({"CANDOR_DEMO": "maybe"}, "CANDOR_DEMO must be 1 or 0"),
        ({"DATABASE_URL": "mysql://root:hunter2@host/db"}, "DATABASE_URL is no PostgreSQL address"),
    ],
)
def test_production_refuses(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    done = _import(tmp_path, **environment)
    assert done.returncode != 0
    assert reason in done.stderr
    assert "hunter2" not in done.stderr


def test_an_https_address_brings_strict_transport_security(tmp_path: Path) -> None:
    done = _import(tmp_path, CANDOR_URL="https://candor.example.org", SECRET_KEY=GOOD_KEY)
    assert done.stdout.split() == ["31536000", "False"], done.stderr


def test_settings_need_no_secret(tmp_path: Path) -> None:
    assert _import(tmp_path).stdout.split() == ["0", "True"]


def test_a_setting_can_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("SECRET_KEY") == "from a file"


def test_a_setting_s_missing_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SETTING_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match="SOME_SETTING_FILE can't be read"):
        env.text("SOME_SETTING")


@pytest.mark.parametrize("password", ["plain", "with space", "it's", "back\\slash", 'quote"'])
def test_the_queue_s_address_survives_being_joined_without_quotes(password: str) -> None:
    known = {"HOST": "/run/candor", "PORT": "", "NAME": "candor", "USER": "candor", "PASSWORD": password}
    once = conninfo_to_dict(env.pgmq_address(known))
    joined = " ".join(f"{key}={value}" for key, value in once.items())  # what pgmq does with it
    assert conninfo_to_dict(joined)["password"] == password


def test_a_socket_folder_in_the_address_is_understood() -> None:
    known = env.database("postgresql://candor@%2Frun%2Fcandor/candor")
    assert (known["HOST"], known["NAME"], known["USER"]) == ("/run/candor", "candor", "candor")
