"""The keeper ends what a killed supervisor leaves behind.

Nothing can be tidied up by a process that gets SIGKILL. The kernel's parent-death signal helps
(see `processes.spawn`), but it exists on Linux alone and reaches children, not granian's workers
or Celery's pool. So a second small process holds the reading end of a pipe: the supervisor tells
it which process groups it has started, and when the pipe closes, for whatever reason, the keeper
ends those that are left, removes throw-away directories, and goes too.

It is run as a script, without importing the rest of the package, to stay small and quick.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

GRACE_SECONDS = 8.0


def main(lines: Iterable[str]) -> None:
    """Follow the supervisor's lines until they end, then end every group still registered.

    A line is a JSON object: {"watch": process group, "signal": number}, {"forget": process group}
    or {"remove": directory}.
    """
    groups: dict[int, int] = {}
    directories: list[str] = []
    for line in lines:
        order = json.loads(line)
        if "watch" in order:
            groups[order["watch"]] = order["signal"]
        elif "forget" in order:
            groups.pop(order["forget"], None)
        else:
            directories.append(order["remove"])
    end(groups, GRACE_SECONDS)
    for directory in directories:
        shutil.rmtree(directory, ignore_errors=True)


def end(groups: Mapping[int, int], grace_seconds: float) -> None:
    """Send each process group its signal, wait up to `grace_seconds`, then kill what is left."""
    for group, number in groups.items():
        signal_group(group, number)
    deadline = time.monotonic() + grace_seconds
    left = living(groups)
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = living(left)
    for group in left:
        signal_group(group, signal.SIGKILL)


def living(groups: Iterable[int]) -> set[int]:
    """Those of the process groups that have a running member.

    Orphans that have ended stay as zombies until somebody collects them, in a container often
    for ever; where the system tells them apart, they don't count.
    """
    existing = {group for group in groups if signal_group(group, 0)}
    if not existing or sys.platform != "linux":
        return existing
    running = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # "pid (name) state parent group …"; a name may hold spaces and brackets itself.
            state, _, group = stat.read_text(errors="replace").rpartition(")")[2].split()[:3]
            if state not in {"Z", "X"}:
                running.add(int(group))
    return existing & running


def signal_group(group: int, number: int) -> bool:
    """Send a signal to a process group; False when there is nobody left to get it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # macOS answers this for a group of zombies
        return False
    return True


if __name__ == "__main__":
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    main(sys.stdin)
