"""One Waymark for each data directory."""

import fcntl
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from backend.embedded.errors import StartError
from backend.embedded.keeper import GRACE_SECONDS
from backend.embedded.processes import command_line_of

TIDY_SECONDS = GRACE_SECONDS + 7.0


class Lock:
    """The right to use a data directory, held until we and our keeper are gone."""

    def __init__(self, path: Path) -> None:
        """Prepare to lock with the file at `path`; `acquire` does it."""
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def acquire(self, *, address: str, pause: Callable[[float], None] = time.sleep) -> None:
        """Take the lock, leaving our process id and `address` for whoever comes second.

        Waits while the keeper of a killed start still tidies up.
        Raises StartError when a living Waymark holds it.
        """
        deadline = time.monotonic() + TIDY_SECONDS
        while not self._try():
            self._refuse_while_alive(patient=time.monotonic() < deadline)
            pause(0.1)
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)

    def _try(self) -> bool:
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _refuse_while_alive(self, *, patient: bool) -> None:
        try:
            holder = json.loads(self._path.read_text())
        except ValueError:  # it has the lock, and is about to write
            holder = {"pid": 0, "address": "an address it has not said yet"}
        is_killed = holder["pid"] and "embedded" not in command_line_of(holder["pid"])
        if is_killed and patient:
            return
        raise StartError(
            f"Waymark already runs on {self._path.parent} (process {holder['pid'] or 'unknown'}, "
            f"{holder['address']}). Stop that one first, or give this one a place of its own: "
            "VAR_DIR=var/second PORT=8001 make run"
        )
