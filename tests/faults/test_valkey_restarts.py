"""Valkey is restarted: workers do their work again each time, under the shipped supervisor."""

import os
import signal
from pathlib import Path

import pytest

from tests.embedded.process_tree import eventually
from tests.faults.delivery import seconds_until_delivered
from tests.supervised import Supervised

pytestmark = pytest.mark.slow
TIMES = 3


def test_events_are_delivered_again_each_time(tmp_path: Path) -> None:
    with Supervised(tmp_path / "var") as waymark:
        undisturbed = seconds_until_delivered(waymark)
        waits = []
        for _ in range(TIMES):
            (before,) = waymark.pids("valkey-server")
            os.kill(before, signal.SIGKILL)
            waits.append(seconds_until_delivered(waymark))
            assert eventually(lambda gone=before: waymark.pids("valkey-server") not in ([], [gone]))
            assert eventually(lambda: waymark.get("/health/work")[0] == 200)
        restarted = ", ".join(f"{wait:.1f}" for wait in waits)
        print(f"\nan event arrives after {undisturbed:.1f} s; as Valkey is killed: {restarted} s")
