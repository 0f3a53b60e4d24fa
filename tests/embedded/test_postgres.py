"""PostgreSQL from its wheel: a real server in a directory of its own."""

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from backend.embedded import postgres, sockets, wheels
from backend.embedded.errors import StartError
from backend.embedded.postgres import NOBODY, Cluster, Identity
from backend.embedded.processes import Child, Keeper
from backend.embedded.sockets import socket_directory
from tests.embedded.process_tree import descendants, eventually, kill, still_alive


def start(cluster: Cluster, guard: Keeper) -> Child:
    child = Child(cluster.command(), guard)
    cluster.wait_until_ready(child)
    return child


def stop(child: Child) -> None:
    child.ask_to_stop()
    child.wait_until_stopped()


def test_rows_survive_a_kill_of_every_process(cluster: Cluster, guard: Keeper) -> None:
    cluster = replace(cluster, is_throw_away=False)
    assert cluster.create() is True
    child = start(cluster, guard)
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    family = descendants(child.pid)
    kill(family)
    assert eventually(lambda: child.exit_code() is not None and not still_alive(family))
    assert (cluster.data / "postmaster.pid").exists()

    assert cluster.create() is False
    child = start(cluster, guard)
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)
    stop(child)


def test_an_interrupted_initdb_begins_anew(cluster: Cluster) -> None:
    unfinished = cluster.data.with_name("postgres.unfinished")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").touch()
    assert cluster.create() is True
    assert not unfinished.exists()


def test_data_of_another_version_is_left_alone(cluster: Cluster) -> None:
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(StartError, match="made by PostgreSQL 17, and this is 18"):
        cluster.create()


def test_files_that_name_another_process_do_not_stop_a_start(
    cluster: Cluster, guard: Keeper
) -> None:
    # Process ids come round again, in a container at once: this one is pytest's.
    cluster.create()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    (cluster.sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{cluster.data}\n")
    stop(start(cluster, guard))


def test_a_server_that_was_left_over_is_stopped(cluster: Cluster, guard: Keeper) -> None:
    cluster.create()
    orphan = start(cluster, guard)
    second = start(cluster, guard)  # asks for the command, which clears the way
    assert orphan.exit_code() == 0
    stop(second)


def test_a_long_path_gets_a_short_directory_for_its_sockets(tmp_path: Path, guard: Keeper) -> None:
    deep = tmp_path / ("far" * 30) / "var"
    short = socket_directory(deep / "run")
    try:
        assert sockets.fits(short)
        assert short == socket_directory(deep / "run")
        assert short.stat().st_mode & 0o777 == 0o700
        cluster = Cluster(deep / "postgres", short, deep / "log", is_throw_away=True)
        cluster.create()
        child = start(cluster, guard)
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        stop(child)
    finally:
        short.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_as_root_without_namespaces_it_runs_as_nobody(
    monkeypatch: pytest.MonkeyPatch, guard: Keeper, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres, "identity", lambda: Identity(user=NOBODY))
    program = str(wheels.postgres_program("initdb"))
    if subprocess.run(["test", "-x", program], user=NOBODY, check=False).returncode != 0:
        pytest.skip("this checkout is closed to nobody, who could not run its PostgreSQL")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o711)
        short = socket_directory(place / "run")
        cluster = Cluster(place / "postgres", short, place / "log", is_throw_away=True)
        cluster.create()
        child = start(cluster, guard)
        assert Path(f"/proc/{child.pid}").stat().st_uid == NOBODY
        stop(child)

    tmp_path.chmod(0o700)  # where nobody can't get at it, a sentence says so
    closed = socket_directory(tmp_path / "run")
    with pytest.raises(StartError, match=r"nobody can't reach .* as a normal user"):
        Cluster(tmp_path / "postgres", closed, tmp_path / "log").create()


def test_somebody_elses_directory_for_sockets_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("far" * 30) / "run"
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(sockets.tempfile, "tempdir", None)
    theirs = socket_directory(deep)
    try:
        monkeypatch.setattr(sockets.os, "getuid", lambda: theirs.stat().st_uid + 1)
        with pytest.raises(StartError, match="belongs to somebody else"):
            socket_directory(theirs)
    finally:
        theirs.rmdir()


def test_a_server_that_exits_says_the_end_of_its_log(cluster: Cluster, guard: Keeper) -> None:
    cluster.create()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    child = Child(cluster.command(), guard)
    with pytest.raises(StartError, match="no_such_setting"):
        cluster.wait_until_ready(child)
