"""Keep the appointments that are due. Cost follows what is due, not who exists."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction

from notifications.catalogue import KINDS, Telling
from notifications.catalogue.timed import LOOKS, Looked, Slot, TimedKind, soonest
from notifications.models import About, Appointment
from notifications.telling import Told, write, write_stale

log = structlog.get_logger(__name__)

BATCH = {About.ENROLLMENT: 500, About.MENTOR: 100, About.COORDINATOR: 20}
"""How many are looked at together: a coordinator brings whole cohorts along."""
MOST_BATCHES = 200
AFTER_MISHAP = timedelta(hours=1)
MOVED_LATELY = timedelta(days=2)


def timed_kinds(about: About) -> list[TimedKind[Any]]:
    """Return the kinds of the catalogue that look at such a subject."""
    kinds = [kind for kind in KINDS.values() if isinstance(kind, TimedKind)]
    return [kind for kind in kinds if kind.about is about]


def keep_appointments(*, now: datetime, most: int = MOST_BATCHES) -> int:
    """Look at everything that is due at `now`, write what is to be told; return how many are new.

    Who has moved to another time zone of late is looked at anew first. Running it again, late, or
    in several processes at once adds nothing: subjects are held by one, and slots are unique.
    """
    Appointment.objects.moved_since(now - MOVED_LATELY).bring_forward()
    made = 0
    for about in About:
        for _ in range(most):
            with transaction.atomic():
                held = Appointment.objects.hold_due(about, now=now, limit=BATCH[about])
                made += _keep(about, held, now)
            if len(held) < BATCH[about]:
                break
    if made:
        log.info("nudges_planned", kind="timed", count=made)
    return made


def _keep(about: About, held: Sequence[Appointment], now: datetime) -> int:
    """Look at a batch. One subject that can't be looked at must not hold up the others."""
    if not held:
        return 0
    try:
        with transaction.atomic():
            return _look(about, held, now)
    except (OperationalError, InterfaceError):  # the database is away: nothing is known
        raise
    except Exception as exc:
        if len(held) > 1:
            middle = len(held) // 2
            return _keep(about, held[:middle], now) + _keep(about, held[middle:], now)
        log.exception("appointment_not_kept", about=about.value, exc_info=exc)
        held[0].due_at = now + AFTER_MISHAP
        Appointment.objects.keep(held)
        return 0


def _look(about: About, held: Sequence[Appointment], now: datetime) -> int:
    facts = LOOKS[about]([one.subject_id for one in held], now=now)
    told: list[Told] = []
    for one in held:
        found = facts.get(one.subject_id)
        looks = () if found is None else look_all(about, replace(found, looked_at=one.looked_at))
        told += [told_of(kind, slot) for kind, looked in looks for slot in looked.slots]
        one.due_at = soonest(*(looked.next_at for _, looked in looks))
        one.looked_at = now
    made = write([one for one in told if not one.is_stale], now=now)
    write_stale([one for one in told if one.is_stale], now=now)
    Appointment.objects.keep(held)
    return made


def look_all(about: About, facts: Any) -> list[tuple[TimedKind[Any], Looked]]:
    """Ask every kind about one subject, at the instant of its facts."""
    return [(kind, kind.look(facts)) for kind in timed_kinds(about)]


def told_of(kind: TimedKind[Any], slot: Slot) -> Told:
    """Return what is told for a slot."""
    return Told(
        kind=kind,
        key=kind.key_of(slot),
        telling=Telling(person=slot.person, reason=slot.reason, data=slot.data),
        subject_id=slot.subject_id,
        is_stale=slot.is_stale,
    )
