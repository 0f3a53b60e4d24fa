"""One deadline for the whole of an exchange, whatever its other end does."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(TimeoutError):
    """The deadline has passed."""


class Deadline:
    """So many seconds from now, by a clock that is never set."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left; raise Late when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Late
        return left

    @property
    def passed(self) -> bool:
        """Whether it has passed."""
        return time.monotonic() >= self._ends

    @contextmanager
    def cut(self, connection: socket.socket) -> Iterator[None]:
        """Hang up when the deadline passes.

        A socket's own timeout counts anew with each byte, so a server that sends one now and then
        would hold us for days. The line is cut through a duplicate of the socket, since TLS takes
        the original over.
        """
        line = connection.dup()

        def hang_up() -> None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(self.left(), hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            line.close()


class _Outcome(Generic[T]):
    """What a call gave or raised."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._value: T | None = None
        self._raised: Exception | None = None
        try:
            self._value = call()
        except Exception as exc:  # noqa: BLE001 (raised again in the thread that waits)
            self._raised = exc

    def get(self) -> T:
        if self._raised is not None:
            raise self._raised
        return self._value  # type: ignore[return-value]  # it is a T unless the call raised


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what `call` returns, or raise Late after `seconds`; it then ends by itself unheard.

    For calls that know no timeout, such as the resolver's.
    """
    done: SimpleQueue[_Outcome[T]] = SimpleQueue()
    threading.Thread(target=lambda: done.put(_Outcome(call)), daemon=True).start()
    try:
        outcome = done.get(timeout=seconds)
    except Empty:
        raise Late from None
    return outcome.get()
