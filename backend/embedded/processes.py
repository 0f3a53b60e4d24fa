"""Processes that do not outlive the one that started them."""

import contextlib
import ctypes
import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded import keeper

IS_LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Command:
    """What to run, where its output goes, and how it ends."""

    name: str
    argv: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    directory: Path | None = None
    user: int | None = None
    """Run as this user and group id; None for the same as ours."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    """How long an orderly stop may take before SIGKILL."""
    orphan_signal: signal.Signals = signal.SIGKILL
    """What it gets when the supervisor is gone without having stopped it."""


class Keeper:
    """The supervisor's end of `keeper.py`; see there."""

    def __init__(self, *, held_open: tuple[int, ...] = ()) -> None:
        """Start the keeper; it keeps the file descriptors `held_open` open until it is done."""
        self._held_open = held_open
        self._groups: dict[int, int] = {}
        self._directories: list[str] = []
        self._is_closed = False
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # out of reach of the terminal's Ctrl-C
            pass_fds=self._held_open,
            bufsize=0,
            cwd="/",
        )

    @property
    def pid(self) -> int:
        """The keeper's process id."""
        return self._process.pid

    def watch(self, group: int, number: int) -> None:
        """End this process group with this signal when we are gone."""
        self._groups[group] = number
        self._tell({"watch": group, "signal": number})

    def forget(self, group: int) -> None:
        """The group has ended."""
        self._groups.pop(group, None)
        self._tell({"forget": group})

    def remove(self, directory: Path) -> None:
        """Delete this directory, once every group has ended."""
        self._directories.append(str(directory))
        self._tell({"remove": str(directory)})

    def _tell(self, order: Mapping[str, int | str]) -> None:
        if self._is_closed:
            return
        if self._process.poll() is not None:
            self.replace()
        assert self._process.stdin is not None  # noqa: S101 - a pipe was asked for
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    def replace(self) -> None:
        """Start another keeper in place of one that was killed, and tell it all that counts."""
        with self._process:  # collects it, and closes our end of its pipe
            self._process.kill()
        self._process = self._start()
        for group, number in self._groups.items():
            self._tell({"watch": group, "signal": number})
        for directory in self._directories:
            self._tell({"remove": directory})

    def is_alive(self) -> bool:
        """Whether somebody watches over us."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let the keeper do its work now, and wait until it is done."""
        self._is_closed = True
        self._process.communicate(timeout=keeper.GRACE_SECONDS + 5)


class Child:
    """One running process with everything it has started: a process group of its own."""

    def __init__(self, command: Command, guard: Keeper) -> None:
        """Start it. Raises OSError when the program can't be started."""
        self.command = command
        self._guard = guard
        self.started_at = time.monotonic()
        self._process = spawn(command)
        self.pid = self._process.pid
        guard.watch(self.pid, command.orphan_signal)
        self._is_gone = False

    def exit_code(self) -> int | None:
        """Its exit code (negative for a signal), or None while it runs."""
        code = self._process.poll()
        if code is not None and not self._is_gone:
            # What it started has lost its parent and would only be in the way of a successor.
            keeper.signal_group(self.pid, signal.SIGKILL)
            self._guard.forget(self.pid)
            self._is_gone = True
        return code

    def ask_to_stop(self) -> None:
        """Send the signal that this program takes as "finish and leave"."""
        if self.exit_code() is None:
            self._process.send_signal(self.command.stop_signal)

    def wait_until_stopped(self, *, seconds: float | None = None) -> None:
        """Wait up to `seconds` (its own limit when None), then kill it with all it started."""
        limit = self.command.stop_seconds if seconds is None else seconds
        try:
            self._process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            keeper.signal_group(self.pid, signal.SIGKILL)
            self._process.wait()
        finally:
            self.exit_code()

    def last_lines(self, count: int = 15) -> str:
        """The end of its log, for a message that has to explain why it stopped."""
        with contextlib.suppress(OSError):
            return "\n".join(self.command.log.read_text(errors="replace").splitlines()[-count:])
        return ""


def spawn(command: Command) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own; on Linux the kernel ends it when we die."""
    command.log.parent.mkdir(parents=True, exist_ok=True)
    with command.log.open("ab") as log:
        return subprocess.Popen(
            command.argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(command.environment),
            cwd=command.directory,
            user=command.user,
            group=command.user,
            extra_groups=None if command.user is None else [],
            start_new_session=True,
            # Safe here: the supervisor has one thread. Unlike `setpriv --pdeathsig` it needs no
            # program, and it notices a parent that died before the request was made.
            preexec_fn=functools.partial(  # noqa: PLW1509
                die_with_parent, os.getpid(), command.orphan_signal
            ),
        )


def die_with_parent(parent: int, number: int) -> None:
    """Ask the kernel to send us this signal when the process `parent` dies (Linux only)."""
    if IS_LINUX:
        _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def command_line_of(pid: int) -> str:
    """The command line of a running process, or "" when there is none with this id."""
    if IS_LINUX:
        with contextlib.suppress(OSError):
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
            return raw.replace(b"\0", b" ").decode(errors="replace").strip()
        return ""
    answer = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()
