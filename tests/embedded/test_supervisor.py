"""Children are started again, and stopped in order."""

import itertools
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded import supervisor as module
from backend.embedded.errors import StartError
from backend.embedded.processes import Command, Keeper
from backend.embedded.signals import Signals, StopRequested
from backend.embedded.supervisor import Service, Supervisor
from backend.embedded.watch import WorkWatch
from tests.embedded.process_tree import eventually

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)


@pytest.fixture
def signals() -> Iterator[Signals]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    signals = Signals()
    yield signals
    signals.close()
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(guard: Keeper, signals: Signals, said: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(guard, signals, said.append)
    yield supervisor
    supervisor.stop()


def service(tmp_path: Path, name: str, script: str, rank: int = 1) -> Service:
    command = Command(name, ("sh", "-c", script), tmp_path / f"{name}.log", stop_seconds=5)
    return Service(name, lambda: command, rank)


def stop_once(condition, seconds: float = 10) -> None:
    """Send ourselves SIGTERM as soon as the condition is true, from a process of our own."""
    if os.fork() == 0:
        eventually(condition, seconds)
        os.kill(os.getppid(), signal.SIGTERM)
        os._exit(0)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_child_that_exits_is_started_again_ever_more_slowly(
    tmp_path: Path, supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_DELAY", 0.05)
    starts = tmp_path / "starts"
    supervisor.start(service(tmp_path, "brief", f"date +%s.%N >> {starts}; exit 3"))
    stop_once(lambda: len(lines(starts)) == 5)
    with pytest.raises(StopRequested):
        supervisor.run(WorkWatch("http://127.0.0.1:9", 300))
    times = [float(line) for line in lines(starts)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert gaps[0] >= 0.05
    assert gaps[3] >= 0.4
    assert "brief exited with code 3; again in 0.05 s" in said[0]
    assert "brief is started again." in said


def test_everything_stops_from_the_highest_rank_down(
    tmp_path: Path, supervisor: Supervisor
) -> None:
    ends = tmp_path / "ends"
    script = "trap 'sleep 0.1; echo {0} >> {1}; exit' TERM; echo up; while :; do sleep 0.02; done"
    children = [
        supervisor.start(service(tmp_path, name, script.format(name, ends), rank))
        for name, rank in (("database", 1), ("web", 2), ("worker", 2))
    ]
    assert eventually(lambda: all(child.last_lines() == "up" for child in children))
    began = time.monotonic()
    supervisor.stop()
    assert lines(ends)[2] == "database"
    assert set(lines(ends)[:2]) == {"web", "worker"}
    assert time.monotonic() - began < Command.stop_seconds


def test_a_one_shot_that_fails_says_its_last_words(tmp_path: Path, supervisor: Supervisor) -> None:
    command = Command("migrate", ("sh", "-c", "echo no such table; exit 1"), tmp_path / "log")
    with pytest.raises(StartError, match=r"migrate failed .exit code 1.*\n.*no such table"):
        supervisor.run_once(command)


def test_a_stop_ends_a_one_shot_that_runs(
    tmp_path: Path, supervisor: Supervisor, signals: Signals
) -> None:
    signals.stops = 1
    with pytest.raises(StopRequested):
        supervisor.run_once(Command("migrate", ("sleep", "1000"), tmp_path / "log"))


def test_a_log_that_has_grown_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOG_BYTES", 10)
    log = tmp_path / "web.log"
    with log.open("ab") as child:
        child.write(b"eleven bytes")
        child.flush()
        module._shorten(log)
        child.write(b"more")
    assert log.read_bytes() == b"more"
    assert (tmp_path / "web.log.1").read_bytes() == b"eleven bytes"
