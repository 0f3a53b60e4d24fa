"""Writing whom to tell: an inbox row and a delivery each, keyed so that twice is harmless."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce

from backend.ids import uuid7
from notifications.catalogue import Kind, Telling
from notifications.mail.identity import message_id
from notifications.models import (
    Channel,
    ChannelChoice,
    Delivery,
    Notification,
    PushSubscription,
)
from notifications.policy import Choice
from progress import outbox


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of one kind; `key` is unique for its addressee."""

    kind: Kind
    key: str
    telling: Telling
    subject_id: UUID
    event_id: UUID | None = None

    @property
    def delivery_key(self) -> str:
        """The key with the addressee, whose deliveries it names once over a channel."""
        person = self.telling.person
        return f"{self.key}:{person.pk if person else 'address'}"


def write(told: Sequence[Told], *, now: datetime) -> int:
    """Write inbox rows and deliveries, have the relay woken; return how many inbox rows are new.

    What belongs to a thread that somebody has not read is folded into its row, and gets no delivery
    of its own. A fixed number of statements, however many are told, and one for each that is
    folded. Must run in a transaction.
    """
    if not told:
        return 0
    people = [one for one in told if one.telling.person]
    made = Notification.objects.bulk_create(
        [_notification(one, now) for one in people], ignore_conflicts=True
    )
    rows = Notification.objects.filter(
        person__in=[row.person_id for row in made], key__in={row.key for row in made}
    )
    inbox = {(row.person_id, row.key): row for row in rows}
    _fold([one for one in people if (_person(one), one.key) not in inbox])
    heard = [one for one in told if one.telling.person is None or (_person(one), one.key) in inbox]
    mails = [_delivery(one, inbox, now) for one in heard]
    Delivery.objects.bulk_create([*mails, *_pushes(heard, inbox, now)], ignore_conflicts=True)
    outbox.wake()
    stored = {row.pk for row in inbox.values()}
    return sum(row.pk in stored for row in made)


def take_back(kind: Kind, *, subject_id: UUID, now: datetime) -> int:
    """Mark what was told of a subject as read, and remove what was written; return how many rows.

    A delivery that has not left yet is dropped by its kind's check. One statement.
    """
    rows = Notification.objects.filter(kind=kind.name, subject_id=subject_id)
    without: Any = F("data")
    for label in kind.labels_taken_back:
        without = Func(without, Value(label), arg_joiner=" - ", template="(%(expressions)s)")
    return rows.update(data=without, read_at=Coalesce("read_at", Value(now)), thread="")


def _person(one: Told) -> UUID | None:
    return one.telling.person.pk if one.telling.person else None


def _fold(later: Sequence[Told]) -> None:
    """Fold each into the unread row of its thread, which is why it got none of its own."""
    if not later:
        return
    rows = Notification.objects.select_for_update().filter(
        person__in={_person(one) for one in later},
        thread__in={one.telling.thread for one in later} - {""},
    )
    unread: dict[tuple[UUID | None, str], Notification] = {
        (row.person_id, row.thread): row for row in rows.order_by("pk")
    }
    for one in later:
        row = unread.get((_person(one), one.telling.thread))
        if row is not None:
            row.data = dict(one.kind.fold(row.data, one.telling.data))
            row.save(update_fields=["data"])


def _notification(one: Told, now: datetime) -> Notification:
    return Notification(
        person=one.telling.person,
        kind=one.kind.name,
        key=one.key,
        thread=one.telling.thread,
        event_id=one.event_id,
        subject_id=one.subject_id,
        data=dict(one.telling.data),
        reason=one.telling.reason,
        created_at=now,
    )


def _pushes(
    heard: Sequence[Told], inbox: Mapping[tuple[UUID, str], Notification], now: datetime
) -> list[Delivery]:
    """Return a push for every browser of each person, but for kinds they want none of."""
    choosable = [
        (one, one.telling.person.pk) for one in heard if one.telling.person and one.kind.occasion
    ]
    if not choosable:
        return []
    browsers: dict[UUID, list[PushSubscription]] = defaultdict(list)
    people = {person for _, person in choosable}
    for row in PushSubscription.objects.live().filter(person__in=people).order_by("pk"):
        browsers[row.person_id].append(row)
    if not browsers:
        return []
    choices = ChannelChoice.objects.filter(person__in=browsers, channel=Channel.PUSH)
    chosen = {(row.person_id, row.kind): row.choice for row in choices}
    return [
        _delivery(one, inbox, now, browser)
        for one, person in choosable
        if chosen.get((person, one.kind.name), one.kind.default_asked(Channel.PUSH).default)
        != Choice.OFF
        for browser in browsers.get(person, ())
    ]


def _delivery(
    one: Told,
    inbox: Mapping[tuple[UUID, str], Notification],
    now: datetime,
    browser: PushSubscription | None = None,
) -> Delivery:
    """Return a mail, or a push to `browser`: that is never what must arrive."""
    person = one.telling.person
    pk = uuid7()
    return Delivery(
        pk=pk,
        channel=Channel.PUSH if browser else Channel.EMAIL,
        key=f"{one.delivery_key}:{browser.pk}" if browser else one.delivery_key,
        kind=one.kind.name,
        subject_id=one.subject_id,
        notification=inbox[person.pk, one.key] if person else None,
        person=person,
        subscription=browser,
        address=one.telling.address,
        must_arrive=one.kind.must_arrive and browser is None,
        is_nudge=one.kind.is_nudge,
        message_id=message_id(pk),
        created_at=now,
        due_at=now,
    )
