"""`make run` from the first start to the last kill, with every process for real."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.embedded.process_tree import descendants, eventually, names, still_alive
from tests.supervised import PROJECT, Supervised

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that has been started once. Tests share it: each start must cope with
    whatever the one before has left."""
    var = tmp_path_factory.mktemp("waymark") / "var"
    with Supervised(var) as waymark:
        pass
    (var / "first-start").write_text(waymark.said())
    return var


def test_a_first_start_says_what_it_does_where_it_is_and_who_is_there(var: Path) -> None:
    said = (var / "first-start").read_text()
    steps = ["PostgreSQL", "Valkey", "Migrations", "The built-in pathway", "Demo people", "Web"]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    assert "Waymark is at http://localhost:" in said
    people = json.loads((var / "demo-people.json").read_text())
    assert {person["role"] for person in people} >= {"learner", "mentor"}
    for person in people:
        assert person["email"] in said
        assert person["password"] in said
    assert said.endswith("Stopping …\nStopped.\n")


def test_a_later_start_runs_everything_keeps_it_running_and_stops_in_order(var: Path) -> None:
    with Supervised(var) as waymark:
        assert "Demo people" not in waymark.said()
        assert waymark.get("/health/ready")[0] == 200
        for words in (["granian"], ["worker"], ["beat"], ["relay"], ["valkey"], ["postgres", "-D"]):
            assert waymark.pids(*words), words

        assert_second_start_is_refused(waymark)
        assert_killed_processes_are_started_again(waymark)

        assert waymark.process is not None
        waymark.family |= descendants(waymark.process.pid)
        waymark.process.terminate()
        assert waymark.process.wait(60) == 0
        assert not waymark.left(), names(waymark.left())
    assert "Stopping …\nStopped." in waymark.said()
    # Nobody was cut off: the database stopped after all that use it, and in order.
    log = (var / "log" / "postgres.log").read_text()
    last = log[log.rindex("fast shutdown request") :]
    assert "terminating connection" not in last
    assert "database system is shut down" in last


def assert_second_start_is_refused(waymark: Supervised) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "backend.embedded"],
        cwd=PROJECT,
        env=waymark.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert f"Waymark already runs on {waymark.var}" in second.stderr
    assert "Traceback" not in second.stderr
    assert waymark.get("/health/live")[0] == 200


def assert_killed_processes_are_started_again(waymark: Supervised) -> None:
    assert waymark.process is not None
    (relay,) = waymark.pids("manage.py", "relay")
    (web, *_) = waymark.pids("granian")
    family = descendants(web)
    for pid in (relay, web):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: waymark.pids("manage.py", "relay") not in ([], [relay]), 90)
    assert eventually(lambda: waymark.answers("/health/ready"), 90)
    assert not still_alive(family)
    assert "web was ended by signal 9; again in 0.5 s" in waymark.said()


def test_kills_leave_no_process_and_lose_no_row(var: Path) -> None:
    with Supervised(var) as waymark:
        waymark.kill_supervisor()
        assert len(waymark.family) > 12
        assert eventually(lambda: not waymark.left(), 60), names(waymark.left())

    acknowledged: list[int] = []
    with Supervised(var) as waymark:
        writer = threading.Thread(target=write_until_cut_off, args=(waymark, acknowledged))
        writer.start()
        assert eventually(lambda: len(acknowledged) > 200)
        waymark.kill_everything()
        writer.join()
        assert eventually(lambda: not waymark.left()), names(waymark.left())

    with Supervised(var) as waymark, psycopg.connect(waymark.database_url) as connection:
        stored = {row[0] for row in connection.execute("SELECT n FROM kept")}
        connection.execute("DROP TABLE kept")
    assert set(acknowledged) <= stored
    assert len(stored) <= len(acknowledged) + 1  # at most the one that was on its way


def write_until_cut_off(waymark: Supervised, acknowledged: list[int]) -> None:
    """Insert numbers, a transaction each, and note those that the database has acknowledged."""
    with psycopg.connect(waymark.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int PRIMARY KEY)")
        with suppress(psycopg.OperationalError):
            for n in range(1_000_000):
                connection.execute("INSERT INTO kept VALUES (%s)", [n])
                acknowledged.append(n)
