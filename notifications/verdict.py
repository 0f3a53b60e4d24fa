"""What the policy is told of a person, and what it says of a delivery."""

import datetime as dt
import zoneinfo
from uuid import UUID

from django.db.models import Min

from accounts.models import User
from notifications import policy
from notifications.catalogue import KINDS
from notifications.localtime import first_instant
from notifications.models import (
    Channel,
    Delivery,
    NotificationPreferences,
    Snooze,
    Suppression,
)
from notifications.models.suppression import SuppressionReason
from notifications.policy import Drop, History, Preferences, Send, Standing, Verdict
from notifications.states import DeliveryState
from progress.models import Leave, Pause

OUTSIDE_THE_CAP = [kind.name for kind in KINDS.values() if kind.is_nudge and not kind.is_counted]
WORST_FIRST = (
    SuppressionReason.UNSUBSCRIBED,
    SuppressionReason.COMPLAINED,
    SuppressionReason.BOUNCED,
)
NOBODYS = Preferences(
    zone=zoneinfo.ZoneInfo("UTC"),
    nudges_by_email=False,
    quiet_from=dt.time(0),
    quiet_until=dt.time(0),
    weekly_cap=0,
)
"""Of an address without an account: there is nothing to choose but to refuse."""


def verdict_on(delivery: Delivery, now: dt.datetime) -> Verdict:
    """Ask whether a delivery is still true, still wanted, and whether now is a good time for it."""
    person = delivery.person
    if person is not None and not person.is_active:
        return Drop("account-closed")
    kind = KINDS[delivery.kind]
    verdict = kind.check(delivery, now)
    if not isinstance(verdict, Send):
        return verdict
    told = delivery.notification
    if told is not None and told.read_at is not None and delivery.channel == Channel.PUSH:
        return Drop("already-read")
    data = told.data if told is not None else {}
    asked = kind.asked(delivery.channel, data, made_at=delivery.created_at)
    if asked.is_answer:
        return verdict
    return _wanted(delivery, asked, now)


def _wanted(delivery: Delivery, asked: policy.Asked, now: dt.datetime) -> Verdict:
    """Ask the policy, and look up no more than it asks about."""
    person = delivery.person
    if person is None:
        standing = Standing(refused_address=refusal_of(delivery.address))
        return policy.decide(asked, NOBODYS, standing, History(), now)
    preferences = NotificationPreferences.of(person).for_policy()
    if asked.must_arrive:
        standing = Standing(refused_address=refusal_of(person.email))
        return policy.decide(asked, preferences, standing, History(), now)
    besides = delivery.notification_id
    history = history_of(person, now, besides=besides) if asked.is_nudge else History()
    return policy.decide(asked, preferences, standing_of(person, now), history, now)


def standing_of(person: User, now: dt.datetime) -> Standing:
    """Return how things stand with `person` at `now` (four queries)."""
    rests = Pause.objects.at(now).filter(enrollment__learner=person)
    return Standing(
        rests={str(pk) for pk in rests.values_list("enrollment", flat=True)},
        away_until=_leave_end(person, now),
        snoozes=[row.for_policy() for row in Snooze.objects.owned_by(person).at(now)],
        refused_address=refusal_of(person.email),
    )


def history_of(person: User, now: dt.datetime, *, besides: UUID | None = None) -> History:
    """Return when nudges went out lately; one that may have gone counts, too (one query).

    What went out over two channels is one, and `besides` is the notification asked about: it is
    no reason against itself over another channel.
    """
    rows = Delivery.objects.filter(
        person=person,
        is_nudge=True,
        state__in=[DeliveryState.SENT, DeliveryState.UNCONFIRMED],
        committed_at__gt=now - policy.WEEK,
    ).exclude(kind__in=OUTSIDE_THE_CAP)
    if besides is not None:
        rows = rows.exclude(notification=besides)
    told = rows.values("notification").annotate(first=Min("committed_at")).order_by("first")
    return History(sent_at=[row["first"] for row in told])


def refusal_of(address: str) -> str:
    """Return why nothing may be sent to an address, or nothing (one query)."""
    rows = Suppression.objects.standing().of_address(address).values_list("reason", flat=True)
    found = set(rows)
    return next((reason.value for reason in WORST_FIRST if reason in found), "")


def _leave_end(person: User, now: dt.datetime) -> dt.datetime | None:
    """Return when the leave that `person` is on ends: the first instant of the day after it."""
    leaves = Leave.objects.owned_by(person).on(now).order_by("-ends_on")
    last_day = leaves.values_list("ends_on", flat=True).first()
    if last_day is None:
        return None
    return first_instant(last_day + dt.timedelta(days=1), dt.time(0), person.zone)
