"""A worker that is there but does nothing: the supervisor notices by the work that is late."""

import os
import signal
from pathlib import Path

import pytest

from tests.embedded.process_tree import descendants, eventually
from tests.faults.delivery import seconds_until_delivered
from tests.supervised import Supervised

pytestmark = pytest.mark.slow


def test_a_stopped_worker_is_started_afresh_and_no_event_is_lost(tmp_path: Path) -> None:
    with Supervised(tmp_path / "var", LATE_SECONDS="5") as waymark:
        seconds_until_delivered(waymark)
        stuck = waymark.pids("celery", "worker")
        for worker in stuck:
            for process in descendants(worker):
                os.kill(process.pid, signal.SIGSTOP)
        waited = seconds_until_delivered(waymark)
        print(f"\nan event committed while the worker stands still arrives after {waited:.1f} s")
        assert "workers, beat and relay are started afresh" in waymark.said()
        assert eventually(lambda: not set(stuck) & set(waymark.pids("celery", "worker")))
