"""The private cluster: made, restarted and refused, as root (through user postgres) and as anybody else."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from config.embedded import places, postgres
from config.embedded.supervisor import Supervisor
from tests.support.worker import ROOT, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

AS_SOMEBODY = """
import sys
from pathlib import Path
from config.embedded import postgres
from config.embedded.supervisor import Supervisor
cluster = postgres.Cluster(Path(sys.argv[1]), throw_away=True)
binaries = cluster.choose(postgres.found_binaries())
for _ in range(2):
    cluster.create(binaries)
    supervisor = Supervisor(Path(sys.argv[1]) / "log", tell=print)
    supervisor.add(cluster.child(binaries))
    cluster.wait(binaries)
    supervisor.stop()
print("started twice")
"""


@pytest.fixture
def state() -> Iterator[Path]:
    """A folder that user postgres can reach; pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="candor-pg-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def supervisor(state: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(state / "log", tell=print)
    yield supervisor
    supervisor.stop()


def _started(state: Path, supervisor: Supervisor) -> tuple[postgres.Cluster, postgres.Binaries]:
    cluster = postgres.Cluster(state, throw_away=True)
    binaries = cluster.choose(postgres.found_binaries())
    cluster.create(binaries)
    cluster.stop_leftover(binaries)
    supervisor.add(cluster.child(binaries))
    cluster.wait(binaries)
    return cluster, binaries


def test_rows_survive_a_stop_and_a_start(state: Path, supervisor: Supervisor) -> None:
    _started(state, supervisor)
    with psycopg.connect(places.database_url(state)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    supervisor.drop("postgres")
    _started(state, supervisor)
    with psycopg.connect(places.database_url(state)) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (1,)


def test_a_killed_server_comes_back_with_its_rows(state: Path, supervisor: Supervisor) -> None:
    cluster, binaries = _started(state, supervisor)
    child = supervisor.children["postgres"]
    assert child.process is not None
    child.process.kill()

    def restarted() -> bool:
        supervisor.look()
        return child.restarts == 1

    wait_for(restarted, seconds=15)
    cluster.wait(binaries)


def test_a_server_that_outlived_its_supervisor_is_replaced(state: Path, supervisor: Supervisor) -> None:
    _started(state, supervisor)
    left = supervisor.children.pop("postgres")
    _started(state, supervisor)
    assert left.process is not None
    wait_for(lambda: left.process is None or left.process.poll() is not None, seconds=10)


def test_nobody_else_can_reach_the_socket_or_the_files(state: Path, supervisor: Supervisor) -> None:
    cluster, _binaries = _started(state, supervisor)
    assert cluster.data.stat().st_mode & 0o077 == 0
    assert cluster.socket.stat().st_mode & 0o077 == 0
    with psycopg.connect(places.database_url(state)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)


def test_files_of_another_version_are_refused(state: Path) -> None:
    cluster = postgres.Cluster(state)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(postgres.ClusterError, match="made by PostgreSQL 9"):
        cluster.choose(postgres.found_binaries())


def test_an_interrupted_set_up_is_told_not_repaired(state: Path) -> None:
    cluster = postgres.Cluster(state)
    cluster.data.mkdir()
    (cluster.data / "base").mkdir()
    with pytest.raises(postgres.ClusterError, match="holds no cluster"):
        cluster.create(postgres.found_binaries()[0])


def test_a_long_path_gets_a_short_socket_folder() -> None:
    state = Path("/" + "long/" * 30)
    assert len(str(places.socket_folder(state))) <= places.LONGEST_SOCKET_FOLDER
    assert places.socket_folder(state) != places.socket_folder(state / "other")


@pytest.mark.skipif(os.geteuid() != 0, reason="the tests above ran as somebody who isn't root")
def test_somebody_who_is_not_root_runs_the_server_herself(state: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    checkout = state / "checkout"
    shutil.copytree(ROOT / "config" / "embedded", checkout / "config" / "embedded")
    (checkout / "config" / "__init__.py").touch()
    home = state / "home"
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    python = next(path for path in ("/usr/bin/python3", sys.executable) if _may_run(path, nobody.pw_uid, nobody.pw_gid))
    done = subprocess.run(
        [python, "-c", AS_SOMEBODY, str(home)],
        cwd=checkout,
        user=nobody.pw_uid,
        group=nobody.pw_gid,
        extra_groups=[],
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("started twice")


def _may_run(path: str, user: int, group: int) -> bool:
    try:
        done = subprocess.run([path, "-c", ""], user=user, group=group, extra_groups=[], check=False, cwd="/")
    except OSError:
        return False
    return done.returncode == 0
