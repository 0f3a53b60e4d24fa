"""Waymark as `make run` starts it: the shipped supervisor with all it runs, in a directory."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from backend.embedded.configuration import PROJECT
from backend.embedded.postgres import Cluster
from backend.embedded.sockets import socket_directory
from backend.embedded.valkey import Valkey
from tests.embedded.process_tree import Process, descendants, eventually, kill, still_alive

START_SECONDS = 120
STOP_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


class Supervised:
    """A supervisor and what it has started. Use it as a context: nothing of it stays."""

    def __init__(self, var: Path, **environment: str) -> None:
        """Prepare to start on the data directory `var`."""
        self.var = var
        self.port = free_port()
        self.output = var.with_name(f"{var.name}-output")
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in OF_THE_TESTS},
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.family: set[Process] = set()

    def __enter__(self) -> Self:
        """Start it and wait until it says where it is."""
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "backend.embedded"],
                cwd=PROJECT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert eventually(lambda: "Ctrl-C" in self.said() or self.has_exited(), START_SECONDS)
        assert not self.has_exited(), self.said()
        self.family = descendants(self.process.pid)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, however the test has left it."""
        assert self.process is not None
        if not self.has_exited():
            self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def said(self) -> str:
        """What it has told the person at the keyboard so far."""
        return self.output.read_text()

    def has_exited(self) -> bool:
        """Whether the supervisor has ended."""
        return self.process is not None and self.process.poll() is not None

    def kill_supervisor(self) -> None:
        """End the supervisor without a chance to tidy up."""
        assert self.process is not None
        self.family |= descendants(self.process.pid)
        self.process.kill()
        self.process.wait()

    def kill_everything(self) -> None:
        """End every process at once, the keeper first: nobody is left to tidy up."""
        assert self.process is not None
        self.family |= descendants(self.process.pid)
        kill(sorted(self.family, key=lambda each: "keeper" not in _command(each)))
        self.process.wait()

    def left(self) -> set[Process]:
        """Those of its processes that still run."""
        return still_alive(self.family)

    def pids(self, *words: str) -> list[int]:
        """The processes below the supervisor whose command has all these words, oldest first."""
        assert self.process is not None
        found = descendants(self.process.pid)
        return sorted(each.pid for each in found if all(word in _command(each) for word in words))

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        """Status and JSON of an answer from its web process."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def answers(self, path: str) -> bool:
        """Whether its web process answers 200 there."""
        try:
            return self.get(path)[0] == 200
        except OSError:
            return False

    @property
    def database_url(self) -> str:
        """The address of its database."""
        return Cluster(
            data=self.var / "postgres", sockets=socket_directory(self.var / "run"), log=self.var
        ).url()

    @property
    def valkey(self) -> Valkey:
        """Its Valkey."""
        return Valkey(sockets=socket_directory(self.var / "run"), log=self.var)


OF_THE_TESTS = {"ENVIRONMENT", "DATABASE_URL", "REDIS_URL", "VAR_DIR", "CI"}
"""What the suite has set for itself."""


def _command(process: Process) -> str:
    try:
        raw = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    except OSError:
        return ""
    return raw.replace(b"\0", b" ").decode(errors="replace")
