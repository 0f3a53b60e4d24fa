"""Waiting that a signal ends: a child that exits, or somebody who wants us to stop."""

import select
import signal
import socket
import types


class StopRequested(Exception):
    """Somebody pressed Ctrl-C, or sent SIGTERM."""


class Signals:
    """Turns signals into something to wait for, so that none interrupts us half-way."""

    def __init__(self) -> None:
        """Take over SIGINT, SIGTERM, SIGHUP and SIGCHLD from now on."""
        self.stops = 0
        self._reader, writer = socket.socketpair()
        self._reader.setblocking(False)
        writer.setblocking(False)
        self._writer = writer
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: types.FrameType | None) -> None:
        self.stops += 1

    def wait(self, seconds: float) -> None:
        """Return after `seconds`, or at the next signal."""
        readable, _, _ = select.select([self._reader], [], [], max(seconds, 0))
        if readable:
            self._reader.recv(4096)

    def pause(self, seconds: float) -> None:
        """Like `wait`. Raises StopRequested when somebody wants us to stop."""
        self.wait(seconds)
        self.check()

    def check(self) -> None:
        """Raise StopRequested when somebody has asked us to stop."""
        if self.stops:
            raise StopRequested

    def close(self) -> None:
        """Stop listening; the handlers stay until somebody sets others."""
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()
