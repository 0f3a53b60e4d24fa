"""Valkey from its wheel: broker, cache and throttling, all of which may be lost at any time."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.embedded import wheels
from backend.embedded.errors import StartError
from backend.embedded.processes import Child, Command

READY_SECONDS = 20.0
PING = b"PING\r\n"
PONG = b"+PONG"


@dataclass(frozen=True)
class Valkey:
    """A Valkey server on a Unix socket, with nothing on disk."""

    sockets: Path
    log: Path

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"unix://{self.socket}"

    def command(self) -> Command:
        """How to start the server. Raises StartError when the wheel is missing."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.sockets),
            "save": "",
            "appendonly": "no",
            "maxmemory": "256mb",
            # Only what has a time limit may go: cached answers, never a queue.
            "maxmemory-policy": "volatile-lru",
        }
        argv = [str(wheels.valkey_program())]
        for name, value in options.items():
            argv += [f"--{name}", value]
        return Command(name="Valkey", argv=tuple(argv), log=self.log)

    def wait_until_ready(self, child: Child, pause: Callable[[float], None] = time.sleep) -> None:
        """Wait for an answer. Raises StartError when it exits or takes over READY_SECONDS."""
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers():
            if child.exit_code() is not None or time.monotonic() > deadline:
                raise StartError(
                    f"Valkey did not start. Its log, {self.log}, ends with:\n{child.last_lines()}"
                )
            pause(0.02)

    def answers(self) -> bool:
        """Whether it answers a ping within a second."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(PING)
                return connection.recv(64).startswith(PONG)
        except OSError:
            return False
