"""Record an event in the caller's transaction; deliver it to subscribers later.

A subscriber turns an event into rows and nothing else. All of them run in one transaction with the
mark that the event is delivered: a crash leaves it undelivered, a repeat finds nothing to do.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import F

from progress.events import Event
from progress.models.outbox import OutboxEvent

log = structlog.get_logger(__name__)

CHANNEL = "waymark"
"""The PostgreSQL channel on which `manage.py relay` hears that something is due."""

LONGEST_WAIT = timedelta(hours=1)
Subscriber = Callable[[OutboxEvent, datetime], None]
_subscribers: dict[str, Subscriber] = {}


def subscribe(name: str, handler: Subscriber) -> None:
    """Have `handler(event, now)` called for every event; `name` is its own, once per process."""
    _subscribers[name] = handler


def record(event: Event) -> None:
    """Write `event` in the caller's transaction, and have the relay woken when that commits.

    Raises RuntimeError outside a transaction: the fact and its event must commit as one.
    """
    record_all([event])


def record_all(happened: Iterable[Event]) -> None:
    """Write several events, in their order, as `record` does (two statements in all)."""
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs in the transaction that makes the event true")
    rows = [
        OutboxEvent(
            type=event.type,
            occurred_at=event.occurred_at,
            actor_id=event.actor_id,
            subject_id=event.subject_id,
            enrollment_id=event.enrollment_id,
            data=dict(event.data),
            due_at=event.occurred_at,
        )
        for event in happened
    ]
    if rows:
        OutboxEvent.objects.bulk_create(rows)
        wake()


def wake() -> None:
    """Tell the relay, at the commit of the current transaction, that something is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def deliver_pending(*, now: datetime, limit: int = 500) -> int:
    """Deliver up to `limit` due events, oldest first; return how many were delivered.

    Any number of workers may run this at once: a row is locked by one and skipped by the others.
    """
    delivered = 0
    for _ in range(limit):
        outcome = _deliver_next(now)
        if outcome is None:
            break
        delivered += outcome
    return delivered


def oldest_due(now: datetime) -> datetime | None:
    """Return since when the oldest undelivered event is due, or None when none is."""
    return (
        OutboxEvent.objects.filter(delivered_at=None, due_at__lte=now)
        .order_by("due_at", "position")
        .values_list("due_at", flat=True)
        .first()
    )


def _deliver_next(now: datetime) -> bool | None:
    """Deliver one event; return None when none is due, False when its delivery failed."""
    with transaction.atomic():
        event = (
            OutboxEvent.objects.select_for_update(skip_locked=True)
            .filter(delivered_at=None, due_at__lte=now)
            .order_by("due_at", "position")
            .first()
        )
        if event is None:
            return None
        try:
            with transaction.atomic():
                for handler in _subscribers.values():
                    handler(event, now)
        except OperationalError:  # the database is away: nothing here can be recorded either
            raise
        except Exception as exc:  # noqa: BLE001 (one bad event must not hold up the others)
            _postpone(event, exc, now)
            return False
        OutboxEvent.objects.filter(pk=event.pk).update(delivered_at=now, attempts=F("attempts") + 1)
        return True


def _postpone(event: OutboxEvent, exc: Exception, now: datetime) -> None:
    wait = min(timedelta(seconds=2**event.attempts), LONGEST_WAIT)
    log.exception("event_not_delivered", position=event.position, type=event.type, exc_info=exc)
    OutboxEvent.objects.filter(pk=event.pk).update(
        due_at=now + wait,
        attempts=F("attempts") + 1,
        last_error=f"{type(exc).__name__}: {exc}"[:500],
    )
