"""Nothing outlives a supervisor, however it ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.processes import Child, Command, Keeper
from tests.embedded.process_tree import descendants, eventually, still_alive

# A child that starts a grandchild which would stay, as a worker of granian or Celery would.
FAMILY = ("sh", "-c", "sleep 1000 & exec sleep 1000")
SUPERVISOR = """
import sys, time
from pathlib import Path
from backend.embedded.processes import Child, Command, Keeper
var = Path(sys.argv[1])
guard = Keeper()
guard.remove(var / "throw-away")
child = Child(Command("family", ("sh", "-c", "sleep 1000 & exec sleep 1000"), var / "log"), guard)
print("up", flush=True)
time.sleep(1000)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_children_and_grandchildren_end_with_a_killed_supervisor(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "throw-away").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, tmp_path], stdout=subprocess.PIPE
    ) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == b"up\n"
        assert eventually(lambda: len(descendants(supervisor.pid)) == 4)  # with the keeper
        family = descendants(supervisor.pid)
        supervisor.send_signal(number)
    assert eventually(lambda: not still_alive(family))
    assert not (tmp_path / "throw-away").exists()


def test_a_child_that_exits_takes_its_own_children_along(tmp_path: Path, guard: Keeper) -> None:
    child = Child(Command("family", FAMILY, tmp_path / "log"), guard)
    assert eventually(lambda: len(descendants(child.pid)) == 2)
    family = descendants(child.pid)
    os.kill(child.pid, signal.SIGKILL)
    assert eventually(lambda: child.exit_code() is not None)
    assert eventually(lambda: not still_alive(family))


def test_a_keeper_that_was_killed_is_replaced_and_knows_everything(tmp_path: Path) -> None:
    guard = Keeper()
    child = Child(Command("family", FAMILY, tmp_path / "log"), guard)
    assert eventually(lambda: len(descendants(child.pid)) == 2)
    family = descendants(child.pid)
    os.kill(guard.pid, signal.SIGKILL)
    assert eventually(lambda: not guard.is_alive())
    guard.replace()
    guard.close()
    assert not still_alive(family)
    child.wait_until_stopped()


def test_a_child_that_ignores_the_request_to_stop_is_killed(tmp_path: Path, guard: Keeper) -> None:
    argv = ("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")
    child = Child(Command("stubborn", argv, tmp_path / "log", stop_seconds=0.2), guard)
    assert eventually(lambda: "ready" in child.last_lines())
    child.ask_to_stop()
    child.wait_until_stopped()
    assert child.exit_code() == -signal.SIGKILL
