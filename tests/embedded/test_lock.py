"""One Waymark for each data directory."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backend.embedded.errors import StartError
from backend.embedded.lock import Lock
from tests.embedded.process_tree import eventually

HOLDER = """
import sys, time
from pathlib import Path
from backend.embedded.lock import Lock
lock = Lock(Path(sys.argv[1]))
lock.acquire(address="http://localhost:8123")
print("locked", flush=True)
{then}
"""
# Like a keeper that still tidies up: it inherits the lock and ends a moment later.
LEAVE_A_TIDIER = "import subprocess; subprocess.Popen(['sleep', '1'], pass_fds=[lock.descriptor])"


def hold(path: Path, then: str) -> subprocess.Popen[bytes]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(then=then), path], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"locked\n"
    return holder


def test_a_second_start_is_refused_and_says_who_is_first(tmp_path: Path) -> None:
    with hold(tmp_path / "lock", "time.sleep(1000)") as holder:
        try:
            with pytest.raises(StartError) as refusal:
                Lock(tmp_path / "lock").acquire(address="http://localhost:8000")
        finally:
            holder.send_signal(signal.SIGKILL)
    assert f"process {holder.pid}, http://localhost:8123" in str(refusal.value)
    assert "Stop that one first" in str(refusal.value)


def test_it_is_free_as_soon_as_the_holder_was_killed(tmp_path: Path) -> None:
    with hold(tmp_path / "lock", "time.sleep(1000)") as holder:
        holder.send_signal(signal.SIGKILL)
    Lock(tmp_path / "lock").acquire(address="http://localhost:8000")


def test_it_waits_for_what_a_killed_holder_has_left_to_tidy_up(tmp_path: Path) -> None:
    with hold(tmp_path / "lock", LEAVE_A_TIDIER):
        pass
    waits = []
    Lock(tmp_path / "lock").acquire(
        address="", pause=lambda seconds: waits.append(eventually(lambda: False, seconds))
    )
    assert waits
