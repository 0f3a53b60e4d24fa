"""Send what the ledger has due, outside any transaction: mail servers take their time."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError

from notifications import policy
from notifications.catalogue import KINDS
from notifications.mail.compose import address_of, compose
from notifications.mail.transport import (
    ClaimLost,
    NotNow,
    Refused,
    Transport,
    Unconfirmed,
    Unreachable,
)
from notifications.models import Channel, Delivery, NotificationPreferences
from notifications.policy import Defer, Drop, History, Send, Verdict
from notifications.states import DeliveryState

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


def send_due(*, transport: Transport, clock: Clock, limit: int = BATCH) -> int:
    """Claim up to `limit` due mails and send them by an open `transport`; return how many.

    Any number of processes may do this at once, and each may die at any moment.
    """
    Delivery.objects.recover_abandoned(now=clock())
    claimed = Delivery.objects.claim(channel=Channel.EMAIL, limit=limit, now=clock())
    ends = time.monotonic() + BATCH_SECONDS
    for position, delivery in enumerate(claimed):
        if time.monotonic() > ends:
            _give_back(claimed[position:], due_at=clock())
            break
        try:
            _send(delivery, transport, clock)
        except Unreachable as exc:
            _rest(claimed[position:], exc, clock())
            break
    return len(claimed)


def _send(delivery: Delivery, transport: Transport, clock: Clock) -> None:
    """Send one claimed delivery and write down what became of it. Raises Unreachable."""
    try:
        verdict = _verdict(delivery, clock())
        if isinstance(verdict, Drop):
            delivery.suppress(verdict.reason)
            log.info("mail_suppressed", delivery=str(delivery.pk), reason=verdict.reason)
        elif isinstance(verdict, Defer):
            delivery.put_back(due_at=verdict.until, counts=False)
        else:
            _bring(delivery, transport, clock)
    except (Unreachable, DatabaseError, InterfaceError):
        raise  # the batch ends here; what a lost database leaves in `sending` is recovered
    except Exception as exc:  # one bad mail must not hold up the others
        log.exception("mail_not_sent", delivery=str(delivery.pk), kind=delivery.kind, exc_info=exc)
        _unclear(delivery, f"{type(exc).__name__}: {exc}", clock())


def _bring(delivery: Delivery, transport: Transport, clock: Clock) -> None:
    try:
        address = address_of(delivery)
    except ValueError as exc:  # also what IDNA says of a domain; waiting will not mend it
        delivery.mark_failed(f"No mail can be sent there: {exc}")
        return
    message = compose(delivery, now=clock())

    def commit() -> None:
        if not delivery.commit_to_send(now=clock()):
            raise ClaimLost

    known = {"delivery": str(delivery.pk), "kind": delivery.kind}
    try:
        transport.send(message, address=address, commit=commit)
    except ClaimLost:
        log.warning("mail_claim_lost", **known)
    except Refused as exc:
        delivery.mark_failed(str(exc))
        log.warning("mail_refused", error=str(exc), **known)
    except NotNow as exc:
        _try_later(delivery, str(exc), clock())
    except Unconfirmed as exc:
        _unclear(delivery, str(exc), clock())
    else:
        delivery.mark_sent(address=address, now=clock())
        log.info("mail_sent", attempts=delivery.attempts, **known)


def _verdict(delivery: Delivery, now: datetime) -> Verdict:
    """Ask whether this is still true, still wanted, and whether now is a good time for it."""
    person = delivery.person
    if person is not None and not person.is_active:
        return Drop("account-closed")
    verdict = KINDS[delivery.kind].check(delivery, now)
    if not isinstance(verdict, Send) or not delivery.is_nudge or person is None:
        return verdict
    preferences = NotificationPreferences.of(person).for_policy()
    return policy.decide(preferences, _history(delivery, now), now)


def _history(delivery: Delivery, now: datetime) -> History:
    """Return when nudges went out to this person lately; one that may have gone counts, too."""
    rows = Delivery.objects.filter(
        person=delivery.person,
        is_nudge=True,
        state__in=[DeliveryState.SENT, DeliveryState.UNCONFIRMED],
        committed_at__gt=now - policy.WEEK,
    )
    return History(
        sent_at=[row.committed_at for row in rows.only("committed_at") if row.committed_at]
    )


def _unclear(delivery: Delivery, error: str, now: datetime) -> None:
    """Write down a mishap after which it may or may not have gone out."""
    if delivery.committed_at and not delivery.must_arrive:
        delivery.mark_unconfirmed(error)
        log.warning("mail_unconfirmed", delivery=str(delivery.pk), kind=delivery.kind, error=error)
    else:
        _try_later(delivery, error, now)


def _try_later(delivery: Delivery, error: str, now: datetime) -> None:
    if now - delivery.created_at > GIVE_UP_AFTER:
        delivery.mark_failed(f"Given up after {GIVE_UP_AFTER.days} days. {error}")
        log.error("mail_given_up", delivery=str(delivery.pk), kind=delivery.kind, error=error)
        return
    delivery.put_back(due_at=now + wait_after(delivery.attempts), error=error)
    log.warning("mail_put_back", delivery=str(delivery.pk), attempts=delivery.attempts, error=error)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling from FIRST_WAIT to LONGEST_WAIT.

    Spread by half of it either way, so that what failed together is not tried together.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_WAIT) * random.uniform(0.5, 1.5)  # noqa: S311 (no secret)


def _rest(rest: list[Delivery], error: Unreachable, now: datetime) -> None:
    """Give back what can't be sent, and let all that is due wait: its server is away."""
    until = now + PAUSE
    for delivery in rest:
        delivery.put_back(due_at=until, error=str(error), counts=False)
    waiting = Delivery.objects.put_off_due(channel=Channel.EMAIL, until=until, now=now)
    log.error("mail_server_unreachable", error=str(error), waiting=waiting + len(rest))


def _give_back(rest: list[Delivery], *, due_at: datetime) -> None:
    for delivery in rest:
        delivery.put_back(due_at=due_at, counts=False)
