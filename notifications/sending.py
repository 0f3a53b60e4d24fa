"""Send what the ledger has due, outside any transaction: servers of others take their time.

The same for every channel; `notifications.way` says what a channel brings along.
"""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError

from notifications.models import Channel, Delivery
from notifications.policy import Defer, Drop
from notifications.verdict import verdict_on
from notifications.way import (
    ClaimLost,
    NotNow,
    Refused,
    Unconfirmed,
    Undeliverable,
    Unreachable,
    Way,
)

log = structlog.get_logger(__name__)

BATCH = 20
BATCH_SECONDS = 15.0
"""What a batch has not sent by then is given back, so that no claim outlives its lease."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
PAUSE = timedelta(seconds=15)
"""How long the channel rests after its server could not be reached."""
GIVE_UP_AFTER = timedelta(days=5)
"""As mail servers do (RFC 5321 §4.5.4.1)."""

Clock = Callable[[], datetime]


def send_due(*, way: Way, clock: Clock, limit: int = BATCH) -> int:
    """Claim up to `limit` due deliveries of a channel and send them its `way`; return how many.

    Any number of processes may do this at once, and each may die at any moment.
    """
    Delivery.objects.recover_abandoned(now=clock())
    claimed = Delivery.objects.claim(channel=way.channel, limit=limit, now=clock())
    ends = time.monotonic() + BATCH_SECONDS
    for position, delivery in enumerate(claimed):
        if time.monotonic() > ends:
            _give_back(claimed[position:], due_at=clock())
            break
        try:
            _send(delivery, way, clock)
        except Unreachable as exc:
            _rest(claimed[position:], exc, channel=way.channel, now=clock())
            break
    return len(claimed)


def _send(delivery: Delivery, way: Way, clock: Clock) -> None:
    """Send one claimed delivery and write down what became of it. Raises Unreachable."""
    try:
        verdict = verdict_on(delivery, clock())
        if isinstance(verdict, Drop):
            delivery.suppress(verdict.reason)
            log.info("delivery_suppressed", delivery=str(delivery.pk), reason=verdict.reason)
        elif isinstance(verdict, Defer):
            delivery.put_back(due_at=verdict.until, counts=False)
        else:
            _bring(delivery, way, clock)
    except (Unreachable, DatabaseError, InterfaceError):
        raise  # the batch ends here; what a lost database leaves in `sending` is recovered
    except Exception as exc:  # one bad mail must not hold up the others
        log.exception(
            "delivery_not_sent", delivery=str(delivery.pk), kind=delivery.kind, exc_info=exc
        )
        _unclear(delivery, f"{type(exc).__name__}: {exc}", clock())


def _bring(delivery: Delivery, way: Way, clock: Clock) -> None:
    def commit() -> None:
        if not delivery.commit_to_send(now=clock()):
            raise ClaimLost

    known = {"delivery": str(delivery.pk), "kind": delivery.kind, "channel": way.channel.value}
    try:
        address = way.bring(delivery, commit=commit, now=clock())
    except ClaimLost:
        log.warning("claim_lost", **known)
    except Refused as exc:
        delivery.mark_failed(str(exc))
        log.warning("delivery_refused", error=str(exc), **known)
    except Undeliverable as exc:
        delivery.suppress(str(exc))
        log.info("delivery_suppressed", reason=str(exc), **known)
    except NotNow as exc:
        _try_later(delivery, str(exc), clock(), at_least=exc.wait)
    except Unconfirmed as exc:
        _unclear(delivery, str(exc), clock())
    else:
        delivery.mark_sent(address=address, now=clock())
        log.info("delivery_sent", attempts=delivery.attempts, **known)


def _unclear(delivery: Delivery, error: str, now: datetime) -> None:
    """Write down a mishap after which it may or may not have gone out."""
    if delivery.committed_at and not delivery.must_arrive:
        delivery.mark_unconfirmed(error)
        log.warning(
            "delivery_unconfirmed", delivery=str(delivery.pk), kind=delivery.kind, error=error
        )
    else:
        _try_later(delivery, error, now)


def _try_later(
    delivery: Delivery, error: str, now: datetime, *, at_least: timedelta | None = None
) -> None:
    if now - delivery.created_at > GIVE_UP_AFTER:
        delivery.mark_failed(f"Given up after {GIVE_UP_AFTER.days} days. {error}")
        log.error("delivery_given_up", delivery=str(delivery.pk), kind=delivery.kind, error=error)
        return
    wait = max(wait_after(delivery.attempts), at_least or timedelta(0))
    delivery.put_back(due_at=now + wait, error=error)
    log.warning(
        "delivery_put_back", delivery=str(delivery.pk), attempts=delivery.attempts, error=error
    )


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling from FIRST_WAIT to LONGEST_WAIT.

    Spread by half of it either way, so that what failed together is not tried together.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_WAIT) * random.uniform(0.5, 1.5)  # noqa: S311 (no secret)


def _rest(rest: list[Delivery], error: Unreachable, *, channel: Channel, now: datetime) -> None:
    """Give back what can't be sent, and let all that is due wait: its server is away."""
    until = now + PAUSE
    for delivery in rest:
        delivery.put_back(due_at=until, error=str(error), counts=False)
    waiting = Delivery.objects.put_off_due(channel=channel, until=until, now=now)
    log.error(
        "channel_unreachable", channel=channel.value, error=str(error), waiting=waiting + len(rest)
    )


def _give_back(rest: list[Delivery], *, due_at: datetime) -> None:
    for delivery in rest:
        delivery.put_back(due_at=due_at, counts=False)
