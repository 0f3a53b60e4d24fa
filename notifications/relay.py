"""The relay: hears what PostgreSQL has due and rings for the workers.

It is the only process that talks to the broker on behalf of requests, and it may die or be late at
any time: what is due stands in the tables. It listens for NOTIFY, and also looks once a second, so
that what falls due by the clock and what a lost notification left is found.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
import structlog
from django.db import DatabaseError, InterfaceError, connection
from psycopg_pool import PoolTimeout

from notifications.queries.oldest_due import oldest_due_mail, oldest_due_push
from progress import outbox
from progress.queries.checks_due import oldest_due_snapshot

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
DEBOUNCE_SECONDS = 0.05
"""A commit seldom comes alone: what follows so closely is one ring."""
RECONNECT_SECONDS = 1.0
LONGEST_SILENCE_SECONDS = 10.0
"""Between two rings for something that stays due: the workers are busy, or not there."""

DATABASE_AWAY = (DatabaseError, InterfaceError, PoolTimeout, psycopg.Error)

Ring = Callable[[], None]
"""Returns at once and raises nothing, whatever the broker does."""
OldestDue = Callable[[datetime], datetime | None]


@dataclass
class Bell:
    """One kind of work: how to see that it is due, and whom to ring for."""

    name: str
    oldest_due: OldestDue
    ring: Ring
    _rung_at: float = field(default=-1e9, init=False)
    _silence: float = field(default=TICK_SECONDS, init=False)

    def answer(self, *, was_told: bool, now: datetime) -> None:
        """Ring if something is due: at once when told, less and less often while it stays."""
        if self.oldest_due(now) is None:
            self._silence = TICK_SECONDS
            return
        if not was_told and time.monotonic() - self._rung_at < self._silence:
            return
        self._silence = (
            TICK_SECONDS if was_told else min(2 * self._silence, LONGEST_SILENCE_SECONDS)
        )
        self._rung_at = time.monotonic()
        self.ring()


@dataclass
class Relay:
    """Listens until `stop` is set."""

    bells: list[Bell]
    clock: Callable[[], datetime]
    stop: threading.Event = field(default_factory=threading.Event)
    tick: float = TICK_SECONDS

    def run(self) -> None:
        """Listen and ring; when the database goes away, come back with it."""
        while not self.stop.is_set():
            try:
                with _listening() as listener:
                    log.info("relay_listens", channel=outbox.CHANNEL)
                    for was_told in self._wake_ups(listener):
                        self._answer(was_told=was_told)
            except DATABASE_AWAY as exc:
                log.warning("relay_lost_the_database", error=f"{type(exc).__name__}: {exc}")
                with suppress(*DATABASE_AWAY):
                    connection.close()
                self.stop.wait(RECONNECT_SECONDS)

    def _wake_ups(self, listener: "psycopg.Connection[object]") -> Iterator[bool]:
        """Yield at each notification (True; many at once are one) and at each tick (False)."""
        yield True  # whatever was notified while nobody listened
        while not self.stop.is_set():
            heard = list(listener.notifies(timeout=self.tick, stop_after=1))
            if heard:
                list(listener.notifies(timeout=DEBOUNCE_SECONDS))
            yield bool(heard)

    def _answer(self, *, was_told: bool) -> None:
        for bell in self.bells:
            bell.answer(was_told=was_told, now=self.clock())


def _listening() -> "psycopg.Connection[object]":
    """Return a connection of our own that listens; the pool's may be given to others."""
    parameters = connection.get_connection_params() | {
        # A server that vanished without a word is noticed within half a minute.
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "application_name": "waymark relay",
    }
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    listener: psycopg.Connection[object] = psycopg.connect(**parameters, autocommit=True)
    listener.execute(f'LISTEN "{outbox.CHANNEL}"')
    return listener


def bells(*, events: Ring, mail: Ring, push: Ring, snapshots: Ring) -> list[Bell]:
    """Return the bells of everything that is due by a table."""
    return [
        Bell("events", outbox.oldest_due, events),
        Bell("mail", oldest_due_mail, mail),
        Bell("push", oldest_due_push, push),
        Bell("snapshots", oldest_due_snapshot, snapshots),
    ]
