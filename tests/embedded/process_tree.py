"""Watching real processes: who descends from whom, and who is still there."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """A process that is not mistaken for a later one with the same id."""

    pid: int
    started: str


def alive() -> dict[Process, int]:
    """Every process that runs (zombies don't), with its parent's id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = stat.read_text(errors="replace").partition(" ")
        except OSError:
            continue
        fields = rest.rpartition(")")[2].split()
        if fields[0] not in {"Z", "X"}:
            found[Process(int(pid), fields[19])] = int(fields[1])
    return found


def descendants(pid: int) -> set[Process]:
    """The processes that descend from `pid`, itself included."""
    parents = alive()
    family = {process for process in parents if process.pid == pid}
    while True:
        ids = {process.pid for process in family}
        more = {process for process, parent in parents.items() if parent in ids} - family
        if not more:
            return family
        family |= more


def still_alive(family: Iterable[Process]) -> set[Process]:
    """Those of the processes that still run."""
    return set(family) & alive().keys()


def kill(family: Iterable[Process]) -> None:
    """Kill them all; the end of one may be the end of another."""
    for process in family:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def eventually(condition: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether the condition comes true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def names(family: Iterable[Process]) -> list[str]:
    """What they are, for a message."""
    return [Path(f"/proc/{p.pid}/cmdline").read_text().replace("\0", " ") for p in family]
