"""Keeps children running: starts them in order, starts them again, stops them in order."""

import shutil
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded.errors import StartError
from backend.embedded.keeper import signal_group
from backend.embedded.processes import Child, Command, Keeper
from backend.embedded.signals import Signals
from backend.embedded.watch import WorkWatch

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
SETTLED_SECONDS = 30.0
"""A child that ran this long was well: its next exit counts as the first."""
LOG_BYTES = 20 * 1024 * 1024
LOG_CHECK_SECONDS = 60.0


@dataclass
class Service:
    """A child that is to run for as long as we do."""

    name: str
    command: Callable[[], Command]
    """Asked again at every start: PostgreSQL, for one, has to clear its way after a crash."""
    rank: int
    """Lower ranks start first and stop last; equal ranks stop together."""
    does_work: bool = False
    """Whether it is to blame, and started afresh, when work is due and nobody does it."""
    child: Child | None = None
    failures: int = 0
    restart_at: float = field(default=0.0)


class Supervisor:
    """The children, and the rules for keeping them."""

    def __init__(self, guard: Keeper, signals: Signals, say: Callable[[str], None]) -> None:
        """Supervise nothing yet."""
        self._guard = guard
        self._signals = signals
        self._say = say
        self._services: list[Service] = []
        self._next_log_check = 0.0

    def start(self, service: Service) -> Child:
        """Start a service and keep it running from now on. Raises StartError, OSError."""
        self._services.append(service)
        return self._launch(service)

    def run_once(self, command: Command) -> None:
        """Run a command to its end. Raises StartError with its last words when it fails."""
        child = Child(command, self._guard)
        try:
            while (code := child.exit_code()) is None:
                self._signals.pause(1)
        finally:
            child.ask_to_stop()
            child.wait_until_stopped()
        if code != 0:
            raise StartError(
                f"{command.name} failed (exit code {code}). "
                f"{command.log} ends with:\n{child.last_lines()}"
            )

    def run(self, watch: WorkWatch) -> None:
        """Keep everything running until somebody wants us to stop (StopRequested)."""
        while True:
            now = time.monotonic()
            waits = [self._look_after(service, now) for service in self._services]
            if not self._guard.is_alive():
                self._guard.replace()
            if watch.is_stuck(now):
                self._start_afresh()
            if now >= self._next_log_check:
                self._next_log_check = now + LOG_CHECK_SECONDS
                self._shorten_logs()
            self._signals.pause(min([5.0, *waits]))

    def stop(self) -> None:
        """Stop everything, highest rank first; a second Ctrl-C meanwhile kills what is left."""
        for rank in sorted({service.rank for service in self._services}, reverse=True):
            children = [s.child for s in self._services if s.rank == rank and s.child]
            for child in children:
                child.ask_to_stop()
            self._wait_for(children)
        self._services.clear()

    def _wait_for(self, children: Sequence[Child]) -> None:
        began = time.monotonic()
        asked = self._signals.stops
        while self._signals.stops <= max(asked, 1):
            left = [child for child in children if child.exit_code() is None]
            waited = time.monotonic() - began
            if all(waited > child.command.stop_seconds for child in left):
                break
            self._signals.wait(0.2)
        for child in children:
            child.wait_until_stopped(seconds=0)

    def _launch(self, service: Service) -> Child:
        service.child = Child(service.command(), self._guard)
        return service.child

    def _look_after(self, service: Service, now: float) -> float:
        """Restart a service that has exited and is due; return seconds until it wants a look."""
        if service.child is not None:
            code = service.child.exit_code()
            if code is None:
                return LONGEST_DELAY
            self._note_exit(service, service.child, code, now)
        if now < service.restart_at:
            return service.restart_at - now
        try:
            self._launch(service)
        except (StartError, OSError) as error:
            service.restart_at = now + _delay(service)
            self._say(f"{service.name} can't start again: {error}")
            return service.restart_at - now
        self._say(f"{service.name} is started again.")
        return LONGEST_DELAY

    def _start_afresh(self) -> None:
        """Kill those who should do the work; what they had begun is safe to do again."""
        self._say(
            "Work is late and nobody does it: the workers, beat and relay are started afresh."
        )
        for service in self._services:
            if service.does_work and service.child:
                signal_group(service.child.pid, signal.SIGKILL)

    def _note_exit(self, service: Service, child: Child, code: int, now: float) -> None:
        if now - child.started_at > SETTLED_SECONDS:
            service.failures = 0
        service.child = None
        delay = _delay(service)
        service.restart_at = now + delay
        how = f"was ended by signal {-code}" if code < 0 else f"exited with code {code}"
        self._say(f"{service.name} {how}; again in {delay:g} s. Its log: {child.command.log}")

    def _shorten_logs(self) -> None:
        logs = {service.child.command.log for service in self._services if service.child}
        for log in logs:
            _shorten(log)


def _delay(service: Service) -> float:
    delay = min(LONGEST_DELAY, FIRST_DELAY * 2.0**service.failures)
    service.failures += 1
    return delay


def _shorten(log: Path) -> None:
    """Keep one older log beside the present one; the children append, so it may be emptied."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        shutil.copyfile(log, log.with_name(log.name + ".1"))
        with log.open("r+b") as file:
            file.truncate(0)
