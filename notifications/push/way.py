"""The way out of web push: from a row of the ledger to a push service's answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.utils import translation
from py_vapid import Vapid02

from backend.outgoing import Answer, Client, Limits, Refusal, Trouble, Unreachable
from notifications.catalogue import KINDS, Names
from notifications.mail.identity import sender
from notifications.models import Channel, Delivery, NotificationPreferences, PushSubscription
from notifications.push import message
from notifications.push.keys import public_key
from notifications.way import Commit, NotNow, Refused, Unconfirmed, Undeliverable

LIMITS = Limits(seconds=8.0, body_bytes=2048)
TAKEN = range(200, 300)
GONE = {404, 410}
BUSY = 429
FAULT = 500
LONGEST_ASKED = timedelta(hours=12)
"""A service that asks for more patience than this is asked again all the same."""


class Push:
    """Seals each message as it leaves, and gives it to the push service of its browser.

    A service that did not answer is left alone for the rest of the batch, so that one that hangs
    costs the others a few seconds and no more.
    """

    channel: ClassVar[Channel] = Channel.PUSH

    def __init__(self, client: Client, key: Vapid02) -> None:
        self._client = client
        self._key = key
        self._public_key = public_key(key)
        self._silent: set[str] = set()

    def bring(self, delivery: Delivery, *, commit: Commit, now: datetime) -> str:
        """Send a delivery; return its push service. Raises what `notifications.way` names."""
        subscription = delivery.subscription
        if subscription is None or subscription.ended_at is not None:
            raise Undeliverable("subscription-ended")
        if subscription.server_key != self._public_key:
            subscription.end(reason="key-changed", now=now)
            raise Undeliverable("subscription-ended")
        service = urlsplit(subscription.endpoint).netloc
        if service in self._silent:
            raise NotNow(f"{service} did not answer a moment ago")
        committed = Once(commit)
        try:
            answer = self._client.post(
                subscription.endpoint,
                self._sealed(delivery, subscription),
                self._headers(delivery, subscription, now),
                LIMITS,
                before_last_byte=committed,
            )
        except Refusal as exc:
            subscription.end(reason="not-allowed", now=now)
            raise Refused(f"{service} is not asked: {exc.reason}") from exc
        except Unreachable as exc:
            if exc.trouble is Trouble.TIMED_OUT:
                self._silent.add(service)
            said = f"{service} is not reachable: {exc.reason}"
            raise (Unconfirmed if committed.done else NotNow)(said) from exc
        self._judge(answer, service, subscription, now)
        PushSubscription.objects.filter(pk=subscription.pk).update(last_used_at=now)
        return service

    def _sealed(self, delivery: Delivery, subscription: PushSubscription) -> bytes:
        """Return the words, in the language of their reader, for the eyes of their browser."""
        person = subscription.person
        kind = KINDS[delivery.kind]
        data = kind.data_of(delivery)
        shows = NotificationPreferences.of(person).push_shows_content
        with translation.override(person.locale):
            words = kind.words(data, Names(kind.names_for(data)))
            text = message.content(delivery, words, shows_content=shows)
        try:
            return message.sealed(text, subscription)
        except ValueError as exc:
            raise Refused(f"The browser's keys are none: {exc}") from exc

    def _headers(
        self, delivery: Delivery, subscription: PushSubscription, now: datetime
    ) -> dict[str, str]:
        signed = message.authorization(
            subscription.endpoint, self._key, contact=sender().addr_spec, now=now
        )
        kind = KINDS[delivery.kind]
        asked = kind.asked(self.channel, kind.data_of(delivery), made_at=delivery.created_at)
        lasts = message.LONGEST_WAIT if asked.stale_at is None else asked.stale_at - now
        return message.headers(delivery, lasts=lasts, authorization=signed)

    def _judge(
        self, answer: Answer, service: str, subscription: PushSubscription, now: datetime
    ) -> None:
        """Pass if the service took it; else raise what that means."""
        if answer.status in TAKEN:
            return
        said = f"{service} answered {answer.status} {answer.body[:200].decode('utf-8', 'replace')}"
        if answer.status in GONE:
            subscription.end(reason="gone", now=now)
            raise Undeliverable("subscription-ended")
        if answer.status == BUSY or answer.status >= FAULT:
            self._silent.add(service)
            raise NotNow(said, wait=asked_to_wait(answer.headers.get("retry-after", ""), now))
        raise Refused(said)


class Once:
    """A commit that remembers whether it was made."""

    def __init__(self, commit: Callable[[], None]) -> None:
        self._commit = commit
        self.done = False

    def __call__(self) -> None:
        """Commit."""
        self._commit()
        self.done = True


def asked_to_wait(retry_after: str, now: datetime) -> timedelta | None:
    """Return how long a Retry-After asks for (RFC 9110 §10.2.3), at most LONGEST_ASKED."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), LONGEST_ASKED.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(wait, LONGEST_ASKED) if wait > timedelta(0) else None
