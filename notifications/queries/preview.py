"""The days ahead as they would happen if nothing changed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Value

from accounts.models import User
from notifications.catalogue import KINDS, Data, Kind, Names, Words
from notifications.catalogue.timed import LOOKS, TimedKind, soonest
from notifications.foresight import Coming, Fate, foresee
from notifications.localtime import first_instant
from notifications.looking.learner import LearnerFacts
from notifications.models import (
    About,
    Channel,
    Delivery,
    Notification,
    NotificationPreferences,
    PushSubscription,
    Snooze,
)
from notifications.nudges import NUDGES
from notifications.nudges.appointments import look_all
from notifications.policy import Standing
from notifications.states import DeliveryState
from notifications.verdict import history_of, refusal_of
from progress.models import CohortMember, Enrollment, Leave, Mentorship
from progress.models.cohort import CohortPart
from progress.rhythm import pause_around
from progress.states import EnrollmentState

AHEAD = dt.timedelta(days=14)
MOST_STEPS = 200
"""Of looking ahead at one subject: far more than two weeks have."""
MOST_MENTEES = 100
MOST_QUEUED = 100


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One thing: when the inbox would have it, and what would become of it over each channel.

    `at` is when it would first be heard of outside the inbox, or else `inbox_at`; `day` is that day
    where the person lives.
    """

    kind: str
    at: dt.datetime
    day: dt.date
    inbox_at: dt.datetime
    words: Words
    fates: tuple[Fate, ...]
    enrollment_id: str
    milestone_key: str


@dataclass(frozen=True, slots=True)
class Preview:
    """From now until `until`, the earliest first."""

    now: dt.datetime
    until: dt.datetime
    items: tuple[Foreseen, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    key: str
    at: dt.datetime
    data: Data
    made_at: dt.datetime
    facts: Any = None
    channels: tuple[str, ...] = ()

    def holds(self, person: User, now: dt.datetime) -> bool:
        """Whether it would still be true: what no rule looks at is taken to be."""
        if self.facts is None or not isinstance(self.kind, TimedKind):
            return True
        slots = self.kind.look(self.facts.at(now)).slots
        return self.kind.holds(slots, self.key, person.pk)


def preview(person: User, *, now: dt.datetime) -> Preview:
    """Return what would reach `person` (a fixed number of queries, pinned by a test).

    By the same rules and the same policy as planning and sending, with a later clock.
    """
    until = now + AHEAD
    own = list(
        Enrollment.objects.filter(learner=person, state=EnrollmentState.ACTIVE).values_list(
            "pk", flat=True
        )
    )
    facts = _facts(person, own, now)
    found = {
        one.key: one
        for (about, _), subject in facts.items()
        for one in _walked(person, about, subject, now=now, until=until)
    }
    for nudge in NUDGES:
        for at, slot in nudge.ahead(person, now=now, until=until):
            one = _Found(nudge.kind, nudge.key(slot.subject_id, slot.period), at, slot.data, at)
            found.setdefault(one.key, one)
    told = Notification.objects.filter(person=person, key__in=found).values_list("key", flat=True)
    for key in set(told):
        del found[key]
    rows = [*found.values(), *_queued(person, facts, now)]
    preferences = NotificationPreferences.of(person).for_policy()
    reachable = channels_to(person)
    fates = foresee(
        [
            Coming(
                key=one.key,
                at=one.at,
                asked={
                    channel: one.kind.asked(channel, one.data, made_at=one.made_at)
                    for channel in one.channels or reachable
                },
                holds=partial(one.holds, person),
                gone=one.kind.gone if isinstance(one.kind, TimedKind) else "",
            )
            for one in rows
        ],
        preferences=preferences,
        standing=_standing(person, facts, now),
        history=history_of(person, now).sent_at,
        until=until,
    )
    names = Names(pk for one in rows for pk in one.kind.names_for(one.data))
    items = [_foreseen(person, one, fates.get(one.key, []), names) for one in rows]
    items = [one for one in items if one.at <= until]
    return Preview(now, until, tuple(sorted(items, key=lambda one: (one.at, one.kind))))


def channels_to(person: User) -> tuple[str, ...]:
    """Return the channels over which a person can be reached beside the inbox (one query)."""
    has_browser = PushSubscription.objects.live().filter(person=person).exists()
    return (Channel.EMAIL.value, Channel.PUSH.value) if has_browser else (Channel.EMAIL.value,)


def _facts(person: User, own: Sequence[UUID], now: dt.datetime) -> dict[tuple[About, UUID], Any]:
    """Return the facts of everything whose look may find something for `person`."""
    ties = Mentorship.objects.active().filter(mentor=person)
    mentored = list(
        Enrollment.objects.filter(
            state=EnrollmentState.ACTIVE,
            learner__in=ties.values("learner"),
        )
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST_MENTEES]
    )
    members = CohortMember.objects.present().filter(person=person).values_list("part")
    # Whoever mentors is looked at, also if nobody of theirs is on their way: as appointments are.
    own_ties = ties.annotate(part=Value(CohortPart.MENTOR.value)).values_list("part")
    parts = {part for (part,) in members.union(own_ties)}
    subjects: dict[About, list[UUID]] = {About.ENROLLMENT: [*own, *mentored]}
    if CohortPart.MENTOR in parts:
        subjects[About.MENTOR] = [person.pk]
    if CohortPart.COORDINATOR in parts:
        subjects[About.COORDINATOR] = [person.pk]
    return {
        (about, pk): facts
        for about, ids in subjects.items()
        if ids
        for pk, facts in LOOKS[about](ids, now=now).items()
    }


def _walked(
    person: User, about: About, facts: Any, *, now: dt.datetime, until: dt.datetime
) -> Iterable[_Found]:
    """Yield what is found for `person` from look to look, each when it is found first."""
    seen: set[str] = set()
    at = now
    for _ in range(MOST_STEPS):
        looks = look_all(about, replace(facts, now=at, looked_at=now))
        for kind, looked in looks:
            for slot in looked.slots:
                key = kind.key_of(slot)
                if slot.person.pk == person.pk and not slot.is_stale and key not in seen:
                    seen.add(key)
                    yield _Found(kind, key, at, slot.data, at, facts)
        following = soonest(*(looked.next_at for _, looked in looks))
        if following is None or following > until:
            return
        at = max(following, at + dt.timedelta(seconds=1))


def _queued(
    person: User, facts: Mapping[tuple[About, UUID], Any], now: dt.datetime
) -> Iterable[_Found]:
    """Yield what is written down already and waits to be sent (one query)."""
    rows = Delivery.objects.filter(
        person=person, state=DeliveryState.QUEUED, notification__isnull=False
    )
    for row in rows.select_related("notification").order_by("due_at", "pk")[:MOST_QUEUED]:
        kind = KINDS.get(row.kind)
        if kind is None or row.notification is None:
            continue
        subject = None
        if isinstance(kind, TimedKind):
            subject = facts.get((kind.about, kind.subject_of(row)))
        yield _Found(
            kind,
            row.notification.key,
            max(row.due_at, now),
            row.notification.data,
            row.created_at,
            subject,
            (row.channel,),
        )


def _standing(person: User, facts: Mapping[tuple[About, UUID], Any], now: dt.datetime) -> Any:
    """Return how things stand at a later instant: pauses and leaves by its local day."""
    snoozes = [row.for_policy() for row in Snooze.objects.owned_by(person).at(now)]
    leaves = list(Leave.objects.owned_by(person).order_by("starts_on"))
    refused = refusal_of(person.email)
    pauses = {
        str(pk): one.course.pauses
        for (about, pk), one in facts.items()
        if about is About.ENROLLMENT
        and isinstance(one, LearnerFacts)
        and one.course.learner.pk == person.pk
    }

    def standing(at: dt.datetime) -> Standing:
        day = at.astimezone(person.zone).date()
        away = [one.ends_on for one in leaves if one.starts_on <= day <= one.ends_on]
        back = max(away) + dt.timedelta(days=1) if away else None
        return Standing(
            rests={pk for pk, theirs in pauses.items() if pause_around(theirs, day)},
            away_until=first_instant(back, dt.time(0), person.zone) if back else None,
            snoozes=snoozes,
            refused_address=refused,
        )

    return standing


def _foreseen(person: User, one: _Found, fates: Sequence[Fate], names: Names) -> Foreseen:
    heard = [fate.at for fate in fates if fate.is_sent]
    at = min(heard, default=one.at)
    return Foreseen(
        kind=one.kind.name,
        at=at,
        day=at.astimezone(person.zone).date(),
        inbox_at=one.made_at,
        words=one.kind.words(one.data, names),
        fates=tuple(fates),
        enrollment_id=str(one.data.get("enrollment_id", "")),
        milestone_key=str(one.data.get("milestone_key", "")),
    )
