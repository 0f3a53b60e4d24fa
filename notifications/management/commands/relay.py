"""`manage.py relay`."""

import signal
import threading
from typing import Any

import structlog
from celery import Task, current_app
from django.core.management.base import BaseCommand
from django.utils import timezone

from notifications import tasks
from notifications.relay import Relay, bells
from progress.tasks import take_snapshots

log = structlog.get_logger(__name__)

MESSAGE_SECONDS = 60
"""A ring that no worker hears in this time is worth nothing: there were others since."""
BROKER_SECONDS = 0.5
"""How long each of its library's tries waits for a broker that does not answer."""


class Command(BaseCommand):
    help = "Listen to PostgreSQL and wake the workers when something is due. Runs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        relay = Relay(
            bells=bells(
                events=Rope(tasks.deliver_events),
                mail=Rope(tasks.send_deliveries),
                push=Rope(tasks.send_pushes),
                snapshots=Rope(take_snapshots),
            ),
            clock=timezone.now,
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: relay.stop.set())
        relay.run()


class Rope:
    """Rings for a task in a thread of its own: a broker that is away never stops the listening.

    While a ring is under way another one is left out; what it was for is found by the next tick.
    """

    def __init__(self, task: "Task[..., Any]") -> None:
        self._task = task
        self._ringing = threading.Thread()

    def __call__(self) -> None:
        """Ring, without waiting for it."""
        if not self._ringing.is_alive():
            self._ringing = threading.Thread(target=self.ring, daemon=True)
            self._ringing.start()

    def ring(self) -> None:
        """Send one message; a fault is logged, since there will be other rings."""
        options = {"socket_timeout": BROKER_SECONDS, "socket_connect_timeout": BROKER_SECONDS}
        try:
            # A connection for each ring: one kept open would hide that the broker was restarted.
            with (
                current_app.connection_for_write(transport_options=options) as broker,
                current_app.amqp.Producer(broker) as producer,
            ):
                self._task.apply_async(producer=producer, expires=MESSAGE_SECONDS, retry=False)
        except Exception as exc:  # noqa: BLE001 (its libraries raise many kinds)
            log.warning("bell_not_rung", task=self._task.name, error=f"{type(exc).__name__}: {exc}")
